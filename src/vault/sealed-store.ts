import type { Channel } from '../lib/channel.ts';
import { StorageFault, type StorageTrouble } from '../sessions/record-store.ts';
import type { Destination } from '../sessions/switching-store.ts';
import type { Sealable } from './record-cipher.ts';
import { createSealedTable, type Opened } from './sealed-table.ts';

/** Told to the other tabs after a write: which record, and nothing of what is in it. */
export interface Written {
  readonly written: string;
}

export const readWritten = (data: unknown): Written | undefined =>
  typeof data === 'object' && data !== null && 'written' in data && typeof data.written === 'string'
    ? { written: data.written }
    : undefined;

/** One kind of record. */
export interface Kind<Stored extends Sealable> {
  readonly table: string;
  /** Undefined where it is no record of this kind. */
  read(value: unknown): Stored | undefined;
  /**
   * True for a write that may fail, because nothing has happened anywhere that it alone would know. Any other is held in
   * memory and tried again until it is stored. `stored`: what it would replace; undefined where there is nothing.
   */
  mayFail(record: Stored, stored: Stored | undefined): boolean;
}

export interface SealedStorePorts extends Opened {
  readonly channel: Channel<Written>;
  /** Resolves after so many milliseconds. */
  pause(delayMs: number): Promise<void>;
  /** Told of every try to write: what stood in its way, or null where it went well. */
  onWrite(trouble: StorageTrouble | null): void;
  /** Told when a write begins to wait in memory, and when it is stored. */
  onHeld(change: 1 | -1): void;
  /** Told, after each reading of the whole, which records cannot be read. */
  onDamaged(ids: readonly string[]): void;
}

export interface SealedStore<Stored extends Sealable> extends Destination<Stored> {
  /** Stops listening to the other tabs. */
  dispose(): void;
}

const HELD_WRITE_EVERY_MS = 2_000;

/** Records at rest under the vault's key, shared by every unlocked tab. Rejects with a `StorageFault`. */
export function createSealedStore<Stored extends Sealable>(
  ports: SealedStorePorts,
  kind: Kind<Stored>,
): SealedStore<Stored> {
  const { channel } = ports;
  const table = createSealedTable(ports, kind.table, (value) => kind.read(value));
  const waiting = new Set<Stored>();
  const listeners = new Set<(id: string) => void>();
  const tellHere = (id: string): void => {
    for (const listener of [...listeners]) listener(id);
  };
  const tell = (id: string): void => {
    tellHere(id);
    channel.post({ written: id });
  };
  const stop = channel.listen(({ written }) => {
    tellHere(written);
  });

  async function tried(record: Stored, write: () => Promise<boolean>): Promise<boolean> {
    try {
      const went = await write();
      ports.onWrite(null);
      if (went) tell(record.id);
      return went;
    } catch (error) {
      if (error instanceof StorageFault) ports.onWrite(error.trouble);
      throw error;
    }
  }

  async function insisted(record: Stored, write: () => Promise<boolean>): Promise<boolean> {
    try {
      return await tried(record, write);
    } catch (error) {
      const stored = await table.get(record.id).catch(() => undefined);
      if (!(error instanceof StorageFault) || kind.mayFail(record, stored)) throw error;
    }
    waiting.add(record);
    ports.onHeld(1);
    tellHere(record.id);
    try {
      for (;;) {
        await ports.pause(HELD_WRITE_EVERY_MS);
        try {
          return await tried(record, write);
        } catch (error) {
          if (!(error instanceof StorageFault)) throw error;
        }
      }
    } finally {
      waiting.delete(record);
      ports.onHeld(-1);
      tellHere(record.id);
    }
  }

  return {
    async all() {
      const { records, damaged } = await table.all();
      ports.onDamaged(damaged);
      return records;
    },
    get: (id) => table.get(id),
    held: () => new Map([...waiting].map((record) => [record.id, record])),
    admit: (record) => tried(record, () => table.insert(record)),
    insert: (record) => insisted(record, () => table.insert(record)),
    replace: (record, expectedRevision) => insisted(record, () => table.replace(record, expectedRevision)),
    async ready() {
      try {
        await table.ready();
        ports.onWrite(null);
      } catch (error) {
        if (error instanceof StorageFault) ports.onWrite(error.trouble);
        throw error;
      }
    },
    async delete(id) {
      if (await table.delete(id)) tell(id);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: stop,
  };
}
