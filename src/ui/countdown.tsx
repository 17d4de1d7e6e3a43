import { useLayoutEffect, useRef } from 'react';
import { formatDateTime, formatLife, formatMoment, formatRemaining, formatSpoken } from '../lib/format-time.ts';
import { LifeLine } from './life-line.tsx';
import { useAnnounce } from './live-region.tsx';
import { writeText } from './ticker.ts';
import { urgencyOf, type Urgency } from './urgency.ts';
import { useTime } from './use-time.ts';

interface KnownEndProps {
  /** Whose time it is: "Access token of m.weber". A screen reader says it in front of the digits. */
  readonly label: string;
  readonly endsAtMs: number;
  readonly lifeMs?: number | undefined;
  readonly refreshAtMs?: number | undefined;
  readonly tone?: Exclude<Urgency, 'ended'> | undefined;
  /** It lives at least that long, perhaps longer. */
  readonly atLeast?: boolean | undefined;
  /** Speak at the thresholds. For what ends unless a person acts, not for what refreshes itself. */
  readonly speaks?: boolean | undefined;
}

interface CountdownProps extends Omit<KnownEndProps, 'endsAtMs'> {
  /** Undefined where nobody said when it ends. */
  readonly endsAtMs: number | undefined;
  /** Said beside the dash where the end is not known. */
  readonly unknown?: string;
}

/** Time left, as digits over a line that burns down. The digits are written by the ticker: a second costs no render. */
export function Countdown({ endsAtMs, unknown = 'not reported', ...rest }: CountdownProps) {
  if (endsAtMs !== undefined) return <KnownEnd endsAtMs={endsAtMs} {...rest} />;
  return (
    <span className="countdown">
      <span className="countdown-row">
        <span className="countdown-digits">—</span>
        <span className="countdown-note">{unknown}</span>
      </span>
      <span className="life" aria-hidden="true" />
    </span>
  );
}

function KnownEnd({ label, endsAtMs, lifeMs, refreshAtMs, tone, atLeast = false, speaks = false }: KnownEndProps) {
  const digits = useRef<HTMLSpanElement>(null);
  const note = useRef<HTMLSpanElement>(null);
  const { nowMs, ticker } = useTime();
  const announce = useAnnounce();
  const length = lifeMs === undefined ? '' : `of ${formatLife(lifeMs)}`;

  useLayoutEffect(() => {
    const [digitsNow, noteNow] = [digits.current, note.current];
    if (!digitsNow || !noteNow) return undefined;
    const write = (atMs: number): void => {
      const left = atMs < endsAtMs;
      writeText(digitsNow, left || !atLeast ? formatRemaining(endsAtMs - atMs) : '0:00');
      writeText(
        noteNow,
        atLeast ? (left ? 'at least' : 'may end any time') : left ? length : formatMoment(endsAtMs, atMs),
      );
    };
    let urgency = urgencyOf(endsAtMs - nowMs(), lifeMs);
    write(nowMs());
    return ticker.watch((atMs) => {
      write(atMs);
      const before = urgency;
      urgency = urgencyOf(endsAtMs - atMs, lifeMs);
      if (!speaks || urgency === before) return;
      const least = atLeast ? 'at least ' : '';
      const ended = atLeast ? 'may end any time' : 'ended';
      announce(`${label}: ${urgency === 'ended' ? ended : `${least}${formatSpoken(endsAtMs - atMs)} left`}`);
    });
  }, [label, length, endsAtMs, lifeMs, atLeast, speaks, announce, nowMs, ticker]);

  return (
    <span className="countdown" title={`Ends ${atLeast ? 'not before ' : ''}${formatDateTime(endsAtMs)}`}>
      <span className="countdown-row">
        <span ref={digits} className="countdown-digits" role="timer" aria-live="off" aria-label={label} />
        <span ref={note} className="countdown-note" />
      </span>
      {lifeMs !== undefined && lifeMs > 0 ? (
        <LifeLine endsAtMs={endsAtMs} lifeMs={lifeMs} refreshAtMs={refreshAtMs} tone={tone} />
      ) : (
        <span className="life" aria-hidden="true" />
      )}
    </span>
  );
}
