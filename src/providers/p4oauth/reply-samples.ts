import { sampleReply } from '../../http/sample-reply.ts';
import type { ReplySample } from '../reply-sample.ts';

const TEXT = { headers: { 'content-type': 'text/plain' } };

export const replySamples: readonly ReplySample[] = [
  // The gateway has parked the code, and leaves nothing of the answer but its status.
  { operation: 'passwordGrant', reply: sampleReply(302, '', { headers: {} }), needed: [] },
  {
    operation: 'exchangeCode',
    reply: sampleReply(200, {
      access_token: 'canary-access-token',
      token_type: 'bearer',
      expires_in: 3_600,
      perforce_token: 'CANARY0TICKET',
    }),
    needed: ['access_token'],
  },
  { operation: 'p4token', reply: sampleReply(200, 'CANARY0TICKET', TEXT), needed: [] },
  { operation: 'p4token', reply: sampleReply(200, { perforce_token: 'CANARY0TICKET' }), needed: ['perforce_token'] },
  { operation: 'reachability', reply: sampleReply(401, 'Some words', TEXT), needed: [] },
  {
    operation: 'reachability',
    reply: sampleReply(401, { error: 'invalid_token', error_description: 'Some words' }),
    needed: [],
  },
];
