/** What this browser's storage does not take, as a person reads it: whose, what is usable until when, what to do. */
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../test/console-harness.tsx';
import { installClipboard, type TestClipboard } from '../../test/test-clipboard.ts';
import { createTestBrowser } from '../../test/test-vault.ts';
import { ShellFoot } from '../app/shell-foot.tsx';
import { VaultBands } from '../features/unlock/vault-bands.tsx';
import { formatMoment } from '../lib/format-time.ts';
import { endsAtMs } from '../lib/time.ts';
import { refreshSession } from '../refresh/refresh-session.ts';
import { setKeepFresh } from '../sessions/transitions.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { Page as Overview } from './overview/index.tsx';

let rig: ConsoleHarness;
let person: UserEvent;
let clipboard: TestClipboard;

beforeEach(async () => {
  vi.stubGlobal('PublicKeyCredential', vi.fn());
  rig = await startConsole({ keepsIn: createTestBrowser().tab() });
  person = userEvent.setup();
  clipboard = installClipboard();
  const desk = await rig.services.vault?.load();
  expect(await act(async () => desk?.create('obviously false words for a test'))).toMatchObject({ ok: true });
});
afterEach(async () => {
  clipboard.remove();
  await rig.close();
});

const calls = (): number =>
  rig.services.state.getState().calls.filter(({ operation }) => operation === waitedFor).length;
let waitedFor = '';

/** From the answer to that call on. */
function after(operation: string): () => boolean {
  waitedFor = operation;
  const before = calls();
  return () => calls() > before;
}

/** From the answer to that call on, nothing goes in any more. Returns what makes room again. */
function fullAfter(operation: string): () => void {
  const answered = after(operation);
  const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')?.value as IDBObjectStore['put']; // the platform's
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
    if (answered()) throw new DOMException('', 'QuotaExceededError');
    return put.apply(this, given);
  });
  return () => full.mockRestore();
}

/** Transactions that fail in this way, where `now` says so. Returns what ends it. */
function failing(name: string, now: (mode: IDBTransactionMode | undefined) => boolean): () => void {
  const found = Object.getOwnPropertyDescriptor(IDBDatabase.prototype, 'transaction')
    ?.value as IDBDatabase['transaction']; // the platform's
  const lost = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
    this: IDBDatabase,
    ...given
  ) {
    if (now(given[1])) throw new DOMException('', name);
    return found.apply(this, given);
  });
  return () => lost.mockRestore();
}

/** From the answer to that call on, nothing goes in and nothing is read any more. Returns what brings the storage back. */
const lostAfter = (operation: string) => failing('InvalidStateError', after(operation));
/** Readings fail while writing goes on, where `now` says so. Returns what ends it. */
const unreadable = (now: () => boolean) => failing('UnknownError', (mode) => mode !== 'readwrite' && now());

const openOcp = () => rig.open(rig.connections.ocp, 'password', { username: 'alice', password: 'alice-demo-password' });

async function openUnhurried(): Promise<SessionRecord> {
  const { id } = await openOcp();
  const written = await act(() => rig.services.hands.repository.change(id, setKeepFresh(false)));
  if (!written.ok) throw new Error(written.why);
  return written.record;
}

const draw = () =>
  rig.draw(
    <>
      <VaultBands />
      <Overview />
    </>,
  );
const row = (): HTMLElement => within(screen.getByRole('table')).getAllByRole('rowgroup').at(-1) ?? document.body;
const refreshFromMenu = async () => {
  await person.click(within(row()).getByRole('button', { name: /^More for alice/ }));
  await person.click(await screen.findByRole('menuitem', { name: /^Refresh/, hidden: true }));
};
const copy = () => within(row()).queryByRole('button', { name: /^Copy OCP access token$/ });
/** The reading of the sessions follows the writing. */
/** The band's own part is fetched first. */
const says = (words: string | RegExp) => waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent(words));
const held = () => waitFor(() => expect(rig.services.keeping.getState().held).toBe(1));
const endOf = ({ tokens }: SessionRecord): string =>
  formatMoment(tokens ? (endsAtMs(tokens.accessExpiry, 0) ?? 0) : 0, rig.services.nowMs());
async function makeRoom(room: () => void): Promise<void> {
  room();
  await rig.pass(2_000);
  await waitFor(() => expect(rig.services.keeping.getState()).toMatchObject({ held: 0, trouble: null }));
}

it('F26: a log out that cannot be stored is said in the row and the band, and its token is not copied any more', async () => {
  const { id } = await openUnhurried();
  draw();
  expect(await screen.findByRole('button', { name: /^Copy OCP access token$/ })).toBeEnabled();
  const room = fullAfter('logOut');
  await person.click(within(row()).getByRole('button', { name: /^Log out alice/ }));
  await held();
  await says(
    'alice at OCP (demo): logged out at the server, not yet stored. Its token is not handed out any more. ' +
      'Make room on this disk; it is stored by itself as soon as that works. ' +
      'Keep this tab open: where it is closed, the session is shown as before.',
  );
  expect(row()).toHaveTextContent(/Ended.*Logged out at the server, not yet stored\./);
  expect(row()).not.toHaveTextContent('Ready');
  expect(copy()).toBeNull();
  expect((await rig.services.hands.repository.get(id))?.ended).toBeNull();

  await makeRoom(room);
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  expect((await rig.services.hands.repository.get(id))?.ended).toMatchObject({ how: 'logged-out' });
});

it('F26: a refresh that cannot be stored is said with both ends, and Copy takes the new token', async () => {
  const before = await openUnhurried();
  draw();
  await screen.findByRole('button', { name: /^Copy OCP access token$/ });
  rig.ocp.clock({ advanceMs: 60_000 });
  await rig.pass(60_000);
  const room = fullAfter('refresh');
  await refreshFromMenu();
  await held();
  const after = rig.services.hands.repository.held().get(before.id);
  expect(after?.tokens?.accessToken).not.toBe(before.tokens?.accessToken);
  await says(
    `alice at OCP (demo): refreshed; the new token is in this tab alone and is valid until ${after ? endOf(after) : ''}. ` +
      `The stored one is valid until ${endOf(before)}. ` +
      'Make room on this disk; it is stored by itself as soon as that works. ' +
      'Copy takes the new token. Keep this tab open: what is not stored goes with it.',
  );
  expect(after && endOf(after)).not.toBe(endOf(before));
  expect(row()).toHaveTextContent(/Ready.*In this tab alone, not yet stored\./);
  const button = copy();
  expect(button).toBeEnabled();
  if (button) await person.click(button);
  await waitFor(() => expect(clipboard.text).toBe(after?.tokens?.accessToken));
  expect(JSON.stringify(rig.services.state.getState().sessions)).not.toContain(after?.tokens?.accessToken);
  // Nothing that the schedule could do for it has a time.
  expect(rig.services.state.getState().nextRefreshAtMs).toBeNull();

  await makeRoom(room);
  await waitFor(() => expect(row()).not.toHaveTextContent('not yet stored'));
  expect((await rig.services.hands.repository.get(before.id))?.generation).toBe(before.generation + 1);
});

it('F27: an answer that comes while nothing can be read is held and said as well, and stored once the storage is back', async () => {
  const before = await openUnhurried();
  draw();
  await screen.findByRole('button', { name: /^Copy OCP access token$/ });
  const back = lostAfter('refresh');
  await refreshFromMenu();
  await held();
  const after = rig.services.hands.repository.held().get(before.id);
  expect(after?.generation).toBe(before.generation + 1);
  await says(/alice at OCP \(demo\): refreshed; the new token is in this tab alone/);
  await waitFor(() => expect(row()).toHaveTextContent(/Ready.*In this tab alone, not yet stored\./));
  const button = copy();
  if (button) await person.click(button);
  await waitFor(() => expect(clipboard.text).toBe(after?.tokens?.accessToken));

  await makeRoom(back);
  await waitFor(() => expect(row()).not.toHaveTextContent('not yet stored'));
  expect((await rig.services.hands.repository.get(before.id))?.generation).toBe(before.generation + 1);
  expect(rig.ocp.ledger({ operation: 'refresh' })).toHaveLength(1);
});

it('F27: one reading that fails when the answer comes does not leave the row at what was before', async () => {
  const before = await openUnhurried();
  draw();
  await screen.findByRole('button', { name: /^Copy OCP access token$/ });
  const answered = after('refresh');
  const { keeping } = rig.services;
  let failed = false;
  const stop = keeping.subscribe(({ trouble }) => (failed ||= trouble === 'lost'));
  const back = unreadable(() => answered() && !failed);
  await refreshFromMenu();
  await waitFor(() => expect(failed).toBe(true));
  stop();
  expect((await rig.services.hands.repository.get(before.id))?.generation).toBe(before.generation + 1);
  expect(row()).toHaveTextContent('Refreshing');
  await rig.pass(2_000);
  await waitFor(() => expect(row()).toHaveTextContent('Ready'));
  expect(keeping.getState().trouble).toBeNull();
  back();
});

it('F27: while only reading fails, a refresh is stored and told as what it was, whatever the answer', async () => {
  const { id, generation } = await openUnhurried();
  draw();
  await screen.findByRole('button', { name: /^Copy OCP access token$/ });
  const back = unreadable(after('refresh'));
  expect(await act(() => refreshSession(rig.services.hands, id, 'person'))).toMatchObject({ kind: 'refreshed' });
  back();
  rig.ocp.dropSessions();
  const again = unreadable(after('refresh'));
  expect(await act(() => refreshSession(rig.services.hands, id, 'person'))).toMatchObject({
    kind: 'failed',
    failure: { code: 'session-over' },
  });
  again();
  expect(await rig.services.hands.repository.get(id)).toMatchObject({
    generation: generation + 2,
    intent: null,
    signInNeeded: { code: 'session-over' },
  });
});

it('F27: Copy while nothing can be read says so, and not that nothing can be written', async () => {
  await openUnhurried();
  draw();
  const button = await screen.findByRole('button', { name: /^Copy OCP access token$/ });
  const back = unreadable(() => true);
  await saysInRow(
    () => person.click(button),
    'This browser’s storage does not answer. Nothing was sent. Try again; if that does not help, reload this page.',
  );
  back();
});

it('F26: Copy that meets a refusal which cannot be stored gives what is still good, and says what the server said', async () => {
  const before = await openUnhurried();
  draw();
  await screen.findByRole('button', { name: /^Copy OCP access token$/ });
  rig.ocp.clock({ advanceMs: 285_000 });
  await rig.pass(285_000);
  rig.ocp.dropSessions();
  const room = fullAfter('refresh');
  const button = copy();
  if (button) await person.click(button);
  await held();
  await waitFor(() => expect(clipboard.text).toBe(before.tokens?.accessToken));
  await waitFor(() =>
    expect(row()).toHaveTextContent(
      /Copied; valid 0:1\d, it could not be refreshed: the session was ended elsewhere.* Keep this tab open: it is stored as soon as that works\./,
    ),
  );
  await makeRoom(room);
});

it('F26: Copy that refreshes first hands out the new token although it cannot be stored', async () => {
  const before = await openUnhurried();
  draw();
  await screen.findByRole('button', { name: /^Copy OCP access token$/ });
  rig.ocp.clock({ advanceMs: 285_000 });
  await rig.pass(285_000);
  fullAfter('refresh');
  const button = copy();
  if (button) await person.click(button);
  await held();
  const after = rig.services.hands.repository.held().get(before.id);
  await waitFor(() => expect(clipboard.text).toBe(after?.tokens?.accessToken));
  expect(after?.tokens?.accessToken).not.toBe(before.tokens?.accessToken);
});

/** Whether a press is followed by these words in the row, and by nothing that was sent. */
async function saysInRow(press: () => Promise<unknown>, words: string): Promise<void> {
  // Sessions are counted meanwhile, by a question that changes nothing.
  const changes = () => (['refresh', 'log-out'] as const).flatMap((operation) => rig.ocp.ledger({ operation }));
  const sent = changes().length;
  await press();
  await waitFor(() => expect(row()).toHaveTextContent(words));
  expect(row()).not.toHaveTextContent('could not load its own part');
  expect(changes()).toHaveLength(sent);
}

it('F26: “Keep fresh” that cannot be stored says so, and stays as it was', async () => {
  const { id } = await openUnhurried();
  draw();
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('', 'QuotaExceededError');
  });
  const keepFresh = await within(row()).findByRole('switch', { name: /^Keep alice/ });
  await saysInRow(
    () => person.click(keepFresh),
    'This browser’s storage does not take what is written to it. ' +
      'Nothing was changed, and nothing was sent. Make room on this disk, then try again.',
  );
  expect(keepFresh).not.toBeChecked();
  full.mockRestore();
  await person.click(keepFresh);
  await waitFor(async () => expect((await rig.services.hands.repository.get(id))?.keepFresh).toBe(true));
});

it('F38: where a newer version has taken the storage, each press says so, and the foot agrees with the band', async () => {
  await openUnhurried();
  rig.draw(
    <>
      <VaultBands />
      <Overview />
      <ShellFoot />
    </>,
  );
  await screen.findByRole('button', { name: /^Copy OCP access token$/ });
  const newer = indexedDB.open('keyward', 2);
  await new Promise((resolve) => newer.addEventListener('success', resolve));
  await says(/Nothing is refreshed in this tab any more, and nothing stored was lost\. Reload this page\./);
  await waitFor(() => expect(screen.getByRole('contentinfo')).toHaveTextContent('no refresh in this tab'));
  const menu = async (item: RegExp) => {
    await person.click(within(row()).getByRole('button', { name: /^More for alice/ }));
    await person.click(await screen.findByRole('menuitem', { name: item, hidden: true }));
  };
  const refused = 'This browser’s storage does not take what is written to it.';
  const notSent = `${refused} Nothing was sent: its answer would be lost. Reload this page.`;
  const notChanged = `${refused} Nothing was changed, and nothing was sent. Reload this page.`;
  await saysInRow(() => menu(/^Refresh/), notSent);
  await saysInRow(() => person.click(screen.getByRole('button', { name: /^Copy OCP access token$/ })), notSent);
  await saysInRow(() => menu(/^Check/), notChanged);
  await saysInRow(() => person.click(within(row()).getByRole('button', { name: /^Log out alice/ })), notChanged);
  newer.result.close();
});

it('F26: a new session that cannot be stored is on the screen, and said to be in this tab alone', async () => {
  draw();
  fullAfter('signIn');
  void openOcp();
  await held();
  await says(
    /alice at OCP \(demo\): signed in; the session is in this tab alone\. Its token is valid until .+\. Make room on this disk; .* Keep this tab open/,
  );
  await waitFor(() => expect(row()).toHaveTextContent('In this tab alone, not yet stored.'));
});
