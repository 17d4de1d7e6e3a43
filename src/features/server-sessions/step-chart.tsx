import { useId } from 'react';
import { formatClockTime } from '../../lib/format-time.ts';
import { chartOf, type Run, type Step } from '../../sessions/slot-history.ts';
import type { SlotRule } from '../../providers/contract.ts';
import { chartWords } from './chart-words.ts';

interface StepChartProps {
  readonly runs: readonly Run[];
  readonly limit: SlotRule['limit'];
  /** When the last count was made: the right end. */
  readonly nowMs: number;
}

const WIDTH = 600;
const HEIGHT = 84;
const PAD = 6;
/** A run is drawn at least so wide: one count is a moment without length. */
const RUN_MIN = 3;

/** The count over the last hours, with the limit as a line. Times in which nobody counted stay empty. */
export function StepChart({ runs, limit, nowMs }: StepChartProps) {
  const caption = useId();
  const { fromMs, toMs, top, steps } = chartOf(runs, limit, nowMs);
  const y = (count: number): number => HEIGHT - PAD - (count / top) * (HEIGHT - 2 * PAD);
  return (
    <figure aria-labelledby={caption} className="grid gap-1">
      <svg
        viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
        preserveAspectRatio="none"
        className="h-21 w-full"
        aria-hidden="true"
      >
        {/* By place: two counts may fall into one moment. */}
        {steps.map((step, place) => (
          <rect
            key={place}
            className="fill-sunk"
            x={step.left * WIDTH}
            y={y(step.count)}
            width={widthOf(step)}
            height={HEIGHT - PAD - y(step.count)}
          />
        ))}
        {typeof limit === 'number' && (
          <line
            className="stroke-bad"
            strokeDasharray="4 3"
            vectorEffect="non-scaling-stroke"
            x1={0}
            x2={WIDTH}
            y1={y(limit)}
            y2={y(limit)}
          />
        )}
        <path
          className="fill-none stroke-ink"
          vectorEffect="non-scaling-stroke"
          strokeWidth={1.5}
          d={lineOf(steps, y)}
        />
      </svg>
      <figcaption id={caption} className="flex flex-wrap justify-between gap-x-4 text-sm text-ink-3 tabular-nums">
        <span>{formatClockTime(fromMs)}</span>
        <span>
          <span className="sr-only">Count over time: </span>
          {chartWords(runs, limit)}
        </span>
        <span>{formatClockTime(toMs)}</span>
      </figcaption>
      <details className="text-sm text-ink-2">
        <summary className="cursor-pointer">The same as a table</summary>
        <table className="mt-1 tabular-nums" aria-label="Count over time">
          <thead>
            <tr className="text-left">
              <th scope="col" className="pr-4 font-semibold">
                From
              </th>
              <th scope="col" className="pr-4 font-semibold">
                Until
              </th>
              <th scope="col" className="font-semibold">
                Sessions
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.slice(-TABLE_ROWS_MAX).map((run, place) => (
              <tr key={place}>
                <td className="pr-4">{formatClockTime(run.fromMs)}</td>
                <td className="pr-4">{formatClockTime(run.untilMs)}</td>
                <td>{run.count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

const TABLE_ROWS_MAX = 60;

const widthOf = ({ left, right }: Step): number => Math.max((right - left) * WIDTH, RUN_MIN);

/** Runs that touch are joined by an upright; a gap stays a gap. */
function lineOf(steps: readonly Step[], y: (count: number) => number): string {
  return steps
    .map((step) => {
      const from = `${String(step.left * WIDTH)} ${String(y(step.count))}`;
      const to = `H ${String(step.left * WIDTH + widthOf(step))}`;
      return `${step.after ? 'L' : 'M'} ${from} ${to}`;
    })
    .join(' ');
}
