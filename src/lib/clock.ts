/**
 * Time as the outside gives it. Both readings are handed in, so that a test owns time.
 * `wallMs` is milliseconds since 1970 UTC and may jump; `monotonicMs` never runs backwards but may stop during sleep.
 */
export interface Clock {
  wallMs(): number;
  monotonicMs(): number;
}

/** The machine's own clocks. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

/** A step between wall and monotonic time above this is a clock event: a sleep, or somebody set the clock. */
const CLOCK_EVENT_MS = 2_000;

export interface HybridClock {
  /** Milliseconds since 1970 by our own reckoning: survives sleep, never runs backwards. */
  nowMs(): number;
  /** Somebody who runs at the same time has seen that moment, so it cannot be earlier. */
  atLeast(ms: number): void;
  /** Called after a sample in which wall and monotonic time disagreed by more than two seconds. */
  onClockEvent(listener: () => void): () => void;
}

/**
 * A clock that adds `max(wall step, monotonic step, 0)` at every sample.
 *
 * Neither reading alone will do: `performance.now()` stops during sleep on most systems, and the wall clock can be set
 * back, which would make a dead token look alive. Set forward, the worst is one early refresh.
 */
export function createHybridClock(clock: Clock): HybridClock {
  const listeners = new Set<() => void>();
  let wallMs = clock.wallMs();
  let monotonicMs = clock.monotonicMs();
  let elapsedMs = wallMs;

  return {
    nowMs() {
      const wallStep = clock.wallMs() - wallMs;
      const monotonicStep = clock.monotonicMs() - monotonicMs;
      wallMs += wallStep;
      monotonicMs += monotonicStep;
      elapsedMs += Math.max(wallStep, monotonicStep, 0);
      if (Math.abs(wallStep - monotonicStep) > CLOCK_EVENT_MS) for (const listener of [...listeners]) listener();
      return elapsedMs;
    },
    atLeast(ms) {
      elapsedMs = Math.max(elapsedMs, ms);
    },
    onClockEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** One-shot timers, handed in so that a test owns them. `delayMs` must stay below 2^31 (browsers fire at once above). */
export interface Timers {
  set(run: () => void, delayMs: number): unknown;
  clear(handle: unknown): void;
}

export const systemTimers: Timers = {
  set: (run, delayMs) => setTimeout(run, delayMs),
  clear: (handle) => {
    clearTimeout(handle as ReturnType<typeof setTimeout>); // only ever a handle that `set` above returned
  },
};
