import type { Doctor } from '../contract.ts';
import { explainReply, readError, saysYes } from './errors.ts';

const NO_TOKEN = 'PE01-1002';

/** Asks without a token: PrimaTime complains about that in its own words, anything else does not. */
export const doctor: Doctor = {
  operation: 'reachability',
  params: {},
  read(reply) {
    const { phase } = reply.envelope;
    const { error } = readError(reply);
    if (phase === 'answered' && error === NO_TOKEN) {
      return { standing: 'clear', sentence: 'PrimaTime answered, and knows the tenant.' };
    }
    if (saysYes(reply)) {
      return attention('Something answered that is not PrimaTime. Check the tenant and the base URL.');
    }
    return { ...explainReply(reply, 'reachability'), standing: 'attention' };
  },
};

const attention = (sentence: string) => ({ standing: 'attention', sentence }) as const;
