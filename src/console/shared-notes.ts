/**
 * Notes of limited places while sessions live in memory alone: in local storage, where another tab finds those of one that
 * was killed. No secret and no name is in them.
 */
import { readJson } from '../http/json.ts';
import { maybe, nullOr, number, object, text, type Shape } from '../lib/shape.ts';
import type { LeftSignIn } from '../sessions/slot-ledger.ts';
import type { Destination } from '../sessions/switching-store.ts';
import { SHARED_NOTE, isSharedNote } from './shared-note-key.ts';

const isNote: Shape<LeftSignIn> = (value): value is LeftSignIn => noteShape(value);
const noteShape = object({
  ...{
    id: text,
    revision: number,
    connection: text,
    provider: text,
    baseUrl: text,
    way: text,
    nonce: text,
    boot: text,
  },
  ...{ sentAtMs: number, lostAtMs: nullOr(number), untilMs: nullOr(number) },
  opened: maybe(object({ logOut: maybe(object({ nonce: text, boot: text, sentAtMs: number })) })),
});

export interface SharedNotes extends Destination<LeftSignIn> {
  /** They are kept elsewhere from now on. */
  clear(): void;
}

/** Each step is done when it returns, also in the last turn of a page. What does not fit in is not noted. */
export function createSharedNotes(storage: Storage): SharedNotes {
  const listeners = new Set<(id: string) => void>();
  const keys = (): readonly string[] => Object.keys(storage).filter(isSharedNote);
  const read = (id: string): LeftSignIn | undefined => {
    const found = readJson(storage.getItem(SHARED_NOTE + id) ?? '');
    return isNote(found) ? found : undefined;
  };
  const tell = (id: string): void => {
    for (const listener of [...listeners]) listener(id);
  };
  const write = (record: LeftSignIn): Promise<boolean> => {
    try {
      storage.setItem(SHARED_NOTE + record.id, JSON.stringify(record));
    } catch {
      // Storage is full: a session that may leak is better than a console that opens none.
    }
    tell(record.id);
    return Promise.resolve(true);
  };
  const insert = (record: LeftSignIn): Promise<boolean> => (read(record.id) ? Promise.resolve(false) : write(record));
  const hear = ({ key }: StorageEvent): void => {
    if (key && isSharedNote(key)) tell(key.slice(SHARED_NOTE.length));
  };

  return {
    all: () => Promise.resolve(keys().flatMap((key) => read(key.slice(SHARED_NOTE.length)) ?? [])),
    get: (id) => Promise.resolve(read(id)),
    insert,
    admit: insert,
    replace: (record, expectedRevision) =>
      read(record.id)?.revision === expectedRevision ? write(record) : Promise.resolve(false),
    delete(id) {
      const was = storage.getItem(SHARED_NOTE + id);
      storage.removeItem(SHARED_NOTE + id);
      if (was !== null) tell(id);
      return Promise.resolve();
    },
    onChange(listener) {
      if (listeners.size === 0) window.addEventListener('storage', hear);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) window.removeEventListener('storage', hear);
      };
    },
    clear() {
      for (const key of keys()) storage.removeItem(key);
    },
  };
}
