import { createContext, createElement, useContext, useMemo, type ReactNode } from 'react';
import { createTicker, type Ticker } from './ticker.ts';

interface Time {
  /** Milliseconds since 1970 on the console's clock. */
  nowMs(): number;
  readonly ticker: Ticker;
}

const TimeContext = createContext<Time | null>(null);

/** Hands the console's clock to everything that counts. `nowMs` must keep its identity between renders. */
export function TimeProvider({ nowMs, children }: { readonly nowMs: () => number; readonly children: ReactNode }) {
  const time = useMemo(() => ({ nowMs, ticker: createTicker(nowMs) }), [nowMs]);
  return createElement(TimeContext, { value: time }, children);
}

/** The clock and the one ticker. Reading the clock during a render makes the render impure: do it in an effect or a handler. */
export function useTime(): Time {
  const time = useContext(TimeContext);
  if (!time) throw new Error('Outside of TimeProvider');
  return time;
}
