import { readJson } from '../../http/json.ts';
import { fromBase64Url } from '../../lib/base64.ts';
import { readClaimsBody, type Claims } from './replies.ts';

/**
 * What an access token says of itself (RFC 7519), unchecked: for showing, never for deciding. Empty where it is not a
 * JWT or says nothing.
 */
export function readClaims(accessToken: string): Claims {
  const payload = fromBase64Url(accessToken.split('.')[1] ?? '');
  return payload ? readClaimsBody(readJson(new TextDecoder().decode(payload))) : {};
}

/** Whether the token names this audience (RFC 7519 section 4.1.3: one string, or a list). No where that cannot be read. */
export function isAddressedTo(accessToken: string, audience: string): boolean {
  const payload = fromBase64Url(accessToken.split('.')[1] ?? '');
  const claims = payload ? readJson(new TextDecoder().decode(payload)) : undefined;
  if (typeof claims !== 'object' || claims === null || !('aud' in claims)) return false;
  return Array.isArray(claims.aud) ? claims.aud.includes(audience) : claims.aud === audience;
}
