import type { SpendingRefresh } from '../session-face.ts';
import { readTokens } from './tokens.ts';

/** Whether the server rotates refresh tokens cannot be known beforehand, so every one counts as single-use. */
export const refresh: SpendingRefresh = {
  kind: 'single-use',
  operation: 'refresh',
  // The idle time that ends the token ends the session. Of all others the session may live on and be counted.
  overAt: ['session-over', 'refresh-token-over'],
  // Without one the field is left out, and the gateway refuses before anything is sent.
  params: ({ refreshToken }) => (refreshToken === undefined ? {} : { refresh_token: refreshToken }),
  read: (reply, before) => readTokens(reply, 'refresh', before),
};
