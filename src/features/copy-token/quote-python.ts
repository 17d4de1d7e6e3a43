import { escapeUnprintable } from './escape-code-unit.ts';
import type { Piece } from './template-pieces.ts';

/** A Python string literal in single quotes (Language Reference, 2.5). */
export const quotePython = (text: string): string => `'${escapeUnprintable(text.replace(/[\\']/g, '\\$&'))}'`;

/** A Python expression; a variable is read from `os.environ`. */
export const pythonExpression = (pieces: readonly Piece[]): string =>
  pieces.length === 0
    ? "''"
    : pieces
        .map((piece) => (piece.kind === 'text' ? quotePython(piece.text) : `os.environ[${quotePython(piece.name)}]`))
        .join(' + ');
