import { begin } from './advance.ts';
import { isOver } from './give-up.ts';
import type { Item } from './job.ts';

/**
 * Begins every item that may begin. One that ends a session which others are still asked with goes last: the console would
 * cut the branch it sits on. Where all that are left wait for each other, the first goes.
 */
export function release(items: readonly Item[], nowMs: number): readonly Item[] {
  const blocked = (item: Item): boolean =>
    items.some((other) => other !== item && !isOver(other) && other.as !== null && ends(item, other.as.id));
  const free = items.filter((item) => item.state.is === 'planned' && !blocked(item));
  const isStuck = free.length === 0 && items.every((item) => isOver(item) || item.state.is === 'planned');
  const [first] = items.filter(({ state }) => state.is === 'planned');
  const going = new Set(isStuck && first ? [first] : free);
  return items.map((item) => (going.has(item) ? begin(item, nowMs) : item));
}

const ends = ({ ending }: Item, session: string): boolean => ending.endsSessions.includes(session);
