import type { EndedNext, KnownSlots } from '../../console/known-slots.ts';
import { formatClockTime } from '../../lib/format-time.ts';

/** "alice: 4 of 5 by the server’s count of 10:42:07, 1 of them over since, 1 opened here since" */
export function knownWords({ who, count, limit, countedAtMs, overSince, openedSince }: KnownSlots): string {
  const noun = count === 1 ? 'session' : 'sessions';
  const most = typeof limit === 'number' ? `of ${String(limit)}` : noun;
  const how =
    countedAtMs === null ? 'used by this browser' : `by the server’s count of ${formatClockTime(countedAtMs)}`;
  const over = overSince > 0 ? `, ${String(overSince)} of them over since` : '';
  const opened = openedSince > 0 ? `, ${String(openedSince)} opened here since` : '';
  return `${who.name}: ${String(count)} ${most} ${how}${over}${opened}`;
}

/** What another sign-in of that person meets; null where nothing stands against it. */
export function nextWords({ who, next }: Pick<KnownSlots, 'who' | 'next'>): string | null {
  if (next === 'free') return null;
  return next === 'refused'
    ? `Another sign-in of ${who.name} would be refused, and counts as a failed one.`
    : `Another sign-in of ${who.name} ends the session that was used least recently: ${endedWords(next)}.`;
}

function endedWords({ isHere, browser, startedAtMs }: EndedNext): string {
  const what = isHere ? 'one that was opened here' : (browser ?? 'one elsewhere');
  return startedAtMs === null ? what : `${what}, started ${formatClockTime(startedAtMs)}`;
}
