import { formatClockTime, formatDateTime } from '../../lib/format-time.ts';
import type { Held } from '../../sessions/slot-ledger.ts';

/** A place that may be held. */
export function heldWords(held: Held): string {
  const { openedAtMs, untilMs } = held;
  if (isEndless(held)) {
    return `${whose(held)} ${formatDateTime(openedAtMs)}: its server named no end, so until when it lives and whether it holds a slot is not known; ${howItEnds(held)}.`;
  }
  const until = untilMs === null ? 'until it has been idle for long enough' : `until ${formatClockTime(untilMs)}`;
  return `${whose(held)} ${formatClockTime(openedAtMs)}: possibly held ${until}; ${howItEnds(held)}.`;
}

/** What a sign-in opened nobody saw; a session tells whether its server named an end. */
const isEndless = ({ name, untilMs, isOfGonePage }: Held): boolean =>
  untilMs === null && (name !== null || isOfGonePage);

function whose({ name, isOfGonePage }: Held): string {
  if (name !== null) return `Of ${name}, opened`;
  return isOfGonePage ? 'A session of a page that is gone, opened' : 'A sign-in whose answer was lost';
}

function howItEnds(held: Held): string {
  const { name, freeable, isOfGonePage } = held;
  if (freeable) return 'can be freed from here';
  const where = isEndless(held)
    ? 'its server’s list may not name it: whoever runs the server can end it'
    : 'if the server lists it, it can be ended in that list';
  if (isOfGonePage) return `its tokens went with that page, and ${where}`;
  return name === null ? `its tokens never came here, and ${where}` : `its tokens were dropped here, and ${where}`;
}
