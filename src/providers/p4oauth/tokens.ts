import type { Reply } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { plainText } from '../../http/redact.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import { isAccepted } from '../accepted.ts';
import { secondsToMs } from '../reply-fields.ts';
import type { ShownOnce } from '../sign-in-way.ts';
import type { Tokens } from '../tokens.ts';
import { explainReply, readError } from './errors.ts';
import { readTokenReply } from './replies.ts';

interface Exchanged {
  readonly tokens: Tokens;
  readonly shownOnce: readonly ShownOnce[];
}

/** The reply to the exchange of a code: the access token to keep, and the ticket of one host, which is only shown. */
export function readExchanged(
  reply: Reply,
  owner: { readonly login: string; readonly redirectUri: string },
): Result<Exchanged, Failure> {
  const good = isAccepted(reply) && readError(reply).error === undefined;
  const body = good ? readTokenReply(reply.json) : undefined;
  if (!body) return fail(explainReply(reply, 'exchangeCode'));
  // No documented reply has a lifetime; a server may have been changed since.
  const lifeMs = secondsToMs(body.expires_in);
  return succeed({
    tokens: {
      accessToken: body.access_token,
      accessExpiry:
        lifeMs === undefined
          ? { kind: 'unknown' }
          : { kind: 'relative', lifeMs: Math.max(lifeMs, 0), anchorMs: reply.startedAtMs },
      companions: owner,
      facts: body.token_type === undefined ? [] : [{ label: 'Token type', value: plainText(body.token_type) }],
    },
    shownOnce: body.perforce_token === undefined ? [] : [ticketOfThisHost(body.perforce_token)],
  });
}

const ticketOfThisHost = (secret: string): ShownOnce => ({
  label: 'p4d ticket (perforce_token)',
  secret,
  note: 'Good only on the host that the server has registered with this console’s redirect URI, and not stored here: the access token can fetch a ticket again. One lives 12 hours, unless a group of the Perforce server says otherwise.',
});
