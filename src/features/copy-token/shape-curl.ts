import type { ExampleCall } from '../../providers/session-face.ts';
import { quoteShell, quoteShellPieces } from './quote-shell.ts';
import type { Form } from './shape-names.ts';
import { piecesOf, type Piece } from './template-pieces.ts';

/** A command for a POSIX shell. Query values are encoded by curl itself, so that a variable's are encoded as well. */
export function curlCommand(call: ExampleCall, form: Form): string {
  const words = [
    ['curl', ...(call.query.length > 0 ? ['--get'] : []), ...globbing(call.url), quoteShell(call.url)].join(' '),
    ...call.headers.map(({ name, value }) => `-H ${quoteShellPieces(join(`${name}: `, piecesOf(value, call, form)))}`),
    ...call.query.map(
      ({ name, value }) =>
        `--data-urlencode ${quoteShellPieces(join(`${encodeURIComponent(name)}=`, piecesOf(value, call, form)))}`,
    ),
  ];
  return words.join(' \\\n  ');
}

/** curl reads brackets and braces in an address as a list of addresses. */
const globbing = (url: string): readonly string[] => (/[[\]{}]/.test(url) ? ['--globoff'] : []);

function join(text: string, pieces: readonly Piece[]): readonly Piece[] {
  const [first, ...rest] = pieces;
  if (first?.kind === 'text') return [{ kind: 'text', text: text + first.text }, ...rest];
  return [{ kind: 'text', text }, ...pieces];
}
