/** The server's replies, as far as the console relies on them. What else they hold is ignored. */
import '../../http/jitless.ts';
import * as z from 'zod/mini';
import { nonEmpty, seconds, tolerated, word } from '../reply-fields.ts';

/** RFC 6749 appendix A.12 but for the space. At most what an operation takes. */
const token = word(32_768);

const tokenReply = z.object({
  access_token: token,
  refresh_token: tolerated(token),
  expires_in: tolerated(seconds),
  refresh_expires_in: tolerated(seconds),
  token_type: tolerated(z.string()),
  session_state: tolerated(z.string()),
  scope: tolerated(z.string()),
});

export type TokenReply = z.infer<typeof tokenReply>;

/** Undefined where there is no token in it that could be used. */
export const readTokenReply = (json: unknown): TokenReply | undefined => tokenReply.safeParse(json).data;

const errorBody = z.object({ error: tolerated(nonEmpty), error_description: tolerated(nonEmpty) });

export const readErrorBody = (json: unknown): z.infer<typeof errorBody> => errorBody.safeParse(json).data ?? {};

const discoveryReply = z.object({ issuer: nonEmpty, token_endpoint: nonEmpty });

export const readDiscoveryReply = (json: unknown): z.infer<typeof discoveryReply> | undefined =>
  discoveryReply.safeParse(json).data;

const accountSessionsReply = z.array(z.looseObject({ id: nonEmpty }));

/** How many sessions the account has; undefined where the reply is not such a list. */
export const countAccountSessions = (json: unknown): number | undefined =>
  accountSessionsReply.safeParse(json).data?.length;

const claims = z.object({ sub: tolerated(nonEmpty), sid: tolerated(nonEmpty) });

export const readClaimsBody = (json: unknown): z.infer<typeof claims> => claims.safeParse(json).data ?? {};
