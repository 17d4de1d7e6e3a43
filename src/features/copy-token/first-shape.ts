/** A call as curl, which is what one sees first of the shapes; the others are in `shapes.ts`. */
import { fail, succeed, type Result } from '../../lib/result.ts';
import type { ExampleCall } from '../../providers/session-face.ts';
import { curlCommand } from './shape-curl.ts';
import { shapeLabels, type Form, type ShapeId } from './shape-names.ts';
import { fill } from './template-pieces.ts';

export interface Shape {
  readonly id: ShapeId;
  /** Read by a POSIX shell, which has no way to hold a NUL. */
  readonly shell: boolean;
  write(call: ExampleCall, form: Form): string;
}

export const curl: Shape = { id: 'curl', shell: true, write: curlCommand };

/** The text to copy, or the sentence that says why this token cannot be written in this shape. */
export function writeAs(shape: Shape, call: ExampleCall, form: Form): Result<string, string> {
  const values = [...call.headers, ...call.query].map(({ value }) => value);
  if (shape.shell && [call.token, ...values].some((value) => fill(value).includes('\0'))) {
    return fail(`This token holds a NUL character, which ${shapeLabels[shape.id]} cannot carry.`);
  }
  return succeed(shape.write(call, form));
}
