/** The server's replies, as far as the console relies on them. What else they hold is ignored. */
import {
  anything,
  either,
  exactly,
  fields,
  listOf,
  matching,
  nonEmpty,
  number,
  seconds,
  word,
  type Reader,
  type Taken,
} from '../reply-fields.ts';

const wholeNumber: Reader<number> = (value) => {
  const found = number(value);
  return found !== undefined && Number.isSafeInteger(found) && found >= 0 ? found : undefined;
};

/** A number in the server's code, digits in a string in its documentation. */
const idOrDigits = either(wholeNumber, matching(/^\d{1,18}$/));

export const readAccessKeyReply = fields(
  { id: idOrDigits },
  {
    description: nonEmpty,
    // Null is “no end”, which is not the same as a field that is missing.
    expiration_date: anything,
    last_used_on: nonEmpty,
    // An address, not a user.
    last_used_by: nonEmpty,
    scopes: listOf(fields({ identifier: nonEmpty }, {})),
    creation_date: nonEmpty,
  },
);

export const readAccessKeyList = listOf(readAccessKeyReply);

/** The whole key, with the number of its row in it; nothing else is said of it. */
export const readNewKeyReply = fields({ identifier: word(512) }, {});

/** `status` is told to whoever is signed in: A active, R restricted, S suspended, D deleted, others not approved yet. */
export const readAccountReply = fields(
  { id: wholeNumber, is_anonymous: exactly(false) },
  { username: nonEmpty, real_name: nonEmpty, display_name: nonEmpty, status: matching(/^[A-Z]$/) },
);

export type AccountReply = Taken<typeof readAccountReply>;

export const readAccountList = listOf(readAccountReply);

export type AccessKeyReply = Taken<typeof readAccessKeyReply>;

/** Undefined for the anonymous user too, whom the server describes with the same fields. */
export const readSignedInUser = fields(
  { is_anonymous: exactly(false), id: wholeNumber },
  { username: nonEmpty, real_name: nonEmpty, display_name: nonEmpty },
);

const readAnonymousUser = fields({ is_anonymous: exactly(true) }, {});

export const isAnonymousUser = (json: unknown): boolean => readAnonymousUser(json) !== undefined;

export const readRestTokenReply = fields({ user_id: idOrDigits, token: word(512) }, {});

/** What an operation takes at most. */
const oauthToken = word(8_192);

export const readOAuthReply = fields(
  { access_token: oauthToken },
  { refresh_token: oauthToken, expires_in: seconds, token_type: nonEmpty },
);

export const readUserinfoReply = fields(
  { sub: nonEmpty },
  { preferred_username: nonEmpty, name: nonEmpty, email: nonEmpty },
);

export const readVersionReply = fields({ version_number: nonEmpty }, { flavor_name: nonEmpty });

const readError = fields(
  {},
  {
    error: either(nonEmpty, fields({}, { message: nonEmpty, i18n_error_message: nonEmpty })),
    error_description: nonEmpty,
  },
);

export const readErrorBody = (json: unknown): Taken<typeof readError> => readError(json) ?? {};
