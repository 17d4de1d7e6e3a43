import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { SortHeading } from './sort-heading.tsx';
import { Cell, Table, TwoLines } from './table.tsx';

it('is a table with named columns, also where a name is for the ear alone', async () => {
  const onSort = vi.fn();
  render(
    <Table
      label="Sessions"
      columns={[
        { name: 'Session' },
        { name: 'Started', widthRem: 5, sorted: 'ascending', heading: <SortHeading name="Started" onSort={onSort} /> },
        { name: 'Actions', unseen: true },
      ]}
    >
      <tr>
        <Cell card="title">
          <TwoLines first="m.weber" second="production" />
        </Cell>
        <Cell card="fact" name="Started" numeric>
          11:34
        </Cell>
        <Cell card="actions">
          <button>Copy</button>
        </Cell>
      </tr>
    </Table>,
  );
  const table = within(screen.getByRole('table', { name: 'Sessions' }));
  expect(table.getAllByRole('columnheader').map(({ firstElementChild }) => firstElementChild?.textContent)).toEqual([
    'Session',
    'Started',
    'Actions',
  ]);
  expect(table.getByRole('columnheader', { name: /^Started/ })).toHaveAttribute('aria-sort', 'ascending');
  await userEvent.click(table.getByRole('button', { name: 'Started' }));
  expect(onSort).toHaveBeenCalledOnce();
  // What a card shows in front of the value.
  expect(table.getByRole('cell', { name: '11:34' })).toHaveAttribute('data-name', 'Started');
});
