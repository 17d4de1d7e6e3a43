import type { IdentityCall } from '../sign-in-way.ts';
import type { Reply } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { plainText } from '../../http/redact.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import type { Identity } from '../tokens.ts';
import { explainReply, saysYes } from './errors.ts';
import { readUserReply } from './replies.ts';

/** Who the token belongs to. The vendor's `displayName` is passed over: on other objects it holds a secret. */
export function readSelf(reply: Reply): Result<{ readonly identity: Identity }, Failure> {
  const user = saysYes(reply) ? readUserReply(reply.json) : undefined;
  if (!user) return fail(explainReply(reply, 'self'));
  const fullName = [user.firstname, user.lastname].filter(Boolean).join(' ');
  const name = plainText(user.email ?? (fullName || (user.nickname ?? user.id)));
  return succeed({ identity: { name, id: plainText(user.id) } });
}

export const identify: IdentityCall = {
  operation: 'self',
  params: ({ accessToken }) => ({ token: accessToken }),
  read: readSelf,
};
