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
