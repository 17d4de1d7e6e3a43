import { bytesOf, type Bytes } from './format.ts';

/** What an unlocked page holds. The key cannot be exported and is never stored. */
export interface VaultKeys {
  readonly vaultId: string;
  /** AES-256-GCM, for records. */
  readonly record: CryptoKey;
}

export const VAULT_KEY_BYTES = 32;

/** Derives what seals the records from the vault's 32 random bytes (HKDF-SHA-256, RFC 5869, salted with the vault's id). */
export async function deriveKeys(vaultKey: Bytes, vaultId: string): Promise<VaultKeys> {
  const root = await crypto.subtle.importKey('raw', vaultKey, 'HKDF', false, ['deriveKey']);
  const derived = { name: 'HKDF', hash: 'SHA-256', salt: bytesOf(vaultId), info: bytesOf('keyward/record/1') };
  const aes = { name: 'AES-GCM', length: 256 };
  return { vaultId, record: await crypto.subtle.deriveKey(derived, root, aes, false, ['encrypt', 'decrypt']) };
}
