/** In which order the sessions stand. Pure. */
import type { SessionView } from '../../sessions/record.ts';

export const sortings = ['ends', 'name', 'provider'] as const;
export type Sorting = (typeof sortings)[number];

export const isSorting = (value: string | null): value is Sorting => sortings.some((sorting) => sorting === value);

/** Below this many rows the eye is faster than a search field. */
export const SEARCH_ABOVE = 10;

/** A session with the names that are shown for it. */
export interface Listed {
  readonly session: SessionView;
  readonly providerName: string;
  readonly connectionName: string;
  /** Another one of the same user stands at the same place: only the time of opening tells the two apart. */
  readonly alike?: boolean;
}

/** Says of each whether another one of the same user stands at the same place. */
export function markAlike(all: readonly Listed[]): readonly Listed[] {
  const keyOf = ({ session, providerName, connectionName }: Listed): string =>
    [session.identity.name, providerName, connectionName].join('\n');
  const counts = new Map<string, number>();
  const keys = all.map(keyOf);
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return all.map((one, at) => ({ ...one, alike: (counts.get(keys[at] ?? '') ?? 0) > 1 }));
}

export type Compare = (one: Listed, other: Listed) => number;

/** In the order of opening; the id decides between two of the same millisecond, so that ties never swap. */
export const byOpening: Compare = (one, other) =>
  one.session.openedAtMs - other.session.openedAtMs || (one.session.id < other.session.id ? -1 : 1);

/**
 * Keeps rows where they are while somebody points at them: what is still there stays in its order, what is new comes last.
 * A row that jumps away under a finger makes the finger press another.
 */
export function keepPlaces(shown: readonly string[], wanted: readonly Listed[]): readonly Listed[] {
  const place = new Map(shown.map((id, at) => [id, at]));
  const placeOf = ({ session }: Listed): number => place.get(session.id) ?? shown.length;
  return [...wanted].sort((one, other) => placeOf(one) - placeOf(other));
}
