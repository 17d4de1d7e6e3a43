import type { RecordStore } from './record-store.ts';
import type { SessionRecord } from './record.ts';
import type { Refusal, Transition } from './transitions.ts';

export type Written =
  { readonly ok: true; readonly record: SessionRecord } | { readonly ok: false; readonly why: Refusal };

/** The only truth about sessions. Asynchronous everywhere, because one of its stores is a database. */
export interface Repository {
  list(): Promise<readonly SessionRecord[]>;
  get(id: string): Promise<SessionRecord | undefined>;
  /** What waits in the memory of this tab until it can be stored: to be shown and handed out, never to be built on. */
  held(): ReadonlyMap<string, SessionRecord>;
  /** Stores a new session. Throws where its id is taken: ids are random, so that is a bug. */
  put(record: SessionRecord): Promise<void>;
  /**
   * Takes one step. Reads and tries again where another writer came between; refuses where the step itself refuses.
   * `from`: what this writer wrote or read last. It is built on unread, as storage may not be readable just then.
   */
  change(id: string, transition: Transition, from?: SessionRecord): Promise<Written>;
  remove(id: string): Promise<void>;
  /** To be asked before a call whose answer must be stored. Rejects with a `StorageFault` where it could not be. */
  ready(): Promise<void>;
  onChange(listener: (id: string) => void): () => void;
}

export function createRepository(store: RecordStore<SessionRecord>): Repository {
  async function change(id: string, transition: Transition, from?: SessionRecord): Promise<Written> {
    for (let known = from; ; known = undefined) {
      const record = known ?? (await store.get(id));
      if (!record) return { ok: false, why: 'missing' };
      const next = transition(record);
      if (typeof next === 'string') return { ok: false, why: next };
      const written = { ...next, revision: record.revision + 1 };
      // A lost race is not an error: somebody else wrote, so this writer's turn comes with the next read.
      if (await store.replace(written, record.revision)) return { ok: true, record: written };
    }
  }

  return {
    list: () => store.all(),
    get: (id) => store.get(id),
    held: () => store.held?.() ?? new Map(),
    async put(record) {
      if (!(await store.insert(record))) throw new Error(`A session of this id is stored already: ${record.id}`);
    },
    change,
    remove: (id) => store.delete(id),
    ready: async () => store.ready?.(),
    onChange: (listener) => store.onChange(listener),
  };
}
