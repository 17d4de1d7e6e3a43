import { endsAtMs } from '../lib/time.ts';
import type { SessionView } from './record.ts';

interface Then {
  /** When the server listed it; our clock. */
  readonly listedAtMs: number;
  readonly nowMs: number;
  /** Server minus local time. */
  readonly offsetMs: number;
}

/**
 * A session that the server listed then is over by now, as far as its record tells: the server said so since, or the end
 * that it gave the refresh token has come. An answer that is missing may have prolonged it. Pure.
 */
export function isKnownOver(
  { signInNeeded, leftover, tokens, uncertain, intent }: SessionView,
  { listedAtMs, nowMs, offsetMs }: Then,
): boolean {
  if (leftover || uncertain || intent) return false;
  if (signInNeeded) return signInNeeded.sinceMs >= listedAtMs;
  const endMs = tokens?.refreshExpiry && endsAtMs(tokens.refreshExpiry, offsetMs);
  return endMs !== undefined && endMs >= listedAtMs && endMs <= nowMs;
}
