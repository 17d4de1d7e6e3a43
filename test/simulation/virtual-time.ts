/** Time that passes from event to event. Nothing here waits: a week takes as long as what happens in it. */
export interface Scheduled {
  cancel(): void;
}

export interface VirtualTime {
  /** Milliseconds since 1970, as nobody's clock shows it. */
  readonly nowMs: number;
  at(atMs: number, run: () => void): Scheduled;
  /**
   * Lets every event up to that moment happen, one after the other, each with all that follows from it at once. Stops
   * early, at the moment of the event, where `enough` holds after one.
   */
  runUntil(endMs: number, enough?: () => boolean): Promise<void>;
  /** Called whenever an event has happened and everything that it set off has come to rest. */
  onRest(look: () => void): void;
  /** Work that takes real time and no virtual time, as WebCrypto's: nothing is at rest before it has ended. */
  holdFor<Value>(work: Promise<Value>): Promise<Value>;
}

interface Event {
  readonly atMs: number;
  readonly order: number;
  run: (() => void) | null;
}

/** Node takes its next tick when no microtask is left, so every promise that can go on has gone on. */
const atTick = (): Promise<void> => Promise.resolve().then(() => new Promise((resolve) => process.nextTick(resolve)));
/** A whole turn of the event loop, which costs several times as much: for what comes from outside of the world. */
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
/** The runner of the tests wants to be heard too. */
const TURN_EVERY = 1_000;

export function createVirtualTime(startMs: number): VirtualTime {
  const queue = createQueue();
  const looks: (() => void)[] = [];
  const held = new Set<Promise<unknown>>();
  let nowMs = startMs;
  let lastOrder = 0;
  let lastRest = 0;

  async function atRest(): Promise<void> {
    lastRest += 1;
    await (lastRest % TURN_EVERY === 0 ? turn() : atTick());
    while (held.size > 0) {
      await Promise.allSettled(held);
      await turn();
    }
  }

  return {
    get nowMs() {
      return nowMs;
    },
    at(atMs, run) {
      lastOrder += 1;
      const event: Event = { atMs: Math.max(atMs, nowMs), order: lastOrder, run };
      queue.add(event);
      return {
        cancel: () => {
          event.run = null;
        },
      };
    },
    async runUntil(endMs, enough) {
      await atRest();
      for (let event = queue.takeUpTo(endMs); event; event = queue.takeUpTo(endMs)) {
        if (!event.run) continue;
        nowMs = event.atMs;
        event.run();
        await atRest();
        for (const look of looks) look();
        if (enough?.()) return;
      }
      nowMs = Math.max(nowMs, endMs);
    },
    onRest: (look) => void looks.push(look),
    holdFor(work) {
      held.add(work);
      const release = (): void => void held.delete(work);
      work.then(release, release);
      return work;
    },
  };
}

/** A binary heap: the earliest first, of the same moment the one that was planned first. */
function createQueue() {
  const heap: Event[] = [];
  const isBefore = (one: Event, other: Event): boolean =>
    one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);

  function add(event: Event): void {
    let place = heap.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above];
      if (!parent || !isBefore(event, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = event;
  }

  function sink(event: Event): void {
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      let child = heap[below];
      const right = heap[below + 1];
      if (right && child && isBefore(right, child)) {
        below += 1;
        child = right;
      }
      if (!child || !isBefore(child, event)) break;
      heap[place] = child;
      place = below;
    }
    heap[place] = event;
  }

  function takeUpTo(endMs: number): Event | undefined {
    const first = heap[0];
    if (!first || first.atMs > endMs) return undefined;
    const last = heap.pop();
    if (last && last !== first) sink(last);
    return first;
  }

  return { add, takeUpTo };
}
