/**
 * When is which session to be refreshed? Pure: the same record, time and page give the same answer in every tab.
 * All times are milliseconds on the hybrid clock.
 */
import { endsAtMs } from '../lib/time.ts';
import type { SessionView } from '../sessions/record.ts';

const LEAD_SHARE = 0.2;
const LEAD_MIN_MS = 30_000;
const LEAD_MAX_MS = 600_000;
/** A hidden page is woken once a minute at worst, so it needs more room. */
const LEAD_HIDDEN_MIN_MS = 90_000;
const JITTER_SHARE = 0.1;
const JITTER_MAX_MS = 60_000;
/** Shorter lives are left alone: refreshing them would be a hot loop. */
const LIFE_MIN_MS = 30_000;
const INTERVAL_MIN_MS = 10_000;
/** Tabs that run side by side differ by less. */
const CLOCK_DOUBT_MS = 2_000;
/** No server is waited for any longer. */
const WAIT_MAX_MS = 3_600_000;
/** With nobody at the console for this long, a session that holds a slot is left to lapse. */
export const UNATTENDED_AFTER_MS = 15 * 60_000;

/** What the page knows of itself. */
export interface Surroundings {
  readonly nowMs: number;
  readonly visible: boolean;
  /** Last pointer or key in any tab. */
  readonly attendedAtMs: number;
  /** Server minus local time of a connection's server; 0 where nothing was measured. */
  offsetMs(connection: string): number;
  /** The clock of that connection's server was not measured since the page was opened. */
  isUnmeasured?(connection: string): boolean;
  /** Tabs share the sessions, and this browser cannot keep two of them apart: single-use tokens are left to a person. */
  readonly byHandOnly?: boolean;
  /** That connection's server fails again and again: nothing is sent to it by itself before that moment. */
  leftAloneUntilMs?(connection: string): number | undefined;
  /** The server that the operator's file names for it now; null where it names none, undefined where nobody has said. */
  serverOf?(connection: string): string | null | undefined;
}

/** The operator's file does not have the session's server any more: nothing can be sent for it. */
export type Misplaced = 'connection-gone' | 'connection-elsewhere';

/** Why a session is not refreshed by itself. A screen shows each as a sentence. */
export type Hold =
  | 'ended'
  | 'sign-in-needed'
  | 'not-refreshable'
  | 'switched-off'
  | 'expiry-unknown'
  | 'over-on-arrival'
  | 'life-too-short'
  | 'refresh-token-ends-first'
  | 'vendor-end-near'
  | 'waits-for-person'
  | Misplaced
  | 'left-to-lapse'
  | 'tabs-not-kept-apart';

export type Due =
  | { readonly kind: 'at'; readonly atMs: number; readonly what: 'refresh' | 'probe' | 'resolve' | 'give-up' }
  | { readonly kind: 'held'; readonly why: Hold };

/** How long before its end a token of this life is refreshed: at most half its life. */
export function leadMs(lifeMs: number, visible: boolean): number {
  const lead = Math.min(Math.max(LEAD_SHARE * lifeMs, LEAD_MIN_MS), LEAD_MAX_MS);
  return Math.min(visible ? lead : Math.max(lead, LEAD_HIDDEN_MIN_MS), lifeMs / 2);
}

/**
 * Spreads sessions that were opened together, so that they do not all refresh in the same second. A hash and no random
 * number: every tab must come to the same moment.
 */
export function jitterMs(id: string, generation: number, lifeMs: number): number {
  let hash = Math.imul(0x811c9dc5 ^ generation, 0x01000193);
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  const share = (hash >>> 0) / 2 ** 32;
  return share * Math.min(JITTER_SHARE * lifeMs, JITTER_MAX_MS);
}

/** When the access token ends by our clock, or undefined where nobody said. */
export function accessEndsAtMs(record: SessionView, offsetMs: number): number | undefined {
  return record.tokens ? endsAtMs(record.tokens.accessExpiry, offsetMs) : undefined;
}

/** The whole life of the access token as far as known; milliseconds. */
export function lifeOf(record: SessionView, offsetMs: number): number | undefined {
  const endMs = accessEndsAtMs(record, offsetMs);
  return endMs === undefined ? undefined : endMs - record.refreshedAtMs;
}

export function dueOf(record: SessionView, around: Surroundings): Due {
  const held = (why: Hold): Due => ({ kind: 'held', why });
  if (record.ended) return held('ended');
  if (record.intent) return { kind: 'at', atMs: around.nowMs, what: 'resolve' };
  if (record.signInNeeded) return held('sign-in-needed');
  const misplaced = misplacedOf(record, around);
  if (misplaced) return held(misplaced);
  if (!record.tokens?.refreshable) return held('not-refreshable');
  if (record.uncertain?.probed) return { kind: 'at', atMs: around.nowMs, what: 'give-up' };
  if (record.waiting?.untilMs === null) return held('waits-for-person');

  const offsetMs = around.offsetMs(record.connection);
  const endMs = accessEndsAtMs(record, offsetMs);
  const life = lifeOf(record, offsetMs);
  if (endMs === undefined || life === undefined) return held('expiry-unknown');

  const hold = holdOf(record, around, endMs, life);
  if (hold) return held(hold);

  const what = record.uncertain ? 'probe' : 'refresh';
  // Stored later than now: the clock was set back while no page ran, so nobody knows how old the token is.
  if (record.refreshedAtMs > around.nowMs + CLOCK_DOUBT_MS) {
    const waitMs = (record.waiting?.untilMs ?? 0) - around.nowMs;
    return { kind: 'at', atMs: around.nowMs + (waitMs > 0 && waitMs <= WAIT_MAX_MS ? waitMs : 0), what };
  }
  const lead = leadOf(record, around, life);
  // An uncertain token is probed as late as possible: a vendor may kill the live access token along with a reused one.
  const earliest = record.uncertain ? endMs - lead : endMs - lead - jitterMs(record.id, record.generation, life);
  const paced = Math.max(earliest, record.refreshedAtMs + Math.max(INTERVAL_MIN_MS, life / 4));
  const aloneUntilMs = around.leftAloneUntilMs?.(record.connection) ?? 0;
  return { kind: 'at', atMs: Math.max(paced, record.waiting?.untilMs ?? 0, aloneUntilMs), what };
}

export function misplacedOf(
  { connection, baseUrl }: Pick<SessionView, 'connection' | 'baseUrl'>,
  { serverOf }: Pick<Surroundings, 'serverOf'>,
): Misplaced | undefined {
  const server = serverOf?.(connection);
  if (server === null) return 'connection-gone';
  return server === undefined || server === baseUrl ? undefined : 'connection-elsewhere';
}

/** Twice as long where the end is told by a clock that nobody has measured yet, but never over half the life. */
function leadOf(record: SessionView, around: Surroundings, life: number): number {
  const lead = leadMs(life, around.visible);
  const byTheirClock = record.tokens?.accessExpiry.kind === 'absolute';
  return byTheirClock && around.isUnmeasured?.(record.connection) ? Math.min(2 * lead, life / 2) : lead;
}

function holdOf(record: SessionView, around: Surroundings, endMs: number, life: number): Hold | undefined {
  if (!record.keepFresh) return 'switched-off';
  if (around.byHandOnly && record.tokens?.spends) return 'tabs-not-kept-apart';
  const wasRefused = record.tokens?.refusedAtMs !== undefined;
  if (life < LIFE_MIN_MS && !wasRefused) return life <= 0 ? 'over-on-arrival' : 'life-too-short';
  const refreshExpiry = record.tokens?.refreshExpiry;
  const refreshEndMs = refreshExpiry && endsAtMs(refreshExpiry, around.offsetMs(record.connection));
  if (refreshEndMs !== undefined && refreshEndMs < endMs && !record.lineage.kept) return 'refresh-token-ends-first';
  // Near the end of a session both tokens end with it; an access token alone is given a shorter life by a server's settings.
  const outlived = record.firstLifeMs !== null && (refreshEndMs ?? endMs) - endMs >= record.firstLifeMs / 4;
  if (record.firstLifeMs !== null && life < record.firstLifeMs / 4 && !wasRefused && !outlived)
    return 'vendor-end-near';
  if (record.holdsSlot && around.nowMs - around.attendedAtMs >= UNATTENDED_AFTER_MS) return 'left-to-lapse';
  return undefined;
}

/** The session that is next, and when. */
export interface Planned {
  readonly record: SessionView;
  readonly atMs: number;
}

/**
 * The sessions whose time has come, most urgent first, and the next to wait for (null: none waits for a time). One pass over all records: at 10,000 it costs less than a frame.
 */
export function plan(
  records: readonly SessionView[],
  around: Surroundings,
): { readonly due: readonly SessionView[]; readonly next: Planned | null } {
  const due: { record: SessionView; endMs: number }[] = [];
  let next: Planned | null = null;
  for (const record of records) {
    const when = dueOf(record, around);
    if (when.kind === 'held') continue;
    if (when.atMs <= around.nowMs) {
      due.push({ record, endMs: accessEndsAtMs(record, around.offsetMs(record.connection)) ?? 0 });
    } else if (when.atMs < (next?.atMs ?? Infinity)) next = { record, atMs: when.atMs };
  }
  due.sort((a, b) => a.endMs - b.endMs || (a.record.id < b.record.id ? -1 : 1));
  return { due: due.map(({ record }) => record), next };
}
