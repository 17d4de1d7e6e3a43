import type { Reply } from '../../http/call.ts';
import { isOfProxy, ofProxy } from '../../http/common-errors.ts';
import type { ErrorFacts, ErrorRow, Failure } from '../../http/failure.ts';
import { explain } from '../explain.ts';
import { exchangeErrors } from './exchange-errors.ts';
import { grantErrors } from './grant-errors.ts';
import { readErrorBody } from './replies.ts';
import { ticketErrors } from './ticket-errors.ts';

const PAGE_READ_MAX = 8_192;

/** No text of the vendor shows an error: these follow RFC 6749 and the statuses of HTTP. */
export const errors: readonly ErrorRow[] = [...grantErrors, ...exchangeErrors, ...ticketErrors];

/** RFC 6749 section 5.2 where the body is such an object, else whatever text there is. */
export function readError({ json, envelope }: Reply): ErrorFacts {
  const { error, error_description: description } = readErrorBody(json);
  if (error !== undefined) return { error, text: description ?? error };
  const { status, body } = envelope;
  // A ticket is text too, and must not be quoted as what a server said.
  const isRefusal = status !== null && status >= 400;
  return isRefusal && typeof json !== 'object' ? { text: body.slice(0, PAGE_READ_MAX) } : {};
}

/** What a reply that is not a success of this operation means: of a token, nothing where a proxy spoke. */
export function explainReply(reply: Reply, operation: string): Failure {
  const isProxys = reply.envelope.status === 401 && operation === 'p4token' && isOfProxy(reply);
  return explain({ errors: isProxys ? ofProxy : errors, readError }, reply, operation);
}
