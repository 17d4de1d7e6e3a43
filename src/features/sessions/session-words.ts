/** The state of a session in words for a person. Pure; all times are milliseconds on the console's clock. */
import { formatAbout, formatClockTime, formatMoment } from '../../lib/format-time.ts';
import { endsAtMs } from '../../lib/time.ts';
import type { Due, Hold, Misplaced } from '../../refresh/plan.ts';
import { credentialDead, type SessionView } from '../../sessions/record.ts';
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

/**
 * The dot and its word. A live token of unknown end is not called ready: nobody knows. Nor is one called waiting that the
 * server handed out over: nothing is waited for.
 */
export function stateOf({ status, hold }: { status: StatusWord; hold: Hold | null }, session: SessionView): Shown {
  if (status === 'waiting' && hold === 'over-on-arrival') return { kind: 'attention', word: 'Over' };
  if (status === 'ready' && session.tokens?.accessExpiry.kind === 'unknown') {
    return { kind: 'unknown', word: 'No expiry known' };
  }
  return shown[status];
}

/** The moment, and how far the session's server is ahead. */
interface Clocks {
  readonly nowMs: number;
  readonly offsetMs: number;
  /** See `Surroundings`. */
  readonly leftAloneUntilMs: number | undefined;
}

/** What is wrong or waited for, as one sentence; null where state and digits say it all. */
export function whyOf(session: SessionView, status: Status, due: Due, clocks: Clocks): string | null {
  const { nowMs } = clocks;
  // Whatever else is waited for, nothing can be sent before this is mended.
  if (due.kind === 'held' && isMisplaced(due.why)) return misplacedWords(due.why, session, clocks);
  switch (status.word) {
    case 'ended':
    case 'refreshing':
      return null;
    case 'sign-in-needed':
      return withAccessToken(status.why ?? 'The server ended this session.', session, clocks);
    case 'uncertain':
      return uncertainWords(session, due, nowMs);
    case 'waiting':
      return waitingWords(session, status, due, clocks);
    case 'ready':
      return due.kind === 'held' ? heldWords(due.why, session, clocks) : null;
    default:
      return status.word satisfies never;
  }
}

/** Beside what else the row says, while this tab alone knows it. What to do stands above all rows. */
export const unstoredWords = ({ ended }: SessionView): string =>
  `${ended ? (ended.how === 'forgotten' ? 'Forgotten' : 'Logged out at the server') : 'In this tab alone'}, not yet stored.`;

/**
 * Refusing the refresh token says nothing about the access token: where it still lives it can still be used. A dead
 * credential may have taken it along.
 */
function withAccessToken(sentence: string, { tokens, signInNeeded }: SessionView, { nowMs, offsetMs }: Clocks): string {
  if (!tokens) return sentence;
  if (signInNeeded?.code === credentialDead) return `${sentence} Its token may have died with it: Check tells.`;
  const endMs = endsAtMs(tokens.accessExpiry, offsetMs) ?? Infinity;
  return endMs > nowMs || tokens.accessExpiry.kind === 'earliest'
    ? `${sentence} The access token works until it ends.`
    : sentence;
}

function uncertainWords({ uncertain, refreshedAtMs, waiting }: SessionView, due: Due, nowMs: number): string {
  const sent = formatClockTime(uncertain?.sinceMs ?? refreshedAtMs);
  if (due.kind !== 'at' || due.what !== 'probe') {
    return `Whether the refresh of ${sent} took effect is not known. Refresh tries the old refresh token once more.`;
  }
  const when = due.atMs <= nowMs ? 'as soon as the server answers' : `at ${formatClockTime(due.atMs)}`;
  const why = waiting?.reason ?? `Whether the refresh of ${sent} took effect is not known.`;
  return `${why} The old refresh token is tried once more ${when}.`;
}

function waitingWords(session: SessionView, status: Status, due: Due, clocks: Clocks): string {
  const { nowMs, leftAloneUntilMs } = clocks;
  // Once the wait is over the clock has the next word, and the reason is still the last thing that a server said.
  const reason = session.waiting?.reason ?? status.why ?? '';
  if (session.waiting) {
    const { untilMs } = session.waiting;
    if (untilMs === null) return `${reason} Waits for you: Refresh tries again.`;
    const isAsked = session.waiting.asked === true && untilMs > nowMs;
    const tries = isAsked ? `From ${formatClockTime(untilMs)} Refresh tries again` : 'Refresh tries again';
    if (due.kind === 'held') return `${reason} ${tries}.`;
    if (due.atMs <= nowMs) return `${reason} Asks again as soon as it can.`;
    // A refresh that a person asked for early is not repeated before its own time has come.
    return due.atMs > untilMs
      ? `${reason} ${tries}; by itself that happens at ${formatMoment(due.atMs, nowMs)}.`
      : `${reason} Asks again at ${formatClockTime(untilMs)}.`;
  }
  if (due.kind === 'at') {
    const when = due.atMs <= nowMs ? 'as soon as it can' : `at ${formatMoment(due.atMs, nowMs)}`;
    const what = due.atMs === leftAloneUntilMs ? 'The server failed again and again, so the' : 'A';
    return `${reason} ${what} new one is asked for ${when}.`;
  }
  const held = heldWords(due.why, session, clocks);
  if (due.why === 'over-on-arrival') return held ?? reason;
  if (due.why !== 'not-refreshable') return held === null ? reason : `${reason} ${held}`;
  return session.tokens?.accessExpiry.kind === 'earliest'
    ? 'It has lived as long as it surely does, and may end any time. It cannot be refreshed.'
    : 'By this clock it ended, and it cannot be refreshed.';
}

const misplacedReasons: Readonly<Record<Misplaced, string>> = {
  'connection-gone':
    'The operator’s file no longer names this connection, so nothing is sent for this session. Put back, it goes on.',
  'connection-elsewhere':
    'The connection names another server now, so nothing is sent for this session. Put back, it goes on.',
};

export const isMisplaced = (why: Hold): why is Misplaced => Object.hasOwn(misplacedReasons, why);

export function misplacedWords(
  why: Misplaced,
  session: SessionView,
  clocks: Pick<Clocks, 'nowMs' | 'offsetMs'>,
): string {
  if (!session.holdsSlot) return misplacedReasons[why];
  const [held] = slotWords(session, clocks);
  return `${misplacedReasons[why]} Until then it cannot be logged out from here: ${held}.`;
}

/** Until when the server holds its place, and what frees it before. */
function slotWords(
  session: SessionView,
  { nowMs, offsetMs }: Pick<Clocks, 'nowMs' | 'offsetMs'>,
): readonly [string, string] {
  const endMs = refreshableUntilMs(session, offsetMs);
  if (endMs !== undefined && endMs <= nowMs) return [`slot free since about ${formatAbout(endMs)}`, ''];
  const until = endMs === undefined ? 'the server finds it idle' : `about ${formatAbout(endMs)}`;
  return [`slot held until ${until}`, ' Log out frees it at once.'];
}

/** Why it is not refreshed by itself. */
function heldWords(why: Hold, session: SessionView, clocks: Clocks): string | null {
  switch (why) {
    case 'ended':
    case 'sign-in-needed':
    case 'waits-for-person':
    case 'not-refreshable':
    case 'switched-off':
      // Said by the state, by the column beside it, or by the switch itself.
      return null;
    case 'connection-gone':
    case 'connection-elsewhere':
      return misplacedWords(why, session, clocks);
    case 'expiry-unknown':
      return 'Refreshed only when you ask: its expiry is not reported.';
    case 'over-on-arrival':
      return 'The server handed out a token that was over already. It is refreshed only when you ask.';
    case 'life-too-short':
      return 'Lives too shortly to be refreshed by itself.';
    case 'refresh-token-ends-first':
      return 'Not refreshed by itself: the refresh token ends before the access token.';
    case 'vendor-end-near':
      return 'Not refreshed any more: the server is about to end this session.';
    case 'tabs-not-kept-apart':
      return 'Not refreshed by itself: this browser cannot keep two tabs of the console apart. Refresh does it once.';
    case 'left-to-lapse': {
      const [held, frees] = slotWords(session, clocks);
      return `Nobody was at the console, so it is left to lapse: ${held}.${frees}`;
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
  if (session.lineage.kept) return 'while the kept key works';
  return session.tokens.refreshExpiry ? 'not reported' : 'once per refresh';
}

/** Beside the dash, where a token has no time to count down. */
export const endlessWords = (session: SessionView): string => {
  if (!session.tokens) return 'none any more';
  return session.tokens.accessExpiry.kind === 'never' ? 'no end of its own' : 'expiry not reported';
};
