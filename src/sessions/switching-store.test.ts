import { describe, expect, test } from 'vitest';
import { sessionRecord } from '../../test/session-record.ts';
import { createMemoryStore } from './memory-store.ts';
import { recordStoreContract } from './record-store.contract.ts';
import { StorageFault } from './record-store.ts';
import type { SessionRecord } from './record.ts';
import { createRepository } from './repository.ts';
import { createSwitchingStore, type Destination } from './switching-store.ts';
import { commit, openIntent } from './refresh-steps.ts';

const destination = (): Destination<SessionRecord> => {
  const store = createMemoryStore<SessionRecord>();
  return { ...store, admit: (record) => store.insert(record) };
};

recordStoreContract('that switches', () => Promise.resolve(createSwitchingStore(createMemoryStore<SessionRecord>())));
recordStoreContract('that has switched', async () => {
  const store = createSwitchingStore(createMemoryStore<SessionRecord>());
  await store.moveTo(destination());
  return store;
});

const intent = { generation: 0, nonce: 'n', boot: 'b', sentAtMs: 0, probe: false };
const fresh = { accessToken: 'not-a-real-second-token', accessExpiry: { kind: 'unknown' }, facts: [] } as const;

describe('moving to another store', () => {
  test('takes every record along and says that the list is another', async () => {
    const store = createSwitchingStore(createMemoryStore<SessionRecord>());
    const next = destination();
    await next.insert(sessionRecord({ id: 'was there' }));
    await store.insert(sessionRecord({ id: 'a' }));
    const heard: string[] = [];
    store.onChange((id) => heard.push(id));
    await store.moveTo(next);
    expect((await store.all()).map(({ id }) => id)).toEqual(['was there', 'a']);
    expect(heard).not.toEqual([]);
  });

  test('a refresh that was under way is stored where the record is now', async () => {
    const store = createSwitchingStore(createMemoryStore<SessionRecord>());
    const repository = createRepository(store);
    const next = destination();
    await repository.put(sessionRecord({ id: 'a' }));
    await repository.change('a', openIntent(0, intent));
    const moving = store.moveTo(next);
    const written = repository.change('a', commit(intent, fresh, 1));
    await moving;
    expect((await written).ok).toBe(true);
    expect(await next.get('a')).toMatchObject({ generation: 1, intent: null, tokens: fresh });
  });

  test('where a record does not go in, everything is as before', async () => {
    const store = createSwitchingStore(createMemoryStore<SessionRecord>());
    const next = destination();
    for (const id of ['a', 'b']) await store.insert(sessionRecord({ id }));
    const full: Destination<SessionRecord> = {
      ...next,
      admit: (record) => (record.id === 'b' ? Promise.reject(new StorageFault('full')) : next.insert(record)),
    };
    await expect(store.moveTo(full)).rejects.toEqual(new StorageFault('full'));
    expect(await next.all()).toEqual([]);
    await store.insert(sessionRecord({ id: 'c' }));
    expect((await store.all()).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});
