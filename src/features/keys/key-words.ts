/** What is said of a key, in words. "not reported" is neither "never" nor "none". Pure. */
import { formatAgo, formatDateTime, formatRough } from '../../lib/format-time.ts';
import type { StateKind } from '../../ui/state.tsx';
import type { KeyEntry } from './key-entry.ts';
import { isExpiring, isUnused, SOON_DAYS, UNUSED_DAYS } from './order-keys.ts';

export const NOT_REPORTED = 'not reported';

/** A day is enough for what happened long ago; the hour is in the tooltip. */
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
export const dayWords = (atMs: number | 'not-reported'): string =>
  atMs === 'not-reported' ? NOT_REPORTED : Number.isNaN(new Date(atMs).getTime()) ? 'unknown' : day.format(atMs);

export const momentTitle = (atMs: number | string): string | undefined =>
  typeof atMs === 'number' ? formatDateTime(atMs) : undefined;

export const scopeWords = ({ scopes }: Pick<KeyEntry, 'scopes'>): string =>
  scopes === 'not-reported' ? NOT_REPORTED : scopes.length === 0 ? 'none' : scopes.join(', ');

export const expiryWords = ({ expiresAtMs }: Pick<KeyEntry, 'expiresAtMs'>): string =>
  expiresAtMs === 'never' ? 'never' : dayWords(expiresAtMs);

/** "in 12 d", under the day; nothing where there is no day. */
export function expiryHint({ expiresAtMs }: Pick<KeyEntry, 'expiresAtMs'>, nowMs: number): string {
  if (typeof expiresAtMs !== 'number') return '';
  return expiresAtMs <= nowMs ? 'over' : `in ${formatRough(expiresAtMs - nowMs)}`;
}

export function lastUseWords({ lastUse }: Pick<KeyEntry, 'lastUse'>, nowMs: number): string {
  if (lastUse === 'not-reported') return NOT_REPORTED;
  return lastUse === 'never' ? 'never' : formatAgo(lastUse.atMs, nowMs);
}

export const fromWords = ({ lastUse }: Pick<KeyEntry, 'lastUse'>): string =>
  typeof lastUse === 'string' ? '' : `from ${lastUse.from === 'not-reported' ? 'nowhere reported' : lastUse.from}`;

export function lateWords({ useResolutionMs, lastUse }: KeyEntry): string | undefined {
  if (typeof lastUse === 'string') return undefined;
  const late = useResolutionMs ? `, and may be up to ${formatRough(useResolutionMs)} late` : '';
  return `${formatDateTime(lastUse.atMs)}${late}`;
}

export interface KeyState {
  readonly kind: StateKind;
  readonly word: string;
  readonly why: string;
}

/** The most pressing of what can be said of it. Whether it works, only trying it tells. */
export function stateOf(entry: KeyEntry, nowMs: number): KeyState {
  const { expiresAtMs, lastUse, row } = entry;
  if (typeof expiresAtMs === 'number' && expiresAtMs <= nowMs) {
    return { kind: 'bad', word: 'Expired', why: 'Its end is over by this clock.' };
  }
  if (isExpiring(entry, nowMs)) {
    return { kind: 'attention', word: 'Expiring', why: `It ends within ${String(SOON_DAYS)} days.` };
  }
  if (isUnused(entry, nowMs)) {
    const since = lastUse === 'never' ? 'It was made' : 'Its last use is';
    return { kind: 'attention', word: 'Unused', why: `${since} more than ${String(UNUSED_DAYS)} days ago.` };
  }
  if (expiresAtMs === 'never') {
    return { kind: 'attention', word: 'No expiry', why: 'It works until somebody deletes it.' };
  }
  if (!row) return { kind: 'unknown', word: 'Used here', why: 'No call lists it; it is known by its tokens here.' };
  return { kind: 'ready', word: 'Listed', why: 'The server lists it. Only trying it tells whether it works.' };
}
