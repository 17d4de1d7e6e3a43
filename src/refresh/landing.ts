/**
 * What the tab that a vendor sent back and the tab that waits for it say to each other. Nothing of the sign-in itself is
 * in it: state, code and verifier stay where they are.
 */
import type { Channel } from '../lib/channel.ts';
import { object, one, text } from '../lib/shape.ts';

/** `landed`: does anybody wait for this tab? `heard`: yes, and what came back was taken up there. */
export interface LandingMessage {
  readonly what: 'landed' | 'heard';
  /** Names the tab that landed; made for this alone. */
  readonly tab: string;
}

const messageShape = object({ what: one(['landed', 'heard']), tab: text });

/** A channel of its own and not `createBroadcast`: that comes with the vault, and would bring all of it along. */
export function openLandings(): Channel<LandingMessage> {
  const channel = new BroadcastChannel('keyward.landings');
  return {
    post: (message) => channel.postMessage(message),
    listen(listener) {
      channel.onmessage = ({ data }: MessageEvent<unknown>) => messageShape(data) && listener(data);
      return () => (channel.onmessage = null);
    },
  };
}

export interface LandingWatch {
  /** Resolves when a tab has landed: worth asking the gateway at once, however rarely a hidden tab gets a timer. */
  nudged(): Promise<void>;
  /** What came back was taken up here: from now on the first tab that asks is told so. */
  heard(): void;
  leave(): void;
}

/** Kept while this tab waits. Answers one tab only: another one that asks is of another sign-in. */
export function watchLandings(): LandingWatch {
  const channel = openLandings();
  let isHeard = false;
  let answered: string | undefined;
  let nudge = (): void => undefined;
  const leave = channel.listen(({ what, tab }) => {
    if (what !== 'landed') return;
    if (!isHeard) return nudge();
    answered ??= tab;
    if (answered === tab) channel.post({ what: 'heard', tab });
  });
  return {
    nudged: () => new Promise((resolve) => (nudge = resolve)),
    heard: () => (isHeard = true),
    leave,
  };
}
