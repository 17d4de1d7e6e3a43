import { escapeUnprintable } from './escape-code-unit.ts';
import type { Piece } from './template-pieces.ts';

/** `</script` and `<!--` would end or comment out an inline script that the literal is pasted into. */
const safeInMarkup = (text: string): string => text.replaceAll('</', '<\\/').replaceAll('<!--', '<\\!--');

/** A JavaScript string literal in single quotes (ECMA-262, 12.9.4). */
export const quoteScript = (text: string): string =>
  `'${safeInMarkup(escapeUnprintable(text.replace(/[\\']/g, '\\$&')))}'`;

/** A JavaScript expression; a variable is read from `process.env`, as in Node. */
export function scriptExpression(pieces: readonly Piece[]): string {
  const [only, ...others] = pieces;
  if (!only) return "''";
  if (others.length === 0) return only.kind === 'text' ? quoteScript(only.text) : fromEnvironment(only.name);
  const inner = pieces.map((piece) =>
    piece.kind === 'variable'
      ? `\${${fromEnvironment(piece.name)}}`
      : safeInMarkup(escapeUnprintable(piece.text.replace(/[\\`]|\$(?=\{|$)/g, '\\$&'))),
  );
  return `\`${inner.join('')}\``;
}

const fromEnvironment = (name: string): string => `process.env.${name}`;
