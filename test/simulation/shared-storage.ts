/** The storage of one browser profile, as all its tabs see it: each step happens at once, later than it was asked for. */
import { StorageFault, type RecordStore, type Storable } from '../../src/sessions/record-store.ts';
import type { Chance } from './chance.ts';
import type { Errand } from './errand.ts';

/**
 * `full`: no write is taken. `closed`: the connection is lost. `unread`: reading alone fails. `torn`: the next write happens,
 * or not, and says that it failed.
 */
export type StorageWeather = 'none' | 'full' | 'closed' | 'unread' | 'torn';

export interface SharedStorage<Stored extends Storable> {
  fault: StorageWeather;
  /** Writes are told to nobody, as where a tab dies before its message is out. */
  silent: boolean;
  readonly records: ReadonlyMap<string, Stored>;
  /** Written behind everybody's back: a profile that was put back. */
  putBack(record: Stored): void;
  openFor(errand: Errand): RecordStore<Stored>;
  /** Told of each record when it has become durable. */
  onDurable(look: (record: Stored) => void): void;
}

export function createSharedStorage<Stored extends Storable>(chance: Chance): SharedStorage<Stored> {
  const records = new Map<string, Stored>();
  const listeners = new Set<(id: string) => void>();
  const looks: ((record: Stored) => void)[] = [];

  function write(id: string, record: Stored | null): void {
    if (record) records.set(id, record);
    else records.delete(id);
    if (record) for (const look of looks) look(record);
    if (!storage.silent) for (const listener of [...listeners]) listener(id);
  }

  /** Throws where the fault says so; a torn write may have happened by then. */
  function guarded(id: string, record: Stored | null): void {
    if (storage.fault === 'full') throw new StorageFault('full');
    if (storage.fault === 'torn') {
      storage.fault = 'none';
      if (chance.happens(0.5)) write(id, record);
      throw new DOMException('The transaction was aborted.', 'AbortError');
    }
    write(id, record);
  }

  function reach<Value>(take: () => Value): Value {
    if (storage.fault === 'closed') throw new StorageFault('lost');
    return take();
  }

  function read<Value>(take: () => Value): Value {
    if (storage.fault === 'unread') throw new StorageFault('lost');
    return reach(take);
  }

  const storage: SharedStorage<Stored> = {
    fault: 'none',
    silent: false,
    records,
    putBack: (record) => write(record.id, record),
    onDurable: (look) => void looks.push(look),
    openFor: ({ inside, deliver, onEnd }) => ({
      all: () => inside('read', () => read(() => [...records.values()])),
      get: (id) => inside('read', () => read(() => records.get(id))),
      insert: (record) =>
        inside('write', () => {
          if (reach(() => records.has(record.id))) return false;
          guarded(record.id, record);
          return true;
        }),
      replace: (record, expectedRevision) =>
        inside('write', () => {
          if (reach(() => records.get(record.id)?.revision) !== expectedRevision) return false;
          guarded(record.id, record);
          return true;
        }),
      delete: (id) =>
        inside('write', () => {
          if (reach(() => records.has(id))) guarded(id, null);
        }),
      ready: () =>
        inside('read', () => {
          if (storage.fault === 'full') throw new StorageFault('full');
          if (storage.fault === 'closed') throw new StorageFault('lost');
        }),
      onChange(listener) {
        const hear = (id: string): void => deliver(() => listener(id));
        listeners.add(hear);
        onEnd(() => listeners.delete(hear));
        return () => listeners.delete(hear);
      },
    }),
  };
  return storage;
}
