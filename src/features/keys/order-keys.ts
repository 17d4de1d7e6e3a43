/** Which keys match and in which order they stand. Pure. What nobody reported stands last, whichever way one sorts. */
import type { KeyEntry } from './key-entry.ts';
import type { Filter, KeyView, Sorting } from './key-view.ts';

const DAY_MS = 86_400_000;
export const SOON_DAYS = 30;
export const UNUSED_DAYS = 90;

export const isExpiring = ({ expiresAtMs }: KeyEntry, nowMs: number): boolean =>
  typeof expiresAtMs === 'number' && expiresAtMs - nowMs < SOON_DAYS * DAY_MS;

/** Used last, or made and never used, so long ago. Where the vendor reports no use, nobody knows. */
export function isUnused({ lastUse, createdAtMs }: KeyEntry, nowMs: number): boolean {
  const sinceMs = lastUse === 'never' ? createdAtMs : lastUse === 'not-reported' ? lastUse : lastUse.atMs;
  return typeof sinceMs === 'number' && nowMs - sinceMs > UNUSED_DAYS * DAY_MS;
}

const passes: Readonly<Record<Filter, (entry: KeyEntry, nowMs: number) => boolean>> = {
  all: () => true,
  expiring: isExpiring,
  'no-expiry': ({ expiresAtMs }) => expiresAtMs === 'never',
  'never-used': ({ lastUse }) => lastUse === 'never',
  unused: isUnused,
};

/** How many of them a filter cannot judge, because the vendor does not report what it asks for. */
export function unjudged(entries: readonly KeyEntry[], filter: Filter): number {
  switch (filter) {
    case 'all':
      return 0;
    case 'expiring':
    case 'no-expiry':
      return entries.filter(({ expiresAtMs }) => expiresAtMs === 'not-reported').length;
    case 'never-used':
    case 'unused':
      return entries.filter(({ lastUse }) => lastUse === 'not-reported').length;
    default:
      return filter satisfies never;
  }
}

type Rank = number | 'unknown';

const rankOf: Readonly<Record<Exclude<Sorting, 'name' | 'where'>, (entry: KeyEntry) => Rank>> = {
  created: ({ createdAtMs }) => (createdAtMs === 'not-reported' ? 'unknown' : createdAtMs),
  expires: ({ expiresAtMs }) =>
    expiresAtMs === 'never' ? Infinity : expiresAtMs === 'not-reported' ? 'unknown' : expiresAtMs,
  // Never is longer ago than any use.
  used: ({ lastUse }) => (lastUse === 'never' ? -Infinity : lastUse === 'not-reported' ? 'unknown' : lastUse.atMs),
};

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const byName = (one: KeyEntry, other: KeyEntry): number => collator.compare(one.name, other.name);
const byWhere = (one: KeyEntry, other: KeyEntry): number =>
  collator.compare(one.providerName, other.providerName) || collator.compare(one.connectionName, other.connectionName);

type Compare = (one: KeyEntry, other: KeyEntry) => number;

function compareBy(sorting: Sorting, descending: boolean): Compare {
  const turn = descending ? -1 : 1;
  if (sorting === 'name') return (one, other) => turn * byName(one, other);
  if (sorting === 'where') return (one, other) => turn * byWhere(one, other);
  const rank = rankOf[sorting];
  return (one, other) => {
    const [left, right] = [rank(one), rank(other)];
    if (left === right) return 0;
    if (left === 'unknown') return 1;
    if (right === 'unknown') return -1;
    return turn * (left < right ? -1 : 1);
  };
}

/** Ties stand by name, and two of one name by their id, so that they never swap. */
const byId: Compare = (one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);

export function sortKeys(
  entries: readonly KeyEntry[],
  { sorting, descending }: Pick<KeyView, 'sorting' | 'descending'>,
): readonly KeyEntry[] {
  const compare = compareBy(sorting, descending);
  return [...entries].sort((one, other) => compare(one, other) || byName(one, other) || byId(one, other));
}

/** Every word of the text stands somewhere in the key. */
export function findKeys(
  entries: readonly KeyEntry[],
  { text, filter, connection }: Pick<KeyView, 'text' | 'filter' | 'connection'>,
  nowMs: number,
): readonly KeyEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(
    (entry) =>
      (connection === '' || entry.connection === connection) &&
      passes[filter](entry, nowMs) &&
      words.every((word) => entry.haystack.includes(word)),
  );
}
