/** What ends a session's record, or takes its credential away; see `transitions.ts`. */
import type { Ended, SessionRecord, SignInNeeded } from './record.ts';
import type { Transition } from './transitions.ts';

/**
 * A session that takes a place goes on taking it, and its refresh token ends it even where it refreshes nothing. Whatever
 * was sent last may have prolonged it.
 */
export function leftoverOf(
  { holdsSlot, tokens, leftover: before }: SessionRecord,
  nowMs: number,
): Pick<SessionRecord, 'leftover'> {
  const refreshToken = tokens?.refreshToken ?? before?.refreshToken;
  if (!holdsSlot || refreshToken === undefined) return before ? { leftover: before } : {};
  const expiry = tokens?.refreshExpiry;
  const untilMs = expiry?.kind === 'relative' ? nowMs + expiry.lifeMs : (before?.untilMs ?? null);
  const serverSessionId = tokens?.serverSessionId ?? before?.serverSessionId;
  return { leftover: { refreshToken, untilMs, ...(serverSessionId !== undefined && { serverSessionId }) } };
}

/** A call on the session's behalf was refused with a 401, and a refreshed token was refused as well. */
export const refuse =
  (generation: number, word: SignInNeeded): Transition =>
  (record) => {
    if (record.ended) return 'ended';
    if (record.generation !== generation) return 'moved';
    if (record.intent) return 'intent-open';
    return {
      ...record,
      ...leftoverOf(record, word.sinceMs),
      tokens: null,
      generation: generation + 1,
      uncertain: null,
      waiting: null,
      signInNeeded: word,
    };
  };

/** Over here, for good: no later step brings its secrets back. Forgotten, it may live on at the vendor. */
export const end =
  (how: Ended['how'], nowMs: number, evidence: string | null = null): Transition =>
  (record) => {
    if (record.ended) return 'ended';
    const { leftover: _secret, ...rest } = record;
    const place = placeOf(record, nowMs);
    return {
      ...rest,
      ...(how === 'forgotten' && place && { leftover: place }),
      tokens: null,
      intent: null,
      uncertain: null,
      waiting: null,
      ended: { atMs: nowMs, how, evidence, ...(how === 'logged-out' && place && { place }) },
    };
  };

/** Its place at the vendor, without what ends it. */
function placeOf(record: SessionRecord, nowMs: number): Ended['place'] {
  const { leftover } = leftoverOf(record, nowMs);
  if (!leftover) return undefined;
  const expiry = record.tokens?.refreshExpiry;
  const isSettled = !record.intent && !record.uncertain && expiry?.kind === 'relative';
  const { refreshToken: _secret, ...told } = leftover;
  return { ...told, untilMs: isSettled ? expiry.anchorMs + expiry.lifeMs : leftover.untilMs };
}

/** The credential that minted this token is dead at the vendor: nothing can be minted again. */
export const disown =
  (word: SignInNeeded): Transition =>
  (record) =>
    record.ended
      ? 'ended'
      : { ...record, lineage: { ...record.lineage, kept: false }, waiting: null, signInNeeded: word };

/** The credential is no longer kept here; the token lives on. */
export const dropCredential: Transition = (record) =>
  record.ended ? 'ended' : { ...record, lineage: { ...record.lineage, kept: false } };
