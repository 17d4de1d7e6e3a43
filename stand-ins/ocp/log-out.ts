/** Section 2: what ends a session or a token. */
import { authenticateClient } from './client-auth.ts';
import { logOutPage } from './pages.ts';
import { genuineRefreshToken } from './refresh-grant.ts';
import { detachClient } from './sessions.ts';
import { checkFields, checkHttps, checkRealm } from './token-endpoint.ts';
import { readAccess, readRefresh } from './tokens.ts';
import { checkOrigin, oauthError } from './visit.ts';
import type { Reply, Visit } from './visit.ts';

/**
 * Ends the whole user session. Neither the token's own end nor its reuse is looked at, and a session that is gone is a
 * success. Without the field it is the browser's log out, which asks a person and ends nothing.
 */
export function logOut(visit: Visit): Reply {
  const { realm, form, method, world } = visit;
  const sent = form.get('refresh_token');
  if (method === 'GET' || !sent) return { status: 200, body: logOutPage };
  checkHttps(visit);
  const client = authenticateClient(visit);
  checkOrigin(visit, client);
  checkFields(visit);
  const claims = genuineRefreshToken(visit, client, sent);
  const session = realm.sessions.get(claims.sid);
  if (session && claims.iat < session.started) {
    throw oauthError(400, 'invalid_grant', 'Toked issued before the user session started');
  }
  if (!world.server.endsNothing) realm.sessions.delete(claims.sid);
  return { status: 204 };
}

const invalidToken: Reply = { status: 200, body: { error: 'invalid_token', error_description: 'Invalid token' } };

/** A refresh token takes its session along where it was the only client; an access token takes only itself. */
export function revoke(visit: Visit): Reply {
  const { realm, form } = visit;
  checkRealm(visit);
  const client = authenticateClient(visit);
  checkOrigin(visit, client);
  checkFields(visit);
  const sent = form.get('token');
  if (!sent) throw oauthError(400, 'invalid_request', 'Token not provided');
  const claims = readRefresh(realm, sent) ?? readAccess(realm, sent);
  if (!claims) return invalidToken;
  if (claims.typ === 'ID') throw oauthError(400, 'unsupported_token_type', 'Unsupported token type');
  if (claims.azp !== client.clientId) throw oauthError(400, 'invalid_request', 'Unmatching clients');

  const session = realm.sessions.get(claims.sid);
  if (!session?.clients.has(client.clientId)) return invalidToken;
  if (claims.typ === 'Bearer') {
    realm.revokedAccessTokens.add(claims.jti);
    return { status: 200 };
  }
  detachClient(session, client.clientId);
  if (session.clients.size === 0) realm.sessions.delete(session.id);
  return { status: 200 };
}
