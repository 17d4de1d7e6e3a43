/** Places at a vendor that this browser took and did not give back, as far as it knows. Pure; milliseconds on our clock. */
import { isLongOver } from './long-over.ts';
import type { SessionView } from './record.ts';

/**
 * A sign-in whose answer never came back: a session may be open that nobody holds. Or a session that is open in the memory
 * of one page alone, and nobody's once that page is gone. Holds nothing that was typed.
 */
export interface LeftSignIn {
  /** The call's nonce; of an open session, a name of its own. */
  readonly id: string;
  readonly revision: number;
  readonly connection: string;
  readonly provider: string;
  readonly baseUrl: string;
  readonly way: string;
  readonly nonce: string;
  readonly boot: string;
  readonly sentAtMs: number;
  /** When its answer was given up, or its page found gone; null while it is under way, or open there. */
  readonly lostAtMs: number | null;
  /** The latest time at which the vendor frees its place by itself; null where nobody said. */
  readonly untilMs: number | null;
  /** Of an open session alone. */
  readonly opened?: Opened;
}

/** A session in a page's memory. `logOut`: what was sent as that page was left, by which the gateway knows it again. */
export interface Opened {
  readonly logOut?: { readonly nonce: string; readonly boot: string; readonly sentAtMs: number };
}

/** One place that may be taken. */
export interface Held {
  readonly id: string;
  readonly connection: string;
  /** Null where only the sign-in is known, and not who. */
  readonly name: string | null;
  readonly openedAtMs: number;
  /** Null where nobody said. */
  readonly untilMs: number | null;
  /** What ends it is here. */
  readonly freeable: boolean;
  /** Nothing here will ever tell whether it is over: only a person can. */
  readonly isGuess: boolean;
  /** It was open in a page that is gone. */
  readonly isOfGonePage: boolean;
}

/**
 * Oldest first; what has certainly freed itself by now is left out. A session to which its server named no end stays until
 * it is freed, or a person takes it off: a count names none of those.
 */
export function possiblyHeld(
  sessions: readonly SessionView[],
  signIns: readonly LeftSignIn[],
  nowMs: number,
): readonly Held[] {
  const left = sessions.flatMap(({ id, connection, identity, openedAtMs, leftover }) => {
    if (!leftover) return [];
    const { untilMs, freeable } = leftover;
    const isGuess = untilMs === null && !freeable;
    const isOver = untilMs !== null && untilMs <= nowMs;
    return isOver
      ? []
      : [{ id, connection, name: identity.name, openedAtMs, untilMs, freeable, isGuess, isOfGonePage: false }];
  });
  const lost = signIns
    .filter((one) => one.lostAtMs !== null && !isLongOver(one, nowMs))
    .map(({ id, connection, sentAtMs, untilMs, opened }) => ({
      ...{ id, connection, name: null, openedAtMs: sentAtMs, untilMs },
      ...{ freeable: false, isGuess: true, isOfGonePage: opened !== undefined },
    }));
  return [...left, ...lost].sort((one, other) => one.openedAtMs - other.openedAtMs);
}
