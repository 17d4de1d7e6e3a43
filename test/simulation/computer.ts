/** The computer that browser and gateway run on: its clocks, its sleep, and what waits until it is awake. */
import type { Clock, Timers } from '../../src/lib/clock.ts';
import type { Scheduled, VirtualTime } from './virtual-time.ts';

export interface Computer {
  /** The wall clock can be set; the monotonic one stops during sleep. */
  readonly clock: Clock;
  /** They count awake time alone. */
  readonly timers: Timers;
  readonly awake: boolean;
  sleep(): void;
  wake(): void;
  /** Somebody sets the wall clock, forward or back. */
  setClock(byMs: number): void;
  /** What comes from outside reaches a sleeping computer when it wakes. */
  whenAwake(run: () => void): void;
}

interface Armed {
  readonly dueMonotonicMs: number;
  readonly run: () => void;
  scheduled: Scheduled | null;
}

export function createComputer(time: VirtualTime): Computer {
  const startMs = time.nowMs;
  const armed = new Map<number, Armed>();
  let waiting: (() => void)[] = [];
  let wallAheadMs = 0;
  let sleptMs = 0;
  let asleepSinceMs: number | null = null;
  let lastHandle = 0;

  const monotonicMs = (): number => (asleepSinceMs ?? time.nowMs) - startMs - sleptMs;
  const schedule = (handle: number, timer: Armed): void => {
    timer.scheduled = time.at(time.nowMs + timer.dueMonotonicMs - monotonicMs(), () => {
      armed.delete(handle);
      timer.run();
    });
  };

  return {
    clock: { wallMs: () => time.nowMs + wallAheadMs, monotonicMs },
    timers: {
      set(run, delayMs) {
        lastHandle += 1;
        const timer: Armed = { dueMonotonicMs: monotonicMs() + delayMs, run, scheduled: null };
        armed.set(lastHandle, timer);
        if (asleepSinceMs === null) schedule(lastHandle, timer);
        return lastHandle;
      },
      clear(handle) {
        if (typeof handle !== 'number') return;
        armed.get(handle)?.scheduled?.cancel();
        armed.delete(handle);
      },
    },
    get awake() {
      return asleepSinceMs === null;
    },
    sleep() {
      if (asleepSinceMs !== null) return;
      asleepSinceMs = time.nowMs;
      for (const timer of armed.values()) timer.scheduled?.cancel();
    },
    wake() {
      if (asleepSinceMs === null) return;
      sleptMs += time.nowMs - asleepSinceMs;
      asleepSinceMs = null;
      for (const [handle, timer] of armed) schedule(handle, timer);
      const came = waiting;
      waiting = [];
      for (const run of came) time.at(time.nowMs, run);
    },
    setClock(byMs) {
      wallAheadMs += byMs;
    },
    whenAwake(run) {
      if (asleepSinceMs === null) run();
      else waiting.push(run);
    },
  };
}
