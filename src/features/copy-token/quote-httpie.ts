import type { Piece } from './template-pieces.ts';

/** What HTTPie's own grammar of request items gives a meaning to, beside the backslash. */
const SEPARATORS = ':;=@';

/**
 * Whether a value can be written as an HTTPie item at all: there a backslash before a separator always vanishes, however
 * many backslashes are put before it.
 */
export function fitsHttpie(value: string): boolean {
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] !== '\\') continue;
    at += 1;
    const next = value[at];
    if (next !== undefined && SEPARATORS.includes(next)) return false;
  }
  return true;
}

/** A separator in front of the value would make another separator of the two: `:@` reads a file. */
export const startsLikeSeparator = (value: string): boolean => value !== '' && SEPARATORS.includes(value.charAt(0));

/** `Name:value` (header) or `name==value` (query), before the shell's quotes. */
export function httpieItem(name: string, separator: ':' | '==', value: readonly Piece[]): readonly Piece[] {
  const key = name.replace(/[:;=@\\]/g, '\\$&') + separator;
  const [first, ...rest] = value;
  if (first?.kind !== 'text') return [{ kind: 'text', text: key }, ...value];
  const text = startsLikeSeparator(first.text) ? `\\${first.text}` : first.text;
  return [{ kind: 'text', text: key + text }, ...rest];
}
