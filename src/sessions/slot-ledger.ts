/** Places at a vendor that this browser took and did not give back, as far as it knows. Pure; milliseconds on our clock. */
import { FORGOTTEN_AFTER_MS } from './long-over.ts';
import type { SessionView } from './record.ts';

/** A sign-in whose answer never came back: a session may be open that nobody holds. Holds nothing that was typed. */
export interface LeftSignIn {
  /** The call's nonce. */
  readonly id: string;
  readonly revision: number;
  readonly connection: string;
  readonly provider: string;
  readonly baseUrl: string;
  readonly way: string;
  readonly nonce: string;
  readonly boot: string;
  readonly sentAtMs: number;
  /** When its answer was given up; null while it is under way. */
  readonly lostAtMs: number | null;
  /** The latest time at which the vendor frees its place by itself; null where nobody said. */
  readonly untilMs: number | null;
}

/** One place that may be taken. */
export interface Held {
  readonly id: string;
  readonly connection: string;
  /** Null where only the sign-in is known, and not who. */
  readonly name: string | null;
  readonly openedAtMs: number;
  readonly untilMs: number | null;
  /** What ends it is here. */
  readonly freeable: boolean;
}

/** Oldest first; what has certainly freed itself by now is left out. */
export function possiblyHeld(
  sessions: readonly SessionView[],
  signIns: readonly LeftSignIn[],
  nowMs: number,
): readonly Held[] {
  const left = sessions.flatMap(({ id, connection, identity, openedAtMs, leftover }) =>
    leftover
      ? [
          {
            ...{ id, connection, name: identity.name, openedAtMs },
            ...{ untilMs: leftover.untilMs, freeable: leftover.freeable },
          },
        ]
      : [],
  );
  const lost = signIns
    .filter(({ lostAtMs }) => lostAtMs !== null)
    .map(({ id, connection, sentAtMs, untilMs }) => {
      return { id, connection, name: null, openedAtMs: sentAtMs, untilMs, freeable: false };
    });
  return [...left, ...lost]
    .filter(({ untilMs, openedAtMs }) => (untilMs ?? openedAtMs + FORGOTTEN_AFTER_MS) > nowMs)
    .sort((one, other) => one.openedAtMs - other.openedAtMs);
}
