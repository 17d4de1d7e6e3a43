import type { Client, ClientSession, Realm, UserSession } from './realm.ts';
import { narrowedScope } from './scope.ts';
import { detachClient, isLive } from './sessions.ts';
import { answerWithTokens, readRefresh } from './tokens.ts';
import type { Claims } from './tokens.ts';
import { oauthError } from './visit.ts';
import type { Refusal, Visit } from './visit.ts';

const dead = (description: string): Refusal => oauthError(400, 'invalid_grant', description);

/** Section 1.1, the refresh grant: the same session, no new place in the count. */
export function refresh(visit: Visit, client: Client): Record<string, unknown> {
  const { world, realm, form } = visit;
  const sent = form.get('refresh_token');
  if (!sent) throw oauthError(400, 'invalid_request', 'No refresh token');
  const claims = genuineRefreshToken(visit, client, sent);
  const now = world.clock.nowSeconds();
  if (claims.exp !== undefined && now >= claims.exp) throw dead('Token is not active');

  const session = realm.sessions.get(claims.sid);
  if (!session || !isLive(world, realm, session)) {
    throw dead(claims.typ === 'Offline' ? 'Offline user session not found' : 'Session not active');
  }
  const user = realm.users.get(session.userId);
  if (!user) throw dead('Invalid refresh token');
  if (!user.enabled) throw dead('User disabled');
  if (claims.iat < Math.max(realm.settings.notBefore, client.notBefore, user.notBefore)) throw dead('Stale token');
  const clientSession = session.clients.get(client.clientId);
  if (!clientSession) throw dead("Session doesn't have required client");
  if (clientSessionIsOver(realm, clientSession, now)) {
    detachClient(session, client.clientId);
    throw dead('Client session not active');
  }
  if (client.consentRequired) {
    throw oauthError(400, 'invalid_scope', 'Client no longer has requested consent from user');
  }
  const granted = claims.scope.split(' ');
  const scope = narrowedScope(form.get('scope'), granted, world.traits());
  if (realm.settings.rotation) useUp(realm, session, clientSession, claims.jti);

  session.lastRefreshMs = world.clock.nowMs();
  clientSession.lastRefresh = now;
  return answerWithTokens(world, realm, { user, client, session, clientSession, scope, granted, issuer: visit.issuer });
}

/** Signature, kind, issuer, client: in this order, and before anything that a session could say. */
export function genuineRefreshToken({ realm, issuer }: Visit, client: Client, sent: string): Claims {
  const claims = readRefresh(realm, sent);
  if (!claims || (claims.typ !== 'Refresh' && claims.typ !== 'Offline')) throw dead('Invalid refresh token');
  if (claims.iss !== issuer) throw dead(`Invalid token issuer. Expected '${issuer}'`);
  if (claims.azp !== client.clientId) {
    throw dead("Invalid refresh token. Token client and authorized client don't match");
  }
  return claims;
}

function clientSessionIsOver({ settings }: Realm, clientSession: ClientSession, now: number): boolean {
  const { clientIdleSeconds: idle, clientMaxSeconds: max } = settings;
  return (idle > 0 && now >= clientSession.lastRefresh + idle) || (max > 0 && now >= clientSession.started + max);
}

/** Rotation: a token that comes back takes the client session with it, and so the newest tokens too. */
function useUp({ settings }: Realm, session: UserSession, clientSession: ClientSession, jti: string): void {
  const token = clientSession.refreshTokens.get(jti);
  if (!token || token.order < clientSession.newestUsed) {
    detachClient(session, clientSession.clientId);
    throw dead('Stale token');
  }
  if (token.uses > settings.refreshTokenMaxReuse) {
    detachClient(session, clientSession.clientId);
    throw dead('Maximum allowed refresh token reuse exceeded');
  }
  token.uses += 1;
  clientSession.newestUsed = token.order;
}
