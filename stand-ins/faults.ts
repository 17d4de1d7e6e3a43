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

export interface Strike {
  readonly latency: (Fault & { readonly kind: 'latency' }) | null;
  readonly fault: Exclude<Fault, { kind: 'latency' }> | null;
}

export interface FaultQueue {
  add(fault: Fault): void;
  /** Takes what strikes this call: at most one wait and one other fault, in the order they were added. */
  take(call: { method: string; path: string; operation: string }): Strike;
  clear(): void;
}

const onTheRealAnswer: readonly Fault['kind'][] = ['cut', 'stall', 'edit', 'content-type'];

export const strikesAfter = (fault: Fault): boolean => fault.when === 'after' || onTheRealAnswer.includes(fault.kind);

const kinds: readonly string[] = [
  ...onTheRealAnswer,
  ...['latency', 'reply', 'html', 'redirect', 'garbage', 'reset', 'hang', 'gzip-bomb', 'huge'],
];

export function createFaultQueue(): FaultQueue {
  let waiting: { fault: Fault; left: number }[] = [];

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
      const latency = takeFirst((fault) => fault.kind === 'latency' && here(fault));
      const fault = takeFirst((candidate) => candidate.kind !== 'latency' && here(candidate));
      return {
        latency: latency?.kind === 'latency' ? latency : null,
        fault: fault && fault.kind !== 'latency' ? fault : null,
      };
    },
    clear() {
      waiting = [];
    },
  };
}
