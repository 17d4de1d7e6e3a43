/** How pressing it is that something ends, and when that is worth saying aloud. All times are milliseconds. */

export type Urgency = 'ok' | 'warn' | 'bad' | 'ended';

const WARN_SHARE = 0.2;
const BAD_SHARE = 0.1;
const BAD_MS = 30_000;

/**
 * `warn` in the last fifth of a life; `bad` in its last 30 seconds, or in its last tenth where the whole life is so
 * short that half a minute would be most of it. Without a known life only the 30 seconds count.
 */
export function urgencyOf(remainingMs: number, lifeMs: number | undefined): Urgency {
  if (remainingMs <= 0) return 'ended';
  if (remainingMs <= Math.min(BAD_MS, (lifeMs ?? Infinity) * BAD_SHARE)) return 'bad';
  if (lifeMs !== undefined && remainingMs <= lifeMs * WARN_SHARE) return 'warn';
  return 'ok';
}
