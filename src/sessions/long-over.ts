import type { LeftSignIn } from './slot-ledger.ts';

/** A sign-in of which nothing else was heard: what it may have opened was not used for so long. */
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/** Its place is free by now, whatever became of it. Time tells that of no session to which its server named no end. */
export const isLongOver = ({ sentAtMs, untilMs, opened }: LeftSignIn, nowMs: number): boolean =>
  untilMs === null ? !opened && sentAtMs + FORGOTTEN_AFTER_MS <= nowMs : untilMs <= nowMs;
