/** What the page knows of its gateway: asked at start, now and then, and right before a call that spends something. */
import type { Caller } from '../http/call.ts';
import type { Hello } from '../http/envelope.ts';
import type { Timers } from '../lib/clock.ts';

/** Somebody is looking, and loopback answers within milliseconds. */
const ASK_VISIBLE_EVERY_MS = 5_000;
const ASK_HIDDEN_EVERY_MS = 30_000;

export interface GatewayLink {
  /** Asks now. Rejects where no gateway answers. Questions that are asked together share one answer. */
  ask(): Promise<Hello>;
  /** What was last heard; asks where nothing was heard yet. Rejects as `ask` does. */
  known(): Promise<Hello>;
  /** It is worth looking now: the page came to the front, or is online again. A hidden page does not ask. */
  poke(): void;
  dispose(): void;
}

export interface LinkPorts {
  readonly caller: Pick<Caller, 'hello'>;
  readonly timers: Timers;
  visible(): boolean;
  /** Told of every answer, and of every question that got none. The same object where the answer was the same. */
  onHeard(hello: Hello | 'silence'): void;
}

export function createGatewayLink({ caller, timers, visible, onHeard }: LinkPorts): GatewayLink {
  let asking: Promise<Hello> | null = null;
  let last: Hello | null = null;
  let timer: unknown = null;
  let disposed = false;

  function ask(): Promise<Hello> {
    asking ??= caller
      .hello()
      .then(
        (hello) => {
          last = hello;
          if (!disposed) onHeard(hello);
          return hello;
        },
        (error: unknown) => {
          if (!disposed) onHeard('silence');
          throw error;
        },
      )
      .finally(() => {
        asking = null;
      });
    return asking;
  }

  const askAgain = (): void => {
    timers.clear(timer);
    if (!disposed) timer = timers.set(askNow, visible() ? ASK_VISIBLE_EVERY_MS : ASK_HIDDEN_EVERY_MS);
  };
  function askNow(): void {
    ask().then(askAgain, askAgain);
  }
  askNow();

  return {
    ask,
    known: () => (last ? Promise.resolve(last) : ask()),
    poke() {
      if (visible() && !disposed) askNow();
    },
    dispose() {
      disposed = true;
      timers.clear(timer);
    },
  };
}
