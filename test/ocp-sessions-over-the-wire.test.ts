/** The sessions of OCP's users: counted, found, ended and freed by the real console, over the real gateway. */
import { beforeEach, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import type { SlotCounter } from '../src/console/slot-counter.ts';
import { keyOf } from '../src/console/slot-key.ts';
import type { ServerSessionsFace } from '../src/providers/server-sessions-face.ts';
import { forget, logOut } from '../src/refresh/end-session.ts';
import { refreshSession } from '../src/refresh/refresh-session.ts';
import { reclaimSlots } from '../src/refresh/reclaim-slots.ts';
import { askAs, endServerSession, findPeople } from '../src/refresh/act-at-server.ts';
import { askOnce, findRights } from '../src/refresh/server-sessions.ts';
import { viewOf, type SessionRecord } from '../src/sessions/record.ts';
import { possiblyHeld } from '../src/sessions/slot-ledger.ts';
import { giveUp } from '../src/sessions/refresh-steps.ts';
import type { OcpActions } from '../stand-ins/ocp/control.ts';
import { standIn } from '../stand-ins/ocp/server.ts';
import { namesIn, useCountingConsole } from './counting-console.ts';
import { startHeadlessConsole, valueOf, type HeadlessConsole } from './headless-console.ts';

let console_: HeadlessConsole<OcpActions>;
let face: ServerSessionsFace;
let counter: SlotCounter;

const { control, open, counted, serverSays } = useCountingConsole((parts) => {
  ({ console_, face, counter } = parts);
});

const rightsOf = async (record: SessionRecord) =>
  valueOf(await findRights(console_.hands, { id: record.id, face }, record.tokens ?? expect.fail('no tokens'))).rights;

describe('rights', () => {
  it.each([
    ['alice', { reach: 'own', ownBy: 'account', change: 'no' }],
    ['viewer', { reach: 'any-user', ownBy: 'account', change: 'no' }],
    ['support', { reach: 'any-user', ownBy: 'account', change: 'yes' }],
    ['admin', { reach: 'any-user', ownBy: 'account', change: 'yes' }],
  ])('of %s', async (username, expected) => {
    expect(await rightsOf(await open(username))).toMatchObject(expected);
  });

  it('asks the admin API nothing on behalf of somebody whose token says that it would be refused', async () => {
    const alice = await open('alice');
    await counted(alice);
    expect(control().ledger({ operation: 'admin-users' })).toEqual([]);
  });

  it.each([
    ['tokens that are not meant for the account API', { clientId: 'trimmed' }],
    ['an account API that is switched off', { accountApi: false }],
  ])('%s leave what this browser opened, and the session is none the worse for having asked', async (_, change) => {
    const { clientId, ...realm } = { clientId: 'ocp', ...change };
    control().configureRealm(realm);
    const connection = await console_.connection();
    await console_.operatorWrites({ settings: { ...connection.settings, clientId } });
    const alice = await open('alice');
    const rights = await rightsOf(alice);
    expect(rights).toMatchObject({ reach: 'held-here', ownBy: null });
    expect(rights.why?.sentence).toMatch(/^The server d(?:id|oes) not/);
    expect((await counted(alice)).sessions).toBeNull();
    expect(await console_.hands.repository.get(alice.id)).toEqual(alice);
  });

  it('a role that is missing leaves what this browser opened, and says which one', async () => {
    control().putUser({ username: 'alice', accountRoles: ['manage-account-links'] });
    expect((await rightsOf(await open('alice'))).why?.next).toContain('view-profile');
  });

  it('of support without an account role: its own by the admin list', async () => {
    control().putUser({ username: 'support', accountRoles: [] });
    const support = await open('support');
    expect(await rightsOf(support)).toMatchObject({ reach: 'any-user', ownBy: 'admin' });
    control().openSessions({ username: 'support', count: 2 });
    expect(namesIn(await counted(support))).toEqual(serverSays('support'));
  });
});

describe('counting', () => {
  it('shows what the server counts, with times, address, browser and clients', async () => {
    const alice = await open('alice');
    control().openSessions({ username: 'alice', count: 2, userAgent: 'curl/7.88.1', ipAddress: '192.0.2.7' });
    const count = await counted(alice);
    expect(namesIn(count)).toEqual(serverSays('alice'));
    const [there] = (count.sessions ?? []).filter(({ address }) => address === '192.0.2.7');
    expect(there).toMatchObject({ browser: 'curl/7.88.1', clients: ['ocp'] });
    const [here] = (count.sessions ?? []).filter(({ current }) => current);
    expect(here?.id).toBe(alice.tokens?.serverSessionId);
    const [summary] = control().sessions({ username: 'alice' });
    expect(here).toMatchObject({
      startedAtMs: (summary?.started ?? 0) * 1_000,
      lastUsedAtMs: (summary?.lastRefresh ?? 0) * 1_000,
    });
    expect(count).toMatchObject({ limit: 5, idleMs: 1_800_000, failure: null });
    expect(count.runs.map(({ count: many }) => many).at(-1)).toBe(3);
  });

  it('asks for the list once, also the first time, when the rights are found', async () => {
    const { connection } = await open('alice');
    const count = () => counter.counts.getState().get(keyOf(connection, 'alice'));
    await eventually(() => expect(count()?.sessions).toHaveLength(1));
    expect(control().ledger({ operation: 'account-sessions' })).toHaveLength(1);
  });

  it('takes what the server calls over since off a list that nobody can have anew', async () => {
    const alice = await open('alice');
    const [elsewhere] = control().openSessions({ username: 'alice', count: 1 });
    expect(namesIn(await counted(alice))).toHaveLength(2);
    control().dropSessions({ username: 'alice' });
    const count = await counted(alice);
    expect(count.failure?.fault).toBe('access');
    expect(namesIn(count)).toEqual([elsewhere?.id]);
  });

  it('and what was logged out from here since', async () => {
    const alice = await open('alice');
    const other = await open('alice');
    expect(namesIn(await counted(alice))).toHaveLength(2);
    control().dropSessions({ id: alice.tokens?.serverSessionId ?? '' });
    await logOut(console_.hands, other.id);
    expect(namesIn(await counted(alice))).toEqual([]);
  });

  it('prolongs nothing, and asks nothing with an access token that is over', async () => {
    const alice = await open('alice');
    control().clock({ advanceMs: 60_000 });
    const before = control().sessions({ username: 'alice' });
    await counted(alice);
    expect(control().sessions({ username: 'alice' })).toEqual(before);
    expect(control().ledger({ operation: 'refresh' })).toEqual([]);
  });
});

describe('one person', () => {
  const signInAs = (username: string): Promise<SessionRecord> =>
    console_.open('password', { username, password: 'alice-demo-password', otp: '' });
  const subjects = () => [...counter.counts.getState().values()].map(({ name, sessions }) => [name, sessions?.length]);

  it.each(['alice@example.test', 'ALICE'])('who typed %s is the one whom the server names', async (typed) => {
    const first = await open('alice');
    const second = await signInAs(typed);
    expect(second.identity).toMatchObject({ name: 'alice', id: first.identity.id, also: ['alice@example.test'] });
    await counted(second);
    await eventually(() => expect(subjects()).toEqual([['alice', 2]]));
  });

  it('keeps the name over a refresh', async () => {
    const { id, identity } = await signInAs('alice@example.test');
    await refreshSession(console_.hands, id, 'use');
    const after = await console_.hands.repository.get(id);
    expect(after).toMatchObject({ refreshes: 1, identity });
  });

  it('has the name of the session that an earlier version stored under the e-mail', async () => {
    const { id } = await open('alice');
    await console_.hands.repository.change(id, (record) => {
      const { also: _later, ...identity } = record.identity;
      return { ...record, identity: { ...identity, name: 'alice@example.test' } };
    });
    expect((await open('alice')).identity).toMatchObject({ name: 'alice@example.test', also: ['alice'] });
  });

  it('is the same also where the tokens tell an id and no name, and nobody else is', async () => {
    const { settings } = await console_.connection();
    await console_.operatorWrites({ settings: { ...settings, clientId: 'trimmed' } });
    const first = await signInAs('alice');
    const { id } = first.identity;
    expect(first.identity).toEqual({ name: 'alice', id });
    expect((await signInAs('Alice')).identity).toEqual({ name: 'alice', id });
    expect((await signInAs('alice@example.test')).identity).toEqual({
      name: 'alice',
      id,
      also: ['alice@example.test'],
    });
    expect((await open('bob')).identity.name).toBe('bob');
  });

  it.each([
    ['by the name where a token named nobody', { name: 'Alice' }, 'Alice'],
    ['by the id where there are two of that name', { name: 'Alice', id: 'another' }, 'alice'],
  ])('is told %s', async (_, identity, expected) => {
    const { id } = await open('alice');
    await console_.hands.repository.change(id, (record) => ({ ...record, identity }));
    expect((await open('alice')).identity.name).toBe(expected);
  });
});

describe('ending', () => {
  it('one elsewhere by the account API; the recount is what proves it', async () => {
    const alice = await open('alice');
    const [other] = control().openSessions({ username: 'alice' });
    const asker = { id: alice.id, face };
    const rights = await rightsOf(alice);
    const session = other?.id ?? '';
    valueOf(await endServerSession(console_.hands, asker, rights, { session, own: true }));
    expect(namesIn(await counted(alice))).toEqual([alice.tokens?.serverSessionId]);
    // A 204 for one that never was: it proves nothing.
    valueOf(await askAs(console_.hands, asker, face.own.end, { session: 'never-was' }));
  });

  it('one that this browser holds by logging it out, so that its record ends with it', async () => {
    const first = await open('alice');
    const second = await open('alice');
    const rights = await rightsOf(first);
    const session = second.tokens?.serverSessionId ?? '';
    valueOf(await endServerSession(console_.hands, { id: first.id, face }, rights, { session, own: true }));
    expect((await console_.hands.repository.get(second.id))?.ended?.how).toBe('logged-out');
    expect(serverSays('alice')).toEqual([first.tokens?.serverSessionId]);
  });

  it('of somebody else with the right to; without it, it says which right', async () => {
    const [victim] = control().openSessions({ username: 'bob', count: 3 });
    const session = victim?.id ?? '';
    const viewer = await open('viewer');
    const refused = await endServerSession(console_.hands, { id: viewer.id, face }, await rightsOf(viewer), {
      session,
      own: false,
    });
    expect(refused).toMatchObject({ ok: false, failure: { code: 'others-not-ended', fault: 'permission' } });
    expect(serverSays('bob')).toHaveLength(3);

    const support = await open('support');
    const asker = { id: support.id, face };
    const ending = { session, own: false };
    valueOf(await endServerSession(console_.hands, asker, await rightsOf(support), ending));
    expect(serverSays('bob')).toHaveLength(2);
    // Gone already is no failure.
    valueOf(await endServerSession(console_.hands, asker, await rightsOf(support), ending));
    const [bob] = valueOf(await findPeople(console_.hands, asker, 'bob')).people;
    valueOf(await askAs(console_.hands, asker, face.others.endAll, { person: bob?.id ?? '' }));
    expect(serverSays('bob')).toEqual([]);
  });
});

describe('people', () => {
  const found = async (text: string, first = 0) =>
    valueOf(await findPeople(console_.hands, { id: support.id, face }, text, first));
  let support: SessionRecord;
  beforeEach(async () => {
    support = await open('support');
  });

  it('exact first: by user name, e-mail and id', async () => {
    const { id } = control().putUser({ username: 'ali', email: 'ali@example.test' });
    for (const text of ['ali', ' ALI ', 'ali@example.test', id]) {
      expect(await found(text)).toMatchObject({ exact: true, people: [{ id, name: 'ali' }] });
    }
    expect(await found('lic')).toMatchObject({ exact: false, people: [{ name: 'alice' }], more: false });
    expect(await found('nobody-of-this-name')).toEqual({ exact: false, people: [], more: false });
  });

  it.each(['o\'brien "the/100%" \\ ü', 'a+b&c=d', '..', 'x/../y'])('finds %s', async (username) => {
    const { id } = control().putUser({ username });
    expect(await found(username)).toMatchObject({ exact: true, people: [{ id }] });
  });

  it('with an access token that is over, which a count leaves alone: the press has it refreshed', async () => {
    control().configureRealm({ accessTokenSeconds: 1 });
    const { connection } = await open('viewer');
    const key = keyOf(connection, 'viewer');
    counter.look();
    await eventually(() => expect(counter.counts.getState().get(key)).toMatchObject({ asker: null }));
    control().clock({ advanceMs: 5_000 });
    control().configureRealm({ accessTokenSeconds: 300 });
    const asker = (await counter.askerOf(key)) ?? expect.fail('nobody asks');
    expect(valueOf(await findPeople(console_.hands, asker, 'bob'))).toMatchObject({ exact: true });
    expect(control().ledger({ operation: 'refresh' })).toHaveLength(1);
  });

  it.each(['html', 'huge'] as const)(
    'says of %s for an answer that nothing was to be changed by the question',
    async (kind) => {
      control().fault({ kind, operation: 'admin-users', times: 'always' });
      const answer = await findPeople(console_.hands, { id: support.id, face }, 'bob');
      if (answer.ok) expect.fail('It was no answer.');
      expect(answer.failure.next).toMatch(/^Nothing was to be changed by it\./);
    },
  );

  it('page after page', async () => {
    for (let nth = 0; nth < 45; nth += 1) control().putUser({ username: `crowd-${String(nth).padStart(2, '0')}` });
    const pages = [await found('crowd-'), await found('crowd-', 20), await found('crowd-', 40)];
    expect(pages.map(({ people, more }) => [people.length, more])).toEqual([
      [20, true],
      [20, true],
      [5, false],
    ]);
    expect(new Set(pages.flatMap(({ people }) => people.map(({ id }) => id))).size).toBe(45);
  });

  it('their count, and the lock that failed sign-ins put on them', async () => {
    control().configureRealm({ bruteForce: { enabled: true, failureFactor: 3, quickFailureMs: 0 } });
    const [person] = (await found('locked')).people;
    const stop = await counter.watch(support.id, person ?? expect.fail('not found'));
    const [shown] = [...counter.counts.getState().values()].filter((count) => count.person !== null);
    expect(shown).toMatchObject({ name: 'locked', sessions: [], lock: { locked: true, failures: 30 } });
    const asker = { id: support.id, face };
    valueOf(await askAs(console_.hands, asker, face.others.unlock, { person: person?.id ?? '' }));
    expect(
      valueOf(await askOnce(console_.hands, asker, face.others.lockState, { person: person?.id ?? '' })).locked,
    ).toBe(false);
    stop();
    expect([...counter.counts.getState().values()].some((count) => count.person !== null)).toBe(false);
  });
});

describe('the ledger', () => {
  const held = async () => {
    const { services } = console_;
    const sessions = (await services.hands.repository.list()).map(viewOf);
    return possiblyHeld(sessions, services.state.getState().leftSignIns, services.nowMs());
  };
  const word = { sinceMs: Date.now(), code: 'answer-lost', sentence: 'The answer was lost.' };

  it('lists a session that refreshes no more, and frees its slot with the old refresh token', async () => {
    const alice = await open('alice');
    await console_.hands.repository.change(alice.id, giveUp(word));
    expect(await held()).toMatchObject([{ id: alice.id, name: 'alice', freeable: true }]);
    control().clock({ advanceMs: 20 * 60_000 });
    expect(await reclaimSlots(console_.hands)).toEqual({ freed: 1, kept: 0 });
    expect(serverSays('alice')).toEqual([]);
    expect(await held()).toEqual([]);
  });

  it('keeps no secret of one that was forgotten, and says until when it may hold its slot', async () => {
    const alice = await open('alice');
    await forget(console_.hands, alice.id);
    const record = await console_.hands.repository.get(alice.id);
    expect(JSON.stringify(record)).not.toContain(alice.tokens?.refreshToken ?? '');
    const [entry] = await held();
    expect(entry).toMatchObject({ freeable: false });
    expect(Math.abs((entry?.untilMs ?? 0) - alice.openedAtMs - 1_800_000)).toBeLessThan(2_000);
    expect(await reclaimSlots(console_.hands)).toEqual({ freed: 0, kept: 0 });
  });

  it('lists a sign-in whose answer was lost at the vendor', async () => {
    control().fault({ operation: 'sign-in', kind: 'cut' });
    await expect(open('alice')).rejects.toThrow();
    await expect.poll(held).toMatchObject([{ name: null, freeable: false }]);
  });

  it('says until when it may be held as soon as another session tells the idle time', async () => {
    const fresh = await startHeadlessConsole(standIn);
    const lost = () => fresh.services.signIns.all();
    const sign = (username: string) =>
      fresh.open('password', { username, password: `${username}-demo-password`, otp: '' });
    fresh.server.control.fault({ operation: 'sign-in', kind: 'cut' });
    await expect(sign('alice')).rejects.toThrow();
    const [before] = await lost();
    expect(before).toMatchObject({ untilMs: null });
    await sign('bob');
    await expect.poll(async () => ((await lost())[0]?.untilMs ?? 0) - (before?.sentAtMs ?? 0)).toBe(30_000 + 1_800_000);
    await fresh.close();
  });

  it('takes a 500 that is a refusal at the limit for the answer that it is', async () => {
    control().configure({ version: '17' });
    control().openSessions({ username: 'alice', count: 5 });
    const before = await console_.services.signIns.all();
    await expect(open('alice')).rejects.toThrow(/session-limit-as-fault/);
    expect(await console_.services.signIns.all()).toEqual(before);
  });
});
