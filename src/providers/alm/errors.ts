import type { Reply } from '../../http/call.ts';
import type { ErrorFacts, ErrorRow, Failure } from '../../http/failure.ts';
import { explain } from '../explain.ts';
import { callErrors } from './call-errors.ts';
import { credentialErrors } from './credential-errors.ts';
import { readErrorEntry } from './replies.ts';

const PAGE_READ_MAX = 8_192;

/** Read from the first line on: what a key or password can meet, then what any call can. */
export const errors: readonly ErrorRow[] = [...credentialErrors, ...callErrors];

/**
 * The vendor has no error codes: its `code` is the reason phrase of the status. So the status in the body is the code,
 * which shows that it was the API that spoke and not something before it.
 */
export function readError({ json, envelope }: Reply): ErrorFacts {
  if (json === undefined) return { text: envelope.body.slice(0, PAGE_READ_MAX) };
  const { message, statusCode } = readErrorEntry(json);
  const isError = statusCode !== undefined && statusCode >= 400 && envelope.status !== 206;
  return { ...(isError && { error: String(statusCode) }), ...(message !== undefined && { text: message }) };
}

/** What a reply that is not a success of this operation means. */
export const explainReply = (reply: Reply, operation: string): Failure =>
  explain({ errors, readError }, reply, operation);
