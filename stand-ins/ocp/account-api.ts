/** Section 3: a user's own sessions. Times are epoch seconds; `expires` ignores idleness. */
import { bearer } from './access.ts';
import type { Bearer } from './access.ts';
import { browserOf, deviceOf } from './browsers.ts';
import { accountConsolePage } from './pages.ts';
import type { UserSession } from './realm.ts';
import { lastRefreshOf, onlineSessions } from './sessions.ts';
import { bearerOf, checkOrigin, plainError } from './visit.ts';
import type { Reply, Visit } from './visit.ts';

/** `path` is what follows `/realms/{realm}/account`. */
export function accountApi(visit: Visit, path: string): Reply {
  const { settings } = visit.realm;
  if (!settings.accountApi) throw plainError(404, 'account management not enabled');
  const version = /^\/(v\d\w*)(?=\/|$)/.exec(path)?.[1];
  if (version !== undefined && version !== 'v1alpha1') throw plainError(404, 'API version not found');
  if (version === undefined && !wantsRest(visit)) return { status: 200, body: accountConsolePage };

  visit.allow = null;
  const who = authenticate(visit);
  allowTokensOrigins(visit, who);
  return answer(visit, who, version === undefined ? path : path.slice(version.length + 1));
}

/** By equality: a quality value or a wildcard gets the console. */
function wantsRest({ headers }: Visit): boolean {
  const types = (headers.get('accept') ?? '').split(',').map((type) => type.trim());
  return types.includes('application/json') || headers.get('content-type') === 'application/json';
}

/** CORS headers come after this, so a page elsewhere cannot tell a 401 from a dead server. */
function authenticate(visit: Visit): Bearer {
  const token = bearerOf(visit);
  const who = token === null ? null : bearer(visit, token);
  if (!who || who.user.serviceAccount || who.claims.aud !== 'account') throw plainError(401, 'HTTP 401 Unauthorized');
  return who;
}

function allowTokensOrigins(visit: Visit, { claims }: Bearer): void {
  const client = visit.realm.clients.get(claims.azp);
  if (!client) return;
  visit.allow = client;
  checkOrigin(visit, client);
}

function answer(visit: Visit, who: Bearer, path: string): Reply {
  const { realm, method } = visit;
  const mine = onlineSessions(visit.world, realm, who.user.id);
  const single = /^\/sessions\/([^/]+)$/.exec(path)?.[1];
  if (method === 'GET' && path === '/sessions') {
    need(who, 'manage-account', 'view-profile');
    return { status: 200, body: mine.map((session) => describe(visit, session, who)) };
  }
  if (method === 'GET' && path === '/sessions/devices') {
    need(who, 'manage-account', 'view-profile');
    return { status: 200, body: devices(visit, mine, who) };
  }
  if (method === 'DELETE' && path === '/sessions') {
    need(who, 'manage-account');
    const all = visit.url.searchParams.get('current') === 'true';
    for (const { id } of mine) if (all || id !== who.session.id) realm.sessions.delete(id);
    return { status: 204 };
  }
  if (method === 'DELETE' && single !== undefined) {
    need(who, 'manage-account');
    const id = decodeURIComponent(single);
    // An unknown id, or somebody else's, is passed over in silence.
    if (!visit.world.server.endsNothing && mine.some((session) => session.id === id)) realm.sessions.delete(id);
    return { status: 204 };
  }
  throw plainError(404, 'HTTP 404 Not Found');
}

function need({ user }: Bearer, ...anyOf: readonly string[]): void {
  if (!anyOf.some((role) => user.accountRoles.includes(role))) throw plainError(403, 'HTTP 403 Forbidden');
}

function describe({ realm }: Visit, session: UserSession, who: Bearer) {
  return {
    id: session.id,
    ipAddress: session.ipAddress,
    started: session.started,
    lastAccess: lastRefreshOf(session),
    expires: session.started + realm.settings.ssoMaxSeconds,
    clients: [...session.clients.keys()].map((clientId) => ({
      clientId,
      clientName: realm.clients.get(clientId)?.name ?? '',
      userConsentRequired: false,
      inUse: true,
      offlineAccess: false,
    })),
    browser: browserOf(session.userAgent),
    ...(session.id === who.session.id ? { current: true } : {}),
  };
}

function devices(visit: Visit, sessions: readonly UserSession[], who: Bearer) {
  const groups = new Map<string, UserSession[]>();
  for (const session of sessions) {
    const { os, osVersion } = deviceOf(session.userAgent);
    const key = `${os} ${osVersion}`;
    groups.set(key, [...(groups.get(key) ?? []), session]);
  }
  return [...groups.values()].map((group) => ({
    ...deviceOf(group[0]?.userAgent ?? ''),
    lastAccess: Math.max(...group.map(lastRefreshOf)),
    ...(group.some(({ id }) => id === who.session.id) ? { current: true } : {}),
    sessions: group.map((session) => describe(visit, session, who)),
  }));
}
