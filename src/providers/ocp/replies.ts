/** The server's replies, as far as the console relies on them. What else they hold is ignored. */
import '../../http/jitless.ts';
import * as z from 'zod/mini';

/** Visible ASCII, as RFC 6749 appendix A.12 but for the space: what a header can carry. At most what an operation takes. */
const token = z.string().check(z.regex(/^[\x21-\x7E]{1,32768}$/));

/** Seconds. Some servers send numbers as text. */
const seconds = z.union([
  z.number(),
  z.pipe(
    z.string().check(z.regex(/^\s*-?\d{1,12}(?:\.\d+)?\s*$/)),
    z.transform((text) => Number(text)),
  ),
]);

const SECONDS_MAX = 1e10;

/** A field that may be missing, or wrong, without the reply being of no use. */
const tolerated = <Schema extends z.ZodMiniType>(schema: Schema) => z.catch(z.optional(schema), undefined);

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

/** Seconds as milliseconds; undefined where it is missing or no lifetime at all. Negative stays negative. */
export const secondsToMs = (value: number | undefined): number | undefined =>
  value === undefined || !Number.isFinite(value) || Math.abs(value) > SECONDS_MAX ? undefined : value * 1_000;

const nonEmpty = z.string().check(z.minLength(1));

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
