/** The state of a session in one of six words, derived from its record and a clock. The clock colours; only a server ends. */
import { endsAtMs } from '../lib/time.ts';
import type { SessionView } from './record.ts';

export type StatusWord = 'ready' | 'refreshing' | 'waiting' | 'uncertain' | 'sign-in-needed' | 'ended';

export interface Status {
  readonly word: StatusWord;
  /** Why, where the word alone does not say it. */
  readonly why: string | null;
}

/** `offsetMs` is server minus local time of the session's server. */
export function statusOf(session: SessionView, nowMs: number, offsetMs: number): Status {
  if (session.ended)
    return { word: 'ended', why: session.ended.how === 'logged-out' ? 'logged out' : 'forgotten here' };
  if (session.intent) return { word: 'refreshing', why: null };
  if (session.signInNeeded) return { word: 'sign-in-needed', why: session.signInNeeded.sentence };
  if (session.uncertain) {
    return {
      word: 'uncertain',
      why: 'Whether a refresh took effect is not known, so the refresh token may be used up.',
    };
  }
  if (session.waiting && (session.waiting.untilMs === null || session.waiting.untilMs > nowMs)) {
    return { word: 'waiting', why: session.waiting.reason };
  }
  if (session.tokens?.refusedAtMs !== undefined) {
    return { word: 'waiting', why: 'The server refused this token before its time.' };
  }
  const endMs = session.tokens ? endsAtMs(session.tokens.accessExpiry, offsetMs) : undefined;
  if (endMs !== undefined && endMs <= nowMs) {
    return { word: 'waiting', why: 'By this clock the token is over. The next call to the server will tell.' };
  }
  return { word: 'ready', why: null };
}
