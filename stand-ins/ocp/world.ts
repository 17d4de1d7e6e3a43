import type { StandInClock } from '../clock.ts';
import { addClient, addUser, createRealm, createRealmKeys } from './realm.ts';
import type { Realm, RealmKeys } from './realm.ts';
import { openSession } from './sessions.ts';
import { traitsOf } from './versions.ts';
import type { Traits, Version } from './versions.ts';

/** What the person who runs the server chose; the control's `configure` takes any part of it. */
export interface ServerSettings {
  version: Version;
  /** `/auth`, or empty. */
  prefix: string;
  /** Origin that issuers are made of; null takes the request's. */
  hostname: string | null;
  /** Every call that ends a session is accepted, and ends nothing. */
  endsNothing: boolean;
  /** Believes `X-Forwarded-For`. */
  proxyHeaders: boolean;
}

export interface World {
  readonly clock: StandInClock;
  readonly server: ServerSettings;
  readonly realms: Map<string, Realm>;
  traits(): Traits;
  restart(): void;
  reset(): void;
}

const devOrigin = 'http://localhost:5173';

export function createWorld(clock: StandInClock): World {
  const keys = { master: createRealmKeys(), branch: createRealmKeys() };
  const start: ServerSettings = {
    version: '26.7.4',
    prefix: '/auth',
    hostname: null,
    endsNothing: false,
    proxyHeaders: false,
  };
  const world: World = {
    clock,
    server: { ...start },
    realms: new Map(),
    traits: () => traitsOf[world.server.version],
    restart() {
      if (world.traits().sessionsSurviveRestart) return;
      for (const realm of world.realms.values()) realm.sessions.clear();
    },
    reset() {
      Object.assign(world.server, start);
      world.realms.clear();
      for (const realm of [createMaster(clock, keys.master), createBranch(clock, keys.branch)]) {
        world.realms.set(realm.name, realm);
      }
      crowd(world);
    },
  };
  world.reset();
  return world;
}

function createMaster(clock: StandInClock, keys: RealmKeys): Realm {
  const realm = createRealm('master', keys);
  const nowMs = clock.nowMs();
  addClient(realm, { clientId: 'ocp', name: 'OCP', webOrigins: [devOrigin], limited: true });
  addClient(realm, { clientId: 'admin-cli', name: 'Admin CLI' });
  addClient(realm, { clientId: 'account-console', name: 'Account Console', directGrant: false });
  addClient(realm, { clientId: 'reports', access: 'confidential', secret: 'not-a-real-client-secret' });
  addClient(realm, { clientId: 'orders-api', access: 'bearer-only' });
  addClient(realm, { clientId: 'partner', consentRequired: true });
  addClient(realm, { clientId: 'web-only', directGrant: false });
  addClient(realm, { clientId: 'retired', enabled: false });
  addClient(realm, { clientId: 'trimmed', defaultScopes: false, limited: true });
  addClient(realm, { clientId: 'kiosk', usesRefreshTokens: false });
  addClient(realm, { clientId: 'newcomer' });

  for (const username of ['alice', 'bob', 'crowded']) addUser(realm, nowMs, { username });
  addUser(realm, nowMs, { username: 'support', adminRoles: ['view-users', 'manage-users'] });
  addUser(realm, nowMs, { username: 'viewer', adminRoles: ['view-users'] });
  addUser(realm, nowMs, { username: 'admin', adminRoles: ['admin'] });
  addUser(realm, nowMs, { username: 'disabled', enabled: false });
  addUser(realm, nowMs, { username: 'newcomer', requiredActions: ['UPDATE_PASSWORD'] });
  addUser(realm, nowMs, { username: 'otto', otp: '123456' });
  addUser(realm, nowMs, { username: 'service-account-reports', serviceAccount: true });
  const locked = addUser(realm, nowMs, { username: 'locked' });
  realm.failures.set(locked.id, {
    numFailures: 30,
    lockedUntil: 0,
    lockouts: 1,
    lastFailureMs: nowMs,
    lastIp: '192.0.2.7',
    permanent: true,
  });
  return realm;
}

/** A second realm with the same client, where new accounts must have an e-mail and names. */
function createBranch(clock: StandInClock, keys: RealmKeys): Realm {
  const realm = createRealm('branch', keys);
  addClient(realm, { clientId: 'ocp', name: 'OCP', webOrigins: [devOrigin], limited: true });
  addClient(realm, { clientId: 'admin-cli', name: 'Admin CLI' });
  addUser(realm, clock.nowMs(), { username: 'alice' });
  addUser(realm, clock.nowMs(), { username: 'keeper', adminRoles: ['view-users', 'manage-users', 'manage-realm'] });
  addUser(realm, clock.nowMs(), { username: 'nameless', email: '', firstName: '', lastName: '' });
  return realm;
}

/** Somebody who has used up all five sessions elsewhere. */
function crowd(world: World): void {
  const realm = world.realms.get('master');
  const client = realm?.clients.get('ocp');
  const user = [...(realm?.users.values() ?? [])].find(({ username }) => username === 'crowded');
  if (!realm || !client || !user) return;
  const browsers = [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'curl/7.88.1',
    'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
    'python-requests/2.32.3',
  ];
  browsers.forEach((userAgent, index) => {
    openSession(world, realm, { user, client, userAgent, ipAddress: `192.0.2.${index + 10}`, offline: false });
  });
}
