/** Whose an ending was, what a count proves gone, and what a person may do since; over the real gateway. */
import { describe, expect, it } from 'vitest';
import type { SlotCount, SlotCounter } from '../src/console/slot-counter.ts';
import { keyOf } from '../src/console/slot-key.ts';
import { endSessions } from '../src/features/server-sessions/carry-out-ending.ts';
import { outcomeOf } from '../src/features/server-sessions/ended-here.ts';
import { seenSessions } from '../src/features/server-sessions/seen-sessions.ts';
import { ticketOf } from '../src/features/server-sessions/ticket-summary.ts';
import type { ServerSessionsFace } from '../src/providers/server-sessions-face.ts';
import { findPeople } from '../src/refresh/act-at-server.ts';
import { forget } from '../src/refresh/end-session.ts';
import { refreshSession } from '../src/refresh/refresh-session.ts';
import { viewOf, type SessionRecord } from '../src/sessions/record.ts';
import { giveUp } from '../src/sessions/refresh-steps.ts';
import { possiblyHeld } from '../src/sessions/slot-ledger.ts';
import type { OcpActions } from '../stand-ins/ocp/control.ts';
import { useCountingConsole } from './counting-console.ts';
import { valueOf, type HeadlessConsole } from './headless-console.ts';

let console_: HeadlessConsole<OcpActions>;
let face: ServerSessionsFace;
let counter: SlotCounter;
let stopWatching = (): void => undefined;

const { control, open, counted } = useCountingConsole((parts) => {
  ({ console_, face, counter } = parts);
});

const elsewhere = (count: SlotCount, here: SessionRecord) =>
  seenSessions(count, [viewOf(here)], { inView: here.id, nowMs: console_.hands.nowMs(), offsetMs: 0 }).filter(
    ({ mark }) => mark === 'elsewhere',
  );

/** Bob, as support looks at him. */
async function watchBob(support: SessionRecord): Promise<SlotCount> {
  stopWatching();
  const [bob] = valueOf(await findPeople(console_.hands, { id: support.id, face }, 'bob')).people;
  stopWatching = await counter.watch(support.id, bob ?? expect.fail('not found'));
  return [...counter.counts.getState().values()].find(({ person }) => person) ?? expect.fail('not counted');
}

const end = (count: SlotCount, targets: ReturnType<typeof elsewhere>, all = false) =>
  endSessions(console_.services, count, targets, all);

const titleOf = async (ending: ReturnType<typeof end>, key: string) =>
  (await ending).say(counter.counts.getState().get(key))?.title;

const ticket = (count: SlotCount): string =>
  ticketOf(console_.services, {
    ...{ where: 'OCP', name: count.name, rule: { limit: 5, pages: [] }, seen: [], nowMs: console_.hands.nowMs() },
    count: counter.counts.getState().get(count.key),
  });

describe('an ending', () => {
  it('is claimed by one of two that end the same session at once', async () => {
    const alice = await open('alice');
    control().openSessions({ username: 'alice', count: 1, userAgent: 'curl/7.88.1' });
    const count = await counted(alice);
    const targets = elsewhere(count, alice);
    const titles = await Promise.all([1, 2].map(() => titleOf(end(count, targets), count.key)));
    expect(titles).toEqual(['1 ended. 1 left by the new count.', '1 was already gone. 1 left by the new count.']);
    expect(control().ledger({ operation: 'account-end-session' })).toHaveLength(1);
  });

  it('and by nobody where another browser was first: in words and in the ticket', async () => {
    const support = await open('support');
    control().openSessions({ username: 'bob', count: 3, userAgent: 'curl/7.88.1' });
    const count = await watchBob(support);
    const [first, second, third] = elsewhere(count, support);
    control().dropSessions({ id: first?.id ?? '' });
    const both = [first, second].filter((one) => one !== undefined);
    expect(await titleOf(end(count, both), count.key)).toBe('1 ended. 1 was already gone. 1 left by the new count.');
    expect(ticket(count).match(/^Ended by support/gm)).toHaveLength(1);
    expect(ticket(count)).toContain('(already gone: not ended by this)');

    const last = [third].filter((one) => one !== undefined);
    control().dropSessions({ username: 'bob' });
    expect(await titleOf(end(count, last, true), count.key)).toBe('1 was already gone. 0 left by the new count.');
  });

  it('that was refused while somebody else ended it is no own one', async () => {
    const support = await open('support');
    const [target] = control().openSessions({ username: 'bob', count: 2, userAgent: 'curl/7.88.1' });
    const count = await watchBob(support);
    control().fault({ operation: 'admin-end-session', kind: 'reply', status: 403, body: '{}', times: 'always' });
    const targets = elsewhere(count, support).filter(({ id }) => id === target?.id);
    const { told } = await end(count, targets);
    control().dropSessions({ id: target?.id ?? '' });
    const after = await counter.recount(count.key);
    expect(told.map((one) => outcomeOf(one, after))).toEqual(['gone-already']);
  });

  it('is remembered for the person, who is looked up again', async () => {
    const support = await open('support');
    control().openSessions({ username: 'bob', count: 2, userAgent: 'curl/7.88.1' });
    const count = await watchBob(support);
    await end(count, elsewhere(count, support).slice(0, 1));
    expect(ticket(await watchBob(support))).toMatch(/^Ended by support at .*: Elsewhere, 192\.0\.x\.x$/m);
  });
});

describe('what a count proves gone', () => {
  const held = async () =>
    possiblyHeld((await console_.hands.repository.list()).map(viewOf), [], console_.hands.nowMs()).map(({ id }) => id);
  const word = { sinceMs: Date.now(), code: 'answer-lost', sentence: 'The answer was lost.' };

  it.each([
    ['forgotten', ({ id }: SessionRecord) => forget(console_.hands, id)],
    ['refreshed no more', ({ id }: SessionRecord) => console_.hands.repository.change(id, giveUp(word))],
  ])('holds no place any more, which one that is %s may do until then', async (_, lose) => {
    const alice = await open('alice');
    const lost = await open('alice');
    await lose(lost);
    await counted(alice);
    expect(await held()).toEqual([lost.id]);
    control().dropSessions({ id: lost.tokens?.serverSessionId ?? '' });
    await counted(alice);
    await expect.poll(held).toEqual([]);
    expect(JSON.stringify(await console_.hands.repository.get(lost.id))).not.toContain(lost.tokens?.refreshToken);
  });

  it('is proven by the person’s own list alone', async () => {
    const alice = await open('alice');
    const bob = await open('bob');
    await forget(console_.hands, alice.id);
    control().dropSessions({ username: 'alice' });
    await counted(bob);
    expect(await held()).toEqual([alice.id]);
    control().fault({ operation: 'account-sessions', kind: 'reply', status: 500, body: '{}', times: 1 });
    const again = await open('alice');
    await expect.poll(() => counter.counts.getState().get(keyOf(alice.connection, 'alice'))?.failure).toBeTruthy();
    expect(await held()).toEqual([alice.id]);
    await counted(again);
    await expect.poll(held).toEqual([]);
  });

  it.each([
    ['refreshed no more', ({ id }: SessionRecord) => console_.hands.repository.change(id, giveUp(word))],
    ['forgotten', ({ id }: SessionRecord) => forget(console_.hands, id)],
  ])('is no session without an end that is %s: the list names none of those', async (_, lose) => {
    const settings = console_.server.connections[0]?.settings;
    await console_.operatorWrites({ settings: { ...settings, scope: 'openid offline_access' } });
    const kept = await open('alice');
    const lost = await open('alice');
    await lose(lost);
    const before = await console_.hands.repository.get(lost.id);
    expect(before?.leftover).toMatchObject({ untilMs: null, serverSessionId: lost.tokens?.serverSessionId });
    await console_.operatorWrites({});
    // Named by the list, as any that has an end.
    const gone = await open('alice');
    await forget(console_.hands, gone.id);
    control().dropSessions({ id: gone.tokens?.serverSessionId ?? '' });
    await counted(kept);
    await expect.poll(held).toEqual([lost.id]);
    expect((await console_.hands.repository.get(lost.id))?.leftover).toEqual(before?.leftover);
  });

  it('is so too in the list of support', async () => {
    const bob = await open('bob');
    await forget(console_.hands, bob.id);
    const support = await open('support');
    const count = await watchBob(support);
    expect(await held()).toEqual([bob.id]);
    expect(await titleOf(end(count, elsewhere(count, support)), count.key)).toMatch(/^1 ended\./);
    await expect.poll(held).toEqual([]);
  });
});

describe('rights', () => {
  it('that were granted since are found with the next token, and withdrawn ones are gone', async () => {
    const viewer = await open('viewer');
    const change = async () => (await counted(viewer)).rights?.change;
    expect(await change()).toBe('no');
    control().putUser({ username: 'viewer', adminRoles: ['view-users', 'manage-users'] });
    await refreshSession(console_.hands, viewer.id, 'person');
    expect(await change()).toBe('yes');
    control().putUser({ username: 'viewer', adminRoles: [] });
    await refreshSession(console_.hands, viewer.id, 'person');
    expect((await counted(viewer)).rights).toMatchObject({ reach: 'own', change: 'no' });
  });

  it('that are whole are not asked for anew with every token', async () => {
    const support = await open('support');
    await counted(support);
    const before = control().ledger({ operation: 'admin-users' }).length;
    await refreshSession(console_.hands, support.id, 'person');
    await counted(support);
    expect(control().ledger({ operation: 'admin-users' })).toHaveLength(before);
  });
});

it('finds everybody of one e-mail', async () => {
  const email = 'shared@example.test';
  for (const username of ['one', 'two', 'three']) control().putUser({ username, email });
  const support = await open('support');
  const found = valueOf(await findPeople(console_.hands, { id: support.id, face }, email));
  expect(found).toMatchObject({ exact: true, more: false });
  expect(found.people.map(({ name }) => name).sort()).toEqual(['one', 'three', 'two']);
});
