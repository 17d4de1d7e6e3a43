import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { sessionRecord } from '../../test/session-record.ts';
import { createBroadcast } from '../lib/channel.ts';
import { systemRandom } from '../lib/random.ts';
import { recordStoreContract } from '../sessions/record-store.contract.ts';
import { StorageFault, type StorageTrouble } from '../sessions/record-store.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { createRepository, type Repository } from '../sessions/repository.ts';
import { callOver, commit, noteCopy, openIntent, reject } from '../sessions/refresh-steps.ts';
import { end, refuse } from '../sessions/ending-steps.ts';
import { setKeepFresh } from '../sessions/transitions.ts';
import { openDatabase } from './database.ts';
import { deriveKeys } from './keys.ts';
import { sessionKind } from './kinds.ts';
import { createReopening, type Reopening } from './reopening.ts';
import { createSealedStore, readWritten, type SealedStore } from './sealed-store.ts';

const unexpected = (): never => {
  throw new Error('No newer version belongs to this test');
};
const connect = (): Reopening => createReopening(openDatabase, unexpected);

const databaseOf = (connection: Reopening) => connection.run((database) => Promise.resolve(database));

interface Watched {
  readonly troubles: (StorageTrouble | null)[];
  readonly damaged: (readonly string[])[];
  held: number;
  /** What waits for the next try. */
  readonly waiting: (() => void)[];
}

const watched = (): Watched => ({ troubles: [], damaged: [], held: 0, waiting: [] });

async function tab(
  connection: Pick<Reopening, 'run'> = connect(),
  seen: Watched = watched(),
): Promise<SealedStore<SessionRecord>> {
  const keys = await deriveKeys(new Uint8Array(32).fill(3), 'a-vault-of-this-test');
  const ports = {
    connection,
    keys,
    random: systemRandom,
    channel: createBroadcast('keyward.sessions', readWritten),
    pause: () => new Promise<void>((resolve) => seen.waiting.push(resolve)),
    onWrite: (trouble: StorageTrouble | null) => seen.troubles.push(trouble),
    onHeld: (change: 1 | -1) => (seen.held += change),
    onDamaged: (ids: readonly string[]) => seen.damaged.push(ids),
  };
  return createSealedStore(ports, sessionKind);
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

recordStoreContract('sealed', () => {
  globalThis.indexedDB = new IDBFactory();
  return tab();
});

describe('the sealed store', () => {
  test('a write in one tab is heard in the other, and nothing of it but its id is sent', async () => {
    const [one, two] = [await tab(), await tab()];
    const sent: unknown[] = [];
    const eavesdropper = new BroadcastChannel('keyward.sessions');
    eavesdropper.onmessage = (event) => sent.push(event.data);
    const heard = new Promise((resolve) => two.onChange(resolve));
    await one.insert(sessionRecord({ id: 'a' }));
    expect(await heard).toBe('a');
    expect((await two.get('a'))?.id).toBe('a');
    expect(sent).toEqual([{ written: 'a' }]);
    eavesdropper.close();
  });

  test('of claims made by two tabs at once over one revision, one gets through', async () => {
    const [one, two] = [await tab(), await tab()];
    await one.insert(sessionRecord({ id: 'a' }));
    const claim = (store: SealedStore<SessionRecord>, nonce: string) =>
      createRepository(store).change(
        'a',
        openIntent(0, { generation: 0, nonce, boot: 'b', sentAtMs: 0, probe: false }),
      );
    const claims = [claim(one, '1'), claim(two, '2'), claim(one, '3'), claim(two, '4')];
    expect((await Promise.all(claims)).filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('F27: a connection that the browser closed is opened again', async () => {
    const connection = connect();
    const store = await tab(connection);
    await store.insert(sessionRecord({ id: 'a' }));
    (await databaseOf(connection)).close();
    expect((await store.get('a'))?.id).toBe('a');
    expect(await store.replace(sessionRecord({ id: 'a', revision: 1 }), 0)).toBe(true);
  });

  test('F27: a connection that does not come back is a fault with a name, after three tries', async () => {
    let opened = 0;
    const closing = createReopening(async (events) => {
      opened += 1;
      const database = await openDatabase(events);
      database.close();
      return database;
    }, unexpected);
    await expect((await tab(closing)).all()).rejects.toEqual(new StorageFault('lost'));
    expect(opened).toBe(3);
  });

  test('F38: gives way to a newer version, and says so', async () => {
    let gone: boolean | undefined;
    const connection = createReopening(openDatabase, (deleted) => (gone = deleted));
    const store = await tab(connection);
    await store.insert(sessionRecord({ id: 'a' }));
    const newer = indexedDB.open('keyward', 2);
    await new Promise((resolve) => newer.addEventListener('success', resolve));
    expect(gone).toBe(false);
    await expect(store.all()).rejects.toEqual(new StorageFault('superseded'));
    newer.result.close();
  });

  test('a shape that this version does not write is set aside, not deleted', async () => {
    const connection = connect();
    const seen = watched();
    const store = await tab(connection, seen);
    const other = { ...sessionRecord({ id: 'b' }), lineage: 'of an older version' } as unknown as SessionRecord; // another version's
    for (const record of [sessionRecord({ id: 'a' }), other]) await store.insert(record);
    expect((await store.all()).map(({ id }) => id)).toEqual(['a']);
    expect(seen.damaged.at(-1)).toEqual(['b']);
    expect(await (await databaseOf(connection)).getAllKeys('rows')).toHaveLength(2);
  });
});

describe('when storage takes no more', () => {
  /** From now on, until called: the browser refuses every write as it does when a site's storage is used up. */
  function fill(): () => void {
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    return () => put.mockRestore();
  }
  const intent = { generation: 0, nonce: 'n', boot: 'b', sentAtMs: 0, probe: false };
  const fresh = { accessToken: 'not-a-real-second-token', accessExpiry: { kind: 'unknown' }, facts: [] } as const;

  test('F25: a claim is refused, so nothing is sent, and nothing that is stored is touched', async () => {
    const seen = watched();
    const store = await tab(connect(), seen);
    await store.insert(sessionRecord({ id: 'a' }));
    const empty = fill();
    await expect(createRepository(store).change('a', openIntent(0, intent))).rejects.toEqual(new StorageFault('full'));
    expect(seen.troubles.at(-1)).toBe('full');
    expect(seen.held).toBe(0);
    empty();
    expect(await store.all()).toEqual([sessionRecord({ id: 'a' })]);
  });

  test('F25: what can be noted another time may fail, and holds nothing up', async () => {
    const seen = watched();
    const repository = createRepository(await tab(connect(), seen));
    await repository.put(sessionRecord({ id: 'a' }));
    const empty = fill();
    await expect(repository.change('a', noteCopy(1))).rejects.toEqual(new StorageFault('full'));
    await expect(repository.change('a', setKeepFresh(false))).rejects.toEqual(new StorageFault('full'));
    expect(seen).toMatchObject({ held: 0, waiting: [] });
    empty();
  });

  test.each([
    ['a new session', (repository: Repository) => repository.put(sessionRecord({ id: 'b' }))],
    ['a log out', (repository: Repository) => repository.change('a', end('logged-out', 1))],
    ['a token that a server refused', (repository: Repository) => repository.change('a', callOver(0, 1))],
    [
      'a refusal',
      (repository: Repository) => repository.change('a', refuse(0, { sinceMs: 1, code: 'c', sentence: 's' })),
    ],
  ])('F26: %s is held as well', async (_what, write) => {
    const seen = watched();
    const repository = createRepository(await tab(connect(), seen));
    await repository.put(sessionRecord({ id: 'a' }));
    const empty = fill();
    const writing = write(repository);
    await expect.poll(() => seen.waiting.length).toBe(1);
    expect(seen).toMatchObject({ held: 1 });
    empty();
    seen.waiting[0]?.();
    await writing;
    expect(seen).toMatchObject({ held: 0 });
  });

  test('F26: an answer is held in memory and stored as soon as there is room', async () => {
    const seen = watched();
    const store = await tab(connect(), seen);
    const repository = createRepository(store);
    await store.insert(sessionRecord({ id: 'a' }));
    await repository.change('a', openIntent(0, intent));
    const heard: string[] = [];
    store.onChange((id) => heard.push(id));
    const empty = fill();
    const writing = repository.change('a', commit(intent, fresh, 1));
    await expect.poll(() => seen.waiting.length).toBe(1);
    expect(seen).toMatchObject({ held: 1 });
    // Shown and handed out, and never what the next step is built on.
    expect(repository.held().get('a')?.tokens?.accessToken).toBe('not-a-real-second-token');
    expect((await repository.get('a'))?.generation).toBe(0);
    expect(heard).toEqual(['a']);
    seen.waiting[0]?.();
    await expect.poll(() => seen.waiting.length).toBe(2);
    empty();
    seen.waiting[1]?.();
    expect(await writing).toMatchObject({ ok: true, record: { generation: 1 } });
    expect((await store.get('a'))?.tokens?.accessToken).toBe('not-a-real-second-token');
    expect(seen).toMatchObject({ held: 0 });
    expect(repository.held().size).toBe(0);
    expect(seen.troubles.at(-1)).toBeNull();
  });
});

const second = {
  accessToken: 'not-a-real-second-token',
  accessExpiry: { kind: 'unknown' },
  refreshToken: 'not-a-real-second-refresh-token',
  facts: [],
} as const;

test('F27: an answer that comes while nothing can be read is held, and stored once that works', async () => {
  const seen = watched();
  const connection = connect();
  let lost = false;
  const shaky: Pick<Reopening, 'run'> = {
    run: (work) => (lost ? Promise.reject(new StorageFault('lost')) : connection.run(work)),
  };
  const store = await tab(shaky, seen);
  const repository = createRepository(store);
  await store.insert(sessionRecord({ id: 'a' }));
  const claim = { generation: 0, nonce: 'n', boot: 'b', sentAtMs: 0, probe: false };
  const claimed = await repository.change('a', openIntent(0, claim));
  lost = true;
  const writing = repository.change('a', commit(claim, second, 1), claimed.ok ? claimed.record : undefined);
  await expect.poll(() => seen.waiting.length).toBe(1);
  expect(repository.held().get('a')?.tokens?.accessToken).toBe('not-a-real-second-token');
  lost = false;
  seen.waiting[0]?.();
  expect(await writing).toMatchObject({ ok: true, record: { generation: 1 } });
  expect((await store.get('a'))?.tokens?.accessToken).toBe('not-a-real-second-token');
});

describe('F28: a record put back to an older generation', () => {
  test('is read as it is, refused once by the server, and never loops', async () => {
    const connection = connect();
    const store = await tab(connection);
    const repository = createRepository(store);
    await store.insert(sessionRecord({ id: 'a' }));
    const database = await databaseOf(connection);
    const older = await database.get('rows', ['sessions', 'a']);
    const intent = { generation: 0, nonce: 'n', boot: 'b', sentAtMs: 0, probe: false };
    await repository.change('a', openIntent(0, intent));
    await repository.change('a', commit(intent, second, 1));
    expect(await repository.get('a')).toMatchObject({ generation: 1, revision: 2 });

    if (older) await database.put('rows', older);
    expect(await repository.get('a')).toMatchObject({ generation: 0, revision: 0, intent: null });
    // A tab that still works on the newer one finds that the record has moved, whatever direction that was.
    expect(await store.replace(sessionRecord({ id: 'a', generation: 1, revision: 3 }), 2)).toBe(false);
    // The next refresh sends a token that was used before, and the server's word ends it.
    const again = { ...intent, nonce: 'n2' };
    expect((await repository.change('a', openIntent(0, again))).ok).toBe(true);
    await repository.change('a', reject(again, { sinceMs: 2, code: 'dead', sentence: 'Token is not active.' }));
    expect(await repository.get('a')).toMatchObject({ signInNeeded: { code: 'dead' } });
  });
});
