import type { Failure } from '../../http/failure.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import { inputFailure } from '../input-failure.ts';
import { oddKey } from '../odd-key.ts';
import { cleanKey, keyAfter } from '../pasted.ts';

const LENGTH_MAX = 2_048;
const NO_PAIR = 'An API key is its id, a colon and its secret, without spaces inside.';
const SCHEME = /^(?:Authorization\s*:\s*)?ApiKey\s+/i;
/** Within a header or a line of curl. */
const MARK = /\bApiKey\s+/i;
/** The secret may hold colons of its own, the id may not. */
const PARTS = /^([^\s:]+)\s*:\s*(\S+)$/;
const ID_SHOWN_MAX = 16;
const ID_HEAD = 8;
const ID_TAIL = 6;

/** `id:secret` from what was pasted, with or without the scheme and the spaces around the colon; undefined where it is not that. */
function pairOf(pasted: string): { readonly id: string; readonly secret: string } | undefined {
  const [, id, secret] =
    PARTS.exec(cleanKey(cleanKey(pasted).replace(SCHEME, ''))) ?? PARTS.exec(keyAfter(MARK, pasted) ?? '') ?? [];
  return id !== undefined && secret !== undefined ? { id, secret } : undefined;
}

export function readApiKey(pasted: string): Result<string, Failure> {
  const cleaned = cleanKey(pasted);
  if (cleaned === '') return fail(inputFailure('key-empty', 'The API key is missing.', 'Paste it.'));
  const pair = pairOf(pasted);
  const key = pair ? `${pair.id}:${pair.secret}` : cleaned;
  const odd = oddKey(key, { noun: 'An API key', shape: NO_PAIR, lengthMax: LENGTH_MAX });
  if (pair) return odd ? fail(odd) : succeed(key);
  return fail(
    odd && odd.code !== 'key-not-one-word'
      ? odd
      : inputFailure('key-not-a-pair', NO_PAIR, 'Copy both parts and paste them again.'),
  );
}

/** The id is no secret. A long one is shortened in its middle, as the vendor prints them: both ends tell keys apart. */
export function nameOfKey(pasted: string): string {
  const id = pairOf(pasted)?.id ?? '';
  return `API key ${id.length > ID_SHOWN_MAX ? `${id.slice(0, ID_HEAD)}…${id.slice(-ID_TAIL)}` : id}`.trimEnd();
}
