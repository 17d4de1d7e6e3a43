import type { Reply } from '../../http/call.ts';
import { fail, succeed } from '../../lib/result.ts';
import { isAccepted } from '../accepted.ts';
import type { LogOutFace } from '../session-face.ts';
import { explainReply } from './errors.ts';
import { pairOf } from './sign-in-password.ts';

/** Both calls are answered with an empty 200. A 200 with anything in it came from something that stands before the server. */
const isDone = (reply: Reply): boolean => isAccepted(reply) && reply.envelope.body.trim() === '';

/** RFC 7009: 200 for any token, known or not, so the access token is tried afterwards. Either token ends the whole grant. */
export const revokeGrant: LogOutFace = {
  operation: 'revoke',
  params: ({ refreshToken, accessToken }) => ({ token: refreshToken ?? accessToken }),
  read: (reply) => (isDone(reply) ? succeed(null) : fail(explainReply(reply, 'revoke'))),
  proven: true,
  survives: '',
  remains:
    'After a log out Tuleap still remembers that you allowed this console, until you remove it on your account’s page /plugins/oauth2_server/account/apps.',
};

export const deleteToken: LogOutFace = {
  operation: 'deleteToken',
  params: (tokens) => ({ ...pairOf(tokens), tokenToEnd: tokens.accessToken }),
  read(reply) {
    const failure = explainReply(reply, 'deleteToken');
    // A token that the server no longer takes has nothing left to end; that it is dead is proven afterwards.
    return isDone(reply) || failure.code === 'credential-over' ? succeed(null) : fail(failure);
  },
  proven: true,
  survives: '',
};
