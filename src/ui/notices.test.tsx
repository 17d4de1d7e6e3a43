import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Notices, useNotify } from './notices.tsx';

function Buttons() {
  const notify = useNotify();
  return (
    <>
      <button onClick={() => notify({ tone: 'ok', title: 'Copied, valid 4:58' })}>copy</button>
      <button onClick={() => notify({ tone: 'bad', title: 'Not logged out', more: 'Try again.' })}>log out</button>
      <button onClick={() => notify({ tone: 'warn', title: 'Not checked' })}>check</button>
    </>
  );
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

describe('Notices', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    render(
      <Notices>
        <Buttons />
      </Notices>,
    );
  });

  it('speaks politely', () => {
    press('copy');
    expect(screen.getByRole('status')).toHaveTextContent('Copied, valid 4:58');
  });

  it('lets good news go by itself and keeps what went wrong', () => {
    press('copy');
    press('log out');
    act(() => {
      vi.advanceTimersByTime(60_000);
    });
    expect(screen.queryByText('Copied, valid 4:58')).not.toBeInTheDocument();
    expect(screen.getByText('Not logged out')).toBeVisible();
    press('Dismiss: Not logged out');
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
  });

  it('shows one at most of those that stay, with a count, and the next one once it is dismissed', () => {
    press('log out');
    press('check');
    press('log out');
    expect(screen.getAllByRole('button', { name: /^Dismiss/ })).toHaveLength(1);
    expect(screen.getByRole('status')).toHaveTextContent('Try again. 1 more under this one.');
    press('Dismiss: Not logged out');
    expect(screen.getByRole('status')).toHaveTextContent(/^Not checked\s*Dismiss$/);
  });

  it('shows four at most, the newest last', () => {
    for (let times = 0; times < 6; times += 1) press('copy');
    press('log out');
    const buttons = screen.getAllByRole('button', { name: /^Dismiss/ });
    expect(buttons).toHaveLength(4);
    expect(buttons.at(-1)).toHaveAccessibleName('Dismiss: Not logged out');
  });
});
