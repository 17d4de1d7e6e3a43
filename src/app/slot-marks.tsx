/** What is known of the limited sessions of users, in the navigation. Fetched with what counts them. */
import type { ReactNode } from 'react';
import type { SlotCount } from '../console/slot-counter.ts';
import type { SessionView } from '../sessions/record.ts';

interface SlotMarkProps {
  readonly count: number;
  readonly limit: SlotCount['limit'];
  readonly name: string;
  /** Only what this browser opened is known. */
  readonly atLeast: boolean;
}

/** By provider, the fullest of its users' counts; where none has a limit, the highest. */
export function slotMarks(
  sessions: readonly SessionView[],
  counted: Iterable<SlotCount>,
): ReadonlyMap<string, ReactNode> {
  const fullest = new Map<string, SlotMarkProps>();
  for (const { provider, connection, name, person, limit, refused, sessions: listed } of counted) {
    if (person) continue;
    const own = sessions.filter(
      (one) =>
        one.connection === connection &&
        one.identity.name === name &&
        one.tokens &&
        !one.ended &&
        !one.signInNeeded &&
        !refused.includes(one.id),
    );
    const mark = { count: listed?.length ?? own.length, limit, name, atLeast: !listed };
    const before = fullest.get(provider);
    if (!before || shareOf(mark) > shareOf(before)) fullest.set(provider, mark);
  }
  return new Map([...fullest].map(([provider, mark]) => [provider, <SlotMark key={provider} {...mark} />]));
}

/** Of a limit; without one, the higher count comes first, and after every limit. */
const shareOf = ({ count, limit }: SlotMarkProps): number => count / (typeof limit === 'number' ? limit : 1e9);

/** A user's sessions at the server, against the limit where there is one; a warning from one below it. */
function SlotMark({ count, limit, name, atLeast }: SlotMarkProps) {
  const limited = typeof limit === 'number';
  const isNear = limited && count >= Math.max(limit - 1, 1);
  const least = atLeast && !(limited && count >= limit);
  const most = limited ? ` of ${String(limit)}` : '';
  const noLimit = limit === 'none' ? ', no limit set' : limit === 'unknown' ? ', limit unknown' : '';
  const noun = count === 1 && !limited ? 'session' : 'sessions';
  return (
    <span
      className={isNear ? 'rail-count font-semibold text-warn' : 'rail-count'}
      title={`${least ? 'At least ' : ''}${String(count)}${most} ${noun} of ${name} ${atLeast ? 'as far as this browser knows' : 'at the server'}${noLimit}`}
    >
      {isNear && <span className="mark mr-1.5" data-mark="attention" aria-hidden="true" />}
      {least && (
        <>
          <span aria-hidden="true">≥ </span>
          <span className="sr-only">at least </span>
        </>
      )}
      {count}
      {limited && ` / ${String(limit)}`}
      {isNear && <span className="sr-only">, {count < limit ? 'one below the limit' : 'at the limit'}</span>}
    </span>
  );
}
