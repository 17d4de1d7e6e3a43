import type { SlotCount } from '../console/slot-counter.ts';
import type { SessionView } from '../sessions/record.ts';

export interface SessionCount {
  readonly open: number;
  /** How many of them need a person. */
  readonly attention: number;
  /** The fullest of its users' counts against a limit, as the server last told it. */
  readonly slots?: { readonly count: number; readonly limit: number; readonly name: string };
}

const none: SessionCount = { open: 0, attention: 0 };

/** Sessions that are not over, by provider; the total under the empty name. `counted`: what the servers told. */
export function countSessions(
  sessions: readonly SessionView[],
  counted: Iterable<SlotCount> = [],
): (provider: string) => SessionCount {
  const counts = new Map<string, SessionCount>();
  for (const session of sessions) {
    if (session.ended) continue;
    const attention = session.signInNeeded || session.uncertain ? 1 : 0;
    for (const name of ['', session.provider]) {
      const { open, attention: before } = counts.get(name) ?? none;
      counts.set(name, { open: open + 1, attention: before + attention });
    }
  }
  for (const { provider, name, person, limit, sessions: listed } of counted) {
    const before = counts.get(provider);
    if (!before || person || !listed || typeof limit !== 'number') continue;
    const { count, limit: most } = before.slots ?? { count: -1, limit: 1 };
    if (listed.length / limit <= count / most) continue;
    counts.set(provider, { ...before, slots: { count: listed.length, limit, name } });
  }
  return (provider) => counts.get(provider) ?? none;
}
