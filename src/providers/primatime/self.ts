import type { IdentityCall } from '../contract.ts';
import type { Reply } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { plainText } from '../../http/redact.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import type { Identity } from '../contract.ts';
import { explainReply, saysYes } from './errors.ts';
import { readUserReply } from './replies.ts';

/** Who the token belongs to. The vendor's `displayName` is passed over: on other objects it holds a secret. */
export function readSelf(reply: Reply): Result<Identity, Failure> {
  const user = saysYes(reply) ? readUserReply(reply.json) : undefined;
  if (!user) return fail(explainReply(reply, 'self'));
  const fullName = [user.firstname, user.lastname].filter(Boolean).join(' ');
  return succeed({ name: plainText(user.email ?? (fullName || (user.nickname ?? user.id))), id: plainText(user.id) });
}

export const identify: IdentityCall = {
  operation: 'self',
  params: ({ accessToken }) => ({ token: accessToken }),
  read: readSelf,
};
