import type { Reply } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { plainText } from '../../http/redact.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import { isAccepted } from '../accepted.ts';
import type { Identity } from '../tokens.ts';
import { explainReply, readError } from './errors.ts';
import { isAnonymousUser, readSignedInUser, readUserinfoReply } from './replies.ts';

export interface Who {
  readonly identity: Identity;
  /** Where the server tells it. */
  readonly realName?: string;
}

/**
 * Whom the server took the caller of `/api/users/self` for. The route answers nobody in particular too, with 200: only a
 * user who is not anonymous and has a number is signed in.
 */
export function readWho(reply: Reply, operation: string): Result<Who, Failure> {
  const accepted = isAccepted(reply) && readError(reply).error === undefined;
  if (accepted && isAnonymousUser(reply.json)) return fail(nobody(reply));
  const user = accepted ? readSignedInUser(reply.json) : undefined;
  if (!user) return fail(explainReply(reply, operation));
  const id = String(user.id);
  const name = plainText(user.username ?? user.display_name ?? user.real_name ?? `user no. ${id}`);
  return succeed({
    identity: { name, id },
    ...(user.real_name !== undefined && { realName: plainText(user.real_name) }),
  });
}

const nobody = ({ envelope }: Reply): Failure => ({
  code: 'anonymous',
  happened: 'no',
  fault: 'credential',
  sentence: 'Tuleap answered, and took the caller for an anonymous visitor: it saw no credential.',
  next: 'Nobody is signed in. A proxy on the way may drop the header that carries the credential.',
  status: envelope.status,
});

/** The owner of an access token, by OpenID Connect's userinfo. Needs the scope `openid`. */
export function readOwner(reply: Reply): Result<Who, Failure> {
  const owner = isAccepted(reply) ? readUserinfoReply(reply.json) : undefined;
  if (!owner) return fail(explainReply(reply, 'userinfo'));
  const name = plainText(owner.preferred_username ?? owner.name ?? owner.email ?? `user no. ${owner.sub}`);
  return succeed({ identity: { name, id: plainText(owner.sub) } });
}
