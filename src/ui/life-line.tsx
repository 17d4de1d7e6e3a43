import { useLayoutEffect, useRef, useState } from 'react';
import { urgencyOf, type Urgency } from './urgency.ts';
import { useTime } from './use-time.ts';

interface LifeLineProps {
  readonly endsAtMs: number;
  readonly lifeMs: number;
  /** Where the next refresh falls: a tick on the line. */
  readonly refreshAtMs?: number | undefined;
  /** A colour that the state dictates, whatever is left. */
  readonly tone?: Exclude<Urgency, 'ended'> | undefined;
}

/** A line that is off by less than this is not worth starting again. */
const OFF_MAX_MS = 1_000;

/**
 * A life as a line that burns down. Decoration for the eye: the digits beside it say the same.
 *
 * The line is a CSS animation that began in the past (a negative delay), so nothing runs per frame. Two things put such
 * an animation wrong: it starts anew, with its old delay, when its element is moved in the document or shown again, and
 * it stands still while the machine sleeps. In both cases the element is replaced by one with a fresh delay.
 */
export function LifeLine({ endsAtMs, lifeMs, refreshAtMs, tone }: LifeLineProps) {
  const line = useRef<HTMLSpanElement>(null);
  const rest = useRef<HTMLSpanElement>(null);
  const [restarts, setRestarts] = useState(0);
  const { nowMs, ticker } = useTime();

  useLayoutEffect(() => {
    const [outer, inner] = [line.current, rest.current];
    if (!outer || !inner) return undefined;
    const elapsedMs = (): number => nowMs() - (endsAtMs - lifeMs);
    const elapsedAtStartMs = elapsedMs();
    inner.style.animationDuration = `${lifeMs}ms`;
    inner.style.animationDelay = `${-elapsedAtStartMs}ms`;

    const colour = (atMs: number): void => {
      const urgency = urgencyOf(endsAtMs - atMs, lifeMs);
      if (outer.dataset['urgency'] !== urgency) outer.dataset['urgency'] = urgency;
    };
    const restart = (): void => setRestarts((count) => count + 1);
    const restartIfMoved = (): void => {
      if (elapsedMs() - elapsedAtStartMs > OFF_MAX_MS) restart();
    };

    colour(nowMs());
    inner.addEventListener('animationstart', restartIfMoved);
    const stopWatching = ticker.watch((atMs, jumped) => {
      colour(atMs);
      if (jumped) restart();
    });
    return () => {
      inner.removeEventListener('animationstart', restartIfMoved);
      stopWatching();
    };
  }, [endsAtMs, lifeMs, restarts, nowMs, ticker]);

  const refreshShare = refreshAtMs === undefined ? undefined : (endsAtMs - refreshAtMs) / lifeMs;
  const showsRefresh = refreshShare !== undefined && refreshShare > 0 && refreshShare < 1;
  return (
    <span ref={line} className="life" data-tone={tone} aria-hidden="true">
      <span className="life-track">
        <span ref={rest} key={`${endsAtMs} ${lifeMs} ${restarts}`} className="life-rest" />
      </span>
      {showsRefresh && <span className="life-refresh" style={{ left: `${refreshShare * 100}%` }} />}
    </span>
  );
}
