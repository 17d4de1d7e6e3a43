/** The server's replies, as far as the console relies on them. What else they hold is ignored. */
import { fields, nonEmpty, seconds, word, type Taken } from '../reply-fields.ts';

/** What an operation takes at most. */
const token = word(8_192);

export const readTokenReply = fields(
  { access_token: token },
  { perforce_token: token, token_type: nonEmpty, expires_in: seconds },
);

const readTicketObject = fields({ perforce_token: token }, {});

/** The ticket in the text of a reply, or in an object that holds it; undefined where there is none. */
export const readTicketBody = (text: string, json: unknown): string | undefined =>
  readTicketObject(json)?.perforce_token ??
  (typeof json === 'object' ? undefined : token(typeof json === 'string' ? json : text.trim()));

const readError = fields({}, { error: nonEmpty, error_description: nonEmpty });

export const readErrorBody = (json: unknown): Taken<typeof readError> => readError(json) ?? {};
