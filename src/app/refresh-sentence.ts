import type { KeepingState } from '../console/keeping.ts';
import type { ConsoleState } from '../console/services.ts';
import { formatMoment } from '../lib/format-time.ts';

type Known = Pick<ConsoleState, 'offlineSinceMs' | 'silentSinceMs' | 'nextRefreshAtMs' | 'nextIsTry'> &
  Pick<KeepingState, 'trouble'>;

/** What is sent by itself next, or since when nothing can be: the moment on the hybrid clock, in milliseconds as all of them. */
export function refreshSentence(known: Known, nowMs: number): string {
  const { offlineSinceMs, silentSinceMs, trouble } = known;
  if (offlineSinceMs !== null) return `Offline since ${formatMoment(offlineSinceMs, nowMs)}: nothing is sent by itself`;
  if (silentSinceMs !== null) return `Gateway away since ${formatMoment(silentSinceMs, nowMs)}: refreshes wait`;
  // There may be room again: what is due finds out by itself.
  if (trouble === 'full') return `Storage refused the last write. ${planned({ ...known, nextIsTry: true }, nowMs)}`;
  return trouble ? 'Nothing can be stored: no refresh in this tab' : planned(known, nowMs);
}

function planned({ nextRefreshAtMs, nextIsTry }: Known, nowMs: number): string {
  if (nextRefreshAtMs === null) return 'No refresh is due';
  if (nextRefreshAtMs <= nowMs) return nextIsTry ? 'Trying now' : 'Refreshing now';
  return `Next ${nextIsTry ? 'try' : 'refresh'} ${formatMoment(nextRefreshAtMs, nowMs)}`;
}
