import type { Reply } from '../../http/call.ts';
import { isCalledWebPage } from '../../http/common-errors.ts';
import type { Failure } from '../../http/failure.ts';
import type { ParamsOf } from '../../http/operation.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import { isAccepted } from '../accepted.ts';
import { companionOf, type Tokens } from '../tokens.ts';
import { explainReply, readError } from './errors.ts';
import type { operations } from './operations.ts';
import { readTicketBody } from './replies.ts';

/** Whose token it is, and which application the sign-in was for: the vendor wants both to name a ticket. */
export const ownerOf = (tokens: Tokens) => ({
  login: companionOf(tokens, 'login'),
  redirectUri: companionOf(tokens, 'redirectUri'),
});

/** For the ticket of the application that the sign-in was for. Another registered redirect URI may take its place. */
export const ticketParams = (tokens: Tokens): ParamsOf<typeof operations.p4token> => ({
  ...ownerOf(tokens),
  token: tokens.accessToken,
});

/** The p4d ticket in the reply to `p4token`, which comes as text. A login page that is answered with 200 is none. */
export function readTicket(reply: Reply): Result<string, Failure> {
  const good = isAccepted(reply) && !isCalledWebPage(reply) && readError(reply).error === undefined;
  const ticket = good ? readTicketBody(reply.envelope.body, reply.json) : undefined;
  return ticket === undefined ? fail(explainReply(reply, 'p4token')) : succeed(ticket);
}
