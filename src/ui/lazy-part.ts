import { createElement, lazy, useState, type ComponentType, type ReactNode } from 'react';
import { later, patiently, type Later } from '../lib/later.ts';

/** What is known of a part that is fetched when it is first needed. */
export interface Fetchable {
  /** Rejects where it did not arrive. */
  load(): Promise<unknown>;
  arrived(): boolean;
}

/**
 * A component that is fetched when it is first drawn, or ahead of that; to be drawn inside a Suspense boundary. One that
 * has arrived is drawn in the same step as what surrounds it: `lazy` alone waits for its promise even then, and React
 * holds the boundary back for a third of a second, after which whatever stands below moves away under a pressed finger.
 */
export function lazyPart<Props extends object>(
  fetchPart: () => Promise<ComponentType<Props>>,
): Fetchable & Later<object> & ((props: Props) => ReactNode) {
  const part = later(async () => ({ default: await fetchPart() }));
  const Awaited = lazy<ComponentType<Props>>(() => patiently(part.load));
  function Part(props: Props): ReactNode {
    // Chosen once: drawn as another type, it would lose what stands in it.
    const [{ default: Chosen }] = useState(() => part.now() ?? { default: Awaited });
    return createElement(Chosen, props);
  }
  return Object.assign(Part, { load: part.load, now: part.now, arrived: () => part.now() !== undefined });
}
