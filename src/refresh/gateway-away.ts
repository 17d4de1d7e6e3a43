import type { Failure } from '../http/failure.ts';

export const gatewayAway: Failure = {
  code: 'gateway-away',
  happened: 'no',
  fault: 'network',
  sentence: 'The gateway of this console does not answer, or no longer knows this connection.',
  next: 'Nothing was sent. Check that the program is running and that its file still names the connection.',
  status: null,
};
