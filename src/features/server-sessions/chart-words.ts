/** What the chart says in words: only of the times in which somebody counted. Pure. */
import { formatClockTime, formatRough } from '../../lib/format-time.ts';
import type { SlotRule } from '../../providers/contract.ts';
import { fullTimes, type Run } from '../../sessions/slot-history.ts';

export function chartWords(runs: readonly Run[], limit: SlotRule['limit']): string {
  if (typeof limit !== 'number')
    return `at most ${String(Math.max(0, ...runs.map(({ count }) => count)))} when counted`;
  const full = fullTimes(runs, limit).at(-1);
  if (!full) return 'not full when counted';
  return `full at ${formatClockTime(full.fromMs)} for ${formatRough(Math.max(full.untilMs - full.fromMs, 1_000))}`;
}
