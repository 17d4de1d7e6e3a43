/** The vault in several tabs of one browser: what they tell each other, and what is left of it once one of them locks. */
import fc from 'fast-check';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createKeeping, type Keeping } from '../src/console/keeping.ts';
import type { PagePort } from '../src/console/services.ts';
import { createSlotStores } from '../src/console/slot-stores.ts';
import { createVaultDesk } from '../src/console/vault-desk.ts';
import { systemRandom } from '../src/lib/random.ts';
import type { JobRecord } from '../src/revocation/job.ts';
import { sampleJob } from '../src/revocation/sample-job.ts';
import type { Credential } from '../src/sessions/credential.ts';
import { createMemoryStore } from '../src/sessions/memory-store.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import { createRepository } from '../src/sessions/repository.ts';
import { createSwitchingStore } from '../src/sessions/switching-store.ts';
import type { VaultKeys } from '../src/vault/keys.ts';
import { sessionRecord } from './session-record.ts';
import { runs, RUNS_TIMEOUT_MS } from './simulation/runs.ts';
import { createTestTime, type TestTime } from './test-time.ts';
import { createTestBrowser, type TestBrowser } from './test-vault.ts';

const passphrase = 'obviously false words for a test';

let browser: TestBrowser;
let time: TestTime;
function begin(): void {
  browser = createTestBrowser();
  time = createTestTime();
}
beforeEach(begin);

type VaultTab = ReturnType<typeof openTab>;

function openTab(at: Keeping = 'locked') {
  const tab = browser.tab();
  const touched = new Set<() => void>();
  const never = () => () => undefined;
  const page: PagePort = {
    visible: () => true,
    online: () => true,
    onPoke: never,
    onActivity(listener) {
      touched.add(listener);
      return () => void touched.delete(listener);
    },
    onLeaving: never,
  };
  const keeping = createKeeping(at);
  const sessions = createSwitchingStore(createMemoryStore<SessionRecord>());
  const credentials = createSwitchingStore(createMemoryStore<Credential>());
  const jobs = createSwitchingStore(createMemoryStore<JobRecord>());
  const kept = { keeping, sessions, credentials, jobs, slots: createSlotStores() };
  const calls = { underWay: 0 };
  const ports = { ...time, ...kept, browser: tab.browser, random: systemRandom, page };
  const desk = createVaultDesk({ ...ports, callsUnderWay: () => calls.underWay });
  const touch = () => touched.forEach((listener) => listener());
  return Object.assign(tab, { ...kept, desk, calls, touch, repository: createRepository(sessions) });
}

const isUnlocked = (tab: VaultTab): boolean => tab.keeping.getState().keeping === 'vault';
const turn = () => new Promise((resolve) => setTimeout(resolve));

async function until(holds: () => boolean): Promise<void> {
  for (let turns = 0; turns < 2_000 && !holds(); turns += 1) await turn();
  if (!holds()) throw new Error('It did not come to that');
}

/** Lets time pass in steps, with turns in between for what waits for it. */
async function pass(durationMs: number): Promise<void> {
  for (let passed = 0; passed < durationMs; passed += 100) {
    time.pass(100);
    await turn();
  }
}

/** Lets so much time pass as that takes, at most 30 s of it: ciphers and the database take real time beside it. */
async function passUntil(holds: () => boolean): Promise<void> {
  for (let steps = 0; steps < 300 && !holds(); steps += 1) await pass(100);
}

const given = (): VaultKeys | undefined =>
  browser.channels.posted
    .map(({ message }) => message as { readonly kind?: string; readonly keys?: VaultKeys }) // what the tabs posted
    .findLast(({ kind }) => kind === 'give')?.keys;

/** A vault whose key is at hand, so that a property need not stretch a passphrase for each of its runs. */
async function makeVault(): Promise<VaultKeys> {
  const maker = openTab('undecided');
  expect(await maker.desk.create(passphrase)).toMatchObject({ ok: true });
  await until(() => isUnlocked(maker));
  const heir = openTab();
  await until(() => isUnlocked(heir));
  const keys = given();
  for (const tab of [maker, heir]) tab.desk.dispose();
  if (!keys) throw new Error('No key was handed over');
  return keys;
}

/** Answered as another tab would. */
async function openUnlocked(keys: VaultKeys): Promise<VaultTab> {
  const tab = openTab();
  const asked = browser.channels.posted.findLast(({ name }) => name === 'keyward.vault')?.message as { nonce: string }; // its question
  browser.channels.intrude('keyward.vault', { kind: 'give', nonce: asked.nonce, keys });
  await until(() => isUnlocked(tab));
  return tab;
}

/** Tabs of a real database: the simulated worlds, which have none, are tried more often. */
const few = { ...runs, numRuns: Math.min(runs.numRuns, 100) };

const secret = fc.string({ minLength: 8, maxLength: 40 }).map((text) => `canary-${text}`);
const acts = fc.array(fc.record({ what: fc.constantFrom('session', 'credential', 'job'), secret, tab: fc.nat(1) }), {
  minLength: 1,
  maxLength: 5,
});
type Acts = typeof acts extends fc.Arbitrary<infer A> ? A : never;

/** Stores something secret in one of the tabs. */
async function store(tab: VaultTab | undefined, what: Acts[number]['what'], value: string, id: string): Promise<void> {
  const head = { id, connection: 'acme', provider: 'toy', baseUrl: 'https://toy.example' };
  if (what === 'session') {
    const tokens = {
      accessToken: value,
      refreshToken: `${value}-2`,
      accessExpiry: { kind: 'unknown' },
      facts: [],
    } as const;
    await tab?.repository.put(sessionRecord({ id, tokens }));
  } else if (what === 'credential') {
    const values = { key: value };
    await tab?.credentials.insert({ ...head, way: 'key', label: 'API key', values, keptAtMs: 0, revision: 0 });
  } else await tab?.jobs.insert(sampleJob([], { id, secrets: { item: { key: value } } }));
}

/** Every part of a text that is eight characters long. */
const partsOf = (text: string): readonly string[] =>
  Array.from({ length: text.length - 7 }, (_none, at) => text.slice(at, at + 8));

describe('several tabs', () => {
  test(
    'I22 SecretsNeverBroadcast: no message and no line of local storage holds eight characters of a secret',
    { timeout: RUNS_TIMEOUT_MS },
    async () => {
      const keys = await makeVault();
      await fc.assert(
        fc.asyncProperty(acts, async (list) => {
          const from = browser.channels.posted.length;
          const tabs = [await openUnlocked(keys), openTab()];
          await until(() => tabs.every(isUnlocked));
          for (const [at, { what, secret: value, tab }] of list.entries()) {
            await store(tabs[tab], what, value, `${String(from)}-${String(at)}`);
          }
          const posted = browser.channels.posted.slice(from);
          const said = JSON.stringify([posted, [...browser.storage]]);
          // A name that the canary shares with another word is none of it.
          for (const { secret: value } of list) {
            for (const part of partsOf(JSON.stringify(value).slice(1, -1))) expect(said).not.toContain(part);
          }
          expect(posted.filter(({ name }) => name !== 'keyward.vault')).toHaveLength(list.length);
          for (const tab of tabs) tab.desk.dispose();
          await empty();
        }),
        few,
      );
    },
  );

  test(
    'I23 LockedMeansDark: after a lock every tab is hidden and reloaded, and nobody hands out a key or a record',
    { timeout: RUNS_TIMEOUT_MS },
    async () => {
      const keys = await makeVault();
      await fc.assert(
        fc.asyncProperty(acts, fc.nat(1), fc.nat(4), fc.nat(8), async (list, locker, busyFor, ahead) => {
          const tabs = [await openUnlocked(keys), openTab()];
          await until(() => tabs.every(isUnlocked));
          const from = browser.channels.posted.length;
          for (const [at, { what, secret: value, tab }] of list.entries()) {
            await store(tabs[tab], what, value, `${String(from)}-${String(at)}`);
          }
          const [one] = [tabs[locker]];
          if (!one) throw new Error('There is no such tab');
          one.calls.underWay = busyFor > 0 ? 1 : 0;
          // One that is being opened, or just was, when the lock comes.
          const early = openTab();
          for (let turns = 0; turns < ahead; turns += 1) await turn();
          const locked = one.desk.lock();
          expect([one.hidden, isUnlocked(one)]).toEqual([true, false]);
          // By its word alone: nothing else has made the other one look yet.
          for (let turns = 0; turns < 5; turns += 1) await turn();
          expect(tabs.map(({ hidden }) => hidden)).toEqual([true, true]);
          const lockedFrom = browser.channels.posted.length;
          const asker = openTab();
          await pass(busyFor * 100);
          one.calls.underWay = 0;
          await pass(400);
          await locked;
          await passUntil(() => tabs.every(({ reloads }) => reloads > 0));
          expect(tabs.map(({ hidden, reloads }) => [hidden, reloads])).toEqual([
            [true, 1],
            [true, 1],
          ]);
          // Who asks meanwhile or afterwards gets nothing, neither the key nor a record.
          const late = openTab();
          await pass(200);
          // It is hidden at once, and reloaded when its opening has come to an end.
          if (early.hidden) await passUntil(() => early.reloads > 0);
          expect([isUnlocked(early), early.hidden]).toEqual([false, early.reloads > 0]);
          if (early.reloads === 0) expect(await early.sessions.all()).toEqual([]);
          for (const tab of [asker, late]) {
            expect([
              isUnlocked(tab),
              await tab.sessions.all(),
              await tab.credentials.all(),
              await tab.jobs.all(),
            ]).toEqual([false, [], [], []]);
          }
          const said = browser.channels.posted.slice(lockedFrom).map(({ message }) => message);
          expect(said.filter((message) => JSON.stringify(message).includes('"give"'))).toEqual([]);
          for (const tab of [...tabs, early, asker, late]) tab.desk.dispose();
          await empty();
        }),
        few,
      );
    },
  );

  test('a lock after a new tab has asked holds, in whatever turn it comes: no tab is open, and none opens another', async () => {
    for (let turns = 0; turns <= 6; turns += 1) {
      begin();
      const tab = await openUnlocked(await makeVault());
      const next = openTab();
      for (let turned = 0; turned < turns; turned += 1) await turn();
      const locked = tab.desk.lock();
      await pass(500);
      await locked;
      expect([tab, next].map(isUnlocked)).toEqual([false, false]);
      const again = openTab();
      await pass(200);
      expect([tab, next, again].map(isUnlocked)).toEqual([false, false, false]);
      if (next.hidden) await passUntil(() => next.reloads > 0);
      expect(next.hidden).toBe(next.reloads > 0);
    }
  });

  test('a lock during an opening holds, in whatever turn it comes, although another tab says right after it that it is open', async () => {
    for (let turns = 0; turns <= 3; turns += 1) {
      begin();
      const tab = await openUnlocked(await makeVault());
      const next = openTab('undecided');
      for (const id of ['a', 'b', 'c', 'd']) await store(next, 'session', `canary-of-${id}`, id);
      const moving = browser.channels.posted.length;
      await until(() => browser.channels.posted.slice(moving).some(({ name }) => name === 'keyward.sessions'));
      for (let turned = 0; turned < turns; turned += 1) await turn();
      const locked = tab.desk.lock();
      // Its opening ended in that moment. Who hears it asks again, and the lock is still one of the opening under way.
      browser.channels.intrude('keyward.vault', { kind: 'unlocked' });
      await pass(1_000);
      await locked;
      const again = openTab();
      await pass(200);
      expect([tab, next, again].map(isUnlocked)).toEqual([false, false, false]);
      await passUntil(() => tab.reloads > 0 && next.reloads > 0);
      expect([tab.reloads, next.reloads]).toEqual([1, 1]);
    }
  });

  test('memory that moves in when the lock comes is in the vault before the page goes', async () => {
    const keys = await makeVault();
    const tab = await openUnlocked(keys);
    const memory = openTab('undecided');
    for (const id of ['a', 'b', 'c', 'd']) await store(memory, 'session', `canary-of-${id}`, id);
    const moving = browser.channels.posted.length;
    await until(() => browser.channels.posted.slice(moving).some(({ name }) => name === 'keyward.sessions'));
    void tab.desk.lock();
    await until(() => memory.hidden);
    await pass(1_000);
    expect([tab.reloads, memory.reloads]).toEqual([1, 1]);
    const after = await openUnlocked(keys);
    expect((await after.sessions.all()).map(({ id }) => id).sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('one that storage keeps out says so, loses nothing, and moves in by itself once there is room', async () => {
    const maker = openTab('undecided');
    const before = openTab('undecided');
    await before.repository.put(sessionRecord({ id: 'of the other tab' }));
    await maker.desk.create(passphrase);
    await until(() => isUnlocked(before));

    const late = openTab('undecided');
    await late.repository.put(sessionRecord({ id: 'late' }));
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    await expect.poll(() => late.keeping.getState().outside).toBe('full');
    expect(late.keeping.getState()).toMatchObject({ keeping: 'undecided', trouble: null, held: 0 });
    await pass(30_000);
    expect(await late.sessions.all()).toEqual([sessionRecord({ id: 'late' })]);
    expect((await maker.sessions.all()).map(({ id }) => id)).toEqual(['of the other tab']);
    full.mockRestore();
    await pass(10_000);
    await until(() => isUnlocked(late));
    expect(late.keeping.getState().outside).toBeNull();
    await expect.poll(async () => (await maker.sessions.all()).length).toBe(2);
  });

  test('one that was kept out moves in at once where a vault of its own is asked for', async () => {
    const maker = openTab('undecided');
    await maker.desk.create(passphrase);
    const late = openTab('undecided');
    await late.repository.put(sessionRecord({ id: 'late' }));
    const closed = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('', 'SecurityError');
    });
    await expect.poll(() => late.keeping.getState().outside).toBe('lost');
    expect(await late.sessions.all()).toEqual([sessionRecord({ id: 'late' })]);
    closed.mockRestore();
    expect(await late.desk.create('another row of false words')).toEqual({ ok: false, failure: 'exists' });
    await until(() => isUnlocked(late));
    await expect.poll(async () => (await maker.sessions.all()).map(({ id }) => id)).toEqual(['late']);
  });

  test('a key that comes to a tab after the word of a wipe is of no use, and of no harm', async () => {
    const keys = await makeVault();
    const faults: unknown[] = [];
    const note = (fault: unknown) => void faults.push(fault);
    process.on('unhandledRejection', note);
    const next = openTab();
    const asked = browser.channels.posted.findLast(({ name }) => name === 'keyward.vault')?.message as {
      nonce: string;
    }; // its question
    browser.channels.intrude('keyward.vault', { kind: 'wiped' });
    browser.channels.intrude('keyward.vault', { kind: 'give', nonce: asked.nonce, keys });
    await pass(5_000);
    process.off('unhandledRejection', note);
    expect(faults).toEqual([]);
    expect([isUnlocked(next), next.reloads]).toEqual([false, 1]);
  });

  test('a tab that missed the word of a lock finds it at the next touch', async () => {
    const tab = await openUnlocked(await makeVault());
    // Another tab has locked, and its message went by while this one was frozen.
    browser.tab().browser.storage.setItem('keyward.locks', '1');
    await pass(2_000);
    expect([tab.hidden, tab.reloads]).toEqual([false, 0]);
    tab.touch();
    expect(tab.hidden).toBe(true);
    await pass(500);
    expect(tab.reloads).toBe(1);
  });
});

async function empty(): Promise<void> {
  const database = await browser.tab().browser.openDatabase({ onLost: () => undefined, onSuperseded: () => undefined });
  await database.clear('rows');
  database.close();
}

test('wiping empties the records before it waits for other tabs to let go of the database', async () => {
  const keys = await makeVault();
  const tab = await openUnlocked(keys);
  await store(tab, 'session', 'canary-of-a-wipe', 'a');
  const deaf = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open('keyward');
    opening.onsuccess = () => resolve(opening.result);
  });
  // It never closes, so the deletion waits; what it can still read is empty.
  void tab.desk.wipe();
  await pass(500);
  const left = await Promise.all(
    ['rows', 'headers'].map(
      (store_) =>
        new Promise<number>((resolve) => {
          const counting = deaf.transaction(store_).objectStore(store_).count();
          counting.onsuccess = () => resolve(counting.result);
        }),
    ),
  );
  expect(left).toEqual([0, 0]);
  deaf.close();
  await pass(4_000);
  expect(tab.reloads).toBe(1);
});
