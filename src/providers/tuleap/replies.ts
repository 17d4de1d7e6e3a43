/** The server's replies, as far as the console relies on them. What else they hold is ignored. */
import '../../http/jitless.ts';
import * as z from 'zod/mini';
import { nonEmpty, seconds, tolerated, word } from '../reply-fields.ts';

const wholeNumber = z.number().check(z.int(), z.nonnegative());

/** A number in the server's code, digits in a string in its documentation. */
const idOrDigits = z.union([wholeNumber, z.string().check(z.regex(/^\d{1,18}$/))]);

const accessKeyReply = z.object({
  id: idOrDigits,
  description: tolerated(nonEmpty),
  // Null is “no end”, which is not the same as a field that is missing.
  expiration_date: z.optional(z.unknown()),
  last_used_on: tolerated(nonEmpty),
  last_used_by: tolerated(nonEmpty),
  scopes: tolerated(z.array(z.object({ identifier: nonEmpty }))),
});

export interface AccessKeyReply {
  readonly id: number | string;
  readonly description?: string | undefined;
  readonly expiration_date?: unknown;
  readonly last_used_on?: string | undefined;
  /** An address, not a user. */
  readonly last_used_by?: string | undefined;
  readonly scopes?: readonly { readonly identifier: string }[] | undefined;
}

export const readAccessKeyReply = (json: unknown): AccessKeyReply | undefined => accessKeyReply.safeParse(json).data;

const signedInUser = z.object({
  is_anonymous: z.literal(false),
  id: wholeNumber,
  username: tolerated(nonEmpty),
  real_name: tolerated(nonEmpty),
  display_name: tolerated(nonEmpty),
});

/** Undefined for the anonymous user too, whom the server describes with the same fields. */
export const readSignedInUser = (json: unknown): z.infer<typeof signedInUser> | undefined =>
  signedInUser.safeParse(json).data;

const anonymousUser = z.object({ is_anonymous: z.literal(true) });

export const isAnonymousUser = (json: unknown): boolean => anonymousUser.safeParse(json).success;

const restTokenReply = z.object({ user_id: idOrDigits, token: word(512) });

export const readRestTokenReply = (json: unknown): z.infer<typeof restTokenReply> | undefined =>
  restTokenReply.safeParse(json).data;

/** What an operation takes at most. */
const oauthToken = word(8_192);

const oauthReply = z.object({
  access_token: oauthToken,
  refresh_token: tolerated(oauthToken),
  expires_in: tolerated(seconds),
  token_type: tolerated(nonEmpty),
});

export const readOAuthReply = (json: unknown): z.infer<typeof oauthReply> | undefined =>
  oauthReply.safeParse(json).data;

const userinfoReply = z.object({
  sub: nonEmpty,
  preferred_username: tolerated(nonEmpty),
  name: tolerated(nonEmpty),
  email: tolerated(nonEmpty),
});

export const readUserinfoReply = (json: unknown): z.infer<typeof userinfoReply> | undefined =>
  userinfoReply.safeParse(json).data;

const versionReply = z.object({ version_number: nonEmpty, flavor_name: tolerated(nonEmpty) });

export const readVersionReply = (json: unknown): z.infer<typeof versionReply> | undefined =>
  versionReply.safeParse(json).data;

const errorBody = z.object({
  error: tolerated(
    z.union([nonEmpty, z.object({ message: tolerated(nonEmpty), i18n_error_message: tolerated(nonEmpty) })]),
  ),
  error_description: tolerated(nonEmpty),
});

export const readErrorBody = (json: unknown): z.infer<typeof errorBody> => errorBody.safeParse(json).data ?? {};
