import type { Reply } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import type { Hands } from './hands.ts';

export const gatewayAway: Failure = {
  code: 'gateway-away',
  happened: 'no',
  fault: 'network',
  sentence: 'The gateway of this console does not answer.',
  next: 'Nothing was sent. Check that the program is running, then try again.',
  status: null,
};

const connectionGone: Failure = {
  code: 'connection-gone',
  happened: 'no',
  fault: 'configuration',
  sentence: 'The operator’s file no longer names this connection.',
  next: 'Nothing was sent. Put the connection back into the file, then try again.',
  status: null,
};

/** Why a connection is not to be had. Asks the gateway, so that one that went away since is not taken at its last word. */
export const whyNoConnection = async (hands: Pick<Hands, 'boot'>): Promise<Failure> =>
  (await hands.boot()) === undefined ? gatewayAway : connectionGone;

/** No gateway answered, or none that could be read: the call may never have left this machine. */
export const gatewayWentAway = ({ envelope: { phase, cause } }: Reply): boolean =>
  phase === 'sent' && cause?.code === 'gateway-unreachable';
