import { setTimeout as wait } from 'node:timers/promises';

/**
 * Trouble on order. A fault waits for a call that matches it and strikes either before the server does its work (`before`:
 * nothing happened) or after it (`after`: it happened, and the answer is what suffers).
 */
export type Fault = FaultTarget & Trouble;

export interface FaultTarget {
  /** Part of the path, without query. */
  readonly path?: string;
  /** The operation's name as the ledger writes it. */
  readonly operation?: string;
  readonly method?: string;
  /** How many calls it strikes; 1 where left out, `always` until cleared. */
  readonly times?: number | 'always';
  /** `before` where left out; a kind that works on the real answer (`cut`, `stall`, `edit`, `content-type`) is always after. */
  readonly when?: 'before' | 'after';
}

type Trouble =
  /** Waits, then goes on; a second fault may strike the same call. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** Waits until it is released, then goes on like `latency`. */
  | { readonly kind: 'hold' }
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** A login page where an answer was due. */
  | { readonly kind: 'html'; readonly status?: number }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  /** Bytes that are not HTTP. */
  | { readonly kind: 'garbage' }
  /** The connection is reset before any byte of the answer. */
  | { readonly kind: 'reset' }
  /** The connection is open and says nothing, ever. */
  | { readonly kind: 'hang' }
  /** The head and half of the real body, then the connection breaks. */
  | { readonly kind: 'cut' }
  /** The head and half of the real body, then silence. */
  | { readonly kind: 'stall' }
  | { readonly kind: 'gzip-bomb'; readonly mebibytes?: number }
  | { readonly kind: 'huge'; readonly mebibytes?: number }
  | { readonly kind: 'content-type'; readonly contentType: string }
  /** The real answer with fields of its JSON object set or removed. */
  | {
      readonly kind: 'edit';
      readonly set?: Readonly<Record<string, unknown>>;
      readonly remove?: readonly string[];
    };

type Waiting = Fault & { readonly kind: 'latency' | 'hold' };

export interface Strike {
  readonly latency: Waiting | null;
  readonly fault: Exclude<Fault, { kind: 'latency' | 'hold' }> | null;
}

export interface FaultQueue {
  add(fault: Fault): void;
  /** Takes what strikes this call: at most one wait and one other fault, in the order they were added. */
  take(call: { method: string; path: string; operation: string }): Strike;
  /** Resolves after the wait that was ordered. */
  pass(latency: Waiting): Promise<void>;
  /** Lets every held call go on; gives how many there were. */
  release(): number;
  /** Releases what is held, too. */
  clear(): void;
}

const onTheRealAnswer: readonly Fault['kind'][] = ['cut', 'stall', 'edit', 'content-type'];

export const strikesAfter = (fault: Fault): boolean => fault.when === 'after' || onTheRealAnswer.includes(fault.kind);

const isWait = (fault: Fault): fault is Waiting => fault.kind === 'latency' || fault.kind === 'hold';

const kinds: readonly string[] = [
  ...onTheRealAnswer,
  ...['latency', 'hold', 'reply', 'html', 'redirect', 'garbage', 'reset', 'hang', 'gzip-bomb', 'huge'],
];

export function createFaultQueue(): FaultQueue {
  let waiting: { fault: Fault; left: number }[] = [];
  let held: (() => void)[] = [];

  const release = (): number => {
    const going = held;
    held = [];
    for (const go of going) go();
    return going.length;
  };

  const takeFirst = (matches: (fault: Fault) => boolean): Fault | null => {
    const found = waiting.find(({ fault }) => matches(fault));
    if (!found) return null;
    found.left -= 1;
    waiting = waiting.filter(({ left }) => left > 0);
    return found.fault;
  };

  return {
    add(fault) {
      if (!kinds.includes(fault.kind)) throw new TypeError(`No fault is called ${fault.kind}.`);
      waiting.push({ fault, left: fault.times === 'always' ? Infinity : (fault.times ?? 1) });
    },
    take(call) {
      const here = (fault: Fault) =>
        (fault.path === undefined || call.path.includes(fault.path)) &&
        (fault.operation === undefined || fault.operation === call.operation) &&
        (fault.method === undefined || fault.method === call.method);
      const latency = takeFirst((fault) => isWait(fault) && here(fault));
      const fault = takeFirst((candidate) => !isWait(candidate) && here(candidate));
      return {
        latency: latency && isWait(latency) ? latency : null,
        fault: fault && !isWait(fault) ? fault : null,
      };
    },
    pass: (latency) =>
      latency.kind === 'hold' ? new Promise<void>((resolve) => void held.push(resolve)) : wait(latency.ms),
    release,
    clear() {
      waiting = [];
      release();
    },
  };
}
