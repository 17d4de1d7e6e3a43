/** What a test may change in this server beyond clock, faults and ledger. */
import { fingerprint } from '../ledger.ts';
import { awkwardProjects, createProject, findProject } from './projects.ts';
import type { Project } from './projects.ts';
import { addKey, addPerson } from './world.ts';
import type { ApiKey, Person, RateLimit, Settings, World } from './world.ts';

export interface TokenSummary {
  /** Of the token, as the ledger prints such. */
  readonly fingerprint: string;
  readonly project: string;
  /** Null for one that a password minted. */
  readonly keyId: string | null;
  readonly endsMs: number;
}

export interface AlmActions {
  configure(change: Partial<Omit<Settings, 'rateLimit'>> & { readonly rateLimit?: Partial<RateLimit> }): Settings;
  /** Makes the person where there is none of this name; the password is `<name>-demo-password` unless given. */
  putPerson(person: Partial<Person> & { username: string }): Person;
  putKey(key: Partial<ApiKey> & { id: string; username: string }): ApiKey;
  /** As in the license server: every token that the key minted dies with it. */
  /** `keepsTokens`: as no source describes it, so that a client which relies on it is found out. */
  deleteKey(which: { readonly id: string; readonly keepsTokens?: boolean }): { readonly tokensEnded: number };
  projects(): readonly Project[];
  /** Adds a project, or changes the one of this name. */
  putProject(project: { readonly name: string; readonly id?: number; readonly locked?: boolean }): Project;
  /** Replaces every project with so many (200 where left out) whose names need care. */
  fillProjects(order?: { readonly count?: number }): readonly Project[];
  /** What a restore from a backup does: ids change, uuids do not. */
  renumberProjects(): readonly Project[];
  /** Stops and starts the ALM Server: every token dies. */
  restart(): { readonly tokensEnded: number };
  tokens(): readonly TokenSummary[];
}

declare module '../stand-in.ts' {
  interface ActionsById {
    readonly alm: AlmActions;
  }
}

export function createActions(world: World): AlmActions {
  return {
    configure({ rateLimit, ...change }) {
      Object.assign(world.settings, change);
      Object.assign(world.settings.rateLimit, rateLimit);
      return world.settings;
    },
    putPerson(fields) {
      const known = world.people.get(fields.username);
      return known ? Object.assign(known, fields) : addPerson(world, fields);
    },
    putKey: (fields) => addKey(world, fields),
    deleteKey({ id, keepsTokens = false }) {
      if (!world.keys.delete(id)) throw new Error(`There is no API key ${id}.`);
      const minted = keepsTokens ? [] : [...world.tokens].filter(([, { keyId }]) => keyId === id);
      for (const [token] of minted) world.tokens.delete(token);
      return { tokensEnded: minted.length };
    },
    restart() {
      const tokensEnded = world.tokens.size;
      world.restart();
      return { tokensEnded };
    },
    tokens: () =>
      [...world.tokens].map(([token, { projectUuid, keyId, endsMs }]) => ({
        fingerprint: fingerprint(token),
        project: findProject(world.projects, projectUuid)?.name ?? projectUuid,
        ...{ keyId, endsMs },
      })),
    ...projectActions(world),
  };
}

function projectActions(
  world: World,
): Pick<AlmActions, 'projects' | 'putProject' | 'fillProjects' | 'renumberProjects'> {
  return {
    projects: () => world.projects,
    putProject({ name, ...fields }) {
      const known = world.projects.find((project) => project.name === name);
      if (known) return Object.assign(known, fields);
      const nextId = Math.max(0, ...world.projects.map(({ id }) => id)) + 1;
      const project = { ...createProject(fields.id ?? nextId, name), locked: fields.locked ?? false };
      world.projects.push(project);
      return project;
    },
    fillProjects({ count = 200 } = {}) {
      world.projects = awkwardProjects(count);
      return world.projects;
    },
    renumberProjects() {
      const highest = Math.max(0, ...world.projects.map(({ id }) => id));
      for (const project of world.projects) project.id += highest;
      return world.projects;
    },
  };
}
