import { countFailure } from './brute-force.ts';
import { errorPage } from './pages.ts';
import type { Client, User, UserSession } from './realm.ts';
import { onlineSessions } from './sessions.ts';
import { clientAddress, namesJson, oauthError, Refusal } from './visit.ts';
import type { Visit } from './visit.ts';

const defaultMessage = { key: 'sessionLimitExceeded', text: 'There are too many sessions' };

/** Section 1.4: refuses the sign-in, or ends the sessions that were refreshed longest ago. It never runs on a refresh. */
export function makeRoom(visit: Visit, client: Client, user: User): void {
  const { world, realm } = visit;
  const { limit } = realm.settings;
  if (!limit || !client.limited || hasIdentityCookie(visit, user)) return;
  const ofUser = onlineSessions(world, realm, user.id);
  const ofClient = ofUser.filter((session) => session.clients.has(client.clientId));
  const crowds = [
    { sessions: ofUser, max: limit.userRealmLimit },
    { sessions: ofClient, max: limit.userClientLimit },
  ].filter(({ sessions, max }) => max > 0 && sessions.length >= max);
  if (crowds.length === 0) return;

  if (limit.behavior === null) {
    throw oauthError(500, 'unknown_error', 'For more on this error consult the server log.');
  }
  if (limit.behavior === 'Deny new session') {
    // The real server counts its own refusal as a failed login.
    countFailure(world, realm, user, clientAddress(visit));
    throw refusal(visit, limit.errorMessage);
  }
  for (const { sessions, max } of crowds) {
    const oldestFirst = [...sessions].sort((a: UserSession, b: UserSession) => a.lastRefreshMs - b.lastRefreshMs);
    for (const { id } of oldestFirst.slice(0, sessions.length - max + 1)) realm.sessions.delete(id);
  }
}

/** One refusal, three shapes by the server's age, the newest of them in two by `Accept`. */
function refusal(visit: Visit, ownMessage: string | null): Refusal {
  switch (visit.world.traits().limitRefusal) {
    case 'unknown-error':
      return oauthError(500, 'unknown_error');
    case 'generic-authentication-error':
      return oauthError(401, 'generic_authentication_error', ownMessage ?? defaultMessage.key);
    case 'page': {
      const message = ownMessage ?? defaultMessage.text;
      return new Refusal({ status: 403, body: namesJson(visit) ? { error: message } : errorPage(message) });
    }
  }
}

/** A browser that is signed in already opens no new session in the limiter's eyes, though the grant makes one. */
function hasIdentityCookie({ headers, realm }: Visit, user: User): boolean {
  const id = /(?:^|; *)KEYCLOAK_IDENTITY=([^;]+)/.exec(headers.get('cookie') ?? '')?.[1];
  return id !== undefined && realm.sessions.get(id)?.userId === user.id;
}
