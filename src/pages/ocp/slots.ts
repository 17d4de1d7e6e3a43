/** Which of a user's limited sessions this browser knows of. Pure; all times are milliseconds on the console's clock. */
import { endsAtMs } from '../../lib/time.ts';
import type { SlotRule } from '../../providers/contract.ts';
import type { SessionView } from '../../sessions/record.ts';

/** A session that holds a slot, with the time at which the server frees it unless it is used again. */
export interface HeldSlot {
  readonly session: SessionView;
  /** Undefined where the server did not say. */
  readonly freesAtMs: number | undefined;
}

export interface SlotsOfUser {
  readonly name: string;
  /** Oldest first. */
  readonly held: readonly HeldSlot[];
  readonly limit: SlotRule['limit'];
}

/** A session is counted until the end that the server gave its refresh token: then the slot is free at once. */
export function slotsByUser(
  sessions: readonly SessionView[],
  limit: SlotRule['limit'],
  nowMs: number,
  offsetMs: number,
): readonly SlotsOfUser[] {
  const byName = new Map<string, HeldSlot[]>();
  const oldestFirst = [...sessions].sort((one, other) => one.openedAtMs - other.openedAtMs);
  for (const session of oldestFirst) {
    if (!session.holdsSlot || session.ended || session.signInNeeded || !session.tokens) continue;
    const expiry = session.tokens.refreshExpiry;
    const freesAtMs = expiry && endsAtMs(expiry, offsetMs);
    if (freesAtMs !== undefined && freesAtMs <= nowMs) continue;
    const { name } = session.identity;
    byName.set(name, [...(byName.get(name) ?? []), { session, freesAtMs }]);
  }
  return [...byName].map(([name, held]) => ({ name, held, limit }));
}

/** "of 5 slots": what stands behind the count. A browser knows its own sessions and no others. */
export function limitWords({ limit, held }: Pick<SlotsOfUser, 'limit' | 'held'>): string {
  if (limit === 'none') return held.length === 1 ? 'session, no limit set' : 'sessions, no limit set';
  return limit === 1 ? 'of 1 slot' : `of ${String(limit)} slots`;
}

/** How many boxes to draw: a limit that nobody can overlook is drawn as what is held and one for the rest. */
const BOXES_MAX = 10;

/** What is not known to be held, as boxes: each one of its own, or all in one. */
export function restOf({ limit, held }: Pick<SlotsOfUser, 'limit' | 'held'>): {
  readonly boxes: number;
  readonly each: number;
} {
  if (limit === 'none') return { boxes: 0, each: 0 };
  const rest = Math.max(limit - held.length, 0);
  if (rest === 0) return { boxes: 0, each: 0 };
  return limit <= BOXES_MAX ? { boxes: rest, each: 1 } : { boxes: 1, each: rest };
}
