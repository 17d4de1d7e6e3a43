import { openSession } from './sessions.ts';
import type { Client } from './realm.ts';
import { requestedScope } from './scope.ts';
import { answerWithTokens } from './tokens.ts';
import { clientAddress, oauthError } from './visit.ts';
import type { Visit } from './visit.ts';

/**
 * A client signs in as itself: an access token and no session that would count.
 *
 * A simplification: that session is gone at once, so every API here answers such a token with 401. The real admin API
 * knows it, and looks at its roles.
 */
export function signInItself(visit: Visit, client: Client): Record<string, unknown> {
  const { world, realm, form } = visit;
  const user = [...realm.users.values()].find(({ username }) => username === `service-account-${client.clientId}`);
  if (client.access !== 'confidential' || !user?.serviceAccount) {
    throw oauthError(401, 'unauthorized_client', 'Client not enabled to retrieve service account');
  }
  const scope = requestedScope(form.get('scope'));
  const userAgent = visit.headers.get('user-agent') ?? 'Unknown';
  const session = openSession(world, realm, {
    ...{ user, client, userAgent },
    ipAddress: clientAddress(visit),
    offline: false,
  });
  const clientSession = session.clients.get(client.clientId);
  if (!clientSession) throw new Error('A session starts with its client.');
  realm.sessions.delete(session.id);
  const answer = answerWithTokens(world, realm, {
    ...{ user, client, session, clientSession, scope },
    issuer: visit.issuer,
  });
  const { refresh_token: _none, session_state: _neither, ...rest } = answer;
  return { ...rest, refresh_expires_in: 0 };
}
