import type { Doctor } from '../contract.ts';
import { explainReply } from './errors.ts';

/** How a server refuses to hand out a ticket to somebody without a token. */
const REFUSALS = [400, 401, 403];

/** Asks for a ticket without a token. More than that somebody guards this address cannot be learnt without a credential. */
export const doctor: Doctor = {
  operation: 'reachability',
  params: {},
  read(reply) {
    const { phase, status } = reply.envelope;
    if (phase === 'answered' && status !== null && REFUSALS.includes(status)) {
      return {
        standing: 'clear',
        sentence: 'A server answered, and hands out no ticket without a token, as P4OAuth does.',
      };
    }
    if (phase === 'answered' && status !== null && status >= 200 && status < 300) {
      return attention('Something answered that is not P4OAuth: it asks for no token. Check host and port.');
    }
    return { ...explainReply(reply, 'reachability'), standing: 'attention' };
  },
};

const attention = (sentence: string) => ({ standing: 'attention', sentence }) as const;
