/** Jobs of many steps and many things at Tuleap: places, crashes, two tabs, and new keys in the place of old ones. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { factsOf } from '../src/revocation/create-item.ts';
import type { JobRecord } from '../src/revocation/job.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import type { TuleapActions } from '../stand-ins/tuleap/control.ts';
import { standIn } from '../stand-ins/tuleap/server.ts';
import { demo } from '../stand-ins/tuleap/world.ts';
import { startHeadlessConsole, type HeadlessConsole } from './headless-console.ts';
import { onlyItem, startJobs, type JobRig } from './jobs-over-the-wire.ts';

let rig: HeadlessConsole<TuleapActions>;
let jobs: JobRig;
let alice: SessionRecord;

beforeAll(async () => {
  rig = await startHeadlessConsole(standIn);
});
beforeEach(async () => {
  await rig.reset();
  jobs = await startJobs(rig);
  alice = await rig.open('access-key', { accessKey: demo.aliceKey });
});
afterEach(() => {
  jobs.close();
  expect(jobs.faults).toEqual([]);
});
afterAll(() => rig.close());

function addKey(description: string) {
  const { identifier } = rig.server.control.addKey({ username: 'alice', description });
  const [candidate] = jobs.keys.recognise(identifier);
  if (!candidate) throw new Error('It is a key');
  return { identifier, id: candidate.id ?? '', thing: jobs.keys.thingOf(candidate, null), secrets: candidate.secrets };
}

const deletes = () => rig.server.control.ledger({ method: 'DELETE' });
const left = () => rig.server.control.keys({ username: 'alice' }).map(({ description }) => description);

async function many(count: number) {
  const keys = Array.from({ length: count }, (_, index) => addKey(`key ${String(index)}`));
  const items = await Promise.all(
    keys.map(({ thing, identifier }) => jobs.wish({ thing, session: alice, secret: identifier })),
  );
  const secrets = Object.fromEntries(items.map(({ id }, index) => [id, keys[index]?.secrets ?? {}]));
  return { items, secrets };
}

const expectAllDead = ({ items }: JobRecord): void => {
  expect(items.map(({ finding }) => finding?.verdict)).toEqual(items.map(() => 'dead'));
  // Each once: what was sent twice would stand here twice.
  const paths = deletes().map(({ path }) => path);
  expect(paths.length).toBe(new Set(paths).size);
  expect(paths).toHaveLength(items.length);
};

describe('many at once', () => {
  it('has three calls under way at one server at most, and three where there is enough to do', async () => {
    rig.server.control.fault({ kind: 'latency', ms: 20, times: 'always' });
    const { items, secrets } = await many(12);
    rig.server.control.clearLedger();
    expectAllDead(await jobs.run(items, secrets));
    const underWay = rig.server.control.ledger().map((entry) => entry.underWay);
    expect(Math.max(...underWay)).toBe(3);
  });

  it('leaves a server alone that asks for it, and goes on afterwards', async () => {
    const { items, secrets } = await many(5);
    const headers = { 'retry-after': '1', 'content-type': 'application/json' };
    const body = '{"error":{"code":429,"message":"Too Many Requests"}}';
    rig.server.control.fault({ operation: 'delete-key', kind: 'reply', status: 429, headers, body });
    const job = await jobs.run(items, secrets);
    expect(job.items.map(({ finding }) => finding?.verdict)).toEqual(items.map(() => 'dead'));
    const entries = rig.server.control.ledger();
    const from = entries.findIndex(({ faults }) => faults.includes('reply'));
    const times = entries.slice(from).map(({ atMs }) => atMs);
    // Those that were on their way already arrive; then there is a silence.
    const gaps = times.slice(1).map((atMs, index) => atMs - (times[index] ?? atMs));
    expect(Math.max(...gaps)).toBeGreaterThan(500);
  });

  it.each(Array.from({ length: 10 }, (_, index) => index))(
    'resumes after a crash, %i, with nothing done twice',
    async (seed) => {
      rig.server.control.fault({ kind: 'latency', ms: 15, times: 'always' });
      const { items, secrets } = await many(6);
      rig.server.control.clearLedger();
      const id = await jobs.store(items, secrets);
      await jobs.start(id);
      // At another point of the work each time.
      await new Promise((resolve) => setTimeout(resolve, 8 + seed * 23));
      await jobs.crash();
      expectAllDead(await jobs.rested(id));
    },
  );

  it.each(['shared', 'of its own'] as const)('is done by one of two tabs, with locks %s', async (locks) => {
    rig.server.control.fault({ kind: 'latency', ms: 10, times: 'always' });
    const { items, secrets } = await many(6);
    const id = await jobs.store(items, secrets);
    await jobs.openTab(locks);
    await jobs.start(id);
    expectAllDead(await jobs.rested(id));
  });

  it('can be cancelled before it starts, and not afterwards', async () => {
    const { items, secrets } = await many(2);
    const id = await jobs.store(items, secrets);
    const [first] = items;
    await jobs.runner.send(id, { type: 'cancel', item: first?.id ?? '', nowMs: 0 });
    await jobs.start(id);
    const job = await jobs.rested(id);
    expect(job.items.map(({ state }) => state.is)).toEqual(['cancelled', 'settled']);
    expect(await jobs.runner.send(id, { type: 'cancel', item: null, nowMs: 0 })).toBe(false);
    expect(deletes()).toHaveLength(1);
  });

  it('drops every secret once it is closed', async () => {
    const { items, secrets } = await many(1);
    const { id } = await jobs.run(items, secrets);
    expect(Object.keys((await jobs.jobs.get(id))?.secrets ?? {})).toHaveLength(1);
    await jobs.runner.send(id, { type: 'close', nowMs: rig.hands.nowMs() });
    expect(await jobs.jobs.get(id)).toMatchObject({ secrets: {}, items: [{ finding: { verdict: 'dead' } }] });
  });
});

describe('a new key in the place of the old one', () => {
  const values = { description: 'ci-deploy 2', scopes: 'write:rest', expires: '2099-01-31' };
  const begin = async (how: string) => {
    const old = addKey('ci-deploy');
    const item = await jobs.wish({ thing: old.thing, session: alice, secret: old.identifier, values, how });
    const job = await jobs.run([item], { [item.id]: old.secrets });
    return { item, job };
  };
  const confirm = (job: string, item: string, step: string) =>
    jobs.runner.send(job, { type: 'confirm', item, step, nowMs: rig.hands.nowMs() });

  it('is made, copied and watched; the old one goes when a person says so, and is proven dead', async () => {
    const { item, job } = await begin('rotate');
    expect(onlyItem(job)).toMatchObject({ state: { is: 'person', step: 'copied' } });
    expect(job.secrets[item.id]?.['newKey']).toMatch(/^tlp-k1-/);
    expect(left()).toEqual(expect.arrayContaining(['ci-deploy', 'ci-deploy 2']));
    expect(rig.server.control.keys({ username: 'alice' }).at(-1)?.endsAt).toBe(
      Date.UTC(2099, 0, 31, 23, 59, 59) / 1_000,
    );
    await confirm(job.id, item.id, 'copied');
    const watching = await jobs.until(job.id, (one) => onlyItem(one).state.is === 'waiting');
    // Copied is copied: it is shown, and kept, no longer.
    expect(watching.secrets[item.id]).not.toHaveProperty('newKey');
    expect(deletes()).toHaveLength(0);
    await confirm(job.id, item.id, 'quiet');
    expect(onlyItem(await jobs.rested(job.id)).finding).toMatchObject({ verdict: 'dead' });
    expect(left()).not.toContain('ci-deploy');
  });

  it('comes second where the old one is compromised', async () => {
    const { job } = await begin('replace-now');
    expect(onlyItem(job)).toMatchObject({ state: { is: 'person', step: 'copied' } });
    expect(left()).not.toContain('ci-deploy');
    expect(left()).toContain('ci-deploy 2');
  });

  it('stops where the answer was lost and one was made: its secret is nobody’s, and the old one is untouched', async () => {
    rig.server.control.fault({ operation: 'create-key', kind: 'reset', when: 'after' });
    const { job } = await begin('rotate');
    const { state, marks } = onlyItem(job);
    expect(state.is).toBe('settled');
    expect(marks.at(-1)?.words).toMatch(/A key was made, no\. \d+, and its secret is lost/);
    expect(deletes()).toHaveLength(0);
    expect(left()).toContain('ci-deploy');
  });

  it('is asked for once more where the answer was lost and none was made', async () => {
    rig.server.control.fault({ operation: 'create-key', kind: 'reset' });
    const { job } = await begin('rotate');
    expect(onlyItem(job).state).toMatchObject({ is: 'person', step: 'copied' });
    expect(left().filter((description) => description === 'ci-deploy 2')).toHaveLength(1);
  });

  it('takes the place of a deprecated token once it works', async () => {
    const session = await rig.open('password', { username: 'alice', password: 'alice-demo-password' });
    const thing = session.tokens && jobs.keys.thingOfSession(factsOf(session), session.tokens);
    if (!thing) throw new Error('A token is a thing');
    const item = await jobs.wish({ thing, session, of: session, values, how: 'to-access-key' });
    const job = await jobs.run([item]);
    expect(onlyItem(job).marks.find(({ stage }) => stage === 'trial')).toMatchObject({ says: 'works' });
    await confirm(job.id, item.id, 'copied');
    const done = await jobs.until(job.id, (one) => onlyItem(one).state.is === 'settled');
    expect(onlyItem(done).finding).toMatchObject({ verdict: 'dead' });
    await expect.poll(async () => (await rig.hands.repository.get(session.id))?.ended?.how).toBe('logged-out');
  });
});
