import { formatAgo, formatClockTime } from '../../lib/format-time.ts';
import type { SlotRule } from '../../providers/contract.ts';
import { LifeLine } from '../../ui/life-line.tsx';
import { TickText } from '../../ui/tick-text.tsx';
import { placeOf, titleOf, type Seen } from './seen-sessions.ts';
import { restOf } from './slot-words.ts';

interface SlotBoxesProps {
  readonly seen: readonly Seen[];
  readonly limit: SlotRule['limit'];
  /** Only what this browser opened is known. */
  readonly atLeast: boolean;
  /** Looks at a session of this browser; absent for somebody else's. */
  readonly onChoose?: (localId: string) => void;
}

/** Each of the limited sessions as a thing that one can count, and the free ones as room for one. */
export function SlotBoxes({ seen, limit, atLeast, onChoose }: SlotBoxesProps) {
  const { boxes, each } = restOf({ limit, count: seen.length });
  const free = atLeast ? 'free, or held elsewhere' : 'free';
  return (
    <ul className="grid grid-cols-2 gap-2.5 sm:grid-cols-3 md:grid-cols-5">
      {seen.slice(0, BOXES_MAX).map((one, at) => (
        <li key={one.id} className="grid">
          <HeldBox seen={one} number={at + 1} onChoose={onChoose} />
        </li>
      ))}
      {seen.length > BOXES_MAX && (
        <li className="grid min-h-24 place-items-center rounded-lg border border-line-strong p-2.5 text-center text-sm text-ink-2">
          and {seen.length - BOXES_MAX} more in the list below
        </li>
      )}
      {Array.from({ length: boxes }, (_, at) => (
        <li
          key={`rest ${String(at)}`}
          className="relative grid min-h-24 place-items-center rounded-lg border border-dashed border-line-strong p-2.5 text-center text-sm text-ink-3"
        >
          {each === 1 && <span className="absolute top-2 right-2.5 text-xs tabular-nums">{seen.length + at + 1}</span>}
          {each === 1 ? free : `${String(each)} more, ${free}`}
        </li>
      ))}
    </ul>
  );
}

const BOXES_MAX = 20;

interface HeldBoxProps {
  readonly seen: Seen;
  readonly number: number;
  readonly onChoose: SlotBoxesProps['onChoose'];
}

/** The heavy edge marks the one that is looked at. */
function HeldBox({ seen, number, onChoose }: HeldBoxProps) {
  const { mark, localId, startedAtMs, lastUsedAtMs, freesAtMs } = seen;
  const chosen = mark === 'in-view';
  const look = `grid min-h-24 grid-rows-[1fr_auto] rounded-lg border p-2.5 text-left ${chosen ? 'border-ink outline-1 -outline-offset-2 outline-ink' : 'border-line-strong'}`;
  const inside = (
    <>
      <span className="block">
        <span className="flex items-baseline justify-between gap-2">
          <span className="min-w-0 font-semibold wrap-anywhere">{titleOf(seen)}</span>
          <span className="text-xs text-ink-3 tabular-nums">{number}</span>
        </span>
        {placeOf(seen) !== '' && <span className="block text-sm wrap-anywhere text-ink-2">{placeOf(seen)}</span>}
        <span className="block text-sm text-ink-2 tabular-nums">
          {startedAtMs !== null && `${formatClockTime(startedAtMs)}, `}
          {lastUsedAtMs === null ? (
            'last use not reported'
          ) : (
            <>
              used <TickText text={(nowMs) => formatAgo(lastUsedAtMs, nowMs)} />
            </>
          )}
        </span>
        <span className="block text-sm text-ink-2 tabular-nums">
          {freesAtMs === null
            ? 'when it frees itself is not reported'
            : `frees itself by ${formatClockTime(freesAtMs)}`}
        </span>
      </span>
      {freesAtMs !== null && lastUsedAtMs !== null && freesAtMs > lastUsedAtMs && (
        <LifeLine endsAtMs={freesAtMs} lifeMs={freesAtMs - lastUsedAtMs} />
      )}
    </>
  );
  if (!onChoose || localId === null || mark === 'left') return <div className={look}>{inside}</div>;
  return (
    <button
      type="button"
      aria-pressed={chosen}
      className={`${look} cursor-pointer hover:border-control`}
      onClick={() => onChoose(localId)}
    >
      {inside}
    </button>
  );
}
