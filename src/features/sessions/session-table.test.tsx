/** What the table of sessions shows, and how it stays readable with many of them. */
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { Profiler } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import {
  chooseFromMenu,
  namesInOrder,
  ocpRecord,
  openOcp,
  row,
  Sessions,
  stored,
} from '../../../test/session-table-steps.tsx';
import { setKeepFresh } from '../../sessions/transitions.ts';
import type { RenderCopy } from './session-row.tsx';
import { SessionTable } from './session-table.tsx';
import { useListedSessions } from './use-listed-sessions.ts';

let rig: ConsoleHarness;
let person: UserEvent;

beforeEach(async () => {
  rig = await startConsole();
  person = userEvent.setup();
});
afterEach(async () => {
  await rig.close();
});

async function putMany(count: number): Promise<void> {
  await act(async () => {
    for (let at = 0; at < count; at += 1) {
      await rig.services.hands.repository.put(
        ocpRecord(rig, { id: `s-${at}`, identity: { name: `user${at}` }, openedAtMs: rig.services.nowMs() + at }),
      );
    }
  });
}

/** Presses "Show more" until there is no more. */
async function showAll(): Promise<void> {
  await row('user0');
  for (;;) {
    const more = screen.queryByText(/^Show \d+ more/);
    if (!more) return;
    fireEvent.click(more);
  }
}

describe('a row', () => {
  it('says who, where, in which state, for how long and until when it can be refreshed', async () => {
    await openOcp(rig);
    rig.draw(<Sessions />);
    const cells = within(await row('alice'));
    expect(cells.getByText('Ready')).toBeVisible();
    expect(cells.getByText('OCP (demo)')).toBeVisible();
    expect(cells.getByRole('timer', { name: 'Access token of alice' })).toHaveTextContent('5:00');
    expect(cells.getByText('30 min')).toBeVisible();
    expect(cells.getByRole('switch', { name: 'Keep alice, OCP (demo), fresh' })).toBeChecked();
    expect(await cells.findByRole('button', { name: 'Log out alice, OCP (demo)' })).toBeVisible();
    expect(cells.getByRole('button', { name: 'Copy' })).toHaveAccessibleDescription(/alice ?OCP \(demo\).*5:00/);
  });

  it('counts down and changes its state without being asked', async () => {
    await rig.put(ocpRecord(rig));
    rig.draw(<Sessions />);
    const cells = within(await row('alice'));
    await rig.pass(8_000);
    expect(cells.getByRole('timer')).toHaveTextContent('4:52');
    await rig.pass(300_000);
    expect(cells.getByText('Waiting')).toBeVisible();
    expect(cells.getByRole('timer')).toHaveTextContent('ended');
    expect(screen.getByText(/By this clock the token is over/)).toBeVisible();
  });

  it('speaks at the thresholds where nothing refreshes it by itself', async () => {
    await rig.put(ocpRecord(rig));
    rig.draw(<Sessions />);
    await row('alice');
    const spoken = screen.getByRole('log');
    await rig.pass(235_000);
    expect(spoken).toBeEmptyDOMElement();
    await rig.pass(5_000);
    expect(spoken).toHaveTextContent('Access token of alice: 1 minute left');
    await rig.pass(30_000);
    expect(spoken).toHaveTextContent('Access token of alice: 30 seconds left');
    await rig.pass(30_000);
    expect(spoken).toHaveTextContent('Access token of alice: ended');
  });

  it('leads to the sign-in of its connection once it must be signed in again', async () => {
    const signInNeeded = { sinceMs: rig.services.nowMs(), code: 'over', sentence: 'The server ended this session.' };
    await rig.put(ocpRecord(rig, { tokens: null, signInNeeded }));
    rig.draw(<Sessions />);
    const cells = within(await row('alice'));
    expect(cells.getByText('Sign in again')).toBeVisible();
    expect(screen.getByText('The server ended this session.')).toBeVisible();
    expect(cells.queryByRole('button', { name: 'Copy' })).not.toBeInTheDocument();
    await person.click(await cells.findByRole('link', { name: 'Sign in again: alice, OCP (demo)' }));
    expect(rig.whereNow()).toBe('/ocp?connection=ocp-demo&way=password');
  });

  it('can be taken off keeping fresh', async () => {
    const record = await openOcp(rig);
    rig.draw(<Sessions />);
    await person.click(await screen.findByRole('switch', { name: /^Keep alice/ }));
    await waitFor(async () => expect((await stored(rig, record.id))?.keepFresh).toBe(false));
    expect(screen.getByRole('switch', { name: /^Keep alice/ })).not.toBeChecked();
  });
});

describe('two sessions of one user at one place', () => {
  const CLOCK = String.raw`\d\d:\d\d:\d\d`;

  it('are told apart by when they were opened, in the row and in the names of what can be done with it', async () => {
    const nowMs = rig.services.nowMs();
    await rig.put(ocpRecord(rig, { id: 'one', openedAtMs: nowMs }));
    await rig.put(ocpRecord(rig, { id: 'two', openedAtMs: nowMs + 5_000 }));
    await rig.put(ocpRecord(rig, { id: 'three', identity: { name: 'user1' } }));
    rig.draw(<Sessions />);
    await screen.findByRole('button', { name: 'Log out user1, OCP (demo)' });
    const seconds = screen.getAllByText(new RegExp(`^OCP \\(demo\\) · opened ${CLOCK}$`));
    const opened = seconds.map(({ textContent }) => textContent.split(' · ')[1]);
    expect(new Set(opened).size).toBe(2);
    for (const at of opened) {
      expect(screen.getByRole('button', { name: `Log out alice, OCP (demo), ${at}` })).toBeVisible();
      expect(screen.getByRole('button', { name: `More for alice, OCP (demo), ${at}` })).toBeVisible();
      expect(screen.getByRole('switch', { name: `Keep alice, OCP (demo), ${at}, fresh` })).toBeVisible();
      expect(screen.getByRole('timer', { name: `Access token of alice, ${at}` })).toBeVisible();
    }
    expect(screen.getByRole('button', { name: 'Log out user1, OCP (demo)' })).toBeVisible();
  });

  it('are told apart in the answer to what was done, and a last one needs no time', async () => {
    const record = await openOcp(rig);
    await rig.put(ocpRecord(rig, { id: 'other', openedAtMs: record.openedAtMs + 5_000 }));
    rig.draw(<Sessions />);
    const [first] = await screen.findAllByRole('button', { name: /^Log out alice, OCP \(demo\), opened / });
    await person.click(first ?? document.body);
    expect(await screen.findByText(new RegExp(`^Logged out alice, OCP \\(demo\\), opened ${CLOCK}$`))).toBeVisible();
    expect(await screen.findByRole('button', { name: 'Log out alice, OCP (demo)' })).toBeVisible();
  });
});

it('shows every known fact but no secret', async () => {
  const record = await openOcp(rig);
  const { container } = rig.draw(<Sessions />);
  await chooseFromMenu(person, /^More for alice/, 'Details');
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText('Opened with')).toBeVisible();
  expect(dialog.getByText(record.baseUrl)).toBeVisible();
  for (const secret of [record.tokens?.accessToken, record.tokens?.refreshToken]) {
    expect(container.innerHTML).not.toContain(secret);
  }
});

describe('many rows', () => {
  it('are neither searched nor sorted up to ten', async () => {
    await putMany(10);
    rig.draw(<Sessions />, '/?sort=name');
    await row('user0');
    expect(screen.queryByRole('searchbox')).not.toBeInTheDocument();
    expect(namesInOrder()).toEqual(Array.from({ length: 10 }, (_, at) => `user${at}`));
  });

  it('can be searched, without the text reaching the URL, and sorted, with the order in the URL', async () => {
    await putMany(12);
    rig.draw(<Sessions />);
    await person.type(await screen.findByRole('searchbox', { name: 'Search the sessions' }), 'user1');
    expect(namesInOrder()).toEqual(['user1', 'user10', 'user11']);
    expect(screen.getByText('3 of 12')).toBeVisible();
    await person.clear(screen.getByRole('searchbox'));
    await person.type(screen.getByRole('searchbox'), 'canary-secret');
    expect(screen.getByText('No session matches')).toBeVisible();
    await person.clear(screen.getByRole('searchbox'));
    await person.selectOptions(screen.getByRole('combobox', { name: 'Sort' }), 'name');
    expect(rig.whereNow()).toBe('/?sort=name');
    expect(namesInOrder().slice(0, 3)).toEqual(['user0', 'user1', 'user2']);
  });

  it('keep their places while somebody points at them', async () => {
    await putMany(12);
    rig.draw(<Sessions />);
    await row('user0');
    const table = screen.getByRole('group', { name: 'Sessions' });
    fireEvent.pointerEnter(table);
    const later = ocpRecord(rig).tokens;
    await rig.services.hands.repository.change('s-0', (record) => ({
      ...record,
      tokens: later && {
        ...later,
        accessExpiry: { kind: 'relative', lifeMs: 900_000, anchorMs: rig.services.nowMs() },
      },
    }));
    const cells = within(await row('user0'));
    await waitFor(() => expect(cells.getByRole('timer')).toHaveTextContent('15:00'));
    expect(namesInOrder()[0]).toBe('user0');
    fireEvent.pointerLeave(table);
    await waitFor(() => expect(namesInOrder().at(-1)).toBe('user0'));
  });

  it('are not rendered when only digits change, nor when a neighbour changes', async () => {
    const renders = vi.fn();
    const counted: RenderCopy = ({ session }) => (
      <Profiler id={session.id} onRender={renders}>
        <i />
      </Profiler>
    );
    function Counted() {
      const listed = useListedSessions();
      return (
        <Profiler id="table" onRender={renders}>
          {listed.length > 0 && <SessionTable listed={listed} renderCopy={counted} />}
        </Profiler>
      );
    }
    await putMany(200);
    rig.draw(<Counted />);
    await showAll();
    const timer = within(await row('user150')).getByRole('timer');
    expect(timer).toHaveTextContent('5:00');
    await waitFor(() => expect(document.querySelectorAll('button[aria-label$="OCP (demo)"]')).toHaveLength(400));
    renders.mockClear();

    for (const digits of ['4:59', '4:58', '4:57']) {
      rig.time.pass(1_000);
      await waitFor(() => expect(timer).toHaveTextContent(digits));
    }
    expect(renders).not.toHaveBeenCalled();

    await rig.services.hands.repository.change('s-7', setKeepFresh(true));
    await waitFor(() => expect(screen.getByRole('switch', { name: /^Keep user7,/ })).toBeChecked());
    const rows = renders.mock.calls.map(([id]: unknown[]) => id).filter((id) => id !== 'table');
    expect(new Set(rows)).toEqual(new Set(['s-7']));
  });
});
