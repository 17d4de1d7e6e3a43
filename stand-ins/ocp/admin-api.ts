/** Section 4: any user's sessions, for support. Times are epoch milliseconds. */
import { needRole } from './admin-access.ts';
import { lockState } from './admin-lock.ts';
import { readLimit } from './admin-flows.ts';
import { changeUser, countUsers, endAllSessions, findUsers, oneUser } from './admin-users.ts';
import { lastRefreshOf, onlineSessions } from './sessions.ts';
import type { UserSession } from './realm.ts';
import { plainError } from './visit.ts';
import type { Reply, Visit } from './visit.ts';

type Handler = (visit: Visit, ...parts: readonly string[]) => Reply;

/** Method and what follows `/admin/realms/{realm}`. */
const routes: readonly (readonly [string, RegExp, Handler])[] = [
  ['GET', /^\/users$/, findUsers],
  ['GET', /^\/users\/count$/, countUsers],
  ['GET', /^\/users\/([^/]+)$/, oneUser],
  ['PUT', /^\/users\/([^/]+)$/, changeUser],
  ['GET', /^\/users\/([^/]+)\/sessions$/, sessionsOfUser],
  ['GET', /^\/users\/([^/]+)\/offline-sessions\/([^/]+)$/, offlineSessions],
  ['POST', /^\/users\/([^/]+)\/logout$/, endAllSessions],
  ['DELETE', /^\/sessions\/([^/]+)$/, endSession],
  ['GET', /^\/attack-detection\/brute-force\/users\/([^/]+)$/, lockState],
  ['DELETE', /^\/attack-detection\/brute-force\/users\/([^/]+)$/, lockState],
  ['GET', /^\/clients$/, clients],
  ['GET', /^\/clients\/([^/]+)\/session-count$/, sessionCount],
  ['GET', /^\/clients\/([^/]+)\/user-sessions$/, clientSessions],
  ['GET', /^\/client-session-stats$/, clientSessionStats],
  ['GET', /^\/authentication\/(flows|flows\/[^/]+\/executions|config\/[^/]+)$/, readLimit],
  ['POST', /^\/logout-all$/, logOutAll],
];

export function adminApi(visit: Visit, path: string): Reply {
  const found = routes.find(([method, pattern]) => method === visit.method && pattern.test(path));
  if (!found) {
    needRole(visit, 'view-users', 'manage-users', 'query-users');
    throw plainError(404, 'HTTP 404 Not Found');
  }
  const [, pattern, handler] = found;
  const parts = (pattern.exec(path) ?? []).slice(1).map((part) => decodeURIComponent(part));
  return handler(visit, ...parts);
}

function describe({ realm }: Visit, session: UserSession) {
  return {
    id: session.id,
    username: realm.users.get(session.userId)?.username ?? '',
    userId: session.userId,
    ipAddress: session.ipAddress,
    start: session.started * 1000,
    lastAccess: lastRefreshOf(session) * 1000,
    rememberMe: false,
    clients: Object.fromEntries([...session.clients.keys()].map((name) => [realm.clients.get(name)?.id ?? name, name])),
    transientUser: false,
  };
}

function sessionsOfUser(visit: Visit, userId = ''): Reply {
  needRole(visit, 'view-users', 'manage-users');
  if (!visit.realm.users.has(userId)) throw plainError(404, 'User not found');
  const sessions = onlineSessions(visit.world, visit.realm, userId);
  return { status: 200, body: sessions.map((session) => describe(visit, session)) };
}

function offlineSessions(visit: Visit, userId = '', clientUuid = ''): Reply {
  needRole(visit, 'view-users', 'manage-users');
  if (!visit.realm.users.has(userId)) throw plainError(404, 'User not found');
  const { clientId } = clientByUuid(visit, clientUuid, 'Client not found');
  const sessions = [...visit.realm.sessions.values()].filter(
    (session) => session.offline && session.userId === userId && session.clients.has(clientId),
  );
  return { status: 200, body: sessions.map((session) => describe(visit, session)) };
}

function endSession(visit: Visit, id = ''): Reply {
  needRole(visit, 'manage-users');
  const offline = visit.url.searchParams.get('isOffline') === 'true';
  const session = visit.realm.sessions.get(id);
  // The server's own spelling.
  if (!session || session.offline !== offline) throw plainError(404, 'Sesssion not found');
  if (!visit.world.server.endsNothing) visit.realm.sessions.delete(id);
  return { status: 204 };
}

function clientByUuid({ realm }: Visit, uuid: string, missing = 'Could not find client') {
  const client = [...realm.clients.values()].find(({ id }) => id === uuid);
  if (!client) throw plainError(404, missing);
  return client;
}

function clients(visit: Visit): Reply {
  needRole(visit, 'view-clients');
  const wanted = visit.url.searchParams.get('clientId');
  const found = [...visit.realm.clients.values()].filter(({ clientId }) => wanted === null || clientId === wanted);
  return {
    status: 200,
    body: found.map(({ id, clientId, name, enabled, access, directGrant, webOrigins }) => ({
      ...{ id, clientId, name, enabled, webOrigins },
      publicClient: access === 'public',
      bearerOnly: access === 'bearer-only',
      directAccessGrantsEnabled: directGrant,
    })),
  };
}

function sessionsOfClient(visit: Visit, clientUuid: string): UserSession[] {
  const { clientId } = clientByUuid(visit, clientUuid);
  return onlineSessions(visit.world, visit.realm).filter((session) => session.clients.has(clientId));
}

function sessionCount(visit: Visit, clientUuid = ''): Reply {
  needRole(visit, 'view-clients');
  return { status: 200, body: { count: sessionsOfClient(visit, clientUuid).length } };
}

function clientSessions(visit: Visit, clientUuid = ''): Reply {
  needRole(visit, 'view-clients');
  const { searchParams } = visit.url;
  const first = Number(searchParams.get('first') ?? 0);
  const max = Number(searchParams.get('max') ?? 100);
  const page = sessionsOfClient(visit, clientUuid).slice(first, first + max);
  return { status: 200, body: page.map((session) => describe(visit, session)) };
}

/** Numbers as strings, and only clients that have sessions. */
function clientSessionStats(visit: Visit): Reply {
  needRole(visit, 'view-realm');
  const { realm } = visit;
  const all = [...realm.sessions.values()];
  const online = onlineSessions(visit.world, realm);
  const rows = [...realm.clients.values()].map(({ id, clientId }) => ({
    id,
    clientId,
    active: String(online.filter((session) => session.clients.has(clientId)).length),
    offline: String(all.filter((session) => session.offline && session.clients.has(clientId)).length),
  }));
  return { status: 200, body: rows.filter(({ active, offline }) => active !== '0' || offline !== '0') };
}

function logOutAll(visit: Visit): Reply {
  needRole(visit, 'manage-realm');
  for (const [id, session] of visit.realm.sessions) if (!session.offline) visit.realm.sessions.delete(id);
  visit.realm.settings.notBefore = visit.world.clock.nowSeconds();
  return { status: 200, body: {} };
}
