import { randomBytes, randomUUID } from 'node:crypto';
import type { Client, ClientSession, Realm, User, UserSession } from './realm.ts';
import type { World } from './world.ts';

interface Opening {
  readonly user: User;
  readonly client: Client;
  readonly userAgent: string;
  readonly ipAddress: string;
  readonly offline: boolean;
}

export function openSession(world: World, realm: Realm, opening: Opening): UserSession {
  const nowMs = world.clock.nowMs();
  const session: UserSession = {
    id: world.traits().sessionIds === 'uuid' ? randomUUID() : randomBytes(18).toString('base64url'),
    userId: opening.user.id,
    started: Math.floor(nowMs / 1000),
    lastRefreshMs: nowMs,
    ipAddress: opening.ipAddress,
    userAgent: opening.userAgent,
    offline: opening.offline,
    clients: new Map(),
  };
  session.clients.set(opening.client.clientId, openClientSession(opening.client, session.started));
  realm.sessions.set(session.id, session);
  return session;
}

const openClientSession = (client: Client, now: number): ClientSession => ({
  clientId: client.clientId,
  started: now,
  lastRefresh: now,
  refreshTokens: new Map(),
  newestUsed: -1,
});

export const lastRefreshOf = (session: UserSession): number => Math.floor(session.lastRefreshMs / 1000);

/** Neither idle for too long nor past its maximum. An offline session has no end of its own here. */
export function isLive(world: World, realm: Realm, session: UserSession): boolean {
  if (session.offline) return true;
  const now = world.clock.nowSeconds();
  const { ssoIdleSeconds, ssoMaxSeconds } = realm.settings;
  return (
    now < session.started + ssoMaxSeconds &&
    now < lastRefreshOf(session) + ssoIdleSeconds + world.traits().idleGraceSeconds
  );
}

export function liveSession(world: World, realm: Realm, id: string): UserSession | null {
  const session = realm.sessions.get(id);
  return session && isLive(world, realm, session) ? session : null;
}

/** What the limiter counts and every list shows: online sessions of that user, through any client. */
export function onlineSessions(world: World, realm: Realm, userId?: string): UserSession[] {
  return [...realm.sessions.values()].filter(
    (session) =>
      !session.offline && (userId === undefined || session.userId === userId) && isLive(world, realm, session),
  );
}

/** The user session stays, without this client, and keeps its place in the count. */
export function detachClient(session: UserSession, clientId: string): void {
  session.clients.delete(clientId);
}
