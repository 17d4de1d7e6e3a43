import type { RandomBytes } from '../lib/random.ts';
import { boundTo, pad, unpad, type Bytes } from './format.ts';
import type { VaultKeys } from './keys.ts';
import { IV_BYTES } from './unlock-method.ts';

/**
 * One record at rest. Generation and revision are in clear because the compare-and-set reads them inside a transaction;
 * they are bound to the ciphertext, as are the vault, the table and the id, so that no row can stand in for another.
 */
export interface Row {
  readonly id: string;
  readonly table: string;
  readonly generation: number;
  readonly revision: number;
  readonly iv: Bytes;
  readonly ct: Bytes;
}

/** What has no generation is sealed as of generation 0. */
export interface Sealable {
  readonly id: string;
  readonly generation?: number;
  readonly revision: number;
}

const bound = (vaultId: string, { table, id, generation, revision }: Omit<Row, 'iv' | 'ct'>): Bytes =>
  boundTo(['keyward/record/1', vaultId, table, id, String(generation), String(revision)]);

export async function seal(keys: VaultKeys, random: RandomBytes, table: string, record: Sealable): Promise<Row> {
  const { id, generation = 0, revision } = record;
  const head = { id, table, generation, revision };
  // Random, not counted: a counter could come back with an older profile. 2^32 writes under one key are far away.
  const iv = Uint8Array.from(random(IV_BYTES));
  const algorithm = { name: 'AES-GCM', iv, additionalData: bound(keys.vaultId, head) };
  const ct = await crypto.subtle.encrypt(algorithm, keys.record, pad(JSON.stringify(record)));
  return { ...head, iv, ct: new Uint8Array(ct) };
}

/** The record, or undefined where the row was damaged, truncated, swapped or made by another vault. Never throws. */
export async function open(keys: VaultKeys, row: Row): Promise<unknown> {
  try {
    const additionalData = bound(keys.vaultId, row);
    const padded = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv, additionalData }, keys.record, row.ct);
    return JSON.parse(unpad(new Uint8Array(padded))) as unknown;
  } catch {
    return undefined;
  }
}
