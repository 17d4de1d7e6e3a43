import type { ExampleCall } from '../../providers/session-face.ts';
import { httpieItem } from './quote-httpie.ts';
import { quoteShell, quoteShellPieces } from './quote-shell.ts';
import type { Form } from './shape-names.ts';
import { piecesOf } from './template-pieces.ts';

/** A command for a POSIX shell. */
export function httpieCommand(call: ExampleCall, form: Form): string {
  const items = [
    ...call.headers.map(({ name, value }) => httpieItem(name, ':', piecesOf(value, call, form))),
    ...call.query.map(({ name, value }) => httpieItem(name, '==', piecesOf(value, call, form))),
  ];
  return [`http ${call.method} ${quoteShell(call.url)}`, ...items.map(quoteShellPieces)].join(' \\\n  ');
}
