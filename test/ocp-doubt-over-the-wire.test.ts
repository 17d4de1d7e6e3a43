/** What a count, an ending and a lock are told as where the server's answer leaves doubt; over the real gateway. */
import { describe, expect, it } from 'vitest';
import type { SlotCount, SlotCounter } from '../src/console/slot-counter.ts';
import { keyOf } from '../src/console/slot-key.ts';
import { endSessions, unlockPerson } from '../src/features/server-sessions/carry-out-ending.ts';
import { outcomeOf } from '../src/features/server-sessions/ended-here.ts';
import { seenSessions } from '../src/features/server-sessions/seen-sessions.ts';
import type { ServerSessionsFace } from '../src/providers/server-sessions-face.ts';
import { findPeople } from '../src/refresh/act-at-server.ts';
import { logOut } from '../src/refresh/end-session.ts';
import { refreshSession } from '../src/refresh/refresh-session.ts';
import { viewOf, type SessionRecord } from '../src/sessions/record.ts';
import { possiblyHeld } from '../src/sessions/slot-ledger.ts';
import type { OcpActions } from '../stand-ins/ocp/control.ts';
import { namesIn, useCountingConsole } from './counting-console.ts';
import { valueOf, type HeadlessConsole } from './headless-console.ts';

let console_: HeadlessConsole<OcpActions>;
let face: ServerSessionsFace;
let counter: SlotCounter;

const { control, open, counted, serverSays } = useCountingConsole((parts) => {
  ({ console_, face, counter } = parts);
});

/** A count that nobody pressed for: as of the first that fits. */
async function countedByItself(record: SessionRecord, fits: (count: SlotCount | undefined) => boolean) {
  counter.look();
  const count = () => counter.counts.getState().get(keyOf(record.connection, record.identity.name));
  await expect.poll(() => fits(count())).toBe(true);
  return count() ?? expect.fail('not counted');
}

const refuses = (operation: 'account-sessions' | 'admin-users', status: 401 | 403, times: 1 | 'always' = 1) =>
  control().fault({ operation, kind: 'reply', status, body: `{"error":"HTTP ${String(status)}"}`, times });

describe('what says nothing about rights', () => {
  const calls = (operation: string) => control().ledger({ operation }).length;
  const isRefused = (count: SlotCount | undefined): boolean => count?.failure?.fault === 'access';

  it('one 401 to the first list: the next count has it, and nothing was refreshed for that', async () => {
    refuses('account-sessions', 401);
    const alice = await open('alice');
    control().openSessions({ username: 'alice', count: 2 });
    expect(await countedByItself(alice, isRefused)).toMatchObject({ rights: null, sessions: null });
    const count = await countedByItself(alice, (now) => now?.failure === null);
    expect(count).toMatchObject({ rights: { reach: 'own' }, refused: [] });
    expect(namesIn(count)).toEqual(serverSays('alice'));
    expect(calls('refresh')).toBe(0);
  });

  it('the 401 of a session that is over: it counts for nothing until a press has it refreshed, and is over then', async () => {
    refuses('account-sessions', 401, 'always');
    const alice = await open('alice');
    await countedByItself(alice, isRefused);
    control().dropSessions({ username: 'alice' });
    control().clearFaults();
    const before = calls('account-sessions');
    const count = await countedByItself(alice, () => calls('account-sessions') > before);
    expect(count).toMatchObject({ rights: null, sessions: null, refused: [alice.id], failure: { fault: 'access' } });
    expect(calls('refresh')).toBe(0);

    // Then it is no more in doubt.
    expect(await counted(alice)).toMatchObject({ refused: [] });
    expect(calls('account-sessions')).toBe(before + 2);
    expect(calls('refresh')).toBe(1);
    expect((await console_.hands.repository.get(alice.id))?.signInNeeded?.code).toBe('session-over');
  });

  it('the 401 of a token that is not meant for the list and is dead as well', async () => {
    control().putUser({ username: 'alice', accountRoles: [] });
    const alice = await open('alice');
    const live = await countedByItself(alice, (now) => now?.rights?.reach === 'held-here');
    expect(live).toMatchObject({ refused: [], failure: null });
    control().dropSessions({ username: 'alice' });
    await counted(alice);
    expect((await console_.hands.repository.get(alice.id))?.signInNeeded?.code).toBe('session-over');
  });

  it('a 403 to a token that claims the right', async () => {
    refuses('admin-users', 403);
    const support = await open('support');
    expect(await countedByItself(support, (now) => now?.rights?.reach === 'own')).toMatchObject({ failure: null });
    // A session more, and everybody is counted again.
    await open('bob');
    await countedByItself(support, (now) => now?.rights?.reach === 'any-user');
  });

  it('a server that is down while one of two rights is asked for: the own sessions are listed all the same', async () => {
    control().fault({ operation: 'admin-users', kind: 'reply', status: 500, body: '{}', times: 1 });
    const support = await open('support');
    const first = await countedByItself(support, (now) => now?.rights?.reach === 'own');
    expect(namesIn(first)).toEqual(serverSays('support'));
    await open('bob');
    await countedByItself(support, (now) => now?.rights?.reach === 'any-user');
  });

  it('a right that was missing is asked for again by Recount, and with the next token', async () => {
    control().configureRealm({ accountApi: false });
    const alice = await open('alice');
    await countedByItself(alice, (now) => now?.rights?.reach === 'held-here');
    control().configureRealm({ accountApi: true });
    expect(namesIn(await counted(alice))).toEqual(serverSays('alice'));
    control().configureRealm({ accountApi: false });
    const bob = await open('bob');
    await countedByItself(bob, (now) => now?.rights?.reach === 'held-here');
    control().configureRealm({ accountApi: true });
    await refreshSession(console_.hands, bob.id, 'person');
    await countedByItself(bob, (now) => now?.rights?.reach === 'own');
  });
});

describe('what an ending is told as', () => {
  async function endOneElsewhere(trouble: () => void) {
    const alice = await open('alice');
    control().openSessions({ username: 'alice', count: 2, userAgent: 'curl/7.88.1' });
    const before = await counted(alice);
    const looking = { inView: alice.id, nowMs: console_.hands.nowMs(), offsetMs: 0 };
    const [target] = seenSessions(before, [viewOf(alice)], looking).filter(({ mark }) => mark === 'elsewhere');
    trouble();
    const { say, told } = await endSessions(console_.services, before, [target ?? expect.fail('no row')], false);
    const now = () => counter.counts.getState().get(before.key);
    return { alice, say: () => say(now()), outcomes: () => told.map((one) => outcomeOf(one, now())) };
  }

  it.each([
    ['500', { kind: 'reply', status: 500, body: '{}' }],
    ['no answer', { kind: 'reset' }],
  ] as const)('a count that failed after it (%s): not known, until a later one knows', async (_, fault) => {
    const { alice, say, outcomes } = await endOneElsewhere(() =>
      control().fault({ operation: 'account-sessions', times: 'always', ...fault }),
    );
    expect(say()?.title).toBe('The server accepted it. Whether it is ended is not known: there is no new count.');
    expect(outcomes()).toEqual(['unknown']);
    control().clearFaults();
    await counted(alice);
    // Nor was it counted just before: somebody else may have ended it.
    expect(say()?.title).toMatch(/^1 is gone; whether by this is not known\. /);
    expect(outcomes()).toEqual(['gone']);
  });

  it('one that the server accepted and still lists', async () => {
    const { say, outcomes } = await endOneElsewhere(() => control().configure({ endsNothing: true }));
    expect(say()?.title).toContain('still lists 1 of 1: not ended');
    expect(outcomes()).toEqual(['listed']);
  });
});

describe('a log out that the server accepts and that ends nothing', () => {
  const held = async () => {
    const sessions = (await console_.hands.repository.list()).map(viewOf);
    return possiblyHeld(sessions, [], console_.services.nowMs());
  };
  async function seenBy(record: SessionRecord, count: SlotCount) {
    const local = (await console_.hands.repository.list()).filter(({ ended }) => !ended).map(viewOf);
    return seenSessions(count, local, { inView: record.id, nowMs: console_.hands.nowMs(), offsetMs: 0 });
  }
  async function logOutInVain(trouble?: () => void) {
    const alice = await open('alice');
    const other = await open('alice');
    await counted(alice);
    control().configure({ endsNothing: true });
    trouble?.();
    valueOf(await logOut(console_.hands, other.id));
    return { alice, other };
  }

  it('is shown by the next list, held in the ledger, and ended in that list', async () => {
    const { alice, other } = await logOutInVain();
    const name = other.tokens?.serverSessionId ?? '';
    const count = await counted(alice);
    expect(namesIn(count)).toEqual(serverSays('alice'));
    const left = (await seenBy(alice, count)).find(({ id }) => id === name) ?? expect.fail('not listed');
    expect(left).toMatchObject({ mark: 'logged-out', localId: null });
    const [entry] = await held();
    expect(entry).toMatchObject({ id: other.id, name: 'alice', freeable: false });
    expect(Math.abs((entry?.untilMs ?? 0) - other.openedAtMs - 1_800_000)).toBeLessThan(2_000);

    const again = await endSessions(console_.services, count, [left], false);
    expect(again.say(undefined)?.title).toContain('still lists 1 of 1: not ended');
    control().configure({ endsNothing: false });
    const { say, told } = await endSessions(console_.services, count, [left], false);
    const now = counter.counts.getState().get(count.key);
    expect(told.map((one) => outcomeOf(one, now))).toEqual(['ended']);
    expect(say(now)?.title).toBe('1 ended. 1 left by the new count.');
    expect(serverSays('alice')).toEqual([alice.tokens?.serverSessionId]);
    expect(await held()).toEqual([]);
  });

  it('is said of one that was ended in the list as well', async () => {
    const alice = await open('alice');
    const other = await open('alice');
    const count = await counted(alice);
    const target = (await seenBy(alice, count)).find(({ localId }) => localId === other.id) ?? expect.fail('no row');
    control().configure({ endsNothing: true });
    const { say } = await endSessions(console_.services, count, [target], false);
    expect(say(counter.counts.getState().get(count.key))?.title).toContain('still lists 1 of 1: not ended');
  });

  it('is left out of an older list alone, which then is no count', async () => {
    const { alice, other } = await logOutInVain(() =>
      control().fault({ operation: 'account-sessions', kind: 'reply', status: 500, body: '{}', times: 'always' }),
    );
    const before = await counted(alice);
    expect(before.failure).not.toBeNull();
    expect(namesIn(before)).toEqual([alice.tokens?.serverSessionId]);
    expect(before).toMatchObject({ overSince: 1, loggedOut: [] });
    expect(await held()).toEqual([]);
    control().clearFaults();
    expect(await counted(alice)).toMatchObject({ overSince: 0, loggedOut: [other.tokens?.serverSessionId] });
  });
});

describe('a lock that cannot be read', () => {
  it('is not known, also where it was known before; and an unlocking is not called in vain', async () => {
    const support = await open('support');
    const asker = { id: support.id, face };
    const [person] = valueOf(await findPeople(console_.hands, asker, 'locked')).people;
    const stop = await counter.watch(support.id, person ?? expect.fail('not found'));
    const shown = () => [...counter.counts.getState().values()].find((count) => count.person !== null);
    const before = shown() ?? expect.fail('not counted');
    expect(before).toMatchObject({ lock: { locked: true }, lockFailure: null });
    control().fault({ operation: 'admin-lock-state', kind: 'reply', status: 500, body: '{}', times: 'always' });
    await counter.recount(before.key);
    expect(shown()).toMatchObject({ lock: null, lockFailure: { status: 500 }, failure: null });

    expect(await unlockPerson(console_.services, before)).toMatchObject({
      title: 'The server accepted the unlocking. Whether the lock is gone is not known.',
    });
    control().clearFaults();
    await counter.recount(before.key);
    expect(shown()).toMatchObject({ lock: { locked: false }, lockFailure: null });
    stop();
  });
});
