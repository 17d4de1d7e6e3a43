import type { LeftSignIn } from './slot-ledger.ts';

/** No server keeps an unused session for longer. */
export const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/** Its place is free by now, whatever became of it. */
export const isLongOver = ({ sentAtMs, untilMs }: LeftSignIn, nowMs: number): boolean =>
  (untilMs ?? sentAtMs + FORGOTTEN_AFTER_MS) <= nowMs;
