/** What a test may change in this server beyond clock, faults and ledger. */
import { addClient, addUser } from './realm.ts';
import type { Client, LoginFailures, Realm, RealmSettings, SessionLimit, User } from './realm.ts';
import { lastRefreshOf, onlineSessions, openSession } from './sessions.ts';
import type { ServerSettings, World } from './world.ts';

interface InRealm {
  /** `master` where left out. */
  readonly realm?: string;
}

interface SessionSummary {
  readonly id: string;
  readonly username: string;
  readonly clients: readonly string[];
  /** Epoch seconds. */
  readonly started: number;
  readonly lastRefresh: number;
  readonly userAgent: string;
}

type RealmChange = InRealm & {
  readonly [Key in Exclude<keyof RealmSettings, 'limit' | 'bruteForce'>]?: RealmSettings[Key];
} & {
  /** Null switches it off; a part changes what is there. */
  readonly limit?: Partial<SessionLimit> | null;
  readonly bruteForce?: Partial<RealmSettings['bruteForce']>;
};

export interface OcpActions {
  configure(change: Partial<ServerSettings>): ServerSettings;
  configureRealm(change: RealmChange): RealmSettings;
  /** Makes the client where there is none of this name. */
  putClient(client: InRealm & Partial<Client> & { clientId: string }): { readonly id: string };
  /** Makes the user where there is none of this name; the password is `<name>-demo-password` unless given. */
  putUser(user: InRealm & Partial<User> & { username: string }): { readonly id: string };
  /** Opens sessions as if somebody had signed in elsewhere. */
  openSessions(opening: InRealm & SessionOpening): readonly SessionSummary[];
  /** The sessions that count, oldest first. */
  sessions(of?: InRealm & { readonly username?: string }): readonly SessionSummary[];
  /** Ends sessions as an administrator would: one, all of a user, or all. */
  dropSessions(which?: InRealm & { readonly id?: string; readonly username?: string }): { readonly dropped: number };
  /** Ends a session's client session only: it still counts, and its refresh token is dead. */
  detachClients(which: InRealm & { readonly id: string }): void;
  /** Everything issued before now is stale, for one user or for all. */
  pushNotBefore(of?: InRealm & { readonly username?: string }): void;
  failures(of: InRealm & { readonly username: string }): LoginFailures | null;
  unlock(of: InRealm & { readonly username: string }): void;
  /** Stops and starts the server: versions before 26 forget their sessions. */
  restart(): void;
}

declare module '../stand-in.ts' {
  interface ActionsById {
    readonly ocp: OcpActions;
  }
}

interface SessionOpening {
  readonly username: string;
  /** 1 where left out. */
  readonly count?: number;
  /** `ocp` where left out. */
  readonly clientId?: string;
  readonly userAgent?: string;
  readonly ipAddress?: string;
}

export function createActions(world: World): OcpActions {
  return { ...serverActions(world), ...peopleActions(world), ...sessionActions(world) };
}

type Part<Key extends keyof OcpActions> = Pick<OcpActions, Key>;

function serverActions(world: World): Part<'configure' | 'configureRealm' | 'putClient' | 'restart'> {
  return {
    configure: (change) => Object.assign(world.server, change),
    configureRealm({ realm, limit, bruteForce, ...change }) {
      const { settings } = realmOf(world, realm);
      Object.assign(settings, change);
      Object.assign(settings.bruteForce, bruteForce);
      if (limit === null) settings.limit = null;
      else if (limit) settings.limit = { ...(settings.limit ?? freshLimit()), ...limit };
      return settings;
    },
    putClient({ realm: name, ...fields }) {
      const realm = realmOf(world, name);
      const known = realm.clients.get(fields.clientId);
      return { id: (known ? Object.assign(known, fields) : addClient(realm, fields)).id };
    },
    restart: () => world.restart(),
  };
}

const freshLimit = (): SessionLimit => ({
  userRealmLimit: 5,
  userClientLimit: 0,
  behavior: 'Deny new session',
  errorMessage: null,
});

function peopleActions(world: World): Part<'putUser' | 'pushNotBefore' | 'failures' | 'unlock'> {
  return {
    putUser({ realm: name, ...fields }) {
      const realm = realmOf(world, name);
      const known = [...realm.users.values()].find(({ username }) => username === fields.username);
      return { id: (known ? Object.assign(known, fields) : addUser(realm, world.clock.nowMs(), fields)).id };
    },
    pushNotBefore({ realm: name, username } = {}) {
      const realm = realmOf(world, name);
      const target = username === undefined ? realm.settings : userOf(realm, username);
      // One second on, so that a token of this very second is stale too.
      target.notBefore = world.clock.nowSeconds() + 1;
    },
    failures({ realm: name, username }) {
      const realm = realmOf(world, name);
      return realm.failures.get(userOf(realm, username).id) ?? null;
    },
    unlock({ realm: name, username }) {
      const realm = realmOf(world, name);
      realm.failures.delete(userOf(realm, username).id);
    },
  };
}

function sessionActions(world: World): Part<'openSessions' | 'sessions' | 'dropSessions' | 'detachClients'> {
  return {
    openSessions({
      realm: name,
      username,
      count = 1,
      clientId = 'ocp',
      userAgent = 'elsewhere/1.0',
      ipAddress = '192.0.2.1',
    }) {
      const realm = realmOf(world, name);
      const user = userOf(realm, username);
      const client = realm.clients.get(clientId);
      if (!client) throw new Error(`There is no client called ${clientId}.`);
      return Array.from({ length: count }, () =>
        summary(realm, openSession(world, realm, { user, client, userAgent, ipAddress, offline: false })),
      );
    },
    sessions: ({ realm: name, username } = {}) => {
      const realm = realmOf(world, name);
      const userId = username === undefined ? undefined : userOf(realm, username).id;
      return onlineSessions(world, realm, userId).map((session) => summary(realm, session));
    },
    dropSessions({ realm: name, id, username } = {}) {
      const realm = realmOf(world, name);
      const userId = username === undefined ? undefined : userOf(realm, username).id;
      const going = [...realm.sessions.values()].filter(
        (session) => (id === undefined || session.id === id) && (userId === undefined || session.userId === userId),
      );
      for (const session of going) realm.sessions.delete(session.id);
      return { dropped: going.length };
    },
    detachClients({ realm: name, id }) {
      realmOf(world, name).sessions.get(id)?.clients.clear();
    },
  };
}

function realmOf(world: World, name = 'master'): Realm {
  const realm = world.realms.get(name);
  if (!realm) throw new Error(`There is no realm called ${name}.`);
  return realm;
}

function userOf(realm: Realm, username: string): User {
  const user = [...realm.users.values()].find((one) => one.username === username);
  if (!user) throw new Error(`There is no user called ${username}.`);
  return user;
}

const summary = (realm: Realm, session: Parameters<typeof lastRefreshOf>[0]): SessionSummary => ({
  id: session.id,
  username: realm.users.get(session.userId)?.username ?? '',
  clients: [...session.clients.keys()],
  started: session.started,
  lastRefresh: lastRefreshOf(session),
  userAgent: session.userAgent,
});
