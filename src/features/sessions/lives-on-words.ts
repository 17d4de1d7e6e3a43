import { formatMoment } from '../../lib/format-time.ts';
import { endsAtMs } from '../../lib/time.ts';
import type { SessionView } from '../../sessions/record.ts';

/**
 * What lives on at the vendor after it was forgotten, with its times; empty where nothing is known of it. `what`: what
 * the session carries, "access token".
 */
export function livesOnWords(session: SessionView, what: string, offsetMs: number, nowMs: number): string {
  if (!session.tokens) return '';
  const { kind } = session.tokens.accessExpiry;
  const accessMs = endsAtMs(session.tokens.accessExpiry, offsetMs);
  if (kind === 'never') return `The ${what} has no end of its own.`;
  if (accessMs === undefined) return `When the ${what} ends is not reported.`;
  if (accessMs <= nowMs) return `By this clock the ${what} ${kind === 'earliest' ? 'may end any time' : 'is over'}.`;
  return `The ${what} lives ${kind === 'earliest' ? 'at least ' : ''}until ${formatMoment(accessMs, nowMs)}.`;
}
