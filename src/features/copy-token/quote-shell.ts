import type { Piece } from './template-pieces.ts';

/** Characters that mean something between double quotes; `!` only where a person types (history expansion). */
const ACTIVE_IN_DOUBLE_QUOTES = /["\\$`!\n\r]/;

/**
 * One word of a POSIX shell (XCU 2.2.2): nothing is special between single quotes but the single quote itself, which is
 * closed, escaped and opened again.
 */
export const quoteShell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** One word with variables in it: `"Bearer $TOKEN"`, or in pieces where the text around it would be expanded as well. */
export function quoteShellPieces(pieces: readonly Piece[]): string {
  const plain = pieces.every((piece) => piece.kind === 'variable' || !ACTIVE_IN_DOUBLE_QUOTES.test(piece.text));
  if (pieces.every((piece) => piece.kind === 'text')) return quoteShell(pieces.map((piece) => piece.text).join(''));
  if (!plain) {
    return pieces.map((piece) => (piece.kind === 'text' ? quoteShell(piece.text) : `"$${piece.name}"`)).join('');
  }
  const inner = pieces.map((piece, at) => (piece.kind === 'text' ? piece.text : reference(piece.name, pieces[at + 1])));
  return `"${inner.join('')}"`;
}

/** Braces only where the name would otherwise run into the text after it. */
function reference(name: string, next: Piece | undefined): string {
  const runsOn = next?.kind === 'text' && /^\w/.test(next.text);
  return runsOn ? `\${${name}}` : `$${name}`;
}
