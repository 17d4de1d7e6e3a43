/** A user's count against the limit, in words and in boxes. Pure. */
import type { SlotRule } from '../../providers/contract.ts';

interface Counted {
  readonly limit: SlotRule['limit'];
  readonly count: number;
}

/** "of 5 slots of alice": what stands behind the count. `whose`: " of alice", or nothing. */
export function limitWords({ limit, count }: Counted, whose = ''): string {
  const noun = `${count === 1 ? 'session' : 'sessions'}${whose}`;
  if (limit === 'none') return `${noun}, no limit set`;
  if (limit === 'unknown') return `${noun}, limit unknown`;
  return `${limit === 1 ? 'of 1 slot' : `of ${String(limit)} slots`}${whose}`;
}

/** How many boxes to draw: a limit that nobody can overlook is drawn as what is held and one for the rest. */
const BOXES_MAX = 10;

/** What is not known to be held, as boxes: each one of its own, or all in one. */
export function restOf({ limit, count }: Counted): { readonly boxes: number; readonly each: number } {
  const rest = typeof limit === 'number' ? Math.max(limit - count, 0) : 0;
  if (typeof limit !== 'number' || rest === 0) return { boxes: 0, each: 0 };
  return limit <= BOXES_MAX ? { boxes: rest, each: 1 } : { boxes: 1, each: rest };
}

/** One sign-in more, and the next one is refused. */
export const isNearLimit = ({ limit, count }: Counted): boolean =>
  typeof limit === 'number' && count >= Math.max(limit - 1, 1);
