import type { MintingRefresh } from '../session-face.ts';
import { missingProject } from './missing-project.ts';
import { placeOf, readTokenAgain } from './tokens.ts';

/** There is no refresh token: the kept API key mints a new one. Whether that ends the old one is unknown. */
export const refresh: MintingRefresh = {
  kind: 'mint-again',
  operation: 'tokenByKey',
  params: (tokens, _connection, kept) => ({ ...placeOf(tokens), apiKey: kept['apiKey'] ?? '' }),
  read: (reply, before) => readTokenAgain(reply, 'tokenByKey', before),
  clarify: missingProject,
};
