import { formatClockTime } from '../../lib/format-time.ts';
import type { Held } from '../../sessions/slot-ledger.ts';

/** A place that may be held. */
export function heldWords(held: Held): string {
  const { openedAtMs, untilMs } = held;
  const until = untilMs === null ? 'until it has been idle for long enough' : `until ${formatClockTime(untilMs)}`;
  return `${whose(held)} ${formatClockTime(openedAtMs)}: possibly held ${until}; ${howItEnds(held)}.`;
}

function whose({ name, isOfGonePage }: Held): string {
  if (name !== null) return `Of ${name}, opened`;
  return isOfGonePage ? 'A session of a page that is gone, opened' : 'A sign-in whose answer was lost';
}

function howItEnds({ name, freeable, isOfGonePage }: Held): string {
  if (freeable) return 'can be freed from here';
  const where = 'if the server lists it, it can be ended in that list';
  if (isOfGonePage) return `its tokens went with that page, and ${where}`;
  return name === null ? `its tokens never came here, and ${where}` : `its tokens were dropped here, and ${where}`;
}
