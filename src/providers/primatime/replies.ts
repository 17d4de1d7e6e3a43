/** The server's replies, as far as the console relies on them. What else they hold is ignored. */
import '../../http/jitless.ts';
import * as z from 'zod/mini';
import { nonEmpty, tolerated, word } from '../reply-fields.ts';

/** At most what an operation takes. */
const token = word(1_024);

/** The vendor's pages spell the same field `refreshToken` and `refreshtoken`. */
const lowerCased = (json: unknown): unknown =>
  typeof json === 'object' && json !== null && !Array.isArray(json)
    ? Object.fromEntries(Object.entries(json).map(([name, value]) => [name.toLowerCase(), value as unknown]))
    : undefined;

const tokenReply = z.object({
  token,
  expiration: z.optional(z.unknown()),
  refreshtoken: tolerated(token),
  refreshexpiration: z.optional(z.unknown()),
});

export interface TokenReply {
  readonly token: string;
  readonly expiration?: unknown;
  readonly refreshtoken?: string | undefined;
  readonly refreshexpiration?: unknown;
}

/** Undefined where there is no token in it that could be used. */
export const readTokenReply = (json: unknown): TokenReply | undefined => tokenReply.safeParse(lowerCased(json)).data;

/** The whole object also holds the user's secrets, so no more than this is ever taken out of it. */
const userReply = z.object({
  id: nonEmpty,
  email: tolerated(nonEmpty),
  firstname: tolerated(nonEmpty),
  lastname: tolerated(nonEmpty),
  nickname: tolerated(nonEmpty),
});

export const readUserReply = (json: unknown): z.infer<typeof userReply> | undefined =>
  userReply.safeParse(lowerCased(json)).data;

const errorBody = z.object({
  status: tolerated(z.number()),
  code: tolerated(z.string().check(z.regex(/^PE\d{2}-\d{4}$/))),
  message: tolerated(nonEmpty),
  description: tolerated(nonEmpty),
});

export const readErrorBody = (json: unknown): z.infer<typeof errorBody> =>
  errorBody.safeParse(lowerCased(json)).data ?? {};
