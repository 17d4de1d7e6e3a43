import { useCallback } from 'react';
import { formatDateTime, formatMoment, formatRemaining } from '../../lib/format-time.ts';
import type { Survivor } from '../../providers/ending.ts';
import { endWords } from '../../revocation/end-words.ts';
import { TickText } from '../../ui/tick-text.tsx';

interface SurvivorsProps {
  readonly survivors: readonly Survivor[];
  /** Server minus local time, milliseconds. */
  readonly offsetMs: number;
}

/** What the ending does not reach, counted down where somebody knows until when. */
export function Survivors({ survivors, offsetMs }: SurvivorsProps) {
  if (survivors.length === 0) return null;
  return (
    <ul aria-label="What survives" className="grid gap-1 border-t border-line px-3.5 py-2.5">
      {survivors.map((survivor) => (
        <li key={survivor.words} className="flex flex-wrap items-baseline justify-between gap-x-4 text-ink-2">
          <span className="min-w-0 flex-1 basis-60 wrap-anywhere">
            <span className="font-semibold text-ink">Survives:</span> {survivor.words}
          </span>
          <Until survivor={survivor} offsetMs={offsetMs} />
        </li>
      ))}
    </ul>
  );
}

function Until({ survivor, offsetMs }: { readonly survivor: Survivor; readonly offsetMs: number }) {
  const { untilMs } = survivor;
  if (typeof untilMs === 'string') return <span className="text-sm">{endWords(survivor)}</span>;
  return <Left endsAtMs={untilMs - offsetMs} />;
}

function Left({ endsAtMs }: { readonly endsAtMs: number }) {
  const text = useCallback(
    (nowMs: number) =>
      nowMs >= endsAtMs
        ? `over since ${formatMoment(endsAtMs, nowMs)}`
        : `may pass until ${formatMoment(endsAtMs, nowMs)} · ${formatRemaining(endsAtMs - nowMs)}`,
    [endsAtMs],
  );
  return (
    <span className="font-semibold text-warn">
      <TickText text={text} title={formatDateTime(endsAtMs)} />
    </span>
  );
}
