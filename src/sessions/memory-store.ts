import type { RecordStore, Storable } from './record-store.ts';

/**
 * Copies what it has not made itself. Records are changed by making new ones of their parts, so of a job of fifty items that
 * is written after each answer only the one that changed is copied.
 */
function createCopier(): <Value>(value: Value) => Value {
  const own = new WeakSet();
  return function copy<Value>(value: Value): Value {
    if (typeof value !== 'object' || value === null || own.has(value)) return value;
    const made: object = Array.isArray(value)
      ? value.map(copy)
      : Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copy(part)]));
    own.add(made);
    return made as Value; // of the same form
  };
}

/** Records that live as long as the page does. They are plain data. */
export function createMemoryStore<Stored extends Storable>(): RecordStore<Stored> {
  const records = new Map<string, Stored>();
  const listeners = new Set<(id: string) => void>();
  const copy = createCopier();
  const tell = (id: string): void => {
    for (const listener of [...listeners]) listener(id);
  };

  return {
    all: () => Promise.resolve([...records.values()]),
    get: (id) => Promise.resolve(records.get(id)),
    insert(record) {
      if (records.has(record.id)) return Promise.resolve(false);
      records.set(record.id, copy(record));
      tell(record.id);
      return Promise.resolve(true);
    },
    replace(record, expectedRevision) {
      if (records.get(record.id)?.revision !== expectedRevision) return Promise.resolve(false);
      records.set(record.id, copy(record));
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
