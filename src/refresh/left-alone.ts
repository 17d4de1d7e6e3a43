import type { CallRecord } from '../http/call.ts';
import type { CauseCode } from '../http/envelope.ts';

const FAILURES_MAX = 5;
const FIRST_MS = 30_000;
const MOST_MS = 600_000;

/** What went wrong on the way to the server, or there. A gateway that is away, or refuses, says nothing of a server. */
const ofTheServer: ReadonlySet<CauseCode> = new Set<CauseCode>([
  'unknown-host',
  'connection-refused',
  'unreachable',
  'connect-timeout',
  'tls-failed',
  'timeout',
  'cut',
]);

/**
 * Servers that failed five times in a row, each with the moment until which it is left alone: half a minute, and twice as
 * long after each further failure, ten minutes at most. Any answer ends it. Each tab counts its own calls.
 */
export interface LeftAlone {
  heard(call: Pick<CallRecord, 'connection' | 'phase' | 'status' | 'cause'>): void;
  /** Undefined where it is not. A moment that has passed: one call may find out, and no second beside it. */
  untilMs(connection: string): number | undefined;
}

export function createLeftAlone(nowMs: () => number): LeftAlone {
  const failing = new Map<string, { readonly times: number; readonly untilMs: number }>();

  return {
    heard({ connection, phase, status, cause }) {
      const answered = phase === 'answered' && status !== null;
      const failed = answered ? status >= 500 : cause !== null && ofTheServer.has(cause.code);
      if (answered && !failed) failing.delete(connection);
      if (!failed) return;
      const { times, untilMs } = failing.get(connection) ?? { times: 0, untilMs: 0 };
      // What a person sends meanwhile makes it no longer.
      if (untilMs > nowMs()) return;
      const more = times + 1 - FAILURES_MAX;
      const waitMs = more < 0 ? 0 : Math.min(FIRST_MS * 2 ** more, MOST_MS);
      failing.set(connection, { times: times + 1, untilMs: waitMs === 0 ? 0 : nowMs() + waitMs });
    },
    untilMs(connection) {
      const found = failing.get(connection);
      return found && found.times >= FAILURES_MAX ? found.untilMs : undefined;
    },
  };
}
