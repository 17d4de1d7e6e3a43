/** Signals that fire after a while, as `AbortSignal.timeout` gives them, on a tab's own time. */
import type { Timers } from '../../src/lib/clock.ts';
import type { TabErrand } from './errand.ts';

const TOO_LATE = new DOMException('Too late.', 'TimeoutError');

const cancels = new WeakMap<AbortSignal, () => void>();

export const timeoutOver =
  (timers: Timers, errand: TabErrand) =>
  (afterMs: number): AbortSignal => {
    const controller = new AbortController();
    const fire = (): void => errand.deliver(() => controller.abort(TOO_LATE));
    const handle = timers.set(fire, afterMs);
    cancels.set(controller.signal, () => timers.clear(handle));
    return controller.signal;
  };

/** What it was for is over: in a browser it would fire and nobody would hear it; here that would be an event for nothing. */
export const forgetTimeout = (signal: AbortSignal): void => cancels.get(signal)?.();
