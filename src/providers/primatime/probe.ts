import type { Probe } from '../session-face.ts';
import { readError } from './errors.ts';
import { readSelf } from './self.ts';

/** Is the token live? */
export const probe: Probe = {
  operation: 'self',
  params: ({ accessToken }) => ({ token: accessToken }),
  read(reply) {
    const { phase, status } = reply.envelope;
    if (phase !== 'answered') return { verdict: 'unknown', evidence: 'No answer came from the server.' };
    if (readSelf(reply).ok) return { verdict: 'live', evidence: 'The server answered with the token’s own user.' };
    const { error } = readError(reply);
    if (error === 'PE01-1010')
      return { verdict: 'dead', evidence: 'The server answered that the token is over (PE01-1010).' };
    return { verdict: 'unknown', evidence: `The server answered ${error ?? String(status)}, which proves neither.` };
  },
};
