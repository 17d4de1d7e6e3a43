/** The state of a session in words for a person. Pure; all times are milliseconds on the console's clock. */
import { formatClockTime, formatMoment } from '../../lib/format-time.ts';
import { endsAtMs } from '../../lib/time.ts';
import type { Due, Hold } from '../../refresh/plan.ts';
import type { SessionView } from '../../sessions/record.ts';
import type { Status, StatusWord } from '../../sessions/status.ts';
import type { StateKind } from '../../ui/state.tsx';

interface Shown {
  readonly kind: StateKind;
  readonly word: string;
}

const shown: Readonly<Record<StatusWord, Shown>> = {
  ready: { kind: 'ready', word: 'Ready' },
  refreshing: { kind: 'busy', word: 'Refreshing' },
  waiting: { kind: 'attention', word: 'Waiting' },
  uncertain: { kind: 'attention', word: 'Uncertain' },
  'sign-in-needed': { kind: 'bad', word: 'Sign in again' },
  ended: { kind: 'bad', word: 'Ended' },
};

/** The dot and its word. A live token of unknown end is not called ready: nobody knows. */
export function stateOf(status: Status, session: SessionView): Shown {
  if (status.word === 'ready' && session.tokens?.accessExpiry.kind === 'unknown') {
    return { kind: 'unknown', word: 'No expiry known' };
  }
  return shown[status.word];
}

/** `12:40`, for a moment that is only known about. */
const formatAbout = (atMs: number): string => formatClockTime(atMs).slice(0, -3);

/** What is wrong or waited for, as one sentence; null where state and digits say it all. */
export function whyOf(session: SessionView, status: Status, due: Due, offsetMs: number): string | null {
  switch (status.word) {
    case 'ended':
    case 'refreshing':
      return null;
    case 'sign-in-needed':
      return withAccessToken(status.why ?? 'The server ended this session.', session);
    case 'uncertain':
      return uncertainWords(session, due);
    case 'waiting':
      return waitingWords(session, status, due);
    case 'ready':
      return due.kind === 'held' ? heldWords(due.why, session, offsetMs) : null;
    default:
      return status.word satisfies never;
  }
}

/** Refusing the refresh token says nothing about the access token: where it still lives it can still be used. */
const withAccessToken = (sentence: string, session: SessionView): string =>
  session.tokens ? `${sentence} The access token works until it ends.` : sentence;

function uncertainWords(session: SessionView, due: Due): string {
  const missing = `The answer of ${formatClockTime(session.uncertain?.sinceMs ?? session.refreshedAtMs)} is missing`;
  if (due.kind === 'at' && due.what === 'probe') {
    return `${missing}; the old refresh token is tried once more at ${formatClockTime(due.atMs)}.`;
  }
  return `${missing}, so the refresh token may be used up. Refresh tries it once more.`;
}

function waitingWords(session: SessionView, status: Status, due: Due): string {
  const reason = status.why ?? '';
  if (session.waiting) {
    const { untilMs } = session.waiting;
    return untilMs === null
      ? `${reason} Waits for you: Refresh tries again.`
      : `${reason} Asks again at ${formatClockTime(untilMs)}.`;
  }
  return due.kind === 'held' && due.why === 'not-refreshable'
    ? 'By this clock it ended, and it cannot be refreshed.'
    : reason;
}

/** Why it is not refreshed by itself. */
function heldWords(why: Hold, session: SessionView, offsetMs: number): string | null {
  switch (why) {
    case 'ended':
    case 'sign-in-needed':
    case 'waits-for-person':
    case 'not-refreshable':
    case 'switched-off':
      // Said by the state, by the column beside it, or by the switch itself.
      return null;
    case 'expiry-unknown':
      return 'Refreshed only when you ask: its expiry is not reported.';
    case 'life-too-short':
      return 'Lives too shortly to be refreshed by itself.';
    case 'refresh-token-ends-first':
      return 'Not refreshed by itself: the refresh token ends before the access token.';
    case 'vendor-end-near':
      return 'Not refreshed any more: the server is about to end this session.';
    case 'left-to-lapse': {
      const endMs = refreshableUntilMs(session, offsetMs);
      const until = endMs === undefined ? 'until the server finds it idle' : `until about ${formatAbout(endMs)}`;
      return `Nobody was at the console, so it is left to lapse: slot held ${until}. Log out frees it at once.`;
    }
    default:
      return why satisfies never;
  }
}

/** When the refresh token ends by our clock; undefined where nobody said or there is none. */
export function refreshableUntilMs(session: SessionView, offsetMs: number): number | undefined {
  const expiry = session.tokens?.refreshable ? session.tokens.refreshExpiry : undefined;
  return expiry && endsAtMs(expiry, offsetMs);
}

/** The column "Can be refreshed until", where no time stands in it. */
export function refreshableWords(session: SessionView): string {
  if (!session.tokens?.refreshable) return session.tokens ? 'cannot be refreshed' : '—';
  if (session.lineage.kept) return 'from the kept credential';
  return session.tokens.refreshExpiry ? 'not reported' : 'once per refresh';
}

/** Beside the dash, where a token has no time to count down. */
export const endlessWords = (session: SessionView): string => {
  if (!session.tokens) return 'none any more';
  return session.tokens.accessExpiry.kind === 'never' ? 'no end of its own' : 'expiry not reported';
};

/** What lives on at the vendor after it was forgotten or logged out, with its times; empty where nothing is known of it. */
export function livesOnWords(session: SessionView, offsetMs: number, nowMs: number): string {
  if (!session.tokens) return '';
  const accessMs = endsAtMs(session.tokens.accessExpiry, offsetMs);
  if (session.tokens.accessExpiry.kind === 'never') return 'The access token has no end of its own.';
  if (accessMs === undefined) return 'When the access token ends is not reported.';
  if (accessMs <= nowMs) return 'By this clock the access token is over.';
  return `The access token lives until ${formatMoment(accessMs, nowMs)}.`;
}
