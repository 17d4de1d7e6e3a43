import type { RecordStore } from './record-store.ts';
import type { SessionRecord } from './record.ts';

/** Records that live as long as the page does. */
export function createMemoryStore(): RecordStore {
  const records = new Map<string, SessionRecord>();
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
