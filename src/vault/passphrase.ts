import { fromBase64Url } from '../lib/base64.ts';
import { bytesOf } from './format.ts';
import type { PassphraseMethod } from './unlock-method.ts';

/** Fewer than this in a stored header is a downgrade, more a way to hang the page: both are refused. */
const ITERATIONS_MIN = 600_000;
const ITERATIONS_MAX = 10_000_000;
export const SALT_BYTES = 16;

/** Parameters that a vault of ours may have. */
export const inBounds = ({ salt, iterations }: PassphraseMethod['params']): boolean =>
  Number.isInteger(iterations) &&
  iterations >= ITERATIONS_MIN &&
  iterations <= ITERATIONS_MAX &&
  fromBase64Url(salt)?.length === SALT_BYTES;

/** The key of a passphrase. About a quarter of a second of work, beside the page's own thread. */
export async function passphraseKey(
  passphrase: string,
  { salt, iterations }: PassphraseMethod['params'],
): Promise<CryptoKey> {
  const typed = bytesOf(passphrase.normalize('NFKC'));
  const root = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey']);
  typed.fill(0);
  return await crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt: Uint8Array.from(fromBase64Url(salt) ?? []), iterations },
    root,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
