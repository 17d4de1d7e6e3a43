import { fail, succeed } from '../../lib/result.ts';
import type { LogOutFace } from '../session-face.ts';
import { explainReply } from './errors.ts';

/** 204, also where the session is already over, so it may be repeated. A 200 with a page is a question, not an end. */
export const logOut: LogOutFace = {
  operation: 'logOut',
  needsRefreshToken: true,
  // Without a refresh token the field is left out, and the gateway refuses: the server would take an empty one for a browser.
  params: ({ refreshToken }) => (refreshToken === undefined ? {} : { refresh_token: refreshToken }),
  read(reply) {
    const { phase, status, body } = reply.envelope;
    const over = phase === 'answered' && (status === 204 || (status === 200 && body.trim() === ''));
    return over ? succeed(null) : fail(explainReply(reply, 'logOut'));
  },
  survives: 'An access token that was copied out still passes where only its signature is checked, until it expires.',
};
