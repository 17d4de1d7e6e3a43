import type { SpendingRefresh } from '../session-face.ts';
import { companionOf } from '../tokens.ts';
import { readTokens } from './oauth-tokens.ts';

/** Spends the refresh token. Using one twice ends the whole grant, the living access token included. */
export const refresh: SpendingRefresh = {
  kind: 'single-use',
  operation: 'refresh',
  // Without one the field is left out, and the gateway refuses before anything is sent.
  params: ({ refreshToken }) => (refreshToken === undefined ? {} : { refresh_token: refreshToken }),
  read: (reply, before) => readTokens(reply, 'refresh', companionOf(before, 'scope')),
};
