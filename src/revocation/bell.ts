import type { Timers } from '../lib/clock.ts';

/** Wakes one that sleeps, and is not missed by one that is about to. */
export interface Bell {
  ring(): void;
  /** Resolves when it rings, has rung since the last time, or after so many milliseconds. */
  rung(timers: Timers, withinMs: number): Promise<void>;
}

export function createBell(): Bell {
  let rang = false;
  let wake: (() => void) | null = null;
  return {
    ring() {
      rang = true;
      wake?.();
    },
    async rung(timers, withinMs) {
      if (!rang) {
        let timer: unknown;
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (withinMs !== Infinity) timer = timers.set(resolve, withinMs);
        });
        timers.clear(timer);
      }
      rang = false;
      wake = null;
    },
  };
}
