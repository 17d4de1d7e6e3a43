import type { Reply } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { shownName } from '../../http/redact.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import type { Expiry } from '../../lib/time.ts';
import { isAccepted } from '../accepted.ts';
import type { Target } from '../sign-in-way.ts';
import { companionOf, type Tokens } from '../tokens.ts';
import { readZonedDate } from '../zoned-date.ts';
import { explainReply } from './errors.ts';
import { readTokenReply } from './replies.ts';

/** A token is for one project, under one path name: both travel with it. */
export interface Place {
  readonly segment: string;
  readonly project: string;
}

export const placeOf = (tokens: Tokens): Place => ({
  segment: companionOf(tokens, 'segment'),
  project: companionOf(tokens, 'project'),
});

/** The token in the reply to a mint. */
export function readToken(
  reply: Reply,
  operation: string,
  segment: string,
  { id, label }: Target,
): Result<Tokens, Failure> {
  const minted = readMinted(reply, operation);
  if (!minted.ok) return minted;
  return succeed({
    ...minted.value,
    companions: { segment, project: id } satisfies Place,
    facts: [
      { label: 'Project', value: shownName(label) },
      { label: 'Project id', value: shownName(id) },
      { label: 'Path name', value: segment },
    ],
  });
}

/** The same for a token that takes the place of another. */
export function readTokenAgain(reply: Reply, operation: string, before: Tokens): Result<Tokens, Failure> {
  const minted = readMinted(reply, operation);
  return minted.ok ? succeed({ ...before, ...minted.value }) : minted;
}

function readMinted(reply: Reply, operation: string): Result<Pick<Tokens, 'accessToken' | 'accessExpiry'>, Failure> {
  const body = isAccepted(reply) ? readTokenReply(reply.json) : undefined;
  if (!body) return fail(explainReply(reply, operation));
  return succeed({ accessToken: body.accessToken, accessExpiry: expiryOf(body.expiresOn) });
}

/** By the server's clock. The token looks like a JWT; its own times are no numbers, and nothing here reads them. */
function expiryOf(value: unknown): Expiry {
  const serverMs = readZonedDate(value);
  return serverMs === undefined ? { kind: 'unknown' } : { kind: 'absolute', serverMs };
}
