/** Records of one kind, each sealed by itself. The compare-and-set happens inside one IndexedDB transaction. */
import type { RandomBytes } from '../lib/random.ts';
import { nextTask } from '../lib/next-task.ts';
import type { VaultDatabase } from './database.ts';
import type { Reopening } from './reopening.ts';
import type { VaultKeys } from './keys.ts';
import { open, seal, type Row, type Sealable } from './record-cipher.ts';
import { IV_BYTES } from './unlock-method.ts';

/** A table of no records. */
const TRIAL = 'trial';
const TRIAL_BYTES = 16_384;
/** Read, and decrypted, in one task: a thousand would hold the page up. */
const AT_ONCE = 50;

export interface SealedTable<Stored extends Sealable> {
  /** `damaged`: ids of rows that cannot be read. They are left where they are. */
  all(): Promise<{ readonly records: readonly Stored[]; readonly damaged: readonly string[] }>;
  get(id: string): Promise<Stored | undefined>;
  insert(record: Stored): Promise<boolean>;
  replace(record: Stored, expectedRevision: number): Promise<boolean>;
  /** Rejects where nothing can be written: a row of the size of a session is written and not kept. */
  ready(): Promise<void>;
  /** False where there was none. */
  delete(id: string): Promise<boolean>;
}

export interface Opened {
  readonly connection: Pick<Reopening, 'run'>;
  readonly keys: VaultKeys;
  readonly random: RandomBytes;
}

/** `read` judges what came out of a ciphertext; what it refuses is set aside as damaged. */
export function createSealedTable<Stored extends Sealable>(
  { connection, keys, random }: Opened,
  table: string,
  read: (value: unknown) => Stored | undefined,
): SealedTable<Stored> {
  const opened = async (row: Row): Promise<Stored | undefined> => {
    const record = read(await open(keys, row));
    // The row's own id and counters are bound to the ciphertext; the record inside must agree with them.
    const agrees =
      record?.id === row.id && (record.generation ?? 0) === row.generation && record.revision === row.revision;
    return agrees ? record : undefined;
  };

  return {
    async all() {
      const rows = await connection.run((database) => rowsOf(database, table));
      const read: { readonly id: string; readonly record: Stored | undefined }[] = [];
      for (let from = 0; from < rows.length; from += AT_ONCE) {
        const some = rows.slice(from, from + AT_ONCE);
        read.push(...(await Promise.all(some.map(async (row) => ({ id: row.id, record: await opened(row) })))));
        // Answers of the cipher come many in one task, and whoever reads this goes on in the last one.
        if (rows.length > AT_ONCE) await nextTask();
      }
      return {
        records: read.flatMap(({ record }) => (record ? [record] : [])),
        damaged: read.flatMap(({ id, record }) => (record ? [] : [id])),
      };
    },
    async get(id) {
      const row = await connection.run((database) => database.get('rows', [table, id]));
      return row && (await opened(row));
    },
    // Encrypt first, then open the transaction: it would commit by itself while WebCrypto works.
    async insert(record) {
      const row = await seal(keys, random, table, record);
      return await connection.run((database) => write(database, row, (stored) => stored === undefined));
    },
    async replace(record, expectedRevision) {
      const row = await seal(keys, random, table, record);
      return await connection.run((database) =>
        write(database, row, (stored) => stored?.revision === expectedRevision),
      );
    },
    ready: () =>
      connection.run(async (database) => {
        const ct = Uint8Array.from(random(TRIAL_BYTES));
        const row = { table: TRIAL, id: '', generation: 0, revision: 0, iv: new Uint8Array(IV_BYTES), ct };
        const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' });
        void transaction.store.put(row).catch(() => undefined);
        await transaction.done;
        await database.delete('rows', [TRIAL, '']);
      }),
    delete: (id) =>
      connection.run(async (database) => {
        const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' });
        const known = (await transaction.store.getKey([table, id])) !== undefined;
        if (known) void transaction.store.delete([table, id]).catch(() => undefined);
        await transaction.done;
        return known;
      }),
  };
}

/** As they are at one moment: all reading happens in one transaction. */
async function rowsOf(database: VaultDatabase, table: string): Promise<readonly Row[]> {
  const { store } = database.transaction('rows');
  const rows: Row[] = [];
  let after: IDBValidKey = [table];
  for (;;) {
    const some = await store.getAll(IDBKeyRange.bound(after, [table, []], true), AT_ONCE);
    rows.push(...some);
    const last = some.at(-1);
    if (!last || some.length < AT_ONCE) return rows;
    after = [table, last.id];
  }
}

async function write(
  database: VaultDatabase,
  row: Row,
  wanted: (stored: Row | undefined) => boolean,
): Promise<boolean> {
  const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' });
  const wants = wanted(await transaction.store.get([row.table, row.id]));
  // The transaction's own end says why a write failed; the request's error would only say that it was aborted.
  if (wants) void transaction.store.put(row).catch(() => undefined);
  await transaction.done;
  return wants;
}
