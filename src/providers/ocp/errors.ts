import type { Reply } from '../../http/call.ts';
import type { ErrorFacts, ErrorRow, Failure } from '../../http/failure.ts';
import { explain } from '../explain.ts';
import { clientErrors, otherClientErrors } from './client-errors.ts';
import { refreshErrors } from './refresh-errors.ts';
import { readErrorBody } from './replies.ts';
import { signInErrors } from './sign-in-errors.ts';

const PAGE_READ_MAX = 8_192;

/** Read from the first line on: what every operation shares, then what one of them means, then what is left. */
export const errors: readonly ErrorRow[] = [...clientErrors, ...refreshErrors, ...signInErrors, ...otherClientErrors];

/** Some answers carry a code and a description, some only a sentence for people as the code, some a web page. */
export function readError({ json, envelope }: Reply): ErrorFacts {
  const { error, error_description: description } = readErrorBody(json);
  if (error === undefined) return json === undefined ? { text: envelope.body.slice(0, PAGE_READ_MAX) } : {};
  return { error, text: description ?? error };
}

/** What a reply that is not a success of this operation means. */
export const explainReply = (reply: Reply, operation: string): Failure =>
  explain({ errors, readError }, reply, operation);
