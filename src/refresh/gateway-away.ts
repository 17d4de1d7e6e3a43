import type { Reply } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import type { Hands } from './hands.ts';

/** A machine without a line still reaches itself, so that the line is down does not say that the program runs. */
export const gatewayAway = ({ online }: Pick<Hands, 'online'>): Failure => ({
  code: 'gateway-away',
  happened: 'no',
  fault: 'network',
  sentence: `${online() ? 'The' : 'This browser is offline, and the'} gateway of this console does not answer.`,
  next: `Nothing was sent. ${online() ? 'Check that the program is running, then try again.' : 'Try again when the line is back.'}`,
  status: null,
});

const connectionGone: Failure = {
  code: 'connection-gone',
  happened: 'no',
  fault: 'configuration',
  sentence: 'The operator’s file no longer names this connection.',
  next: 'Nothing was sent. Put the connection back into the file, then try again.',
  status: null,
};

/** Why a connection is not to be had. Asks the gateway, so that one that went away since is not taken at its last word. */
export const whyNoConnection = async (hands: Pick<Hands, 'boot' | 'online'>): Promise<Failure> =>
  (await hands.boot()) === undefined ? gatewayAway(hands) : connectionGone;

/** No gateway answered, or none that could be read: the call may never have left this machine. */
export const gatewayWentAway = ({ envelope: { phase, cause } }: Reply): boolean =>
  phase === 'sent' && cause?.code === 'gateway-unreachable';
