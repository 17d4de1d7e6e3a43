import type { ReactNode } from 'react';
import type { SessionView } from '../sessions/record.ts';

export interface SessionCount {
  readonly open: number;
  /** How many of them need a person. */
  readonly attention: number;
  /** What is shown instead, where a server was asked. */
  readonly mark?: ReactNode;
}

const none: SessionCount = { open: 0, attention: 0 };

/** Sessions that are not over, by provider; the total under the empty name. `marks`: by provider. */
export function countSessions(
  sessions: readonly SessionView[],
  marks?: ReadonlyMap<string, ReactNode>,
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
  return (provider) => ({ ...(counts.get(provider) ?? none), mark: marks?.get(provider) });
}
