import type { Connection } from '../../http/envelope.ts';
import type { Registry } from '../../providers/registry.ts';

/** By provider as in the navigation, and those of one provider as in the operator's file. What no entry knows is last. */
export function inRegistryOrder(registry: Registry, connections: readonly Connection[]): readonly Connection[] {
  const place = ({ provider }: Connection): number => {
    const at = registry.findIndex(({ id }) => id === provider);
    return at < 0 ? registry.length : at;
  };
  return connections.toSorted((a, b) => place(a) - place(b));
}
