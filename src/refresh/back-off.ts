import type { RandomBytes } from '../lib/random.ts';

const FIRST_MS = 2_000;
const MOST_MS = 15 * 60_000;

/**
 * How long to leave a server alone after `failures` in a row: full jitter, a random share of a doubling bound, so that
 * many clients do not come back in step. Milliseconds, at most 15 minutes.
 */
export function backOffMs(failures: number, random: RandomBytes): number {
  const [high = 0, low = 0] = random(2);
  const share = (high * 256 + low) / 65_535;
  return share * Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures, 20));
}
