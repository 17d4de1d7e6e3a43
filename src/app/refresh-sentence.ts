import type { KeepingState } from '../console/keeping.ts';
import type { ConsoleState } from '../console/services.ts';
import { formatMoment } from '../lib/format-time.ts';

type Known = Pick<ConsoleState, 'offlineSinceMs' | 'silentSinceMs' | 'nextRefreshAtMs' | 'nextIsTry'> &
  Pick<KeepingState, 'trouble'>;

/** What is sent by itself next, or since when nothing can be: the moment on the hybrid clock, in milliseconds as all of them. */
export function refreshSentence(
  { offlineSinceMs, silentSinceMs, nextRefreshAtMs, nextIsTry, trouble }: Known,
  nowMs: number,
): string {
  if (offlineSinceMs !== null) return `Offline since ${formatMoment(offlineSinceMs, nowMs)}: nothing is sent by itself`;
  if (silentSinceMs !== null) return `Gateway away since ${formatMoment(silentSinceMs, nowMs)}: refreshes wait`;
  if (trouble)
    return `${trouble === 'lost' ? 'Storage does not answer' : 'Nothing can be stored'}: no refresh in this tab`;
  if (nextRefreshAtMs === null) return 'No refresh is due';
  if (nextRefreshAtMs <= nowMs) return nextIsTry ? 'Trying now' : 'Refreshing now';
  return `Next ${nextIsTry ? 'try' : 'refresh'} ${formatMoment(nextRefreshAtMs, nowMs)}`;
}
