import type { Manifest, Provider } from './contract.ts';
import { manifest as alm } from './alm/manifest.ts';
import { manifest as ocp } from './ocp/manifest.ts';
import { manifest as p4oauth } from './p4oauth/manifest.ts';
import { manifest as primatime } from './primatime/manifest.ts';
import { manifest as tuleap } from './tuleap/manifest.ts';

interface Entry extends Manifest {
  /** The vendor's face, in a chunk of its own: the first page carries no vendor's code. */
  load(): Promise<Provider>;
}

/** Every vendor, in the order of the navigation. The only list of vendors outside their own folders. */
export const registry = [
  { ...alm, load: async () => (await import('./alm/index.ts')).alm },
  { ...tuleap, load: async () => (await import('./tuleap/index.ts')).tuleap },
  { ...primatime, load: async () => (await import('./primatime/index.ts')).primatime },
  { ...p4oauth, load: async () => (await import('./p4oauth/index.ts')).p4oauth },
  { ...ocp, load: async () => (await import('./ocp/index.ts')).ocp },
] as const satisfies readonly Entry[];

export type ProviderId = (typeof registry)[number]['id'];

export type Registry = readonly Entry[];

/** Throws where the id is not registered: a caller that guesses is a bug, and silence would send a call unauthenticated. */
export function entryOf(entries: Registry, id: string): Entry {
  const entry = entries.find((candidate) => candidate.id === id);
  if (!entry) throw new Error(`No provider is registered under this id: ${id}`);
  return entry;
}
