import type { RecordStore, Storable } from './record-store.ts';

/** Records that live as long as the page does. */
export function createMemoryStore<Stored extends Storable>(): RecordStore<Stored> {
  const records = new Map<string, Stored>();
  const listeners = new Set<(id: string) => void>();
  const tell = (id: string): void => {
    for (const listener of [...listeners]) listener(id);
  };

  return {
    all: () => Promise.resolve([...records.values()]),
    get: (id) => Promise.resolve(records.get(id)),
    insert(record) {
      if (records.has(record.id)) return Promise.resolve(false);
      records.set(record.id, structuredClone(record));
      tell(record.id);
      return Promise.resolve(true);
    },
    replace(record, expectedRevision) {
      if (records.get(record.id)?.revision !== expectedRevision) return Promise.resolve(false);
      records.set(record.id, structuredClone(record));
      tell(record.id);
      return Promise.resolve(true);
    },
    delete(id) {
      if (records.delete(id)) tell(id);
      return Promise.resolve();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
