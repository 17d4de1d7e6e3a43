/** The server's replies, as far as the console relies on them. What else they hold is ignored. */
import '../../http/jitless.ts';
import * as z from 'zod/mini';
import { nonEmpty, seconds, tolerated, word } from '../reply-fields.ts';

/** What an operation takes at most. */
const token = word(8_192);

const tokenReply = z.object({
  access_token: token,
  perforce_token: tolerated(token),
  token_type: tolerated(nonEmpty),
  expires_in: tolerated(seconds),
});

export const readTokenReply = (json: unknown): z.infer<typeof tokenReply> | undefined =>
  tokenReply.safeParse(json).data;

const ticketObject = z.object({ perforce_token: token });
const ticketText = token;

/** The ticket in the text of a reply, or in an object that holds it; undefined where there is none. */
export const readTicketBody = (text: string, json: unknown): string | undefined =>
  ticketObject.safeParse(json).data?.perforce_token ??
  (typeof json === 'object' ? undefined : ticketText.safeParse(typeof json === 'string' ? json : text.trim()).data);

const errorBody = z.object({ error: tolerated(nonEmpty), error_description: tolerated(nonEmpty) });

export const readErrorBody = (json: unknown): z.infer<typeof errorBody> => errorBody.safeParse(json).data ?? {};
