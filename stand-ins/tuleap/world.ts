import { randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { StandInClock } from '../clock.ts';
import { rsaPair } from '../rsa-pair.ts';
import { createAccessKey } from './access-keys.ts';
import type { AccessKey } from './access-keys.ts';
import type { Grant, IssuedToken, OAuthApp } from './oauth-store.ts';
import { createPerson } from './people.ts';
import type { NewPerson, Person } from './people.ts';
import type { RestToken } from './rest-tokens.ts';
import type { Language } from './texts.ts';
import type { WebSession } from './web-sessions.ts';

/** What the person who runs the server chose, and the state it is in; the control's `configure` takes any part of it. */
export interface Settings {
  /** On: the OAuth2 endpoints refuse plain http, as the real ones do. A stand-in has nothing but http. */
  httpsMandatory: boolean;
  anonymousAllowed: boolean;
  /** Off: authorization and discovery do not exist, as where the plugin is not installed. */
  oauth2Plugin: boolean;
  /** `POST /tokens` as the code answers (201, integer id) or as the documentation says (200, string id). */
  tokenShape: 'code' | 'documented';
  /** Keys begin as the code makes them (`tlp-k1-`), or as the documentation prints them (`tlp.k1.`). */
  keySpelling: 'code' | 'documented';
  /** Of OAuth2: an hour in the code. */
  accessTokenSeconds: number;
  /** A key's last use is written no more often than this from one address. */
  lastAccessResolutionSeconds: number;
  /** Off: the queue is stuck, and tokens live on. */
  systemCheckRuns: boolean;
  language: Language;
  /** The preflight of one access key: an error on newer PHP. */
  keyPreflightStatus: 200 | 500;
}

export interface Project {
  readonly id: number;
  readonly label: string;
  readonly shortname: string;
  readonly access: 'public' | 'private';
  readonly memberIds: readonly number[];
}

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** A consent page that was shown and not answered yet. */
export interface PendingConsent {
  readonly appId: number;
  readonly userId: number;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | null;
  readonly challenge: string | null;
  readonly nonce: string | null;
}

export interface World {
  readonly clock: StandInClock;
  readonly settings: Settings;
  readonly people: Map<number, Person>;
  readonly projects: Map<number, Project>;
  readonly accessKeys: Map<number, AccessKey>;
  readonly restTokens: Map<string, RestToken>;
  readonly webSessions: Map<string, WebSession>;
  readonly apps: Map<number, OAuthApp>;
  readonly grants: Map<number, Grant>;
  readonly accessTokens: Map<number, IssuedToken>;
  readonly refreshTokens: Map<number, IssuedToken>;
  readonly pendingConsents: Map<string, PendingConsent>;
  /** By user and app: the scopes that were agreed to once. */
  readonly consents: Map<string, ReadonlySet<string>>;
  signingKey(): SigningKey;
  /** Numbers count up within their kind, and none is used twice. */
  nextId(kind: string): number;
  reset(): void;
}

const hexOf = (word: string): string => word.repeat(64 / word.length);

export const demo = {
  clientSecret: `tlp-oauth2-c1-1.${hexOf('facade00')}`,
  /** Where the demo's console is called back. */
  redirectUri: 'http://localhost:4600/callback/tuleap-demo',
  aliceKey: `tlp-k1-1.${hexOf('0badc0de')}`,
  adminKey: `tlp-k1-4.${hexOf('0ddba11c')}`,
} as const;

const startSettings = (): Settings => ({
  httpsMandatory: false,
  anonymousAllowed: true,
  oauth2Plugin: true,
  tokenShape: 'code',
  keySpelling: 'code',
  accessTokenSeconds: 3600,
  lastAccessResolutionSeconds: 3600,
  systemCheckRuns: true,
  language: 'en',
  keyPreflightStatus: 500,
});

const stores = [
  ...(['people', 'projects', 'accessKeys', 'restTokens', 'webSessions', 'apps', 'grants', 'accessTokens'] as const),
  ...(['refreshTokens', 'pendingConsents', 'consents'] as const),
];

export function createWorld(clock: StandInClock): World {
  const counters = new Map<string, number>();
  let signingKey: SigningKey | null = null;
  const world: World = {
    clock,
    settings: startSettings(),
    people: new Map(),
    projects: new Map(),
    accessKeys: new Map(),
    restTokens: new Map(),
    webSessions: new Map(),
    apps: new Map(),
    grants: new Map(),
    accessTokens: new Map(),
    refreshTokens: new Map(),
    pendingConsents: new Map(),
    consents: new Map(),
    signingKey() {
      signingKey ??= { kid: randomUUID(), ...rsaPair() };
      return signingKey;
    },
    nextId(kind) {
      const id = (counters.get(kind) ?? 0) + 1;
      counters.set(kind, id);
      return id;
    },
    reset() {
      Object.assign(world.settings, startSettings());
      for (const store of stores) world[store].clear();
      counters.clear();
      populate(world);
    },
  };
  world.reset();
  return world;
}

export function addPerson(world: World, fields: NewPerson): Person {
  const person = createPerson(100 + world.nextId('person'), fields);
  world.people.set(person.id, person);
  return person;
}

function populate(world: World): void {
  const admin = addPerson(world, { username: 'admin', realName: 'Site Administrator', siteAdmin: true });
  const alice = addPerson(world, { username: 'alice' });
  addPerson(world, { username: 'bob' });
  addPerson(world, { username: 'delegate', userManagement: true });
  addPerson(world, { username: 'restricted', status: 'R' });
  addPerson(world, { username: 'suspended', status: 'S' });
  addPerson(world, { username: 'pending', status: 'P' });
  addPerson(world, { username: 'expired', passwordExpired: true });
  addPerson(world, { username: 'passkey', passwordlessOnly: true });

  const nowSeconds = world.clock.nowSeconds();
  createAccessKey(world, alice.id, { description: 'Laptop', verifier: hexOf('0badc0de') });
  createAccessKey(world, alice.id, {
    ...{ description: 'Nightly build', createdAt: nowSeconds - 30 * 86_400, endsAt: nowSeconds + 7 * 86_400 },
    ...{ lastUsedAt: nowSeconds - 2 * 86_400, lastUsedBy: '192.0.2.44' },
  });
  createAccessKey(world, alice.id, { description: 'Clone only', scopes: ['write:git_repository'] });
  createAccessKey(world, admin.id, { description: 'Administration', verifier: hexOf('0ddba11c') });

  world.projects.set(101, { ...project(101, 'Keyward demo', 'keyward-demo'), memberIds: [alice.id] });
  world.projects.set(102, { ...project(102, 'Café & Co / "Été"', 'cafe'), memberIds: [] });
  world.projects.set(103, { ...project(103, 'Board room', 'board-room'), access: 'private', memberIds: [admin.id] });
  world.apps.set(1, {
    id: world.nextId('app'),
    name: 'Keyward',
    projectId: 101,
    redirectUri: demo.redirectUri,
    secret: demo.clientSecret,
    forcePkce: true,
    active: true,
  });
}

const project = (id: number, label: string, shortname: string): Project => ({
  id,
  label,
  shortname,
  access: 'public',
  memberIds: [],
});
