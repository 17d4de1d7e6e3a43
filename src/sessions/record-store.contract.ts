/** What every store of records must do; each implementation's test runs it. */
import { describe, expect, test } from 'vitest';
import { sessionRecord } from '../../test/session-record.ts';
import type { RecordStore } from './record-store.ts';
import type { SessionRecord } from './record.ts';

export function recordStoreContract(name: string, open: () => Promise<RecordStore<SessionRecord>>): void {
  describe(`the record store ${name}`, () => {
    test('gives back what was inserted, by id and in the list', async () => {
      const store = await open();
      const record = sessionRecord({ id: 'a' });
      expect(await store.insert(record)).toBe(true);
      expect(await store.get('a')).toEqual(record);
      expect(await store.all()).toEqual([record]);
      expect(await store.get('b')).toBeUndefined();
    });

    test('refuses a second record of the same id and keeps the first', async () => {
      const store = await open();
      await store.insert(sessionRecord({ id: 'a' }));
      expect(await store.insert(sessionRecord({ id: 'a', generation: 9 }))).toBe(false);
      expect((await store.get('a'))?.generation).toBe(0);
    });

    test('replaces over the expected revision alone', async () => {
      const store = await open();
      await store.insert(sessionRecord({ id: 'a' }));
      expect(await store.replace(sessionRecord({ id: 'a', revision: 1, generation: 1 }), 0)).toBe(true);
      expect(await store.replace(sessionRecord({ id: 'a', revision: 1, generation: 7 }), 0)).toBe(false);
      expect((await store.get('a'))?.generation).toBe(1);
    });

    test('of many writers at once over one revision lets exactly one through', async () => {
      const store = await open();
      await store.insert(sessionRecord({ id: 'a' }));
      const tries = Array.from({ length: 20 }, (_, generation) =>
        store.replace(sessionRecord({ id: 'a', revision: 1, generation }), 0),
      );
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    });

    test('does not bring back a record that was deleted', async () => {
      const store = await open();
      await store.insert(sessionRecord({ id: 'a' }));
      await store.delete('a');
      expect(await store.replace(sessionRecord({ id: 'a', revision: 1 }), 0)).toBe(false);
      expect(await store.all()).toEqual([]);
    });

    test('tells of every write with the id and nothing else, until told to stop', async () => {
      const store = await open();
      const heard: unknown[][] = [];
      const stop = store.onChange((...told) => heard.push(told));
      await store.insert(sessionRecord({ id: 'a' }));
      await store.replace(sessionRecord({ id: 'a', revision: 1 }), 0);
      await store.replace(sessionRecord({ id: 'a', revision: 1 }), 0);
      await store.delete('a');
      stop();
      await store.insert(sessionRecord({ id: 'b' }));
      expect(heard).toEqual([['a'], ['a'], ['a']]);
    });

    test('keeps a copy: changing what was handed in changes nothing', async () => {
      const store = await open();
      const record = { ...sessionRecord({ id: 'a' }), identity: { name: 'alice' } };
      await store.insert(record);
      record.identity.name = 'mallory';
      expect((await store.get('a'))?.identity.name).toBe('alice');
    });
  });
}
