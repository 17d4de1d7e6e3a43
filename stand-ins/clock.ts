/** A server's clock: it follows the machine's, at its own rate and with its own offset. Milliseconds since 1970. */
export interface StandInClock {
  nowMs(): number;
  /** Whole seconds since 1970. */
  nowSeconds(): number;
  change(change: ClockChange): ClockReading;
  reset(): void;
}

export interface ClockChange {
  /** 1 is real time, 0 stands still. Time goes on from where it is. */
  readonly rate?: number;
  /** Sets the clock to the machine's time plus this. */
  readonly offsetMs?: number;
  /** Sets the clock. */
  readonly nowMs?: number;
  /** Moves the clock forward, or back where negative. */
  readonly advanceMs?: number;
}

export interface ClockReading {
  readonly nowMs: number;
  readonly rate: number;
}

export function createClock(startRate = 1): StandInClock {
  let rate = startRate;
  let anchorRealMs = Date.now();
  let anchorMs = anchorRealMs;

  const nowMs = () => anchorMs + (Date.now() - anchorRealMs) * rate;
  const moveTo = (targetMs: number) => {
    anchorMs = targetMs;
    anchorRealMs = Date.now();
  };

  return {
    nowMs: () => Math.floor(nowMs()),
    nowSeconds: () => Math.floor(nowMs() / 1000),
    change(change) {
      for (const value of Object.values(change)) {
        if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError('A clock takes numbers only.');
      }
      moveTo(nowMs());
      if (change.rate !== undefined) rate = change.rate;
      if (change.offsetMs !== undefined) moveTo(Date.now() + change.offsetMs);
      if (change.nowMs !== undefined) moveTo(change.nowMs);
      if (change.advanceMs !== undefined) moveTo(nowMs() + change.advanceMs);
      return { nowMs: Math.floor(nowMs()), rate };
    },
    reset() {
      rate = startRate;
      moveTo(Date.now());
    },
  };
}
