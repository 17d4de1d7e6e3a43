import { readJson } from '../http/json.ts';
import { fromBase64Url } from '../lib/base64.ts';
import { isObject } from '../lib/shape.ts';
import { pastedWords } from './pasted-words.ts';

/** As long as any operation takes. */
const LENGTH_MAX = 32_768;
const COMPACT = /^eyJ[\w-]+\.eyJ[\w-]*\.[\w-]*$/;

/** A JSON web token in its compact form (RFC 7515 section 3.1), read and not checked: whoever pasted it may have made it up. */
export interface PastedJwt {
  readonly token: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Every such token of a pasted text, in its order. */
export function pastedJwts(text: string): readonly PastedJwt[] {
  return pastedWords(text).flatMap((token) => {
    if (token.length > LENGTH_MAX || !COMPACT.test(token)) return [];
    const [header, claims] = token.split('.').slice(0, 2).map(partOf);
    return isObject(header) && isObject(claims) ? [{ token, header, claims }] : [];
  });
}

function partOf(part: string): unknown {
  const bytes = fromBase64Url(part);
  return bytes && readJson(new TextDecoder().decode(bytes));
}

/** A claim that is a text; undefined where it is missing or anything else. */
export function textClaim({ claims }: PastedJwt, name: string): string | undefined {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
