import { toBase64Url } from '../lib/base64.ts';
import type { RandomBytes } from '../lib/random.ts';
import { SALT_BYTES } from './passphrase.ts';
import type { PassphraseMethod } from './unlock-method.ts';

const ITERATIONS = 1_200_000;
const CHARACTERS_MIN = 12;

export function newPassphraseParams(random: RandomBytes): PassphraseMethod['params'] {
  return { salt: toBase64Url(random(SALT_BYTES)), iterations: ITERATIONS };
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
