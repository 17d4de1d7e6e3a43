import { isWebPage } from '../../http/common-errors.ts';
import type { Probe } from '../session-face.ts';
import { isAddressedTo } from './claims.ts';
import { countAccountSessions } from './replies.ts';

/** Is the access token live? A token of a client that lacks the audience `account` is refused here although it lives. */
export const probe: Probe = {
  operation: 'accountSessions',
  params: ({ accessToken }) => ({ token: accessToken }),
  read(reply, { accessToken }) {
    const { phase, status } = reply.envelope;
    if (phase !== 'answered') return { verdict: 'unknown', evidence: 'No answer came from the server.' };
    if (status === 200 && countAccountSessions(reply.json) !== undefined) {
      return { verdict: 'live', evidence: 'The server answered with the user’s sessions.' };
    }
    if (status === 401 && !isAddressedTo(accessToken, 'account')) {
      return {
        verdict: 'unknown',
        evidence: 'The server answered 401, as it does to every token that is not meant for its account pages.',
      };
    }
    if (status === 401 && !isWebPage(reply))
      return { verdict: 'dead', evidence: 'The server answered 401 to the access token.' };
    return { verdict: 'unknown', evidence: `The server answered ${String(status)}, which proves neither.` };
  },
};
