/** One tenant's account: its people, secret keys and open sessions. Times are milliseconds since 1970. */
import { randomUUID } from 'node:crypto';
import type { StandInClock } from '../clock.ts';
import type { ErrorCode } from './errors.ts';

export interface Person {
  readonly id: string;
  email: string;
  password: string;
  firstName: string;
  lastName: string;
  nickName: string;
  active: boolean;
  admin: boolean;
  confirmed: boolean;
  timeZone: string;
  /** The schema of a user has one of its own. */
  secretKey: string;
  readonly createdAtMs: number;
}

export interface SecretKey {
  readonly id: string;
  readonly personId: string;
  name: string;
  readonly secretKey: string;
  expirationMs: number | null;
  readonly createdAtMs: number;
  updatedAtMs: number;
  version: number;
  /** Null unless it lies in the trash. */
  trashItemId: string | null;
}

export interface Session {
  readonly token: string;
  tokenEndsMs: number;
  readonly refreshToken: string;
  refreshEndsMs: number;
  refreshUsed: boolean;
  readonly personId: string;
  /** The secret key that opened it; null after a password. */
  readonly keyId: string | null;
}

/** What nobody documents is a switch here; the control's `configure` takes any part of it. */
export interface Settings {
  tenant: 'known' | 'missing' | 'unknown' | 'conflict' | 'other-endpoint';
  /** Where `other-endpoint` points. */
  otherEndpoint: string;
  tokenSeconds: number;
  refreshSeconds: number;
  wrongApiKeyStatus: 400 | 401;
  checksApiKeyOnRefresh: boolean;
  refreshEndsOldToken: boolean;
  createdStatus: 200 | 201;
  deletedStatus: 200 | 204;
  trashedKeysSignIn: boolean;
  /** What a delete with `hard=true` does, whatever it answers. */
  hardDelete: 'deletes' | 'trashes' | 'nothing';
  /** Off: a refresh token goes on working after it was used. */
  refreshTokensWorkOnce: boolean;
  deletedKeysEndTheirTokens: boolean;
  userLimitReached: boolean;
  violationsField: 'constraintViolations' | 'constraintViolation';
  rateLimit: { requests: number; windowMs: number; status: 412 | 503 };
}

const defaults = (): Settings => ({
  tenant: 'known',
  otherEndpoint: 'http://acme.api.us.primatime.test',
  tokenSeconds: 3600,
  refreshSeconds: 7 * 24 * 3600,
  wrongApiKeyStatus: 401,
  checksApiKeyOnRefresh: true,
  refreshEndsOldToken: false,
  createdStatus: 200,
  deletedStatus: 200,
  trashedKeysSignIn: false,
  hardDelete: 'deletes',
  refreshTokensWorkOnce: true,
  deletedKeysEndTheirTokens: false,
  userLimitReached: false,
  violationsField: 'constraintViolations',
  rateLimit: { requests: 500, windowMs: 10_000, status: 503 },
});

/** Answers ordered by a test, for the next calls. */
interface OrderedError {
  readonly code: ErrorCode;
  left: number;
}

export interface Account {
  readonly clock: StandInClock;
  readonly apiKey: string;
  readonly settings: Settings;
  readonly people: Map<string, Person>;
  readonly keys: Map<string, SecretKey>;
  /** By token. */
  readonly sessions: Map<string, Session>;
  readonly ordered: OrderedError[];
  /** By person and address: when the requests of the window came, and until when the limit is a smaller one. */
  readonly traffic: Map<string, { times: number[]; shrunkUntilMs: number }>;
  reset(): void;
}

/** False secrets, printed with the demo's accounts. */
export const demo = {
  apiKey: '00000000-0000-4000-8000-00000000a991',
  email: 'ada@acme.example',
  password: 'ada-demo-password',
  secretKey: '00000000-0000-4000-8000-0000000005ec',
} as const;

export function createAccount(clock: StandInClock): Account {
  const account: Account = {
    clock,
    apiKey: demo.apiKey,
    settings: defaults(),
    people: new Map(),
    keys: new Map(),
    sessions: new Map(),
    ordered: [],
    traffic: new Map(),
    reset() {
      Object.assign(account.settings, defaults());
      for (const state of [account.people, account.keys, account.sessions, account.traffic]) state.clear();
      account.ordered.length = 0;
      populate(account);
    },
  };
  account.reset();
  return account;
}

function populate(account: Account): void {
  const ada = addPerson(account, {
    email: demo.email,
    password: demo.password,
    firstName: 'Ada',
    lastName: 'Demo',
    admin: true,
  });
  addKey(account, ada, { name: 'Demo key', secretKey: demo.secretKey });
  addPerson(account, { email: 'ben@acme.example' });
  addPerson(account, { email: 'unconfirmed@acme.example', confirmed: false });
  addPerson(account, { email: 'inactive@acme.example', active: false });
}

export function addPerson(account: Account, fields: Partial<Person> & { email: string }): Person {
  const name = fields.email.split('@')[0] ?? '';
  const person: Person = {
    id: randomUUID(),
    password: `${name}-demo-password`,
    firstName: name.charAt(0).toUpperCase() + name.slice(1),
    lastName: 'Demo',
    nickName: name,
    active: true,
    admin: false,
    confirmed: true,
    timeZone: 'Europe/Prague',
    secretKey: randomUUID(),
    createdAtMs: account.clock.nowMs(),
    ...fields,
  };
  account.people.set(person.id, person);
  return person;
}

export function addKey(account: Account, person: Person, fields: Partial<SecretKey>): SecretKey {
  const nowMs = account.clock.nowMs();
  const key: SecretKey = {
    id: randomUUID(),
    personId: person.id,
    name: '',
    secretKey: randomUUID(),
    expirationMs: null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    version: 0,
    trashItemId: null,
    ...fields,
  };
  account.keys.set(key.id, key);
  return key;
}

export function openSession(account: Account, personId: string, keyId: string | null): Session {
  const nowMs = account.clock.nowMs();
  const session: Session = {
    token: randomUUID(),
    tokenEndsMs: nowMs + account.settings.tokenSeconds * 1000,
    refreshToken: randomUUID(),
    refreshEndsMs: nowMs + account.settings.refreshSeconds * 1000,
    refreshUsed: false,
    personId,
    keyId,
  };
  account.sessions.set(session.token, session);
  return session;
}

export function findPerson(account: Account, email: string): Person | undefined {
  const wanted = email.toLowerCase();
  return [...account.people.values()].find((person) => person.email.toLowerCase() === wanted);
}
