import type { ServerSession } from '../providers/server-sessions-face.ts';
import type { SessionRecord } from '../sessions/record.ts';

/** A refresh token that ends with its session tells nothing of the idle time. */
export function idleOf(asker: SessionRecord, sessions: readonly ServerSession[], offsetMs: number): number | null {
  const expiry = asker.tokens?.refreshExpiry;
  if (expiry?.kind !== 'relative' || !asker.tokens) return null;
  const own = sessions.find(({ id }) => id === asker.tokens?.serverSessionId);
  const endMs = expiry.anchorMs + expiry.lifeMs + offsetMs;
  const isCut = own?.endsAtMs !== undefined && endMs > own.endsAtMs - 5_000;
  return isCut ? null : expiry.lifeMs;
}
