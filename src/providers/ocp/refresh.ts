import type { SpendingRefresh } from '../session-face.ts';
import { readTokens } from './tokens.ts';

/** Whether the server rotates refresh tokens cannot be known beforehand, so every one counts as single-use. */
export const refresh: SpendingRefresh = {
  kind: 'single-use',
  operation: 'refresh',
  // Without one the field is left out, and the gateway refuses before anything is sent.
  params: ({ refreshToken }) => (refreshToken === undefined ? {} : { refresh_token: refreshToken }),
  read: (reply, before) => readTokens(reply, 'refresh', before),
};
