import type { Reply } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import type { Expiry } from '../../lib/time.ts';
import { isAccepted } from '../accepted.ts';
import { secondsToMs } from '../reply-fields.ts';
import type { Fact, Tokens } from '../tokens.ts';
import { explainReply } from './errors.ts';
import { readOAuthReply } from './replies.ts';

/** The server tells it with that scope alone; `email` without it names nobody. */
const untold: Fact = { label: 'Whose it is', value: 'not told: the scope openid was not asked for' };

/** Fixed in the server's code; no reply says it. Each refresh brings a token that lives as long again. */
const REFRESH_LIFE_MS = 6 * 60 * 60 * 1_000;

/**
 * The pair in a reply of the token endpoint. A reply without a refresh token gives tokens without one: an old one is used
 * up, whatever the reply says.
 */
export function readTokens(reply: Reply, operation: string, scope: string): Result<Tokens, Failure> {
  const body = isAccepted(reply) ? readOAuthReply(reply.json) : undefined;
  if (!body) return fail(explainReply(reply, operation));
  const lifeFrom = (lifeMs: number): Expiry => ({
    kind: 'relative',
    lifeMs: Math.max(lifeMs, 0),
    anchorMs: reply.startedAtMs,
  });
  const lifeMs = secondsToMs(body.expires_in);
  return succeed({
    accessToken: body.access_token,
    accessExpiry: lifeMs === undefined ? { kind: 'unknown' } : lifeFrom(lifeMs),
    ...(body.refresh_token !== undefined && {
      refreshToken: body.refresh_token,
      refreshExpiry: lifeFrom(REFRESH_LIFE_MS),
    }),
    companions: { scope },
    facts: [{ label: 'Scopes asked for', value: scope }, ...(scope.split(' ').includes('openid') ? [] : [untold])],
  });
}
