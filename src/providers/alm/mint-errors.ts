import type { ErrorRow } from '../../http/failure.ts';

const MINTS = ['tokenByKey', 'tokenByPassword'];

/** Nothing lists or ends a token, so there is no place to look whether one was made. */
const ISSUED = 'A token may have been issued all the same: nobody holds it, and it ends by itself.';

export const KEY_OR_SERVER =
  'The server failed and did not say why. It answers so while the ALM Server behind it is down, and in some versions also for a deleted API key.';
export const ASK_SETTINGS =
  'Check the connection under Settings: if the ALM Server answers there, the key is most likely dead.';

/** Failures after which nobody knows whether a token was made, ordered. */
export const mintErrors: readonly ErrorRow[] = [
  {
    name: 'mint-or-key',
    operations: ['tokenByKey'],
    status: [500],
    error: ['500'],
    happened: 'unknown',
    fault: 'provider',
    sentence: KEY_OR_SERVER,
    next: `${ISSUED} ${ASK_SETTINGS}`,
    quotesServer: true,
  },
  {
    name: 'mint-failed',
    operations: ['tokenByPassword'],
    status: [500],
    error: ['500'],
    happened: 'unknown',
    fault: 'provider',
    sentence:
      'The server failed when it was asked for a token. Most likely the ALM Server behind the REST API is not running.',
    next: `${ISSUED} Check the connection under Settings: it shows whether the ALM Server answers.`,
    quotesServer: true,
  },
  {
    name: 'mint-broken',
    operations: MINTS,
    status: [500, 502, 504],
    happened: 'unknown',
    fault: 'provider',
    sentence: 'The server, or something before it, failed when it was asked for a token (status {status}).',
    next: `${ISSUED} Ask again; if it stays like this, tell whoever runs the server.`,
  },
  {
    name: 'mint-without-token',
    operations: MINTS,
    status: [200],
    contentType: /json/i,
    happened: 'unknown',
    fault: 'provider',
    sentence: 'The server said yes, and its answer holds no token that could be used.',
    next: `${ISSUED} Ask again; if it stays like this, tell whoever runs the server.`,
  },
  {
    name: 'mint-lost',
    phase: ['sent'],
    operations: MINTS,
    happened: 'unknown',
    fault: 'network',
    sentence: 'The request for a token was sent, and its answer was lost on the way{detail}.',
    next: `${ISSUED} Ask for a token again.`,
  },
];
