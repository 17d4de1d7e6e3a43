/** Searching and sorting the sessions' table. Pure. */
import { endsAtMs } from '../../lib/time.ts';
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
}

/** Every word of the search must occur in one of the names, in any order. */
export function search(all: readonly Listed[], text: string): readonly Listed[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return all;
  return all.filter((listed) => {
    const names = [
      listed.session.identity.name,
      listed.providerName,
      listed.connectionName,
      listed.session.lineage.label,
    ];
    const hay = names.join('\n').toLowerCase();
    return words.every((word) => hay.includes(word));
  });
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

type Compare = (one: Listed, other: Listed) => number;

/** In the order of opening; the id decides between two of the same millisecond, so that ties never swap. */
const byOpening: Compare = (one, other) =>
  one.session.openedAtMs - other.session.openedAtMs || (one.session.id < other.session.id ? -1 : 1);

const byName: Compare = (one, other) => collator.compare(one.session.identity.name, other.session.identity.name);

const byProvider: Compare = (one, other) =>
  collator.compare(one.providerName, other.providerName) || collator.compare(one.connectionName, other.connectionName);

/** What has no tokens comes first, because it needs a person; what nobody knows the end of comes last. */
const byEnd =
  (offsetMs: (connection: string) => number): Compare =>
  (one, other) => {
    const [left, right] = [endOf(one, offsetMs), endOf(other, offsetMs)];
    return left === right ? 0 : left - right;
  };

function endOf({ session }: Listed, offsetMs: (connection: string) => number): number {
  if (!session.tokens) return -Infinity;
  return endsAtMs(session.tokens.accessExpiry, offsetMs(session.connection)) ?? Infinity;
}

export function sort(
  all: readonly Listed[],
  sorting: Sorting | null,
  offsetMs: (connection: string) => number,
): readonly Listed[] {
  const compares: Readonly<Record<Sorting, Compare>> = { ends: byEnd(offsetMs), name: byName, provider: byProvider };
  const compare = sorting === null ? byOpening : compares[sorting];
  return [...all].sort((one, other) => compare(one, other) || byOpening(one, other));
}

/**
 * Keeps rows where they are while somebody points at them: what is still there stays in its order, what is new comes last.
 * A row that jumps away under a finger makes the finger press another.
 */
export function keepPlaces(shown: readonly string[], wanted: readonly Listed[]): readonly Listed[] {
  const place = new Map(shown.map((id, at) => [id, at]));
  const placeOf = ({ session }: Listed): number => place.get(session.id) ?? shown.length;
  return [...wanted].sort((one, other) => placeOf(one) - placeOf(other));
}
