import { readHeader, writeHeader, type Header, type ReadHeader } from './header.ts';
import type { Reopening } from './reopening.ts';

export type Connection = Pick<Reopening, 'run'>;

const COPIES = ['a', 'b'] as const;

/** Rejects with a `StorageFault`, as does the other. */
export async function loadHeader(connection: Connection): Promise<ReadHeader> {
  const copies = await connection.run((database) => Promise.all(COPIES.map((copy) => database.get('headers', copy))));
  const read = await readHeader(copies);
  // Sealed rows that nothing opens any more are no empty place for a new vault.
  const isOrphaned = read.kind === 'none' && (await connection.run((database) => database.count('rows'))) > 0;
  return isOrphaned ? { kind: 'damaged' } : read;
}

/**
 * Writes both copies in one transaction, so that there is never a moment without a whole one. `before` is the text that
 * the change was made from, null for a new vault: false, and nothing written, where another tab has changed it meanwhile.
 */
export async function storeHeader(connection: Connection, header: Header, before: string | null): Promise<boolean> {
  // Hashed first: a transaction would commit by itself while WebCrypto works.
  const stored = await writeHeader(header);
  return await connection.run(async (database) => {
    const transaction = database.transaction('headers', 'readwrite', { durability: 'strict' });
    const now = await Promise.all(COPIES.map((copy) => transaction.store.get(copy)));
    const unmoved =
      before === null ? now.every((copy) => copy === undefined) : now.some((copy) => copy?.text === before);
    if (unmoved) for (const copy of COPIES) void transaction.store.put(stored, copy).catch(() => undefined);
    await transaction.done;
    return unmoved;
  });
}
