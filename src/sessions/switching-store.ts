import type { RecordStore, Storable } from './record-store.ts';

export interface Destination<Stored extends Storable> extends RecordStore<Stored> {
  /** An `insert` that rejects at once where it cannot be done. */
  admit(record: Stored): Promise<boolean>;
}

export interface SwitchingStore<Stored extends Storable> extends RecordStore<Stored> {
  /**
   * Moves every record into `next`, which is the store from then on; what is there already stays as it is there. Steps
   * that come meanwhile wait, those under way are waited for. Rejects where a record does not go in: then all is as before.
   */
  moveTo(next: Destination<Stored>): Promise<void>;
}

/** A store that can be exchanged for another while others work with it: the choice to keep sessions comes at any time. */
export function createSwitchingStore<Stored extends Storable>(first: RecordStore<Stored>): SwitchingStore<Stored> {
  const listeners = new Set<(id: string) => void>();
  const tell = (id: string): void => {
    for (const listener of [...listeners]) listener(id);
  };
  const underWay = new Set<Promise<unknown>>();
  let current = first;
  let stopHearing = current.onChange(tell);
  let moving: Promise<void> | null = null;

  async function step<Value>(work: (store: RecordStore<Stored>) => Promise<Value>): Promise<Value> {
    while (moving) await moving.catch(() => undefined);
    const done = work(current);
    underWay.add(done);
    try {
      return await done;
    } finally {
      underWay.delete(done);
    }
  }

  async function move(next: Destination<Stored>): Promise<void> {
    await Promise.allSettled([...underWay]);
    const records = await current.all();
    const inserted: string[] = [];
    try {
      for (const record of records) if (await next.admit(record)) inserted.push(record.id);
    } catch (error) {
      for (const id of inserted) await next.delete(id);
      throw error;
    }
    stopHearing();
    current = next;
    stopHearing = current.onChange(tell);
  }

  return {
    all: () => step((store) => store.all()),
    get: (id) => step((store) => store.get(id)),
    insert: (record) => step((store) => store.insert(record)),
    replace: (record, expectedRevision) => step((store) => store.replace(record, expectedRevision)),
    delete: (id) => step((store) => store.delete(id)),
    held: () => current.held?.() ?? new Map(),
    ready: () => step(async (store) => store.ready?.()),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async moveTo(next) {
      moving = move(next).finally(() => {
        moving = null;
      });
      await moving;
      // Whoever reads a list reads it anew: the new store may hold more than what moved in.
      const [any] = await current.all();
      if (any) tell(any.id);
    },
  };
}
