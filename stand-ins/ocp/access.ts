import type { User, UserSession } from './realm.ts';
import { liveSession } from './sessions.ts';
import { notBeforeOf, readAccess } from './tokens.ts';
import type { Claims } from './tokens.ts';
import type { Visit } from './visit.ts';

export interface Bearer {
  readonly claims: Claims;
  readonly user: User;
  readonly session: UserSession;
}

/** Who an access token speaks for, as the server itself judges it: revocation, log out and not-before count. */
export function bearer(visit: Visit, token: string): Bearer | null {
  const { world, realm } = visit;
  const claims = readAccess(realm, token);
  if (!claims || claims.typ !== 'Bearer' || claims.iss !== visit.issuer) return null;
  if (claims.exp !== undefined && world.clock.nowSeconds() >= claims.exp) return null;
  if (realm.revokedAccessTokens.has(claims.jti)) return null;
  const session = liveSession(world, realm, claims.sid);
  const user = session && realm.users.get(session.userId);
  const client = realm.clients.get(claims.azp);
  if (!session || !user?.enabled || !client?.enabled) return null;
  if (claims.iat < notBeforeOf(realm, client, user)) return null;
  return { claims, user, session };
}
