import type { Reply } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { plainText } from '../../http/redact.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import type { Expiry } from '../../lib/time.ts';
import type { Fact, Tokens } from '../tokens.ts';
import { readClaims } from './claims.ts';
import { explainReply } from './errors.ts';
import { secondsToMs } from '../reply-fields.ts';
import { readTokenReply, type TokenReply } from './replies.ts';

const unknown: Expiry = { kind: 'unknown' };

/** The pair in a reply of the token endpoint. `before` is the pair that was refreshed. */
export function readTokens(reply: Reply, operation: string, before?: Tokens): Result<Tokens, Failure> {
  const { phase, status } = reply.envelope;
  const answered = phase === 'answered' && status !== null && status >= 200 && status < 300;
  const body = answered ? readTokenReply(reply.json) : undefined;
  if (!body) return fail(explainReply(reply, operation));

  const serverSessionId = body.session_state || readClaims(body.access_token).sid || before?.serverSessionId;
  return succeed({
    accessToken: body.access_token,
    accessExpiry: lifeFrom(secondsToMs(body.expires_in), reply.startedAtMs),
    ...refreshPart(body, reply.startedAtMs, before),
    ...(serverSessionId && { serverSessionId: plainText(serverSessionId) }),
    facts: factsOf(body),
  });
}

/** A refresh that hands over no new refresh token leaves the old one good, with the end that it had. */
function refreshPart(
  body: TokenReply,
  startedAtMs: number,
  before?: Tokens,
): Pick<Tokens, 'refreshToken' | 'refreshExpiry'> {
  if (body.refresh_token !== undefined) {
    const lifeMs = secondsToMs(body.refresh_expires_in) ?? 0;
    // Zero is how the server writes “no end” here, for an offline session; less than that says nothing.
    return { refreshToken: body.refresh_token, refreshExpiry: lifeMs > 0 ? lifeFrom(lifeMs, startedAtMs) : unknown };
  }
  return {
    ...(before?.refreshToken !== undefined && { refreshToken: before.refreshToken }),
    ...(before?.refreshExpiry && { refreshExpiry: before.refreshExpiry }),
  };
}

/** Counted from the start of the request, so that it never lasts longer here than at the server. */
const lifeFrom = (lifeMs: number | undefined, anchorMs: number): Expiry =>
  lifeMs === undefined ? unknown : { kind: 'relative', lifeMs: Math.max(lifeMs, 0), anchorMs };

function factsOf({ scope, token_type: tokenType }: TokenReply): readonly Fact[] {
  const facts: Fact[] = [];
  if (scope) facts.push({ label: 'Scope', value: plainText(scope) });
  if (tokenType) facts.push({ label: 'Token type', value: plainText(tokenType) });
  return facts;
}
