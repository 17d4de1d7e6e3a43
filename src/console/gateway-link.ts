/** What the page knows of its gateway: asked at start, now and then, and right before a call that spends something. */
import type { Caller } from '../http/call.ts';
import type { Hello } from '../http/envelope.ts';
import type { Timers } from '../lib/clock.ts';

const ASK_EVERY_MS = 30_000;

export interface GatewayLink {
  /** Asks now. Rejects where no gateway answers. Questions that are asked together share one answer. */
  ask(): Promise<Hello>;
  /** What was last heard; asks where nothing was heard yet. Rejects as `ask` does. */
  known(): Promise<Hello>;
  dispose(): void;
}

export interface LinkPorts {
  readonly caller: Pick<Caller, 'hello'>;
  readonly timers: Timers;
  /** Told of every answer, and of every question that got none. */
  onHeard(hello: Hello | 'silence'): void;
}

export function createGatewayLink({ caller, timers, onHeard }: LinkPorts): GatewayLink {
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
    timer = timers.set(() => {
      ask().then(askAgain, askAgain);
    }, ASK_EVERY_MS);
  };
  ask().then(askAgain, askAgain);

  return {
    ask,
    known: () => (last ? Promise.resolve(last) : ask()),
    dispose() {
      disposed = true;
      timers.clear(timer);
    },
  };
}
