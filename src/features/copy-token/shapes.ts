/** The shapes in which a token can be copied: pure functions over a vendor's example call. */
import { fail, type Result } from '../../lib/result.ts';
import type { ExampleCall, Template } from '../../providers/session-face.ts';
import { curl, writeAs, type Shape } from './first-shape.ts';
import { quoteDotenv } from './quote-dotenv.ts';
import { fitsHttpie, startsLikeSeparator } from './quote-httpie.ts';
import { fetchScript } from './shape-fetch.ts';
import { httpieCommand } from './shape-httpie.ts';
import { pythonScript } from './shape-python.ts';
import type { Choice, Form, ShapeId } from './shape-names.ts';
import { fill, piecesOf, ridesInQuery } from './template-pieces.ts';

export const shapes: readonly Shape[] = [
  { id: 'token', shell: false, write: (call, form) => inline(call.token, call, form) },
  { id: 'header', shell: false, write: headerLine },
  curl,
  { id: 'fetch', shell: false, write: fetchScript },
  { id: 'httpie', shell: true, write: httpieCommand },
  { id: 'dotenv', shell: true, write: dotenvLines },
  { id: 'python', shell: false, write: pythonScript },
];

function shapeOf(id: ShapeId): Shape {
  const shape = shapes.find((candidate) => candidate.id === id);
  if (!shape) throw new Error(`There is no shape of this name: ${id}`);
  return shape;
}

/** See `writeAs`. */
export function writeShape(call: ExampleCall, { shape: id, form }: Choice): Result<string, string> {
  const written = writeAs(shapeOf(id), call, form);
  const values = [...call.headers, ...call.query].map(({ value }) => value);
  if (written.ok && id === 'httpie' && !values.every((value) => httpieCarries(value, form))) {
    return fail('This token holds a character that HTTPie reads as its own syntax, with no way to escape it.');
  }
  return written;
}

/** A value that begins with a variable cannot be escaped in advance, so what the variable holds must need no escape. */
function httpieCarries(value: Template, form: Form): boolean {
  const beginsWithVariable = form === 'variable' && typeof value[0] === 'object';
  return fitsHttpie(fill(value)) && !(beginsWithVariable && startsLikeSeparator(fill(value)));
}

/** Plain text with `$NAME` for a variable. */
const inline = (template: Template, call: ExampleCall, form: Form): string =>
  piecesOf(template, call, form)
    .map((piece) => (piece.kind === 'text' ? piece.text : `$${piece.name}`))
    .join('');

/** The whole header, or the whole parameter encoded as it stands in an address. */
function headerLine(call: ExampleCall, form: Form): string {
  if (!ridesInQuery(call)) return inline(call.header, call, form);
  const encoded = call.header.map((part) =>
    typeof part === 'string' ? part : { secret: form === 'secret' ? encodeURIComponent(part.secret) : part.secret },
  );
  return inline(encoded, call, form);
}

/** With a variable's name in place of the secret this is the `.env.example` that may stand in a repository. */
function dotenvLines(call: ExampleCall, form: Form): string {
  return call.variables.map(({ name, value }) => `${name}=${form === 'secret' ? quoteDotenv(value) : ''}`).join('\n');
}
