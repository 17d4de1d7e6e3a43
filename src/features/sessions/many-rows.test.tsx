/** More sessions than are drawn at once. */
import { act, screen, waitFor } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { useSearchParams } from 'react-router';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import { sessionRecord } from '../../../test/session-record.ts';
import { namesInOrder, row } from '../../../test/session-table-steps.tsx';
import { SessionTable } from './session-table.tsx';
import { useListedSessions } from './use-listed-sessions.ts';

let rig: ConsoleHarness;
let person: UserEvent;

beforeEach(async () => {
  rig = await startConsole({ vendors: ['ocp'] });
  person = userEvent.setup({ delay: null });
});
afterEach(() => rig.close());

const noCopy = () => null;

function Sessions() {
  const listed = useListedSessions();
  return listed.length === 0 ? <p>none left</p> : <SessionTable listed={listed} renderCopy={noCopy} />;
}

async function putMany(count: number): Promise<void> {
  const nowMs = rig.services.nowMs();
  await act(async () => {
    for (let at = 0; at < count; at += 1) {
      const identity = { name: `user${at}` };
      const place = { provider: 'ocp', connection: rig.connections.ocp };
      await rig.put(sessionRecord({ id: `s-${at}`, identity, ...place, openedAtMs: nowMs + at, refreshedAtMs: nowMs }));
    }
  });
}

describe('many rows', () => {
  it('are drawn twenty-five at a time, and it is said how many there are', async () => {
    await putMany(90);
    rig.draw(<Sessions />);
    await row('user24');
    expect(namesInOrder()).toHaveLength(25);
    expect(screen.getByText('first 25 of 90')).toBeVisible();
    expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '91');
    expect(await row('user24')).toHaveAttribute('aria-rowindex', '26');
    await person.click(screen.getByRole('button', { name: 'Show 25 more of 90' }));
    expect(namesInOrder()).toHaveLength(50);
    expect(await row('user25')).toHaveFocus();
    await person.click(screen.getByRole('button', { name: 'Show 25 more of 90' }));
    screen.getByRole('button', { name: 'Show 15 more of 90' }).focus();
    await person.keyboard('{Enter}');
    expect(namesInOrder()).toHaveLength(90);
    expect(await row('user75')).toHaveFocus();
    expect(screen.queryByRole('button', { name: /^Show/ })).not.toBeInTheDocument();
    expect(screen.getByRole('table')).not.toHaveAttribute('aria-rowcount');
  });

  it('are searched and sorted all of them, not only those that are drawn', async () => {
    await putMany(90);
    rig.draw(<Sessions />, '/?sort=name');
    await person.type(await screen.findByRole('searchbox', { name: 'Search the sessions' }), 'user89');
    expect(namesInOrder()).toEqual(['user89']);
    expect(screen.getByText('1 of 90')).toBeVisible();
    await person.clear(screen.getByRole('searchbox'));
    await act(() => rig.services.hands.repository.change('s-89', (one) => ({ ...one, identity: { name: 'alice' } })));
    await waitFor(() => expect(namesInOrder()[0]).toBe('alice'));
  });

  it('are drawn as far as the one that the address names, which gets the focus, once', async () => {
    await putMany(90);
    rig.draw(<Sessions />, '/?sort=name&session=s-85');
    await waitFor(async () => expect(await row('user85')).toHaveFocus());
    const field = await screen.findByRole('searchbox', { name: 'Search the sessions' });
    await person.type(field, 'user1');
    expect(field).toHaveFocus();
    expect(namesInOrder()).toHaveLength(11);
  });

  it('lose a search that hides the one that is asked for', async () => {
    await putMany(90);
    function Asking() {
      const [, setParams] = useSearchParams();
      return <button onClick={() => setParams({ session: 's-85' })}>Ask</button>;
    }
    rig.draw(
      <>
        <Asking />
        <Sessions />
      </>,
    );
    const field = await screen.findByRole('searchbox', { name: 'Search the sessions' });
    await person.type(field, 'user1');
    await person.click(screen.getByRole('button', { name: 'Ask' }));
    expect(await row('user85')).toHaveFocus();
    expect(field).toHaveValue('');
  });
});
