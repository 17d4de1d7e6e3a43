import { formatClockTime } from '../../lib/format-time.ts';
import type { Held } from '../../sessions/slot-ledger.ts';

/** A place that may be held. */
export function heldWords({ name, openedAtMs, untilMs, freeable }: Held): string {
  const who = name === null ? 'A sign-in whose answer was lost' : `Of ${name}, opened`;
  const until = untilMs === null ? 'until it has been idle for long enough' : `until ${formatClockTime(untilMs)}`;
  const how = freeable
    ? 'can be freed from here'
    : 'its tokens never came here, and if the server lists it, it can be ended in that list';
  return `${who} ${formatClockTime(openedAtMs)}: possibly held ${until}; ${how}.`;
}
