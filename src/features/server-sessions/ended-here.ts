/** What was ended from here, and what the server's own list says of it by now. */
import type { Services } from '../../console/services.ts';
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
  /** Where it is gone, this call ended it; null where nobody knows: not counted just before, or no answer came. */
  readonly byThis: boolean | null;
}

/**
 * `gone`: whoever ended it. `accepted`: the server lists nothing that would prove it. `refused`: so too, and it said no.
 */
export type Outcome = 'ended' | 'gone-already' | 'gone' | 'listed' | 'unknown' | 'accepted' | 'refused';

/** Only a list that was asked for afterwards tells; an older one, kept because no new one came, tells nothing. */
export function outcomeOf({ id, atMs, accepted, byThis }: EndedHere, count: SlotCount | undefined): Outcome {
  if (!count) return 'unknown';
  const { sessions, askedAtMs, failure } = count;
  if (sessions && askedAtMs !== null && askedAtMs >= atMs) {
    if (sessions.some((one) => one.id === id)) return 'listed';
    return byThis === null ? 'gone' : byThis ? 'ended' : 'gone-already';
  }
  if (sessions || failure) return 'unknown';
  return accepted ? 'accepted' : 'refused';
}

/** By the key of the count, for as long as the page lives: whoever is looked up again has it in the ticket. */
const visits = new WeakMap<Services, Map<string, readonly EndedHere[]>>();

export const endedInVisit = (services: Services, key: string | undefined): readonly EndedHere[] =>
  visits.get(services)?.get(key ?? '') ?? [];

export function keepForVisit(services: Services, key: string, told: readonly EndedHere[]): void {
  const known = visits.get(services) ?? new Map<string, readonly EndedHere[]>();
  visits.set(services, known.set(key, [...endedInVisit(services, key), ...told]));
}
