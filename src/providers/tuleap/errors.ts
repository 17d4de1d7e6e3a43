import type { Reply } from '../../http/call.ts';
import type { Envelope } from '../../http/envelope.ts';
import type { ErrorFacts, ErrorRow, Failure } from '../../http/failure.ts';
import { explain } from '../explain.ts';
import { gateErrors, otherErrors } from './gate-errors.ts';
import { oauthErrors } from './oauth-errors.ts';
import { readErrorBody } from './replies.ts';
import { restErrors } from './rest-errors.ts';

const PAGE_READ_MAX = 8_192;
const OAUTH_CODE = /^[a-z_]{1,64}$/;
const AUTHENTICATE_ERROR = /\berror="([a-z_]{1,64})"/;
const AUTHENTICATE_DESCRIPTION = /\berror_description="([^"]{1,200})"/;

/** Read from the first line on: what stands before every route, then the routes, then what is left. */
export const errors: readonly ErrorRow[] = [...gateErrors, ...oauthErrors, ...restErrors, ...otherErrors];

/**
 * Four shapes: an object of the REST framework (`api`, which has no codes of its own), a sentence of the gate before it
 * (`gate`), a code of OAuth2, and plain text. Userinfo alone says it in a header over an empty body.
 */
export function readError({ json, envelope }: Reply): ErrorFacts {
  const { error, error_description: description } = readErrorBody(json);
  if (typeof error === 'object') {
    // The translated words are the ones that the server means for people.
    const text = error.i18n_error_message ?? error.message;
    return { error: 'api', ...(text !== undefined && { text }) };
  }
  if (error !== undefined) {
    return OAUTH_CODE.test(error) ? { error, text: description ?? error } : { error: 'gate', text: error };
  }
  if (json !== undefined) return {};
  return envelope.body.trim() === '' ? readAuthenticate(envelope) : { text: envelope.body.slice(0, PAGE_READ_MAX) };
}

/** RFC 6750 section 3. The REST routes send this header too, quoted so that nobody can read it, and always with a body. */
function readAuthenticate({ headers }: Envelope): ErrorFacts {
  const said = headers['x-vendor-authenticate'] ?? '';
  const error = AUTHENTICATE_ERROR.exec(said)?.[1];
  const text = AUTHENTICATE_DESCRIPTION.exec(said)?.[1];
  return { ...(error !== undefined && { error }), ...(text !== undefined && { text }) };
}

/** What a reply that is not a success of this operation means. */
export const explainReply = (reply: Reply, operation: string): Failure =>
  explain({ errors, readError }, reply, operation);
