/** What was ended from here, and what the server's own list says of it by now. Pure. */
import type { SlotCount } from '../../console/slot-counter.ts';

export interface EndedHere {
  /** The session, as the server names it: for the list, never for a reader. */
  readonly id: string;
  readonly what: string;
  /** When the server had answered; our clock. */
  readonly atMs: number;
  readonly by: string;
  /** The server refused nothing, which proves nothing. */
  readonly accepted: boolean;
}

/** `accepted`: the server lists nothing that would prove it. `refused`: so too, and it said no. */
export type Outcome = 'gone' | 'listed' | 'unknown' | 'accepted' | 'refused';

/** Only a list that was asked for afterwards tells; an older one, kept because no new one came, tells nothing. */
export function outcomeOf({ id, atMs, accepted }: EndedHere, count: SlotCount | undefined): Outcome {
  if (!count) return 'unknown';
  const { sessions, askedAtMs, failure } = count;
  if (sessions && askedAtMs !== null && askedAtMs >= atMs) {
    return sessions.some((one) => one.id === id) ? 'listed' : 'gone';
  }
  if (sessions || failure) return 'unknown';
  return accepted ? 'accepted' : 'refused';
}
