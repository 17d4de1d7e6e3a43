import type { Reply } from '../../http/call.ts';
import type { ErrorFacts, ErrorRow, Failure } from '../../http/failure.ts';
import { explain } from '../explain.ts';
import { catchAllErrors, generalErrors } from './general-errors.ts';
import { keyErrors, uncodedKeyErrors } from './key-errors.ts';
import { readErrorBody } from './replies.ts';
import { tokenErrors } from './token-errors.ts';

const PAGE_READ_MAX = 8_192;
const CODE = /\bPE\d{2}-\d{4}\b/;
const DESCRIPTION = /<(description|message)>([^<]{1,500})<\/\1>/i;

/** Read from the first line on: what a token, a sign-in or a key can meet, then what any call can, then what has no code. */
export const errors: readonly ErrorRow[] = [
  ...tokenErrors,
  ...keyErrors,
  ...generalErrors,
  ...catchAllErrors,
  ...uncodedKeyErrors,
];

/**
 * An error may come with status 200, as XML or wrapped into a script call; its code is the same. An object that says so
 * with a status alone gets `status-` and the number as its code.
 */
export function readError({ json, envelope }: Reply): ErrorFacts {
  if (json === undefined) return readUnparsed(envelope.body.slice(0, PAGE_READ_MAX));
  const { code, status, message, description } = readErrorBody(json);
  const isError = code !== undefined || (status !== undefined && status >= 400);
  if (!isError) return {};
  const text = description ?? message;
  return { error: code ?? (status === 401 ? 'status-401' : 'status-other'), ...(text !== undefined && { text }) };
}

function readUnparsed(body: string): ErrorFacts {
  const error = CODE.exec(body)?.[0];
  return { ...(error !== undefined && { error }), text: DESCRIPTION.exec(body)?.[2] ?? body };
}

/** What a reply that is not a success of this operation means. */
export const explainReply = (reply: Reply, operation: string): Failure =>
  explain({ errors, readError }, reply, operation);

/** Answered, with a status that says yes and a body that does not say no. */
export function saysYes(reply: Reply): boolean {
  const { phase, status } = reply.envelope;
  const accepted = phase === 'answered' && status !== null && status >= 200 && status < 300;
  return accepted && readError(reply).error === undefined;
}
