import { fromBase64Url, toBase64Url } from '../lib/base64.ts';
import type { RandomBytes } from '../lib/random.ts';
import { bytesOf } from './format.ts';
import type { PassphraseMethod } from './unlock-method.ts';

const ITERATIONS = 1_200_000;
/** Fewer than this in a stored header is a downgrade, more a way to hang the page: both are refused. */
const ITERATIONS_MIN = 600_000;
const ITERATIONS_MAX = 10_000_000;
const SALT_BYTES = 16;
const CHARACTERS_MIN = 12;

export function newPassphraseParams(random: RandomBytes): PassphraseMethod['params'] {
  return { salt: toBase64Url(random(SALT_BYTES)), iterations: ITERATIONS };
}

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

const COMMON =
  /^(?:pass(?:word|phrase|wort)|letmein|qwert[yz]|welcome|admin|keyward|secret|iloveyou|monkey|dragon|abc|0?1?234567890?)+[\d!.?]*$/i;

/** Why a new passphrase is refused, or undefined where it will do. It carries the whole weight of the vault on a stolen disk. */
export function weaknessOf(passphrase: string): string | undefined {
  const characters = Array.from(passphrase.normalize('NFKC'));
  if (characters.length < CHARACTERS_MIN)
    return `Use at least ${CHARACTERS_MIN} characters. Five random words are better.`;
  if (new Set(characters).size < 6) return 'Use more different characters. Five random words are better.';
  if (COMMON.test(passphrase.replace(/[\s_-]/g, '')))
    return 'This is among the first ones that anybody would try. Use five random words.';
  return undefined;
}
