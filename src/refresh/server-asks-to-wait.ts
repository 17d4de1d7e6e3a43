import type { Failure } from '../http/failure.ts';
import { formatSpoken } from '../lib/format-time.ts';
import type { SessionRecord } from '../sessions/record.ts';

/** No server is waited for any longer; more is left to wait only where a clock was set back. */
const WAIT_MAX_MS = 3_600_000;

/** A moment that the server named holds for a person's click as well: what comes earlier only makes it later. */
export function serverAsksToWait({ waiting }: SessionRecord, nowMs: number): Failure | undefined {
  const leftMs = waiting?.asked === true ? (waiting.untilMs ?? 0) - nowMs : 0;
  if (leftMs <= 0 || leftMs > WAIT_MAX_MS) return undefined;
  return {
    code: 'asked-to-wait',
    happened: 'no',
    fault: 'throttle',
    sentence: `The server asked to be left alone for another ${formatSpoken(leftMs)}.`,
    next: 'Nothing was sent. Refresh tries again after that.',
    status: null,
    retryAfterMs: leftMs,
  };
}
