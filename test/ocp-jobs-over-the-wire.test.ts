/** OCP's tokens ended as jobs, by a session that its account API may refuse. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { BareThing } from '../src/providers/ending.ts';
import type { Item } from '../src/revocation/job.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import type { OcpActions } from '../stand-ins/ocp/control.ts';
import { standIn } from '../stand-ins/ocp/server.ts';
import type { HeadlessConsole } from './headless-console.ts';
import { useJobs } from './jobs-in-each-test.ts';
import { onlyItem, type JobRig } from './jobs-over-the-wire.ts';

let rig: HeadlessConsole<OcpActions>;
let jobs: JobRig;

useJobs(standIn, async (console_, started) => {
  [rig, jobs] = [console_, started];
  await Promise.resolve();
});

const open = (username: string): Promise<SessionRecord> =>
  rig.open('password', { username, password: `${username}-demo-password` });
const calls = (operation: string) => rig.server.control.ledger({ operation });
const told = ({ marks }: Item) => marks.map(({ step, says }) => `${step}: ${says}`);

/** Of somebody else's session, as it was found somewhere; `session` stays signed in. */
async function found(secret: 'accessToken' | 'refreshToken', owner: string) {
  const { id, tokens } = await open(owner);
  const text = tokens?.[secret] ?? '';
  await rig.hands.repository.remove(id);
  const [candidate] = jobs.keys.recognise(secret === 'accessToken' ? `Bearer ${text}` : `refresh_token=${text}`);
  if (!candidate) throw new Error('It is not recognised');
  return { text, secrets: candidate.secrets, thing: jobs.keys.thingOf(candidate, null) satisfies BareThing };
}

async function end(session: SessionRecord, { thing, text, secrets }: Awaited<ReturnType<typeof found>>, how: string) {
  const item = await jobs.wish({ thing, session, secret: text, how });
  rig.server.control.clearLedger();
  return await jobs.run([item], { [item.id]: secrets });
}

describe('a refresh token that was found, where the account API refuses the session that asks', () => {
  const refuses = (body = '{"error":"HTTP 401 Unauthorized"}') =>
    rig.server.control.fault({ operation: 'account-sessions', kind: 'reply', status: 401, body, times: 'always' });
  let alice: SessionRecord;
  beforeEach(async () => {
    alice = await open('alice');
  });

  it('a new token as well: a person is asked, tries again, and goes on without the evidence', async () => {
    const bobs = await found('refreshToken', 'bob');
    refuses();
    const job = await end(alice, bobs, 'log-out');
    const { state, id } = onlyItem(job);
    expect(state).toEqual({
      ...{ is: 'paused', for: 'evidence', step: 'evidence' },
      why: 'The account API does not take the token of alice, not even a new one.',
    });
    expect([calls('refresh').length, calls('log-out').length]).toEqual([1, 0]);

    await jobs.runner.send(job.id, { type: 'resume', item: id, nowMs: rig.hands.nowMs() });
    await jobs.until(job.id, (one) => onlyItem(one).marks.length === 2);
    const again = onlyItem(await jobs.rested(job.id));
    expect(again.state).toMatchObject({ is: 'paused', for: 'evidence' });
    expect([calls('refresh').length, calls('log-out').length]).toEqual([2, 0]);

    await jobs.runner.send(job.id, { type: 'confirm', item: id, step: 'evidence', nowMs: rig.hands.nowMs() });
    const done = onlyItem(await jobs.until(job.id, (one) => onlyItem(one).state.is === 'settled'));
    expect(done.finding).toMatchObject({ verdict: 'dead', asWanted: true });
    expect(rig.server.control.sessions({ username: 'bob' })).toEqual([]);
    expect(rig.server.control.sessions({ username: 'alice' })).toHaveLength(1);
  });

  it('until it takes a new token: the evidence is kept, and nobody is asked', async () => {
    const more = await found('refreshToken', 'alice');
    rig.server.control.clock({ advanceMs: 400_000 });
    const item = onlyItem(await end(alice, more, 'log-out'));
    expect(told(item)).toEqual(['evidence: there', 'end: accepted', 'again: gone', 'probe: dead']);
  });

  it('a new token, and after a while a grown old one: it is renewed again, whatever else the job watches', async () => {
    const more = await found('refreshToken', 'alice');
    const bobs = await found('accessToken', 'bob');
    const item = await jobs.wish({ thing: more.thing, session: alice, secret: more.text, how: 'log-out' });
    const watched = await jobs.wish({ thing: bobs.thing, session: alice, secret: bobs.text, how: 'wait' });
    // Which tells the watch nothing, so that it goes on.
    refuses('{}');
    const id = await jobs.store([item, watched], { [item.id]: more.secrets, [watched.id]: bobs.secrets });
    const first = async (is: Item['state']['is']): Promise<Item> => {
      const { items } = await jobs.until(id, (job) => job.items[0]?.state.is === is);
      return items[0] ?? expect.fail('It is gone');
    };
    await jobs.start(id);
    expect((await first('paused')).state).toMatchObject({ for: 'evidence' });
    rig.server.control.clearFaults();
    rig.server.control.clock({ advanceMs: 400_000 });
    await jobs.runner.send(id, { type: 'resume', item: item.id, nowMs: rig.hands.nowMs() });
    expect(told(await first('settled'))).toEqual([
      ...['evidence: unknown', 'evidence: there', 'end: accepted', 'again: gone', 'probe: dead'],
    ]);
  });

  it('whose own session is over: the same person is to sign in', async () => {
    const bobs = await found('refreshToken', 'bob');
    rig.server.control.dropSessions({ username: 'alice' });
    expect(onlyItem(await end(alice, bobs, 'log-out')).state).toMatchObject({ is: 'paused', for: 'sign-in' });
  });
});

describe('a token that was found, where the session that asks has one that is not made for the account API', () => {
  let alice: SessionRecord;
  beforeEach(async () => {
    rig.server.control.putUser({ username: 'alice', accountRoles: [] });
    alice = await open('alice');
  });

  it('a refresh token is logged out and proven dead without a look, which says why', async () => {
    const bobs = await found('refreshToken', 'bob');
    const item = onlyItem(await end(alice, bobs, 'log-out'));
    expect(told(item)).toEqual(['evidence: skipped', 'end: accepted', 'again: skipped', 'probe: dead']);
    expect(item.marks[0]?.words).toBe('The token of alice is not made for the account API, which would refuse it.');
    expect(item.marks[2]?.words).toBe('No list showed it before, so the list tells nothing now.');
    expect(calls('account-sessions').filter(({ status }) => status === 401)).toEqual([]);
    expect(rig.server.control.sessions({ username: 'bob' })).toEqual([]);
  });

  it('an access token of the same user is not theirs to end, and nobody is sent to sign in', async () => {
    const other = await found('accessToken', 'alice');
    const item = onlyItem(await end(alice, other, 'end-own'));
    expect(told(item).slice(0, 2)).toEqual(['evidence: skipped', 'end: not-yours']);
    expect(item.state.is).toBe('settled');
    expect(item.finding).toMatchObject({ verdict: 'unknown', notYours: true });
    expect(calls('account-end-session')).toHaveLength(2);
    expect(rig.server.control.sessions({ username: 'alice' })).toHaveLength(2);
  });
});
