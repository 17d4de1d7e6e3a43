/** What support pastes into a ticket: plain text, without a token, a session's id or a whole address. Pure. */
import { formatAgo, formatDateTime } from '../../lib/format-time.ts';
import type { LockState, Person } from '../../providers/server-sessions-face.ts';
import type { SlotRule } from '../../providers/contract.ts';
import { titleOf, type Seen } from './seen-sessions.ts';
import { limitWords } from './slot-words.ts';

/** What was ended from here, by whom and when. */
export interface EndedHere {
  readonly what: string;
  readonly atMs: number;
  readonly by: string;
  /** A new count no longer listed it. */
  readonly gone: boolean;
}

export interface TicketFacts {
  readonly where: string;
  readonly name: string;
  readonly person: Person | null;
  readonly limit: SlotRule['limit'];
  readonly seen: readonly Seen[];
  /** Only what this browser opened is known. */
  readonly atLeast: boolean;
  readonly countedAtMs: number | null;
  readonly lock: LockState | null;
  readonly ended: readonly EndedHere[];
  readonly nowMs: number;
  readonly timeZone?: string;
}

/** `10.4.0.17` becomes `10.4.x.x`, `2001:db8::7` becomes `2001:db8:…`: enough to tell networks apart. */
export function shortAddress(address: string): string {
  const four = /^(\d{1,3}\.\d{1,3})\.\d{1,3}\.\d{1,3}$/.exec(address)?.[1];
  if (four !== undefined) return `${four}.x.x`;
  return address.includes(':') ? `${address.split(':').slice(0, 2).join(':')}:…` : '…';
}

/** Addresses within a text, shortened. */
const withoutAddresses = (text: string): string =>
  text.replace(/\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:]+/gi, shortAddress);

export function ticketSummary(facts: TicketFacts): string {
  const { where, name, person, seen, limit, atLeast, countedAtMs, nowMs, timeZone, lock, ended } = facts;
  const at = (ms: number | null): string => (ms === null ? 'not reported' : formatDateTime(ms, timeZone));
  const rows = seen.map((one) => {
    const use = one.lastUsedAtMs === null ? 'last use not reported' : `last used ${formatAgo(one.lastUsedAtMs, nowMs)}`;
    const from = one.address === null ? '' : `, from ${shortAddress(one.address)}`;
    const frees = one.freesAtMs === null ? '' : `, frees itself by ${at(one.freesAtMs)}`;
    return `- ${one.browser ?? titleOf(one)}${from}: started ${at(one.startedAtMs)}, ${use}${frees}`;
  });
  return [
    `Sessions of ${name}${person?.enabled === false ? ' (account disabled)' : ''} at ${where}`,
    `${atLeast ? 'At least ' : ''}${String(seen.length)} ${limitWords({ limit, count: seen.length })}, counted ${at(countedAtMs)}${atLeast ? ' (only what one browser opened is known)' : ' by the server'}`,
    ...rows,
    lockLine(lock, at),
    ...ended.map(
      ({ what, atMs, by, gone }) =>
        `Ended by ${by} at ${at(atMs)}: ${withoutAddresses(what)}${gone ? '' : ' (still listed: not ended)'}`,
    ),
    `Next: ${nextStep(facts)}`,
  ]
    .filter((line) => line !== null)
    .join('\n');
}

function lockLine(lock: LockState | null, at: (ms: number | null) => string): string | null {
  if (!lock) return null;
  if (!lock.locked) return `Lock: none; ${String(lock.failures)} failed sign-ins counted`;
  const until = lock.untilMs === undefined ? 'until somebody lifts it' : `until ${at(lock.untilMs)}`;
  return `Lock: locked ${until} after ${String(lock.failures)} failed sign-ins`;
}

/** What the person should do next, in one sentence. */
export function nextStep({
  lock,
  limit,
  seen,
  person,
}: Pick<TicketFacts, 'lock' | 'limit' | 'seen' | 'person'>): string {
  if (person?.enabled === false) return 'the account is disabled; an administrator has to enable it.';
  if (lock?.locked) return 'wait until the lock is lifted; every further try can prolong it.';
  if (typeof limit === 'number' && seen.length >= limit)
    return 'log one session out, or have one ended, before signing in.';
  return 'sign in again, once. If it fails, do not try again: ask what the answer said.';
}
