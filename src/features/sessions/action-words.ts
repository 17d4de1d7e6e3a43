/** The results of what a person did with a session, as sentences. Pure; none holds a secret. */
import type { Failure } from '../../http/failure.ts';
import { formatMoment, formatRemaining } from '../../lib/format-time.ts';
import { endsAtMs } from '../../lib/time.ts';
import type { Verdict } from '../../providers/session-face.ts';
import { failureOf } from '../../refresh/fresh-token.ts';
import type { Refreshed } from '../../refresh/refresh-session.ts';
import type { Fate } from '../../refresh/vendor-restart.ts';
import type { SessionRecord } from '../../sessions/record.ts';

export interface Note {
  readonly tone: 'ok' | 'warn' | 'bad';
  readonly sentence: string;
  readonly more?: string;
  /** Stays in the row although it is good news: it is what was asked for. */
  readonly stays?: true;
  /** The gateway was away and nothing was sent: over once it is back. */
  readonly untilBack?: boolean;
  /** The session is over, so there is no row for it to stand in. */
  readonly ends?: true;
}

export const failureNote = ({ code, sentence, next, serverSaid }: Failure): Note => ({
  tone: 'bad',
  sentence,
  ...(code === 'gateway-away' && { untilBack: true }),
  more: serverSaid === undefined ? next : `${next} The server said: “${serverSaid}”`,
});

export function refreshNote(done: Refreshed, nowMs: number, offsetMs: (connection: string) => number): Note {
  switch (done.kind) {
    case 'refreshed':
      return { tone: 'ok', sentence: `Refreshed, ${validity(done.record, nowMs, offsetMs)}` };
    case 'adopted':
      return { tone: 'ok', sentence: `Was refreshed already, ${validity(done.record, nowMs, offsetMs)}` };
    case 'uncertain':
    case 'busy':
      return { ...failureNote(failureOf(done)), tone: 'warn' };
    case 'failed':
      return failureNote(done.failure);
    case 'impossible':
      return impossible(done.why);
    default:
      return done satisfies never;
  }
}

function validity(record: SessionRecord, nowMs: number, offsetMs: (connection: string) => number): string {
  const endMs = record.tokens ? endsAtMs(record.tokens.accessExpiry, offsetMs(record.connection)) : undefined;
  return endMs === undefined ? 'expiry not reported' : `valid ${formatRemaining(endMs - nowMs)}`;
}

function impossible(why: Extract<Refreshed, { kind: 'impossible' }>['why']): Note {
  if (why === 'ended' || why === 'missing') {
    return {
      tone: 'warn',
      sentence: 'This session was ended or forgotten already.',
      more: 'Nothing was sent.',
      ends: true,
    };
  }
  return {
    tone: 'warn',
    sentence: 'This session cannot be refreshed: there is neither a refresh token nor a kept credential for it.',
    more: 'Nothing was sent. Its access token works until it ends; a new one takes a new sign-in.',
  };
}

/** What was checked, and what can be done about it where it is dead. */
interface Checked {
  /** "access token" */
  readonly what: string;
  readonly refreshable: boolean;
  /** Another one took its place before the answer came. */
  readonly replaced?: boolean;
  /** What became of a dead one at once. */
  readonly fate?: Fate | undefined;
}

export function checkNote(verdict: Verdict, evidence: string, { what, refreshable, replaced, fate }: Checked): Note {
  if (replaced) {
    return {
      tone: 'warn',
      sentence: `A new ${what} came while the old one was checked.`,
      more: 'The answer says nothing of the new one. Check again.',
    };
  }
  const said = { more: evidence, stays: true } as const;
  switch (verdict) {
    case 'live':
      return { ...said, tone: 'ok', sentence: `Live: the server accepts this ${what}.` };
    case 'dead': {
      if (fate === 'minted') {
        return { ...said, tone: 'warn', sentence: `Dead: the server refused this ${what}. A new one was made.` };
      }
      const then = fate !== 'lost' && refreshable ? 'Refresh it, or sign in again.' : 'Sign in again.';
      return { ...said, tone: 'bad', sentence: `Dead: the server refuses this ${what}. ${then}` };
    }
    case 'unknown':
      return { ...said, tone: 'warn', sentence: 'Not known whether it is live.' };
    default:
      return verdict satisfies never;
  }
}

interface LoggedOut {
  readonly who: string;
  readonly where: string;
  /** The vendor's status, as the list of calls has it; null where nothing was sent. */
  readonly answer: number | null;
  /** What presenting the old token once more has shown; null where nobody tried. */
  readonly evidence: string | null;
  /** What lives on, in the vendor's words; empty where nothing does. */
  readonly survives: string;
  /** What the vendor keeps without an end, in its words. */
  readonly remains?: string | undefined;
  readonly accessEndsAtMs: number | undefined;
  readonly nowMs: number;
}

/** As `endSession` words a probe that showed neither. */
const isUnproven = (evidence: string | null): boolean => evidence?.startsWith('Not proven') ?? false;

/** "Logged out m.weber, OCP production", with the server's answer, its proof, and what lives on for a while. */
export function loggedOutNote(done: LoggedOut): Note {
  const { who, where, answer, evidence, survives, remains, accessEndsAtMs, nowMs } = done;
  const answered = answer === null ? 'Nothing was left to send.' : `The server answered ${answer}.`;
  const proof =
    evidence === null ? '' : isUnproven(evidence) ? ` ${evidence}` : ` Proven with the old token: ${evidence}`;
  const livesOn = accessEndsAtMs !== undefined && accessEndsAtMs > nowMs && survives !== '';
  const until = livesOn ? ` ${survives} It ends at ${formatMoment(accessEndsAtMs, nowMs)}.` : '';
  return {
    tone: isUnproven(evidence) ? 'warn' : 'ok',
    sentence: `Logged out ${who}, ${where}`,
    ends: true,
    more: answered + proof + until + (remains === undefined ? '' : ` ${remains}`),
  };
}
