import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createTestPage } from '../../test/console-harness.tsx';
import { sessionRecord } from '../../test/session-record.ts';
import { createTestTime, type TestTime } from '../../test/test-time.ts';
import { createTestBrowser, type TestBrowser } from '../../test/test-vault.ts';
import { systemRandom } from '../lib/random.ts';
import type { Credential } from '../sessions/credential.ts';
import { createMemoryStore } from '../sessions/memory-store.ts';
import type { JobRecord } from '../revocation/job.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { createRepository } from '../sessions/repository.ts';
import { createSwitchingStore } from '../sessions/switching-store.ts';
import { commit, openIntent } from '../sessions/refresh-steps.ts';
import { createKeeping, type Keeping } from './keeping.ts';
import { createSlotStores } from './slot-stores.ts';
import { createVaultDesk } from './vault-desk.ts';

const passphrase = 'obviously false words for a test';
const opener = { kind: 'passphrase', passphrase } as const;

let browser: TestBrowser;
let time: TestTime;
beforeEach(() => {
  browser = createTestBrowser();
  time = createTestTime();
});

function openTab(at: Keeping = 'undecided') {
  const tab = browser.tab();
  const { page, port } = createTestPage();
  const keeping = createKeeping(at);
  const sessions = createSwitchingStore(createMemoryStore<SessionRecord>());
  const credentials = createSwitchingStore(createMemoryStore<Credential>());
  const jobs = createSwitchingStore(createMemoryStore<JobRecord>());
  const calls = { underWay: 0 };
  const desk = createVaultDesk({
    ...time,
    browser: tab.browser,
    keeping,
    sessions,
    credentials,
    jobs,
    slots: createSlotStores(),
    random: systemRandom,
    page: port,
    callsUnderWay: () => calls.underWay,
  });
  return Object.assign(tab, {
    desk,
    keeping,
    sessions,
    credentials,
    jobs,
    repository: createRepository(sessions),
    calls,
    page,
  });
}

/** A record of a job, with what was pasted for it. */
const pasted: JobRecord = {
  ...{ id: 'job-1', revision: 0, kind: 'revoke', title: 'A leak', createdAtMs: 0, startedAtMs: null, closedAtMs: null },
  ...{ items: [], secrets: { item: { accessKey: 'canary-pasted-key-9f2e' } } },
};

const keepingOf = (tab: ReturnType<typeof openTab>) => () => tab.keeping.getState().keeping;
const credential: Credential = {
  id: 'credential-1',
  connection: 'acme',
  provider: 'toy',
  baseUrl: 'https://toy.example',
  way: 'key',
  label: 'API key',
  values: { key: 'canary-api-key-7c1d' },
  keptAtMs: 0,
  revision: 0,
};

/** Lets time pass in steps, with turns in between for what waits for it. */
async function pass(durationMs: number, stepMs = 100): Promise<void> {
  for (let passed = 0; passed < durationMs; passed += stepMs) {
    time.pass(stepMs);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

describe('the first choice', () => {
  test('sessions and kept keys move in, and the next page has them after one unlock', async () => {
    const first = openTab();
    await first.repository.put(sessionRecord({ id: 'a' }));
    await first.credentials.insert(credential);
    expect(await first.desk.create(passphrase)).toEqual({ ok: true, value: null });
    expect(first.keeping.getState().keeping).toBe('vault');
    first.desk.dispose();

    const next = openTab('locked');
    expect(await next.sessions.all()).toEqual([]);
    expect(await next.desk.unlock(opener)).toEqual({ ok: true, value: null });
    expect(await next.sessions.all()).toEqual([sessionRecord({ id: 'a' })]);
    expect(await next.credentials.all()).toEqual([credential]);
  });

  test('a session that does not fit leaves everything in memory and no vault behind', async () => {
    const tab = openTab();
    await tab.repository.put(sessionRecord({ id: 'a' }));
    await tab.credentials.insert(credential);
    let writes = 0;
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')?.value as IDBObjectStore['put']; // the platform's
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
      writes += 1;
      // Two copies of the header, a trial and the credential fit, the session does not.
      if (writes > 4) throw new DOMException('', 'QuotaExceededError');
      return put.apply(this, given);
    });
    expect(await tab.desk.create(passphrase)).toEqual({ ok: false, failure: 'full' });
    vi.restoreAllMocks();
    expect(tab.keeping.getState().keeping).toBe('undecided');
    expect(await tab.sessions.all()).toEqual([sessionRecord({ id: 'a' })]);
    expect(await tab.credentials.all()).toEqual([credential]);
    expect(await indexedDB.databases()).toEqual([]);
    // Memory needs no storage, so nothing is wrong with what is kept.
    expect(tab.keeping.getState().trouble).toBeNull();

    // Room was made.
    expect(await tab.desk.create(passphrase)).toEqual({ ok: true, value: null });
  });

  test('a job moves in with what was pasted for it, which then lies nowhere in clear', async () => {
    const tab = openTab();
    await tab.jobs.insert(pasted);
    await tab.desk.create(passphrase);
    expect(await tab.jobs.get('job-1')).toEqual(pasted);
    const later = openTab('locked');
    await expect.poll(keepingOf(later)).toBe('vault');
    expect(await later.jobs.all()).toEqual([pasted]);
    const database = await browser.tab().browser.openDatabase({ onLost: vi.fn(), onSuperseded: vi.fn() });
    const rows = await database.getAll('rows');
    database.close();
    expect(rows.map(({ table }) => table)).toContain('jobs');
    for (const { ct, ...head } of rows) {
      expect(`${JSON.stringify(head)}${new TextDecoder('latin1').decode(ct)}`).not.toContain('canary');
    }
  });

  test('“don’t keep anything” is remembered and stores nothing else', async () => {
    const tab = openTab();
    tab.desk.keepNothing();
    expect([...browser.storage]).toEqual([['keyward.keeping', 'memory']]);
    expect(tab.keeping.getState().keeping).toBe('memory');
    expect(await indexedDB.databases()).toEqual([]);
  });

  test('a database without a vault in it asks again', async () => {
    const database = await browser.tab().browser.openDatabase({ onLost: vi.fn(), onSuperseded: vi.fn() });
    database.close();
    await expect.poll(keepingOf(openTab('locked'))).toBe('undecided');
  });
});

describe('several tabs', () => {
  test('one that was open before takes its own sessions along, one that comes later needs no passphrase', async () => {
    const [maker, before] = [openTab(), openTab()];
    await before.repository.put(sessionRecord({ id: 'of the other tab' }));
    await maker.repository.put(sessionRecord({ id: 'a' }));
    await maker.desk.create(passphrase);
    await expect.poll(keepingOf(before)).toBe('vault');
    const later = openTab('locked');
    await expect.poll(keepingOf(later)).toBe('vault');
    const ids = (await later.sessions.all()).map(({ id }) => id).sort();
    expect(ids).toEqual(['a', 'of the other tab']);
  });

  test('a key of another vault opens nothing', async () => {
    await openTab().desk.create(passphrase);
    const mine = browser.channels;
    const victim = openTab('locked');
    const stranger = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    await expect.poll(keepingOf(victim)).toBe('vault');
    const second = openTab('locked');
    const asked = mine.posted.findLast(({ name }) => name === 'keyward.vault')?.message as { nonce: string }; // its question
    mine.intrude('keyward.vault', { kind: 'give', nonce: asked.nonce, keys: { vaultId: 'another', record: stranger } });
    await expect.poll(keepingOf(second)).toBe('vault');
    await second.repository.put(sessionRecord({ id: 'b' }));
    await expect.poll(async () => (await victim.sessions.all()).map(({ id }) => id)).toEqual(['b']);
  });

  test('I22 SecretsNeverBroadcast: what they tell each other holds no record', async () => {
    const [one, two] = [openTab(), openTab()];
    await one.desk.create(passphrase);
    await expect.poll(keepingOf(two)).toBe('vault');
    await one.repository.put(sessionRecord({ id: 'a' }));
    await two.credentials.insert(credential);
    await one.desk.changePassphrase(passphrase, 'another row of false words');
    const said = JSON.stringify(browser.channels.posted);
    for (const secret of ['not-a-real', 'canary', 'false words']) expect(said).not.toContain(secret);
    expect(JSON.stringify([...browser.storage])).not.toMatch(/not-a-real|canary|false words/);
    expect(browser.channels.posted.length).toBeGreaterThan(5);
  });
});

describe('locking', () => {
  test('I23 LockedMeansDark: hides at once, reloads, in every tab', async () => {
    const [one, two] = [openTab(), openTab()];
    await one.desk.create(passphrase);
    await expect.poll(keepingOf(two)).toBe('vault');
    const locking = one.desk.lock();
    expect([one.hidden, one.keeping.getState().keeping, one.reloads]).toEqual([true, 'locked', 0]);
    await pass(1_000);
    await locking;
    // Nothing to wait for, nothing to read: no sentence flashes by.
    expect(one.sentence).toBe('');
    await expect.poll(() => two.reloads).toBe(1);
    expect([one.reloads, two.hidden]).toEqual([1, true]);
  });

  test('F30: lets a refresh under way be stored first', async () => {
    const tab = openTab();
    await tab.desk.create(passphrase);
    await tab.repository.put(sessionRecord({ id: 'a' }));
    const intent = { generation: 0, nonce: 'n', boot: 'b', sentAtMs: 0, probe: false };
    await tab.repository.change('a', openIntent(0, intent));
    tab.calls.underWay = 1;
    void tab.desk.lock();
    await pass(5_000);
    expect([tab.hidden, tab.reloads]).toEqual([true, 0]);
    expect(tab.sentence).toBe('Locked. An answer is waited for, so that nothing is lost; at most half a minute.');
    tab.calls.underWay = 0;
    await pass(1_000);
    expect(tab.reloads).toBe(0);
    const fresh = { accessToken: 'not-a-real-2', accessExpiry: { kind: 'unknown' }, facts: [] } as const;
    expect(await tab.repository.change('a', commit(intent, fresh, 1))).toMatchObject({ ok: true });
    await pass(1_000);
    expect(tab.reloads).toBe(1);
  });

  test('F30, F26: says that it waits for room where an answer cannot be stored', async () => {
    const tab = openTab();
    await tab.desk.create(passphrase);
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    void tab.repository.put(sessionRecord({ id: 'a' }));
    await expect.poll(() => tab.keeping.getState().held).toBe(1);
    void tab.desk.lock();
    await pass(1_000);
    expect([tab.sentence, tab.reloads]).toEqual([
      'Locked. An answer is waited for, so that nothing is lost; at most half a minute.',
      0,
    ]);
    full.mockRestore();
    await pass(4_000);
    expect(tab.reloads).toBe(1);
  });

  test('F30: waits no longer than 20 s', async () => {
    const tab = openTab();
    await tab.desk.create(passphrase);
    tab.calls.underWay = 1;
    void tab.desk.lock();
    await pass(19_500);
    expect(tab.reloads).toBe(0);
    await pass(1_000);
    expect(tab.reloads).toBe(1);
  });

  test('happens by itself after 15 min, or after what was chosen', async () => {
    const tab = openTab();
    await tab.desk.create(passphrase);
    expect(tab.desk.idleLimit()).toBe(15);
    time.pass(14 * 60_000);
    tab.desk.setIdleLimit(5);
    await pass(1_000);
    expect(tab.reloads).toBe(1);
    expect(openTab('locked').desk.idleLimit()).toBe(5);
  });

  test('F14: after a night asleep a new tab’s question finds it locked, and gets no key', async () => {
    const one = openTab();
    await one.desk.create(passphrase);
    time.sleep(8 * 60 * 60_000);
    const next = openTab('locked');
    await expect.poll(() => one.hidden).toBe(true);
    await pass(1_000);
    expect([one.reloads, next.keeping.getState().keeping]).toEqual([1, 'locked']);
  });

  test('F14: a new tab is nobody at the console: both lock when the first would have', async () => {
    const one = openTab();
    await one.desk.create(passphrase);
    time.pass(14 * 60_000);
    const next = openTab('locked');
    await expect.poll(keepingOf(next)).toBe('vault');
    time.pass(60_000);
    await pass(1_000);
    expect([one.reloads, next.reloads]).toEqual([1, 1]);
  });

  test('waits for a job that goes on by itself, for as long as that may hold it off', async () => {
    const tab = openTab();
    await tab.desk.create(passphrase);
    tab.keeping.setState({ heldOffUntilMs: time.clock.wallMs() + 60 * 60_000 });
    for (let minutes = 0; minutes < 59; minutes += 1) time.pass(60_000);
    await pass(1_000);
    expect(tab.reloads).toBe(0);
    time.pass(60_000);
    await pass(1_000);
    expect(tab.reloads).toBe(1);
  });

  test('a setting that is none of ours counts as 15 min', () => {
    const tab = openTab();
    tab.browser.storage.setItem('keyward.auto-lock', '100000');
    expect(tab.desk.idleLimit()).toBe(15);
  });
});

describe('what can be wrong', () => {
  test('a wrong passphrase opens nothing', async () => {
    const maker = openTab();
    await maker.desk.create(passphrase);
    maker.desk.dispose();
    const tab = openTab('locked');
    expect(await tab.desk.unlock({ kind: 'passphrase', passphrase: 'other false words' })).toEqual({
      ok: false,
      failure: 'wrong',
    });
    expect(tab.keeping.getState().keeping).toBe('locked');
  });

  test('records that cannot be read are counted, and deleted when asked', async () => {
    const tab = openTab();
    await tab.desk.create(passphrase);
    for (const id of ['a', 'b']) await tab.repository.put(sessionRecord({ id }));
    await tab.credentials.insert(credential);
    const database = await tab.browser.openDatabase({ onLost: vi.fn(), onSuperseded: vi.fn() });
    for (const row of await database.getAll('rows')) {
      if (row.id !== 'b') await database.put('rows', { ...row, ct: row.ct.slice(1) });
    }
    expect((await tab.sessions.all()).map(({ id }) => id)).toEqual(['b']);
    await tab.credentials.all();
    expect(tab.keeping.getState().damaged).toBe(2);
    await tab.desk.forgetDamaged();
    expect(tab.keeping.getState().damaged).toBe(0);
    expect(await database.getAllKeys('rows')).toEqual([['sessions', 'b']]);
    database.close();
  });

  test('F26: an answer that cannot be stored is held, and the browser asks before the page is left', async () => {
    const tab = openTab();
    await tab.desk.create(passphrase);
    await tab.repository.put(sessionRecord({ id: 'a' }));
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    const writing = tab.repository.put(sessionRecord({ id: 'b' }));
    await expect.poll(() => tab.keeping.getState().held).toBe(1);
    expect(tab.keeping.getState().trouble).toBe('full');
    expect(tab.warns).toBe(true);
    await expect(tab.repository.ready()).rejects.toMatchObject({ trouble: 'full' });
    full.mockRestore();
    await pass(3_000, 1_000);
    await writing;
    expect(tab.keeping.getState()).toMatchObject({ held: 0, trouble: null });
    expect(tab.warns).toBe(false);
  });

  test('F38: a newer version in another tab leaves this one readable no more, and says so', async () => {
    const tab = openTab();
    await tab.desk.create(passphrase);
    const newer = indexedDB.open('keyward', 2);
    await new Promise((resolve) => newer.addEventListener('success', resolve));
    expect(tab.keeping.getState().trouble).toBe('superseded');
    newer.result.close();
  });

  test('F38: what a newer version has changed is said to be that after a reload, and is left alone', async () => {
    const maker = openTab();
    await maker.desk.create(passphrase);
    maker.desk.dispose();
    const newer = indexedDB.open('keyward', 2);
    await new Promise((resolve) => newer.addEventListener('success', resolve));
    newer.result.close();
    expect(await openTab('locked').desk.unlock(opener)).toEqual({ ok: false, failure: 'newer' });
    const later = openTab();
    expect(await later.desk.create(passphrase)).toEqual({ ok: false, failure: 'newer' });
    expect(later.keeping.getState()).toMatchObject({ keeping: 'undecided', trouble: null });
  });
});

test('wiping deletes what is stored and reloads every tab', async () => {
  const [one, two] = [openTab(), openTab()];
  await one.desk.create(passphrase);
  await expect.poll(keepingOf(two)).toBe('vault');
  await one.repository.put(sessionRecord({ id: 'a' }));
  await one.desk.wipe();
  await expect.poll(() => two.reloads).toBeGreaterThan(0);
  expect([one.reloads, two.hidden]).toEqual([1, true]);
  expect(await indexedDB.databases()).toEqual([]);
  expect([...browser.storage]).toEqual([]);
});
