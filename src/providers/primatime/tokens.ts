import type { Reply } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import type { Expiry } from '../../lib/time.ts';
import type { Tokens } from '../tokens.ts';
import { explainReply, saysYes } from './errors.ts';
import { readTokenReply } from './replies.ts';
import { readVendorDate } from './vendor-date.ts';

/**
 * The pair in the reply to a login or a refresh; both have the same form. A reply without a refresh token gives tokens
 * without one: the old one is used up, whatever the reply says.
 */
export function readTokens(reply: Reply, operation: string): Result<Tokens, Failure> {
  const body = saysYes(reply) ? readTokenReply(reply.json) : undefined;
  if (!body) return fail(explainReply(reply, operation));
  return succeed({
    accessToken: body.token,
    accessExpiry: expiryOf(body.expiration),
    ...(body.refreshtoken !== undefined && {
      refreshToken: body.refreshtoken,
      refreshExpiry: expiryOf(body.refreshexpiration),
    }),
    facts: [],
  });
}

/** By the server's clock. */
function expiryOf(value: unknown): Expiry {
  const serverMs = readVendorDate(value);
  return serverMs === undefined ? { kind: 'unknown' } : { kind: 'absolute', serverMs };
}
