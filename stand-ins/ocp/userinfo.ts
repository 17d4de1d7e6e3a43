/** Section 2: what a token says about itself and its owner. */
import { bearer } from './access.ts';
import { authenticateClient } from './client-auth.ts';
import { checkRealm } from './token-endpoint.ts';
import { bearerOf, oauthError } from './visit.ts';
import type { Reply, Visit } from './visit.ts';

/** Neither https nor the realm's switch is looked at. */
export function userinfo(visit: Visit): Reply {
  const token = bearerOf(visit);
  const found = token === null ? null : bearer(visit, token);
  visit.allow = found ? (visit.realm.clients.get(found.claims.azp) ?? null) : 'any';
  if (!found) return refused(visit, 401, token === null ? null : 'invalid_token', 'Token verification failed');
  const { user, claims } = found;
  if (visit.world.traits().userinfo.needsOpenid && !claims.scope.split(' ').includes('openid')) {
    return refused(visit, 403, 'insufficient_scope', 'Missing openid scope');
  }
  return {
    status: 200,
    body: { sub: user.id, email_verified: true, preferred_username: user.username, email: user.email },
  };
}

/** Newer servers give the reason in the header alone. */
function refused(visit: Visit, status: number, error: string | null, description: string): Reply {
  const detail = error === null ? '' : `, error="${error}", error_description="${description}"`;
  const headers = { 'www-authenticate': `Bearer realm="${visit.realm.name}"${detail}` };
  if (visit.world.traits().userinfo.errorInBody) {
    return { status, headers, body: { error: error ?? 'invalid_request', error_description: description } };
  }
  return { status, headers, body: '', contentType: 'text/plain;charset=UTF-8' };
}

/** No CORS headers at all here, whoever asks. */
export function introspect(visit: Visit): Reply {
  checkRealm(visit);
  try {
    const client = authenticateClient(visit);
    if (client.access === 'public') throw oauthError(403, 'invalid_request', 'Client not allowed.');
  } finally {
    visit.allow = null;
  }
  const found = bearer(visit, visit.form.get('token') ?? '');
  return {
    status: 200,
    body: found ? { ...found.claims, active: true, username: found.user.username } : { active: false },
  };
}
