/** Mutual exclusion by name, over all tabs where the browser has it. Saves requests; safety rests on the compare-and-set. */
export interface Locks {
  /** False where each tab has locks of its own. */
  readonly acrossTabs: boolean;
  /**
   * Runs `work` while holding `name`. Gives `'busy'` where the lock did not come free within `waitMs`
   * (0: only if it is free now).
   */
  run<Value>(name: string, waitMs: number, work: () => Promise<Value>): Promise<Value | 'busy'>;
}

/**
 * Web Locks, taken in the window: some browsers do not release a worker's lock on reload. `timeout` gives a signal that
 * fires after so many milliseconds.
 */
export function createWebLocks(
  manager: LockManager,
  timeout = (afterMs: number): AbortSignal => AbortSignal.timeout(afterMs),
): Locks {
  return {
    acrossTabs: true,
    async run(name, waitMs, work) {
      if (waitMs === 0) return await manager.request(name, { ifAvailable: true }, (lock) => (lock ? work() : 'busy'));
      const patience = timeout(waitMs);
      try {
        return await manager.request(name, { signal: patience }, work);
      } catch (error) {
        // The signal is ignored once the lock is granted, so an abort can only mean that it never was.
        if (error instanceof DOMException && (error.name === 'AbortError' || error.name === 'TimeoutError'))
          return 'busy';
        throw error;
      }
    },
  };
}

/** Within one page, for a browser without Web Locks. Waits for its turn however long that takes. */
export function createPageLocks(): Locks {
  const tails = new Map<string, Promise<unknown>>();
  return {
    acrossTabs: false,
    async run(name, waitMs, work) {
      const before = tails.get(name);
      if (before && waitMs === 0) return 'busy';
      const mine = (before ?? Promise.resolve()).then(work, work);
      const settled = mine.catch(() => undefined);
      tails.set(name, settled);
      try {
        return await mine;
      } finally {
        if (tails.get(name) === settled) tails.delete(name);
      }
    },
  };
}
