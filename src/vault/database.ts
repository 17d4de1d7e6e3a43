import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { StoredHeader } from './header.ts';
import type { Row } from './record-cipher.ts';

/** Rows are keyed by table and id, so that one schema serves every kind of record. */
interface Schema extends DBSchema {
  headers: { key: 'a' | 'b'; value: StoredHeader };
  rows: { key: [table: string, id: string]; value: Row; indexes: { table: string } };
}

export type VaultDatabase = IDBPDatabase<Schema>;

const DATABASE = 'keyward';
const VERSION = 1;

export interface DatabaseEvents {
  /**
   * Another tab wants to delete the database (`gone`), or a newer version of this program to change it: this tab has let
   * go of it.
   */
  onSuperseded(gone: boolean): void;
  /** The browser closed the connection: storage was cleared, or the disk failed. */
  onLost(): void;
}

export function openDatabase(events: DatabaseEvents): Promise<VaultDatabase> {
  return openDB<Schema>(DATABASE, VERSION, {
    upgrade(database) {
      database.createObjectStore('headers');
      database.createObjectStore('rows', { keyPath: ['table', 'id'] }).createIndex('table', 'table');
    },
    blocking(_current, wanted, event) {
      (event.target as IDBDatabase).close(); // a versionchange event is always aimed at the open database
      events.onSuperseded(wanted === null);
    },
    terminated() {
      events.onLost();
    },
  });
}

/** Waits for the tabs that still have it open: they are asked to let go. */
export const deleteDatabase = (): Promise<void> => deleteDB(DATABASE);
