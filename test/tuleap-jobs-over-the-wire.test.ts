/** Jobs of many steps and many things at Tuleap: places, crashes, two tabs, and new keys in the place of old ones. */
import { beforeEach, describe, expect, it } from 'vitest';
import { factsOf } from '../src/revocation/create-item.ts';
import type { JobRecord } from '../src/revocation/job.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import type { TuleapActions } from '../stand-ins/tuleap/control.ts';
import { standIn } from '../stand-ins/tuleap/server.ts';
import { demo } from '../stand-ins/tuleap/world.ts';
import type { HeadlessConsole } from './headless-console.ts';
import { useJobs } from './jobs-in-each-test.ts';
import { onlyItem, type JobRig } from './jobs-over-the-wire.ts';

let rig: HeadlessConsole<TuleapActions>;
let jobs: JobRig;
let alice: SessionRecord;

useJobs(standIn, async (console_, started) => {
  [rig, jobs] = [console_, started];
  alice = await rig.open('access-key', { accessKey: demo.aliceKey });
});

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

  const posts = () =>
    rig.server.control.ledger({ method: 'POST' }).filter(({ operation }) => operation === 'create-key');
  const press = (job: string, item: string, type: 'prove' | 'repeat') =>
    jobs.runner.send(job, { type, item, nowMs: rig.hands.nowMs() });
  const settled = (job: string) => jobs.until(job, (one) => onlyItem(one).state.is === 'settled');
  /** Answers of the step so far. */
  const taken = ({ marks }: ReturnType<typeof onlyItem>, id: string) => marks.filter(({ step }) => step === id).length;

  it('is made once where the old one is compromised, however often that one is proven or ended again', async () => {
    rig.server.control.fault({ operation: 'delete-key', kind: 'reply', status: 200 });
    const { item, job } = await begin('replace-now');
    // While the new one waits to be copied it is known that the old one lives, and that can be mended at once.
    expect(onlyItem(job)).toMatchObject({ state: { is: 'person', step: 'copied' }, finding: { verdict: 'live' } });
    await press(job.id, item.id, 'repeat');
    const dead = await jobs.until(job.id, (one) => onlyItem(one).finding?.verdict === 'dead');
    expect(dead.secrets[item.id]?.['newKey']).toMatch(/^tlp-k1-/);
    await jobs.rested(job.id);
    await confirm(job.id, item.id, 'copied');
    await settled(job.id);
    await press(job.id, item.id, 'prove');
    const again = await jobs.until(job.id, (one) => taken(onlyItem(one), 'again') > 2);
    expect(onlyItem(await jobs.rested(again.id)).finding).toMatchObject({ verdict: 'dead' });
    expect(deletes()).toHaveLength(2);
    expect(posts()).toHaveLength(1);
    expect(left().filter((description) => description === 'ci-deploy 2')).toHaveLength(1);
  });

  it('waits for the proof where the answer to the end of the compromised one was lost', async () => {
    rig.server.control.fault({ operation: 'delete-key', kind: 'reset' });
    const { item, job } = await begin('replace-now');
    expect(onlyItem(job)).toMatchObject({ state: { is: 'person', step: 'copied' }, finding: { verdict: 'dead' } });
    await confirm(job.id, item.id, 'copied');
    await settled(job.id);
    const changes = rig.server.control.ledger().filter(({ method }) => method !== 'GET');
    expect(changes.map(({ method }) => method)).toEqual(['DELETE', 'DELETE', 'POST']);
  });

  it('is not asked for again by itself where the server refused to make it', async () => {
    const body = JSON.stringify({ error: { code: 400, message: 'Bad Request' } });
    rig.server.control.fault({ operation: 'create-key', kind: 'reply', status: 400, body });
    const { item, job } = await begin('rotate');
    expect(onlyItem(job)).toMatchObject({ state: { is: 'settled' }, ends: { sent: 0 } });
    // And nothing that was to end for it is ended.
    expect(await press(job.id, item.id, 'repeat')).toBe(false);
    expect(posts()).toHaveLength(1);
    expect(deletes()).toHaveLength(0);
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

  describe('among more keys than a page holds', () => {
    beforeEach(() => {
      for (let index = 0; index < 120; index += 1) addKey(`bulk ${String(index)}`);
    });

    it('is found after a lost answer, by what it is', async () => {
      rig.server.control.fault({ operation: 'create-key', kind: 'reset', when: 'after' });
      const { job } = await begin('rotate');
      const made = rig.server.control.keys({ username: 'alice' }).at(-1);
      expect(made?.description).toBe('ci-deploy 2');
      expect(onlyItem(job).thing.facts['foundId']).toBe(String(made?.id));
      expect(onlyItem(job).marks.at(-1)?.words).toContain(`A key was made, no. ${String(made?.id)},`);
      expect(deletes()).toHaveLength(0);
    });

    it('is never an old one of the same name, wherever the list shows that', async () => {
      const { baseUrl } = await rig.connection();
      const [first] = rig.server.control
        .keys({ username: 'alice' })
        .filter(({ description }) => description === 'bulk 0');
      const createdAt = Math.floor(Date.now() / 1_000) - 86_400;
      rig.server.control.fault({ operation: 'create-key', kind: 'hold' });
      rig.server.control.fault({ operation: 'create-key', kind: 'reset' });
      const going = begin('rotate');
      await expect.poll(() => rig.server.control.ledger({ operation: 'list-keys' }).length).toBe(3);
      // Elsewhere, meanwhile: every page moves up by one, and an old key that no page showed has the very name.
      const headers = { 'x-auth-accesskey': demo.aliceKey };
      await fetch(`${baseUrl}/api/access_keys/${String(first?.id)}`, { method: 'DELETE', headers });
      const old = rig.server.control.addKey({ username: 'alice', description: 'ci-deploy 2', createdAt });
      await expect.poll(() => rig.server.control.release().released).toBe(1);
      const { job } = await going;
      expect(JSON.stringify(onlyItem(job).marks)).not.toContain(`no. ${/k1-(\d+)/.exec(old.identifier)?.[1] ?? ''},`);
      expect(onlyItem(job).thing.facts).not.toHaveProperty('foundId');
      expect(onlyItem(job).state).toMatchObject({ is: 'person', step: 'copied' });
    });

    it('is not guessed where two may be it: nothing is named to be revoked', async () => {
      rig.server.control.fault({ operation: 'create-key', kind: 'hold' });
      rig.server.control.fault({ operation: 'create-key', kind: 'reset', when: 'after' });
      const going = begin('rotate');
      await expect.poll(() => rig.server.control.ledger({ operation: 'list-keys' }).length).toBe(3);
      addKey('ci-deploy 2');
      await expect.poll(() => rig.server.control.release().released).toBe(1);
      const { job } = await going;
      expect(onlyItem(job).thing.facts).not.toHaveProperty('foundId');
      expect(onlyItem(job).marks.at(-1)).toMatchObject({ says: 'unknown' });
      expect(onlyItem(job).marks.at(-1)?.words).toMatch(/which one cannot be told: it may be no\. \d+, no\. \d+/);
    });
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
