/** A realm's state, and the shapes in it. Times are whole seconds since 1970 on the stand-in's clock unless the name says otherwise. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { rsaPair } from '../rsa-pair.ts';

export interface Client {
  readonly id: string;
  readonly clientId: string;
  name: string;
  access: 'public' | 'confidential' | 'bearer-only';
  secret: string | null;
  enabled: boolean;
  directGrant: boolean;
  consentRequired: boolean;
  /** `*` allows any origin, `+` the origins of the redirect URIs. */
  webOrigins: string[];
  redirectUris: string[];
  /** Off: its tokens carry no audience `account`, no roles and no `allowed-origins`. */
  defaultScopes: boolean;
  usesRefreshTokens: boolean;
  /** Its sign-in flow ends with the session limit. */
  limited: boolean;
  notBefore: number;
}

export interface User {
  readonly id: string;
  readonly username: string;
  password: string;
  email: string;
  firstName: string;
  lastName: string;
  enabled: boolean;
  requiredActions: string[];
  /** The one-time code that is right for this user; null where none is asked for. */
  otp: string | null;
  serviceAccount: boolean;
  accountRoles: string[];
  /** Roles of the admin API; `admin` holds all of them. */
  adminRoles: string[];
  notBefore: number;
  readonly createdMs: number;
}

export interface ClientSession {
  readonly clientId: string;
  readonly started: number;
  lastRefresh: number;
  /** Refresh tokens of this client session, by `jti`: the order they were made in, and how often each was used. */
  readonly refreshTokens: Map<string, { readonly order: number; uses: number }>;
  /** Highest order that was used while rotation was on. */
  newestUsed: number;
}

export interface UserSession {
  readonly id: string;
  readonly userId: string;
  readonly started: number;
  /** Milliseconds, so that the least recently refreshed is never a tie. */
  lastRefreshMs: number;
  readonly ipAddress: string;
  /** The `User-Agent` of the sign-in. */
  readonly userAgent: string;
  readonly offline: boolean;
  readonly clients: Map<string, ClientSession>;
}

export interface SessionLimit {
  /** 0 is off. */
  userRealmLimit: number;
  userClientLimit: number;
  /** Null: set up by a call that chose none. */
  behavior: 'Deny new session' | 'Terminate oldest session' | null;
  errorMessage: string | null;
}

interface BruteForceRule {
  enabled: boolean;
  failureFactor: number;
  waitIncrementSeconds: number;
  maxWaitSeconds: number;
  quickFailureMs: number;
  quickFailureWaitSeconds: number;
  permanent: boolean;
}

export interface LoginFailures {
  numFailures: number;
  lockedUntil: number;
  lockouts: number;
  lastFailureMs: number;
  lastIp: string;
  permanent: boolean;
}

/** What an administrator may set; the control's `configureRealm` takes any part of it. */
export interface RealmSettings {
  enabled: boolean;
  sslRequired: 'none' | 'external' | 'all';
  accessTokenSeconds: number;
  ssoIdleSeconds: number;
  ssoMaxSeconds: number;
  /** 0 is off. */
  clientIdleSeconds: number;
  clientMaxSeconds: number;
  rotation: boolean;
  refreshTokenMaxReuse: number;
  limit: SessionLimit | null;
  bruteForce: BruteForceRule;
  notBefore: number;
  accountApi: boolean;
}

export interface Realm {
  readonly name: string;
  readonly settings: RealmSettings;
  readonly clients: Map<string, Client>;
  readonly users: Map<string, User>;
  readonly sessions: Map<string, UserSession>;
  readonly failures: Map<string, LoginFailures>;
  readonly revokedAccessTokens: Set<string>;
  readonly keys: RealmKeys;
}

export interface RealmKeys {
  readonly kid: string;
  readonly signing: KeyObject;
  readonly verifying: KeyObject;
  /** For refresh tokens, which only the server itself reads. */
  readonly internal: Buffer;
}

const defaultSettings = (): RealmSettings => ({
  enabled: true,
  sslRequired: 'external',
  accessTokenSeconds: 300,
  ssoIdleSeconds: 1800,
  ssoMaxSeconds: 36_000,
  clientIdleSeconds: 0,
  clientMaxSeconds: 0,
  rotation: false,
  refreshTokenMaxReuse: 0,
  limit: { userRealmLimit: 5, userClientLimit: 0, behavior: 'Deny new session', errorMessage: null },
  bruteForce: {
    enabled: false,
    failureFactor: 30,
    waitIncrementSeconds: 60,
    maxWaitSeconds: 900,
    quickFailureMs: 1000,
    quickFailureWaitSeconds: 60,
    permanent: false,
  },
  notBefore: 0,
  accountApi: true,
});

export function createRealmKeys(): RealmKeys {
  return {
    kid: randomUUID(),
    internal: randomBytes(64),
    get signing() {
      return rsaPair().privateKey;
    },
    get verifying() {
      return rsaPair().publicKey;
    },
  };
}

export const createRealm = (name: string, keys: RealmKeys): Realm => ({
  name,
  settings: defaultSettings(),
  clients: new Map(),
  users: new Map(),
  sessions: new Map(),
  failures: new Map(),
  revokedAccessTokens: new Set(),
  keys,
});

export function addClient(realm: Realm, fields: Partial<Client> & { clientId: string }): Client {
  const client: Client = {
    id: randomUUID(),
    name: '',
    access: 'public',
    secret: null,
    enabled: true,
    directGrant: true,
    consentRequired: false,
    webOrigins: [],
    redirectUris: [],
    defaultScopes: true,
    usesRefreshTokens: true,
    limited: false,
    notBefore: 0,
    ...fields,
  };
  realm.clients.set(client.clientId, client);
  return client;
}

export function addUser(realm: Realm, nowMs: number, fields: Partial<User> & { username: string }): User {
  const { username } = fields;
  const user: User = {
    id: randomUUID(),
    password: `${username}-demo-password`,
    email: `${username}@example.test`,
    firstName: username.charAt(0).toUpperCase() + username.slice(1),
    lastName: 'Test',
    enabled: true,
    requiredActions: [],
    otp: null,
    serviceAccount: false,
    accountRoles: ['manage-account', 'manage-account-links', 'view-profile'],
    adminRoles: [],
    notBefore: 0,
    createdMs: nowMs,
    ...fields,
  };
  realm.users.set(user.id, user);
  return user;
}

/** By user name or e-mail, whatever the case. */
export function findUser(realm: Realm, nameOrEmail: string): User | undefined {
  const wanted = nameOrEmail.trim().toLowerCase();
  const users = [...realm.users.values()];
  return (
    users.find(({ username }) => username === wanted) ?? users.find(({ email }) => email !== '' && email === wanted)
  );
}
