import { fail, succeed } from '../../lib/result.ts';
import { isAccepted } from '../accepted.ts';
import type { LogOutFace } from '../session-face.ts';
import { explainReply, readError } from './errors.ts';
import { pairOf } from './sign-in-password.ts';

/** RFC 7009: 200 for any token, known or not, so the access token is tried afterwards. Either token ends the whole grant. */
export const revokeGrant: LogOutFace = {
  operation: 'revoke',
  params: ({ refreshToken, accessToken }) => ({ token: refreshToken ?? accessToken }),
  read: (reply) =>
    isAccepted(reply) && readError(reply).error === undefined ? succeed(null) : fail(explainReply(reply, 'revoke')),
  proven: true,
  survives: '',
  remains:
    'After a log out Tuleap still remembers that you allowed this console, until you remove it on your account’s page /plugins/oauth2_server/account/apps.',
};

export const deleteToken: LogOutFace = {
  operation: 'deleteToken',
  params: (tokens) => ({ ...pairOf(tokens), tokenToEnd: tokens.accessToken }),
  read(reply) {
    const { code } = explainReply(reply, 'deleteToken');
    const done = isAccepted(reply) && readError(reply).error === undefined;
    // A token that the server no longer takes has nothing left to end; that it is dead is proven afterwards.
    return done || code === 'credential-over' ? succeed(null) : fail(explainReply(reply, 'deleteToken'));
  },
  proven: true,
  survives: '',
};
