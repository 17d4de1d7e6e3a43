import { isWebPage } from '../../http/common-errors.ts';
import type { Probe } from '../session-face.ts';
import { isIssuesReply } from './replies.ts';
import { placeOf } from './tokens.ts';

/** Is the token live? A user who may not read issues has a live token all the same. */
export const probe: Probe = {
  operation: 'issues',
  params: (tokens) => ({ ...placeOf(tokens), token: tokens.accessToken }),
  read(reply) {
    const { phase, status } = reply.envelope;
    if (phase !== 'answered') return { verdict: 'unknown', evidence: 'No answer came from the server.' };
    if (status === 200 && isIssuesReply(reply.json)) {
      return { verdict: 'live', evidence: 'The server answered with the project’s issues.' };
    }
    if (isWebPage(reply)) {
      return { verdict: 'unknown', evidence: `A web page came with ${String(status)}, which proves neither.` };
    }
    if (status === 403) {
      return { verdict: 'live', evidence: 'The server knows the token and says that a licence or a right is missing.' };
    }
    if (status === 401) return { verdict: 'dead', evidence: 'The server answered 401 to the token.' };
    return { verdict: 'unknown', evidence: `The server answered ${String(status)}, which proves neither.` };
  },
};
