/** What a press in a row does with its session, and what is said of it. */
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import {
  chooseFromMenu,
  namesInOrder,
  ocpRecord,
  openOcp,
  Sessions,
  stored,
} from '../../../test/session-table-steps.tsx';
import { freshToken } from '../../refresh/fresh-token.ts';
import { commit } from '../../sessions/refresh-steps.ts';
import { checkSession } from './check-session.ts';

let rig: ConsoleHarness;
let person: UserEvent;

beforeEach(async () => {
  rig = await startConsole();
  person = userEvent.setup();
});
afterEach(async () => {
  await rig.close();
});

const openPrimatime = () => {
  const { secretKey } = rig.primatime.addKey({ email: 'ada@acme.example' });
  return rig.open(rig.connections.primatime, 'secret-key', { secretKey });
};

describe('refresh', () => {
  it('spends the refresh token once and says what came of it', async () => {
    const record = await openOcp(rig);
    rig.draw(<Sessions />);
    await rig.pass(100_000);
    await chooseFromMenu(person, /^More for alice/, 'Refresh');
    expect(await screen.findByText('Refreshed, valid 5:00')).toBeVisible();
    expect((await stored(rig, record.id))?.generation).toBe(1);
    expect(rig.ocp.ledger({ operation: 'refresh' })).toHaveLength(1);
  });

  it('says in words why it failed, in the row as well, and keeps the session', async () => {
    await openOcp(rig);
    rig.draw(<Sessions />);
    rig.ocp.fault({ kind: 'reply', status: 429, operation: 'refresh', headers: { 'retry-after': '60' } });
    await chooseFromMenu(person, /^More for alice/, 'Refresh');
    await screen.findByText('Waiting');
    const said = within(screen.getByText('Waiting').closest('tbody') ?? document.body);
    expect(await said.findByText(/Refresh tries again; by itself that happens at \d\d:\d\d:\d\d\.$/)).toBeVisible();
    expect(screen.getByText('alice')).toBeVisible();
    expect(document.body).not.toHaveTextContent(/failed to fetch|undefined|\[object/i);
  });
});

describe('what went wrong', () => {
  it('stands in its row alone, once, is read out, and covers no other row as a notice', async () => {
    await openOcp(rig);
    rig.draw(<Sessions />);
    rig.ocp.fault({ kind: 'reply', status: 429, operation: 'refresh', headers: { 'retry-after': '60' } });
    await chooseFromMenu(person, /^More for alice/, 'Refresh');
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
    await openOcp(rig);
    await rig.put(ocpRecord(rig, { id: 'other', identity: { name: 'user1' } }));
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
    const record = await openOcp(rig);
    rig.draw(<Sessions />);
    const logOut = await screen.findByRole('button', { name: 'Log out alice, OCP (demo)' });
    rig.ocp.fault({ kind: 'reply', status: 500, operation: 'log-out', times: 'always' });
    await person.click(logOut);
    const table = within(screen.getByRole('table'));
    expect(await table.findByText(/status 500/)).toBeVisible();
    expect(screen.queryByText(/^Logged out/)).not.toBeInTheDocument();
    expect(namesInOrder()).toEqual(['alice']);
    expect((await stored(rig, record.id))?.ended).toBeNull();
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
    expect((await stored(rig, record.id))?.ended).toBeNull();
  });

  it('drops the tokens here and sends nothing', async () => {
    const record = await openPrimatime();
    rig.draw(<Sessions />);
    await person.click(await screen.findByRole('button', { name: /^Forget ada/ }));
    const before = rig.primatime.ledger().length;
    await person.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Forget' }));
    expect(await screen.findByText('none left')).toBeVisible();
    expect(await stored(rig, record.id)).toMatchObject({ tokens: null, ended: { how: 'forgotten' } });
    expect(rig.primatime.ledger()).toHaveLength(before);
  });

  it('says of a slot that it stays held', async () => {
    await openOcp(rig);
    rig.draw(<Sessions />);
    await screen.findByRole('button', { name: /^Log out/ });
    await chooseFromMenu(person, /^More for alice/, 'Forget');
    expect(await screen.findByText(/stays open at OCP and goes on holding one of the limited sessions/)).toBeVisible();
  });
});

describe('check', () => {
  // Sessions are counted by the same question, while the page is looked at.
  beforeEach(() => {
    rig.page.visible = false;
  });

  it('asks once and shows verdict and evidence in the row', async () => {
    await openOcp(rig);
    rig.draw(<Sessions />);
    await screen.findByRole('button', { name: /^Log out/ });
    await chooseFromMenu(person, /^More for alice/, 'Check');
    const table = within(screen.getByRole('table'));
    expect(
      await table.findByText(/^Live: the server accepts this access token\. The server answered with the user/),
    ).toBeVisible();
    expect(rig.ocp.ledger({ operation: 'account-sessions' })).toHaveLength(1);
  });

  it('does not take a dead token for the end of the session', async () => {
    const record = await openOcp(rig);
    rig.draw(<Sessions />);
    await screen.findByRole('button', { name: /^Log out/ });
    rig.ocp.dropSessions({ username: 'alice' });
    await chooseFromMenu(person, /^More for alice/, 'Check');
    const table = within(screen.getByRole('table'));
    expect(await table.findByText(/^Dead: the server refuses this access token/)).toBeVisible();
    expect((await stored(rig, record.id))?.signInNeeded).toBeNull();
  });

  it('hands a dead token out no more: what may be refreshed is due, whatever its expiry says', async () => {
    const record = await openOcp(rig);
    rig.draw(<Sessions />);
    await screen.findByRole('button', { name: /^Log out/ });
    rig.ocp.dropSessions({ username: 'alice' });
    await chooseFromMenu(person, /^More for alice/, 'Check');
    await within(screen.getByRole('table')).findByText(/^Dead: the server refuses this access token/);
    const tokens = (await stored(rig, record.id))?.tokens;
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
    const over = await stored(rig, record.id);
    expect(over?.tokens).toBeNull();
    expect(over?.signInNeeded).not.toBeNull();
  });

  it('lets a refresh win that came between the question and its answer', async () => {
    const record = await openOcp(rig);
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
    expect((await stored(rig, record.id))?.tokens).toEqual(next);
  });
});
