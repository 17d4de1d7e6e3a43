import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { Profiler } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import { sessionRecord } from '../../../test/session-record.ts';
import { freshToken } from '../../refresh/fresh-token.ts';
import type { SessionRecord } from '../../sessions/record.ts';
import { commit } from '../../sessions/refresh-steps.ts';
import { setKeepFresh } from '../../sessions/transitions.ts';
import { checkSession } from './check-session.ts';
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

/** The page puts the real one there; here it only has to be found. */
const renderCopy: RenderCopy = ({ describedBy }) => (
  <button type="button" data-copy="" aria-describedby={describedBy}>
    Copy
  </button>
);

function Sessions() {
  const listed = useListedSessions();
  return listed.length === 0 ? <p>none left</p> : <SessionTable listed={listed} renderCopy={renderCopy} />;
}

const openOcp = () => rig.open(rig.connections.ocp, 'password', { username: 'alice', password: 'alice-demo-password' });
const openPrimatime = () => {
  const { secretKey } = rig.primatime.addKey({ email: 'ada@acme.example' });
  return rig.open(rig.connections.primatime, 'secret-key', { secretKey });
};
const stored = (id: string) => rig.services.hands.repository.get(id);

/** A session of OCP that no server knows. */
const ocpRecord = (differs: Partial<SessionRecord> = {}): SessionRecord => {
  const nowMs = rig.services.nowMs();
  return sessionRecord({
    provider: 'ocp',
    connection: rig.connections.ocp,
    baseUrl: rig.baseUrlOf(rig.connections.ocp),
    keepFresh: false,
    openedAtMs: nowMs,
    refreshedAtMs: nowMs,
    tokens: {
      accessToken: 'not-a-real-access-token',
      accessExpiry: { kind: 'relative', lifeMs: 300_000, anchorMs: nowMs },
      refreshToken: 'not-a-real-refresh-token',
      facts: [],
    },
    ...differs,
  });
};
async function putMany(count: number): Promise<void> {
  await act(async () => {
    for (let at = 0; at < count; at += 1) {
      await rig.services.hands.repository.put(
        ocpRecord({ id: `s-${at}`, identity: { name: `user${at}` }, openedAtMs: rig.services.nowMs() + at }),
      );
    }
  });
}

const row = async (name: string): Promise<HTMLElement> => {
  const cell = await screen.findByText(name);
  const found = cell.closest('tr');
  if (!found) throw new Error(`${name} stands in no row`);
  return found;
};
/** Presses "Show more" until there is no more. */
async function showAll(): Promise<void> {
  await row('user0');
  for (;;) {
    const more = screen.queryByText(/^Show \d+ more/);
    if (!more) return;
    fireEvent.click(more);
  }
}

const namesInOrder = (): readonly (string | undefined)[] =>
  [...document.querySelectorAll('tr[data-session]')].map((one) => /user\d+|alice/.exec(one.textContent)?.[0]);

async function chooseFromMenu(label: RegExp, item: string): Promise<void> {
  await person.click(await screen.findByRole('button', { name: label }));
  await person.click(await screen.findByRole('menuitem', { name: new RegExp(`^${item}`), hidden: true }));
}

describe('a row', () => {
  it('says who, where, in which state, for how long and until when it can be refreshed', async () => {
    await openOcp();
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
    await rig.put(ocpRecord());
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
    await rig.put(ocpRecord());
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
    await rig.put(ocpRecord({ tokens: null, signInNeeded }));
    rig.draw(<Sessions />);
    const cells = within(await row('alice'));
    expect(cells.getByText('Sign in again')).toBeVisible();
    expect(screen.getByText('The server ended this session.')).toBeVisible();
    expect(cells.queryByRole('button', { name: 'Copy' })).not.toBeInTheDocument();
    await person.click(await cells.findByRole('link', { name: 'Sign in again: alice, OCP (demo)' }));
    expect(rig.whereNow()).toBe('/ocp?connection=ocp-demo&way=password');
  });

  it('can be taken off keeping fresh', async () => {
    const record = await openOcp();
    rig.draw(<Sessions />);
    await person.click(await screen.findByRole('switch', { name: /^Keep alice/ }));
    await waitFor(async () => expect((await stored(record.id))?.keepFresh).toBe(false));
    expect(screen.getByRole('switch', { name: /^Keep alice/ })).not.toBeChecked();
  });
});

describe('two sessions of one user at one place', () => {
  const CLOCK = String.raw`\d\d:\d\d:\d\d`;

  it('are told apart by when they were opened, in the row and in the names of what can be done with it', async () => {
    const nowMs = rig.services.nowMs();
    await rig.put(ocpRecord({ id: 'one', openedAtMs: nowMs }));
    await rig.put(ocpRecord({ id: 'two', openedAtMs: nowMs + 5_000 }));
    await rig.put(ocpRecord({ id: 'three', identity: { name: 'user1' } }));
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
    const record = await openOcp();
    await rig.put(ocpRecord({ id: 'other', openedAtMs: record.openedAtMs + 5_000 }));
    rig.draw(<Sessions />);
    const [first] = await screen.findAllByRole('button', { name: /^Log out alice, OCP \(demo\), opened / });
    await person.click(first ?? document.body);
    expect(await screen.findByText(new RegExp(`^Logged out alice, OCP \\(demo\\), opened ${CLOCK}$`))).toBeVisible();
    expect(await screen.findByRole('button', { name: 'Log out alice, OCP (demo)' })).toBeVisible();
  });
});

describe('refresh', () => {
  it('spends the refresh token once and says what came of it', async () => {
    const record = await openOcp();
    rig.draw(<Sessions />);
    await rig.pass(100_000);
    await chooseFromMenu(/^More for alice/, 'Refresh');
    expect(await screen.findByText('Refreshed, valid 5:00')).toBeVisible();
    expect((await stored(record.id))?.generation).toBe(1);
    expect(rig.ocp.ledger({ operation: 'refresh' })).toHaveLength(1);
  });

  it('says in words why it failed, in the row as well, and keeps the session', async () => {
    await openOcp();
    rig.draw(<Sessions />);
    rig.ocp.fault({ kind: 'reply', status: 429, operation: 'refresh', headers: { 'retry-after': '60' } });
    await chooseFromMenu(/^More for alice/, 'Refresh');
    await screen.findByText('Waiting');
    const said = within(screen.getByText('Waiting').closest('tbody') ?? document.body);
    expect(await said.findByText(/Refresh tries again; by itself that happens at \d\d:\d\d:\d\d\.$/)).toBeVisible();
    expect(screen.getByText('alice')).toBeVisible();
    expect(document.body).not.toHaveTextContent(/failed to fetch|undefined|\[object/i);
  });
});

describe('what went wrong', () => {
  it('stands in its row alone, once, is read out, and covers no other row as a notice', async () => {
    await openOcp();
    rig.draw(<Sessions />);
    rig.ocp.fault({ kind: 'reply', status: 429, operation: 'refresh', headers: { 'retry-after': '60' } });
    await chooseFromMenu(/^More for alice/, 'Refresh');
    await screen.findByText('Waiting');
    const spoken = screen.getByRole('log');
    await waitFor(() => expect(spoken).toHaveTextContent(/alice, OCP \(demo\)\./));
    const [reason = ''] = spoken.textContent.split('.');
    expect(reason).not.toBe('');
    expect(screen.getByRole('table').textContent.split(reason)).toHaveLength(2);
    expect(screen.queryByRole('button', { name: /^Dismiss/ })).not.toBeInTheDocument();
  });
});

describe('log out', () => {
  it('ends it at the server, says the answer, and the row leaves with the focus kept on the table', async () => {
    await openOcp();
    await rig.put(ocpRecord({ id: 'other', identity: { name: 'user1' } }));
    rig.draw(<Sessions />);
    await person.click(await screen.findByRole('button', { name: 'Log out alice, OCP (demo)' }));
    expect(await screen.findByText('Logged out alice, OCP (demo)')).toBeVisible();
    expect(
      screen.getByText(
        /^The server answered 204\. An access token that was copied out .* It ends at \d\d:\d\d:\d\d\.$/,
      ),
    ).toBeVisible();
    expect(namesInOrder()).toEqual(['user1']);
    expect(rig.ocp.sessions({ username: 'alice' })).toHaveLength(0);
    expect(screen.getByRole('group', { name: 'Sessions' })).toHaveFocus();
  });

  it('leaves the row where it failed, and says so', async () => {
    const record = await openOcp();
    rig.draw(<Sessions />);
    const logOut = await screen.findByRole('button', { name: 'Log out alice, OCP (demo)' });
    rig.ocp.fault({ kind: 'reply', status: 500, operation: 'log-out', times: 'always' });
    await person.click(logOut);
    const table = within(screen.getByRole('table'));
    expect(await table.findByText(/status 500/)).toBeVisible();
    expect(screen.queryByText(/^Logged out/)).not.toBeInTheDocument();
    expect(namesInOrder()).toEqual(['alice']);
    expect((await stored(record.id))?.ended).toBeNull();
    expect(rig.ocp.sessions({ username: 'alice' })).toHaveLength(1);
  });
});

describe('forget', () => {
  it('says first what lives on and until when, and can be called off', async () => {
    const record = await openPrimatime();
    rig.draw(<Sessions />);
    await person.click(await screen.findByRole('button', { name: /^Forget ada/ }));
    const dialog = within(await screen.findByRole('dialog', { name: /^Forget ada/ }));
    expect(dialog.getByText(/PrimaTime has no call that logs out/)).toBeVisible();
    expect(dialog.getByText(/^The access token lives until \d/)).toBeVisible();
    await person.click(dialog.getByRole('button', { name: 'Keep it' }));
    expect((await stored(record.id))?.ended).toBeNull();
  });

  it('drops the tokens here and sends nothing', async () => {
    const record = await openPrimatime();
    rig.draw(<Sessions />);
    await person.click(await screen.findByRole('button', { name: /^Forget ada/ }));
    const before = rig.primatime.ledger().length;
    await person.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Forget' }));
    expect(await screen.findByText('none left')).toBeVisible();
    expect(await stored(record.id)).toMatchObject({ tokens: null, ended: { how: 'forgotten' } });
    expect(rig.primatime.ledger()).toHaveLength(before);
  });

  it('says of a slot that it stays held', async () => {
    await openOcp();
    rig.draw(<Sessions />);
    await screen.findByRole('button', { name: /^Log out/ });
    await chooseFromMenu(/^More for alice/, 'Forget');
    expect(await screen.findByText(/stays open at OCP and goes on holding one of the limited sessions/)).toBeVisible();
  });
});

describe('check', () => {
  // Sessions are counted by the same question, while the page is looked at.
  beforeEach(() => {
    rig.page.visible = false;
  });

  it('asks once and shows verdict and evidence in the row', async () => {
    await openOcp();
    rig.draw(<Sessions />);
    await screen.findByRole('button', { name: /^Log out/ });
    await chooseFromMenu(/^More for alice/, 'Check');
    const table = within(screen.getByRole('table'));
    expect(
      await table.findByText(/^Live: the server accepts this access token\. The server answered with the user/),
    ).toBeVisible();
    expect(rig.ocp.ledger({ operation: 'account-sessions' })).toHaveLength(1);
  });

  it('does not take a dead token for the end of the session', async () => {
    const record = await openOcp();
    rig.draw(<Sessions />);
    await screen.findByRole('button', { name: /^Log out/ });
    rig.ocp.dropSessions({ username: 'alice' });
    await chooseFromMenu(/^More for alice/, 'Check');
    const table = within(screen.getByRole('table'));
    expect(await table.findByText(/^Dead: the server refuses this access token/)).toBeVisible();
    expect((await stored(record.id))?.signInNeeded).toBeNull();
  });

  it('hands a dead token out no more: what may be refreshed is due, whatever its expiry says', async () => {
    const record = await openOcp();
    rig.draw(<Sessions />);
    await screen.findByRole('button', { name: /^Log out/ });
    rig.ocp.dropSessions({ username: 'alice' });
    await chooseFromMenu(/^More for alice/, 'Check');
    await within(screen.getByRole('table')).findByText(/^Dead: the server refuses this access token/);
    const tokens = (await stored(record.id))?.tokens;
    expect(tokens?.refreshToken).toBe(record.tokens?.refreshToken);
    // Not by its life, which was cut short: it is due.
    const table = screen.getByRole('table');
    expect(table).toHaveTextContent(
      /The server refused this token before its time\. A new one is asked for (at|as soon)/,
    );
    expect(table).not.toHaveTextContent('Lives too shortly');
    expect((await freshToken(rig.services.hands, record.id)).kind).toBe('dead');
    await waitFor(() => expect(table).toHaveTextContent('Sign in again'));
    expect(table).not.toHaveTextContent('works until it ends');
    const over = await stored(record.id);
    expect(over?.tokens).toBeNull();
    expect(over?.signInNeeded).not.toBeNull();
  });

  it('lets a refresh win that came between the question and its answer', async () => {
    const record = await openOcp();
    rig.draw(<Sessions />);
    await screen.findByRole('button', { name: /^Log out/ });
    const { hands } = rig.services;
    rig.ocp.dropSessions({ username: 'alice' });
    rig.ocp.fault({ operation: 'account-sessions', kind: 'latency', ms: 500, when: 'after' });
    let answered = false;
    const checked = checkSession(hands, record.id).finally(() => (answered = true));
    await waitFor(() => expect(rig.ocp.ledger({ operation: 'account-sessions' })).toHaveLength(1));
    const accessExpiry = { kind: 'relative', lifeMs: 300_000, anchorMs: hands.nowMs() } as const;
    const next = { accessToken: 'not-a-real-newer-token', accessExpiry, facts: [] };
    const intent = { generation: record.generation, nonce: 'n', boot: 'b', sentAtMs: hands.nowMs(), probe: false };
    await act(() => hands.repository.change(record.id, commit(intent, next, hands.nowMs())));
    expect(answered).toBe(false);
    expect(await checked).toMatchObject({ value: { verdict: 'dead', replaced: true } });
    expect((await stored(record.id))?.tokens).toEqual(next);
  });
});

it('shows every known fact but no secret', async () => {
  const record = await openOcp();
  const { container } = rig.draw(<Sessions />);
  await chooseFromMenu(/^More for alice/, 'Details');
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
    const later = ocpRecord().tokens;
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
      await waitFor(() => expect(timer).toHaveTextContent(digits), { timeout: 3_000 });
    }
    expect(renders).not.toHaveBeenCalled();

    await rig.services.hands.repository.change('s-7', setKeepFresh(true));
    await waitFor(() => expect(screen.getByRole('switch', { name: /^Keep user7,/ })).toBeChecked());
    const rows = renders.mock.calls.map(([id]: unknown[]) => id).filter((id) => id !== 'table');
    expect(new Set(rows)).toEqual(new Set(['s-7']));
  });
});
