/**
 * Where records are kept: in memory, or sealed. Every method is one atomic step, and `replace` is the compare-and-set on
 * which the safety of single-use tokens rests. The same contract test runs over every implementation.
 */
export interface RecordStore<Stored extends Storable> {
  all(): Promise<readonly Stored[]>;
  get(id: string): Promise<Stored | undefined>;
  /** False where a record of this id exists. */
  insert(record: Stored): Promise<boolean>;
  /** False where the stored revision is another, or the record is gone. */
  replace(record: Stored, expectedRevision: number): Promise<boolean>;
  delete(id: string): Promise<void>;
  /** Rejects with a `StorageFault` where nothing could be written now; a store that always can leaves it out. */
  ready?(): Promise<void>;
  /** Writes that wait in the memory of this tab, by id; a store that never lets one wait leaves it out. */
  held?(): ReadonlyMap<string, Stored>;
  /** Called after each write with the record's id, in every tab that shares the store; in this one also when a write begins to wait. */
  onChange(listener: (id: string) => void): () => void;
}

/** What every record has: a name, and a counter that every write raises. */
export interface Storable {
  readonly id: string;
  readonly revision: number;
}

/**
 * `full`: it takes no more. `superseded`: a newer version of this program took it away from this page. `newer`: one has changed
 * it before. `lost`: its connection broke.
 */
export type StorageTrouble = 'full' | 'superseded' | 'newer' | 'lost';

/** A store that cannot be read or written. Where a write rejects with it, nothing was written. */
export class StorageFault extends Error {
  readonly trouble: StorageTrouble;

  constructor(trouble: StorageTrouble) {
    super(`This browser's storage is ${trouble}`);
    this.name = 'StorageFault';
    this.trouble = trouble;
  }
}
