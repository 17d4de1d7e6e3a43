import type { MintingRefresh } from '../session-face.ts';
import { placeOf, readTokenAgain } from './tokens.ts';

/** There is no refresh token: the kept API key mints a new one. The old one lives on until it expires. */
export const refresh: MintingRefresh = {
  kind: 'mint-again',
  operation: 'tokenByKey',
  params: (tokens, _connection, kept) => ({ ...placeOf(tokens), apiKey: kept['apiKey'] ?? '' }),
  read: (reply, before) => readTokenAgain(reply, 'tokenByKey', before),
  restart: {
    sentence: 'Perforce ALM no longer knew a token before its time: most likely the ALM Server was restarted.',
  },
};
