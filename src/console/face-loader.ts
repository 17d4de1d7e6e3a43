import type { Provider } from '../providers/contract.ts';
import { entryOf, type Registry } from '../providers/registry.ts';

/** Loads each vendor's face once; a chunk that did not arrive is asked for again the next time. */
export function createFaceLoader(
  registry: Registry,
  onLoaded: (id: string, provider: Provider) => void,
): (id: string) => Promise<Provider> {
  const loading = new Map<string, Promise<Provider>>();
  return (id) => {
    const known = loading.get(id);
    if (known) return known;
    const face = entryOf(registry, id).load();
    loading.set(id, face);
    face.then(
      (provider) => onLoaded(id, provider),
      () => loading.delete(id),
    );
    return face;
  };
}
