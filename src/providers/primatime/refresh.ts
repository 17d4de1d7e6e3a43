import type { SpendingRefresh } from '../session-face.ts';
import { readTokens } from './tokens.ts';

/** Spends the refresh token and brings a new one: whoever loses the answer loses the session. */
export const refresh: SpendingRefresh = {
  kind: 'single-use',
  operation: 'refresh',
  // Without one the parameter is left out, and the gateway refuses before anything is sent.
  params: ({ refreshToken }) => (refreshToken === undefined ? {} : { refresh_token: refreshToken }),
  read: (reply) => readTokens(reply, 'refresh'),
};

/** The same while there is a refresh token; after it a kept secret key signs in anew, which holds no place at the vendor. */
export const refreshOrSignIn: SpendingRefresh = {
  ...refresh,
  anew: {
    kind: 'mint-again',
    operation: 'signIn',
    params: (_tokens, _connection, kept) => ({ user: kept['secretKey'] ?? '', password: '' }),
    read: (reply) => readTokens(reply, 'signIn'),
  },
};
