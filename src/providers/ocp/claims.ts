import { readJson } from '../../http/json.ts';
import { fromBase64Url } from '../../lib/base64.ts';
import { readClaimsBody, type Claims } from './replies.ts';

/** The JSON in the middle of a JWT (RFC 7519), unchecked: for showing, never for deciding. Undefined where it is none. */
export function payloadOf(accessToken: string): unknown {
  const payload = fromBase64Url(accessToken.split('.')[1] ?? '');
  return payload ? readJson(new TextDecoder().decode(payload)) : undefined;
}

/** What an access token says of itself. Empty where it is not a JWT or says nothing. */
export const readClaims = (accessToken: string): Claims => readClaimsBody(payloadOf(accessToken));

/** It can be read, and does not name this audience. */
export const isForOthers = (accessToken: string, audience: string): boolean =>
  payloadOf(accessToken) !== undefined && !isAddressedTo(accessToken, audience);

/** Whether the token names this audience (RFC 7519 section 4.1.3: one string, or a list). No where that cannot be read. */
export function isAddressedTo(accessToken: string, audience: string): boolean {
  const claims = payloadOf(accessToken);
  if (typeof claims !== 'object' || claims === null || !('aud' in claims)) return false;
  return Array.isArray(claims.aud) ? claims.aud.includes(audience) : claims.aud === audience;
}
