/** When the server frees a slot by itself, from what this browser knows. Pure; milliseconds on the console's clock. */
import type { Refusal } from '../features/sign-in/sign-in-desk.ts';
import { endsAtMs } from '../lib/time.ts';
import type { SessionView } from '../sessions/record.ts';

export type NextFree =
  /** A session of this user that this browser holds ends then, unless it is used again. */
  | { readonly kind: 'left-alone'; readonly atMs: number; readonly openedAtMs: number; readonly keptFresh: boolean }
  /** Whatever is open elsewhere has been idle for long enough by then, unless it is used again. */
  | { readonly kind: 'unused'; readonly atMs: number; readonly idleMs: number }
  | { readonly kind: 'unknown' };

export function nextFreeSlot(sessions: readonly SessionView[], refusal: Refusal, offsetMs: number): NextFree {
  const own = sessions
    .filter((one) => one.holdsSlot && !one.ended && !one.signInNeeded && isOf(one, refusal.user))
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

export const isOf = ({ identity }: SessionView, user: string | null): boolean =>
  identity.name.toLowerCase() === user?.trim().toLowerCase();

/** A server takes an e-mail for a user name where it likes, and a way in without a user name tells nobody's. */
export const mayBeOf = ({ identity }: SessionView, user: string | null): boolean =>
  user === null || user.includes('@') !== identity.name.includes('@');
