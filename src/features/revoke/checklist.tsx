import { formatClockTime, formatDateTime, formatRough } from '../../lib/format-time.ts';
import type { Item } from '../../revocation/job.ts';
import { TickText } from '../../ui/tick-text.tsx';
import { isCheck, lastUseWords, linesOf, markKind, type Line } from './job-words.ts';

/** Every step with what it gave, live. */
export function Checklist({ item, offsetMs }: { readonly item: Item; readonly offsetMs: number }) {
  return (
    <ol aria-label={`Steps for ${item.thing.name}`} className="grid">
      {linesOf(item).map((line, at) => (
        <Row key={line.step.id} item={item} line={line} number={at + 1} offsetMs={offsetMs} />
      ))}
    </ol>
  );
}

interface RowProps {
  readonly item: Item;
  readonly line: Line;
  readonly number: number;
  readonly offsetMs: number;
}

function Row({ item, line, number, offsetMs }: RowProps) {
  const { step, mark, times, isNow } = line;
  const { state } = item;
  const isBusy = isNow && (state.is === 'ready' || state.is === 'calling' || state.is === 'waiting');
  const kind = mark && markKind(mark);
  const words = mark && wordsOf(item, line, offsetMs);
  return (
    <li className="flex items-start gap-3 px-3.5 py-1.5">
      <Sign number={number} isBusy={isBusy} isDone={kind?.done === true} isOdd={kind?.done === false} />
      <span className="min-w-0 flex-1 wrap-anywhere">
        <span className={mark || isNow ? '' : 'text-ink-3'}>{step.label}</span>{' '}
        {words !== undefined && <span className="text-ink-2">{words}</span>}
        {kind?.done === false && <span className="sr-only">, {kind.word}</span>}
        {!mark && !isNow && <span className="sr-only">, not begun</span>}
        {times > 1 && <span className="text-ink-3"> · asked {times} times</span>}
        {isNow && <Now item={item} says={step.kind === 'call' ? step.says : ''} />}
      </span>
      {mark && (
        <time
          className="shrink-0 font-mono text-sm text-ink-2 tabular-nums"
          dateTime={new Date(mark.atMs).toISOString()}
          title={formatDateTime(mark.atMs)}
        >
          {formatClockTime(mark.atMs)}
        </time>
      )}
    </li>
  );
}

/** What the answer said, and of the evidence the use that a later probe may overwrite. */
function wordsOf(item: Item, { step, mark }: Line, offsetMs: number): string {
  const use = step.stage === 'evidence' && !isCheck(item) ? lastUseSeen(item, mark, offsetMs) : null;
  return [mark?.words ?? '', use].filter(Boolean).join(' · ');
}

/** As this very step read it, or with the time at which a list had it; nothing where another step did. */
function lastUseSeen(item: Item, mark: Line['mark'], offsetMs: number): string | null {
  const { evidence } = item;
  const use = lastUseWords(item, offsetMs);
  if (evidence?.listed) return use === null ? null : `in the list of ${formatClockTime(evidence.takenAtMs)}: ${use}`;
  return mark?.atMs === evidence?.takenAtMs ? use : null;
}

/** What goes on at this very step. */
function Now({ item: { state }, says }: { readonly item: Item; readonly says: string }) {
  switch (state.is) {
    case 'ready':
    case 'calling':
      return <code className="block font-mono text-sm text-ink-3">{says}</code>;
    case 'waiting':
      return (
        <span className="block text-ink-2">
          <TickText text={(nowMs) => asksAgain(state.untilMs - nowMs)} />
        </span>
      );
    default:
      return null;
  }
}

const asksAgain = (leftMs: number): string =>
  leftMs <= 0 ? 'Asks again now' : `Asks again in ${formatRough(Math.max(leftMs, 1_000))}`;

interface SignProps {
  readonly number: number;
  readonly isBusy: boolean;
  readonly isDone: boolean;
  readonly isOdd: boolean;
}

/** Tick, ring, diamond or the step's number; the words beside it say the same. */
function Sign({ number, isBusy, isDone, isOdd }: SignProps) {
  const box = 'w-4.5 shrink-0 text-center';
  if (isBusy) {
    return (
      <span className={`${box} text-busy`} aria-hidden="true">
        <span className="mark" data-mark="busy" />
      </span>
    );
  }
  if (isOdd) {
    return (
      <span className={`${box} text-warn`} aria-hidden="true">
        <span className="mark" data-mark="attention" />
      </span>
    );
  }
  return (
    <span
      className={`w-4.5 shrink-0 text-center tabular-nums ${isDone ? 'font-semibold text-ok' : 'text-ink-3'}`}
      aria-hidden="true"
    >
      {isDone ? '✓' : number}
    </span>
  );
}
