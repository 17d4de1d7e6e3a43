/** What support pastes into a ticket: plain text, without a token, a session's id or a whole address. */
import { formatAgo, formatDateTime } from '../../lib/format-time.ts';
import type { Services } from '../../console/services.ts';
import type { SlotCount } from '../../console/slot-counter.ts';
import type { SlotRule } from '../../providers/contract.ts';
import { endedInVisit, outcomeOf, type EndedHere, type Outcome } from './ended-here.ts';
import { titleOf, type Seen } from './seen-sessions.ts';
import { limitWords } from './slot-words.ts';

export interface TicketFacts {
  readonly where: string;
  readonly name: string;
  readonly rule: SlotRule;
  readonly count: SlotCount | undefined;
  readonly seen: readonly Seen[];
  readonly ended: readonly EndedHere[];
  readonly nowMs: number;
  readonly timeZone?: string;
}

/**
 * `10.4.0.17` becomes `10.4.x.x`, also where it is written as `::ffff:10.4.0.17`; `2001:db8::7` becomes `2001:db8:…`:
 * enough to tell networks apart.
 */
export function shortAddress(address: string): string {
  const four = /^(?:::ffff:)?(\d{1,3}\.\d{1,3})\.\d{1,3}\.\d{1,3}$/i.exec(address)?.[1];
  if (four !== undefined) return `${four}.x.x`;
  return address.includes(':') ? `${address.split(':').slice(0, 2).join(':')}:…` : '…';
}

/** Addresses within a text, shortened. */
const withoutAddresses = (text: string): string =>
  text.replace(/[\da-f]*:[\da-f:.]*[\da-f:]|\d{1,3}(?:\.\d{1,3}){3}/gi, shortAddress);

const outcomeWords: Readonly<Record<Outcome, string>> = {
  ended: '',
  'gone-already': ' (already gone: not ended by this)',
  gone: ' (gone; whether by this is not known)',
  listed: ' (still listed: not ended)',
  unknown: ' (whether it ended is not known: no new count since)',
  accepted: ' (accepted by the server; it lists nothing that proves it)',
  refused: ' (refused: not ended)',
};

/** With what was ended in this visit. */
export const ticketOf = (services: Services, facts: Omit<TicketFacts, 'ended'>): string =>
  ticketSummary({ ...facts, ended: endedInVisit(services, facts.count?.key) });

export function ticketSummary(facts: TicketFacts): string {
  const { where, name, count, seen, nowMs, timeZone, ended } = facts;
  const at = (ms: number | null): string => (ms === null ? 'not reported' : formatDateTime(ms, timeZone));
  const rows = seen.map((one) => {
    const use = one.lastUsedAtMs === null ? 'last use not reported' : `last used ${formatAgo(one.lastUsedAtMs, nowMs)}`;
    const from = one.address === null ? '' : `, from ${shortAddress(one.address)}`;
    const frees = one.freesAtMs === null ? '' : `, frees itself by ${at(one.freesAtMs)}`;
    const browser = one.browser === null ? '' : `, ${one.browser}`;
    const what = one.mark === 'elsewhere' ? titleOf(one) : `${titleOf(one)}${browser}`;
    return `- ${withoutAddresses(what)}${from}: started ${at(one.startedAtMs)}, ${use}${frees}`;
  });
  return [
    `Sessions of ${name}${count?.person?.enabled === false ? ' (account disabled)' : ''} at ${where}`,
    countLine(facts, at),
    ...rows,
    lockLine(count, at),
    ...ended.map((one) => {
      const outcome = outcomeOf(one, count);
      const who = `${outcome === 'ended' ? 'Ended' : 'End asked for'} by ${one.by}`;
      return `${who} at ${at(one.atMs)}: ${withoutAddresses(one.what)}${outcomeWords[outcome]}`;
    }),
    `Next: ${nextStep(facts)}`,
  ]
    .filter((line) => line !== null)
    .join('\n');
}

function countLine({ rule: { limit }, count, seen }: TicketFacts, at: (ms: number | null) => string): string {
  const many = `${String(seen.length)} ${limitWords({ limit, count: seen.length })}`;
  const why = count?.failure ? ` The last try to count: ${count.failure.sentence}` : '';
  if (count?.sessions && count.overSince > 0) {
    return `How many sessions there are is not known: ${String(count.overSince)} of those counted ${at(count.countedAtMs)} by the server are over since.${why}`;
  }
  if (count?.sessions) return `${many}, counted ${at(count.countedAtMs)} by the server.${why}`;
  if (seen.length === 0) return `How many sessions there are is not known.${why}`;
  return `At least ${many}: only what one browser opened is known.${why}`;
}

function lockLine(count: SlotCount | undefined, at: (ms: number | null) => string): string | null {
  const { lock = null, person = null, lockFailure = null } = count ?? {};
  if (!lock) return person && `Lock: not known. ${lockFailure?.sentence ?? 'It could not be asked for.'}`;
  if (!lock.locked) return `Lock: none; ${String(lock.failures)} failed sign-ins counted`;
  const until = lock.untilMs === undefined ? 'until somebody lifts it' : `until ${at(lock.untilMs)}`;
  return `Lock: locked ${until} after ${String(lock.failures)} failed sign-ins`;
}

/** What the person should do next, in one sentence. */
export function nextStep({
  rule: { limit, endsOldest },
  count,
  seen,
}: Pick<TicketFacts, 'rule' | 'count' | 'seen'>): string {
  const { lock = null, person = null } = count ?? {};
  if (person?.enabled === false) return 'the account is disabled; an administrator has to enable it.';
  if (lock?.locked) return 'wait until the lock is lifted; every further try can prolong it.';
  // Who was looked up cannot sign in; whoever looks at one's own sessions has.
  if (person && !lock) return 'find out first whether the account is locked; every further try can prolong a lock.';
  if (typeof limit === 'number' && seen.length >= limit) {
    return endsOldest
      ? 'sign in, once. Nothing is refused: the server ends the session that was used least recently.'
      : 'log one session out, or have one ended, before signing in.';
  }
  return 'sign in again, once. If it fails, do not try again: ask what the answer said.';
}
