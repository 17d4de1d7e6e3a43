import type { SessionRecord } from './record.ts';

/**
 * Where records are kept: in memory, or sealed. Every method is one atomic step, and `replace` is the compare-and-set on
 * which the safety of single-use tokens rests. The same contract test runs over every implementation.
 */
export interface RecordStore {
  all(): Promise<readonly SessionRecord[]>;
  get(id: string): Promise<SessionRecord | undefined>;
  /** False where a record of this id exists. */
  insert(record: SessionRecord): Promise<boolean>;
  /** False where the stored revision is another, or the record is gone. */
  replace(record: SessionRecord, expectedRevision: number): Promise<boolean>;
  delete(id: string): Promise<void>;
  /** Called after each write with the record's id, in every tab that shares the store. */
  onChange(listener: (id: string) => void): () => void;
}
