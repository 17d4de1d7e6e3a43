import { randomBytes } from 'node:crypto';
import type { StandInClock } from '../clock.ts';
import type { ErrorShape } from './errors.ts';
import { demoProjects } from './projects.ts';
import type { Project } from './projects.ts';

/** What the person who runs the server chose, and the state it is in; the control's `configure` takes any part of it. */
export interface Settings {
  /** From 2026.1 on, both path names are known; before, only `helix-alm`. */
  version: '2026.1.0.0' | '2022.1.0.0';
  /** Off: the REST server is up and cannot reach the ALM Server behind it. */
  almServerUp: boolean;
  /** So many projects, the last ones of the list, are not loaded yet: they are in no list and not found. */
  projectsLoading: number;
  tokenLifeHours: number;
  /** What a bad or deleted API key is answered with. */
  deadKeyStatus: 401 | 403 | 500;
  errorShape: ErrorShape;
  /** The cache lock: 503 for everything that needs the ALM Server. */
  busy: boolean;
  rateLimit: RateLimit;
}

export interface RateLimit {
  /** Per project and address; null is off. */
  perMinute: number | null;
  /** Over all callers, answered with 503. Off where left alone: on a clock that stands still it never ends. */
  perSecond: number | null;
  /** The vendor's page says both. */
  resetAs: 'seconds' | 'date';
}

/** What a security group lets somebody do in a project; `no-rest` lacks "Allow Login Via SOAP". */
export type Access = 'full' | 'no-commands' | 'no-rest';

export interface Person {
  readonly id: number;
  readonly username: string;
  /** May be empty. */
  password: string;
  licensed: boolean;
  /** By uuid of the project; absent is not a member. */
  access: 'everywhere' | Readonly<Record<string, Access>>;
}

export interface ApiKey {
  readonly id: string;
  readonly secret: string;
  readonly username: string;
  readonly name: string;
}

export interface TokenRecord {
  readonly projectUuid: string;
  readonly personId: number;
  /** The API key that minted it; null for a password. */
  readonly keyId: string | null;
  readonly endsMs: number;
}

export interface World {
  readonly clock: StandInClock;
  readonly settings: Settings;
  readonly people: Map<string, Person>;
  readonly keys: Map<string, ApiKey>;
  readonly tokens: Map<string, TokenRecord>;
  projects: Project[];
  signingKey: Buffer;
  /** Every token dies. */
  restart(): void;
  reset(): void;
}

export const demo = {
  keyId: 'demo-key-of-alice',
  keySecret: 'not-a-real-key-secret',
  secondKeyId: 'demo-key-with-colons',
  secondKeySecret: 'not:a:real:key:secret',
} as const;

const startSettings = (): Settings => ({
  version: '2026.1.0.0',
  almServerUp: true,
  projectsLoading: 0,
  tokenLifeHours: 7 * 24,
  deadKeyStatus: 500,
  errorShape: 'plain',
  busy: false,
  rateLimit: { perMinute: 240, perSecond: null, resetAs: 'seconds' },
});

export function createWorld(clock: StandInClock): World {
  const world: World = {
    clock,
    settings: startSettings(),
    people: new Map(),
    keys: new Map(),
    tokens: new Map(),
    projects: [],
    signingKey: randomBytes(32),
    restart() {
      world.tokens.clear();
      world.signingKey = randomBytes(32);
    },
    reset() {
      Object.assign(world.settings, startSettings());
      world.people.clear();
      world.keys.clear();
      world.projects = demoProjects();
      world.restart();
      populate(world);
    },
  };
  world.reset();
  return world;
}

export function addPerson(world: World, fields: Partial<Person> & { username: string }): Person {
  const person: Person = {
    id: world.people.size + 1,
    password: `${fields.username}-demo-password`,
    licensed: true,
    access: 'everywhere',
    ...fields,
  };
  world.people.set(person.username, person);
  return person;
}

export function addKey(world: World, fields: Partial<ApiKey> & { id: string; username: string }): ApiKey {
  const key: ApiKey = { secret: 'not-a-real-key-secret', name: fields.id, ...fields };
  world.keys.set(key.id, key);
  return key;
}

function populate(world: World): void {
  // As the vendor delivers it: an administrator without a password.
  addPerson(world, { username: 'Administrator', password: '' });
  addPerson(world, { username: 'alice' });
  addPerson(world, { username: 'jürgen', password: 'Paßwort-für-die-Demo-🔑' });
  addPerson(world, { username: 'colon', password: 'colon:demo:password' });
  addPerson(world, { username: 'unlicensed', licensed: false });
  addPerson(world, { username: 'nobody', access: {} });
  const [first, second, third] = world.projects;
  addPerson(world, {
    username: 'guest',
    access: {
      ...(first ? { [first.uuid]: 'full' } : {}),
      ...(second ? { [second.uuid]: 'no-commands' } : {}),
      ...(third ? { [third.uuid]: 'no-rest' } : {}),
    },
  });
  addKey(world, { id: demo.keyId, secret: demo.keySecret, username: 'alice', name: 'Keyward demo' });
  addKey(world, { id: demo.secondKeyId, secret: demo.secondKeySecret, username: 'alice', name: 'Second integration' });
}

export const accessTo = (person: Person, project: Project): Access | null =>
  person.access === 'everywhere' ? 'full' : (person.access[project.uuid] ?? null);

/** What is loaded so far. */
export function loadedProjects({ projects, settings }: World): readonly Project[] {
  return projects.slice(0, Math.max(0, projects.length - settings.projectsLoading));
}
