import type { Clock, Timers } from '../src/lib/clock.ts';

/** Time that stands still until a test moves it. The timers fire in their order while it passes. */
export interface TestTime {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Milliseconds. */
  pass(durationMs: number): void;
  /** The machine sleeps, milliseconds: wall time goes on, the monotonic clock stands and no timer fires. */
  sleep(durationMs: number): void;
}

interface Armed {
  readonly atMs: number;
  readonly run: () => void;
}

/**
 * Starts at the machine's own time, because servers in the same test read that; on a full second, so that what counts
 * down by seconds shows the same digit however long the test takes.
 */
export function createTestTime(startMs: number = Math.floor(Date.now() / 1_000) * 1_000): TestTime {
  const armed = new Map<number, Armed>();
  let nowMs = startMs;
  let sleptMs = 0;
  let lastHandle = 0;

  const nextBefore = (endMs: number): readonly [number, Armed] | undefined =>
    [...armed].filter(([, { atMs }]) => atMs <= endMs).sort(([, one], [, other]) => one.atMs - other.atMs)[0];

  return {
    clock: { wallMs: () => nowMs + sleptMs, monotonicMs: () => nowMs - startMs },
    timers: {
      set(run, delayMs) {
        lastHandle += 1;
        armed.set(lastHandle, { atMs: nowMs + delayMs, run });
        return lastHandle;
      },
      clear(handle) {
        if (typeof handle === 'number') armed.delete(handle);
      },
    },
    pass(durationMs) {
      const endMs = nowMs + durationMs;
      for (let next = nextBefore(endMs); next; next = nextBefore(endMs)) {
        const [handle, { atMs, run }] = next;
        armed.delete(handle);
        nowMs = Math.max(nowMs, atMs);
        run();
      }
      nowMs = endMs;
    },
    sleep: (durationMs) => void (sleptMs += durationMs),
  };
}
