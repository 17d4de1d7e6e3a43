/** What is known of the limited sessions of users, in the navigation. Fetched with what counts them. */
import { useCallback, useSyncExternalStore, type ReactNode } from 'react';
import type { SlotCount } from '../console/slot-counter.ts';
import { formatAbout, formatClockTime } from '../lib/format-time.ts';
import type { SessionView } from '../sessions/record.ts';
import { useTime } from '../ui/use-time.ts';

interface SlotMarkProps {
  readonly count: number;
  readonly limit: SlotCount['limit'];
  readonly name: string;
  /** Null where only what this browser opened is known. */
  readonly countedAtMs: number | null;
  /** The last question was not answered. */
  readonly isOld: boolean;
  /** How many of an old list are over by now: then nobody counted what is left of it. */
  readonly overSince: number;
}

/**
 * By provider, the fullest of its users' counts, one that warns before all; where none has a limit, the highest. The
 * fullest provider is the first.
 */
export function slotMarks(
  sessions: readonly SessionView[],
  counted: Iterable<SlotCount>,
): ReadonlyMap<string, ReactNode> {
  const fullest = new Map<string, SlotMarkProps>();
  for (const { provider, person, sessions: listed, ...one } of counted) {
    if (person) continue;
    const { connection, name, limit, refused, countedAtMs, failure, asker, overSince } = one;
    const own = sessions.filter(
      (session) =>
        session.connection === connection &&
        session.identity.name === name &&
        session.tokens &&
        !session.ended &&
        !session.signInNeeded &&
        !refused.includes(session.id),
    );
    const mark: SlotMarkProps = listed
      ? { count: listed.length, limit, name, countedAtMs, isOld: failure !== null || asker === null, overSince }
      : { count: own.length, limit, name, countedAtMs: null, isOld: false, overSince: 0 };
    const before = fullest.get(provider);
    if (!before || rankOf(mark) > rankOf(before)) fullest.set(provider, mark);
  }
  const ranked = [...fullest].sort(([, one], [, other]) => rankOf(other) - rankOf(one));
  return new Map(ranked.map(([provider, mark]) => [provider, <SlotMark key={provider} {...mark} />]));
}

/** A warning first, which nothing unknown may hide; then the share of a limit; without one, the count, after every limit. */
const rankOf = (mark: SlotMarkProps): number =>
  (isNear(mark) ? 1e9 : 0) + (mark.count + mark.overSince) / (typeof mark.limit === 'number' ? mark.limit : 1e9);

const isUnknown = ({ count, countedAtMs, overSince }: SlotMarkProps): boolean =>
  overSince > 0 || (countedAtMs === null && count === 0);

const isNear = (mark: SlotMarkProps): boolean =>
  !isUnknown(mark) && typeof mark.limit === 'number' && mark.count >= Math.max(mark.limit - 1, 1);

/** A count is made every 15 s: one of before this was missed more than once. */
const OLD_AFTER_MS = 60_000;

/** Looks at every tick, and renders when it comes of age. */
function useOfAge(atMs: number | null): boolean {
  const { nowMs, ticker } = useTime();
  const subscribe = useCallback((changed: () => void) => ticker.watch(changed), [ticker]);
  return useSyncExternalStore(subscribe, () => atMs !== null && nowMs() - atMs > OLD_AFTER_MS);
}

/** A user's sessions at the server, against the limit where there is one; a warning from one below it. */
function SlotMark(mark: SlotMarkProps) {
  const { count, limit, name, countedAtMs, isOld, overSince } = mark;
  const ofAge = useOfAge(countedAtMs);
  const atLeast = countedAtMs === null;
  const limited = typeof limit === 'number';
  const unknown = isUnknown(mark);
  const near = isNear(mark);
  const least = !unknown && atLeast && !(limited && count >= limit);
  const most = limited ? ` of ${String(limit)}` : '';
  const noLimit = limit === 'none' ? ', no limit set' : limit === 'unknown' ? ', limit unknown' : '';
  const noun = count === 1 && !limited ? 'session' : 'sessions';
  const asOf = !unknown && (isOld || ofAge) ? countedAtMs : null;
  const how = atLeast
    ? 'as far as this browser knows'
    : asOf === null
      ? 'at the server'
      : `by the server’s count of ${formatClockTime(asOf)}`;
  const known = `${least ? 'At least ' : ''}${String(count)}${most} ${noun} of ${name} ${how}${noLimit}`;
  return (
    <span
      className={near ? 'rail-count font-semibold text-warn' : 'rail-count'}
      title={unknown ? unknownWords(name, count + overSince, overSince, countedAtMs) : known}
    >
      {near && <span className="mark mr-1.5" data-mark="attention" aria-hidden="true" />}
      {least && (
        <>
          <span aria-hidden="true">≥ </span>
          <span className="sr-only">at least </span>
        </>
      )}
      {unknown ? (
        <>
          <span aria-hidden="true">?</span>
          <span className="sr-only">not known</span>
        </>
      ) : (
        count
      )}
      {limited && ` / ${String(limit)}`}
      {asOf !== null && ` at ${formatAbout(asOf)}`}
      {near && limited && <span className="sr-only">, {count < limit ? 'one below the limit' : 'at the limit'}</span>}
    </span>
  );
}

function unknownWords(name: string, counted: number, over: number, countedAtMs: number | null): string {
  const words = `How many sessions of ${name} there are is not known`;
  if (countedAtMs === null) return words;
  const then = `${String(counted)} at the server’s count of ${formatClockTime(countedAtMs)}`;
  return `${words}: ${then}, ${String(over)} over since`;
}
