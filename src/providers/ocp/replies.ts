/** The server's replies, as far as the console relies on them. What else they hold is ignored. */
import { fields, listOf, nonEmpty, seconds, text, word, type Taken } from '../reply-fields.ts';

/** RFC 6749 appendix A.12 but for the space. At most what an operation takes. */
const token = word(32_768);

/** Undefined where there is no token in it that could be used. */
export const readTokenReply = fields(
  { access_token: token },
  {
    refresh_token: token,
    expires_in: seconds,
    refresh_expires_in: seconds,
    token_type: text,
    session_state: text,
    scope: text,
  },
);

export type TokenReply = Taken<typeof readTokenReply>;

const readError = fields({}, { error: nonEmpty, error_description: nonEmpty });

export const readErrorBody = (json: unknown): Taken<typeof readError> => readError(json) ?? {};

export const readDiscoveryReply = fields({ issuer: nonEmpty, token_endpoint: nonEmpty }, {});

const readAccountSessions = listOf(fields({ id: nonEmpty }, {}));

/** How many sessions the account has; undefined where the reply is not such a list. */
export const countAccountSessions = (json: unknown): number | undefined => readAccountSessions(json)?.length;

const roles = fields({ roles: listOf(text) }, {});

const readBody = fields(
  {},
  {
    sub: nonEmpty,
    sid: nonEmpty,
    realm_access: roles,
    resource_access: fields({}, { account: roles, 'master-realm': roles, 'realm-management': roles }),
  },
);

/** The user's id, the session's id, and roles. A client with trimmed scopes writes none of them. */
export type Claims = Taken<typeof readBody>;

export const readClaimsBody = (json: unknown): Claims => readBody(json) ?? {};
