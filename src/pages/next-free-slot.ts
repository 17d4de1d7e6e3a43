/** When the server frees a slot by itself, from what this browser knows. Pure; milliseconds on the console's clock. */
import type { Refusal } from '../features/sign-in/sign-in-desk.ts';
import { endsAtMs } from '../lib/time.ts';
import type { Seen } from '../features/server-sessions/seen-sessions.ts';
import { isNamed } from '../sessions/is-named.ts';
import type { SessionView } from '../sessions/record.ts';

export type NextFree =
  /** The first of those elsewhere that the server lists ends then, unless it is used again. */
  | {
      readonly kind: 'elsewhere';
      readonly atMs: number;
      readonly openedAtMs: number | null;
      readonly browser: string | null;
    }
  /** A session of this user that this browser holds ends then, unless it is used again. */
  | { readonly kind: 'left-alone'; readonly atMs: number; readonly openedAtMs: number; readonly keptFresh: boolean }
  /** Whatever is open elsewhere has been idle for long enough by then, unless it is used again. */
  | { readonly kind: 'unused'; readonly atMs: number; readonly idleMs: number }
  | { readonly kind: 'unknown' };

/** `seen`: all of this user that the server lists; null where it was not asked. */
export function nextFreeSlot(
  sessions: readonly SessionView[],
  refusal: Refusal,
  offsetMs: number,
  seen: readonly Seen[] | null = null,
): NextFree {
  const first = seen && firstOf(seen, sessions);
  if (first) return first;
  const own = sessions
    .filter((one) => one.holdsSlot && !one.ended && !one.signInNeeded && isNamed(one.identity, refusal.user))
    .flatMap((one) => {
      const atMs = one.tokens?.refreshExpiry && endsAtMs(one.tokens.refreshExpiry, offsetMs);
      return atMs === undefined ? [] : [{ atMs, openedAtMs: one.openedAtMs, keptFresh: one.keepFresh }];
    })
    .sort((one, other) => one.atMs - other.atMs)[0];
  if (own) return { kind: 'left-alone', ...own };
  // The server tells its idle time with each pair, and less of it only where a session comes near its last end.
  const idles = sessions.flatMap(({ tokens }) =>
    tokens?.refreshExpiry?.kind === 'relative' ? [tokens.refreshExpiry.lifeMs] : [],
  );
  const idleMs = Math.max(0, ...idles);
  return idleMs > 0 ? { kind: 'unused', atMs: refusal.atMs + idleMs, idleMs } : { kind: 'unknown' };
}

/** What is kept fresh here is put off again and again, so it comes last. */
function firstOf(seen: readonly Seen[], sessions: readonly SessionView[]): NextFree | undefined {
  const ends = seen.flatMap(({ freesAtMs: atMs, startedAtMs: openedAtMs, browser, localId, mark }) => {
    const record = sessions.find(({ id }) => id === localId);
    const keptFresh = record !== undefined && mark !== 'left' && record.keepFresh;
    return atMs === null ? [] : [{ atMs, openedAtMs, browser, keptFresh, record }];
  });
  const [first] = ends.sort((one, other) => Number(one.keptFresh) - Number(other.keptFresh) || one.atMs - other.atMs);
  if (!first) return undefined;
  const { atMs, openedAtMs, browser, keptFresh, record } = first;
  return record
    ? { kind: 'left-alone', atMs, openedAtMs: record.openedAtMs, keptFresh }
    : { kind: 'elsewhere', atMs, openedAtMs, browser };
}
