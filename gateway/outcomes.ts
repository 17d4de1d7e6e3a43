import type { Clock } from '../src/lib/clock.ts';
import type { RandomBytes } from '../src/lib/random.ts';
import type { Envelope, Outcome } from '../src/http/envelope.ts';

/** What a call with a nonce meets: it is the first, an earlier one has or will have the answer, or it must not run. */
export type Meeting =
  | {
      readonly kind: 'first';
      /** Remembers the call from now on; hand the answer to what it returns. */
      begin(): (envelope: Envelope) => void;
    }
  | { readonly kind: 'known'; readonly envelope: Promise<Envelope> }
  | { readonly kind: 'fenced' }
  /** It ran, and its answer is not kept any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'other-body' };

export interface Outcomes {
  /** The gateway's life. Changes when the gateway restarts, and when too many nonces would have to be remembered. */
  readonly boot: string;
  /**
   * For a call that carries this boot. `fingerprint` stands for the whole call: the same nonce with another one is
   * another call.
   */
  meet(nonce: string, fingerprint: string): Meeting;
  /** Asking for a nonce that was never seen forbids it for the rest of this boot. */
  ask(nonce: string, boot: string): Outcome;
  /** Drops the answers that have waited long enough. */
  sweep(): void;
}

type Known =
  | { readonly state: 'running'; readonly fingerprint: string; readonly envelope: Promise<Envelope> }
  | {
      readonly state: 'answered';
      readonly fingerprint: string;
      readonly envelope: Envelope;
      readonly bytes: number;
      readonly keptUntilMs: number;
    }
  | { readonly state: 'gone'; readonly fingerprint: string }
  | { readonly state: 'fenced' };

/**
 * The memory behind "never twice". A nonce is remembered for the life of the boot, also after its answer was dropped:
 * else a dropped answer would look like a call that never came, and the page would send a used-up token again.
 */
export function createOutcomes(options: {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly limits: { readonly answerKeptMs: number; readonly answersKeptBytesMax: number; readonly noncesMax: number };
}): Outcomes {
  const { clock, limits } = options;
  const newBoot = (): string => Buffer.from(options.random(16)).toString('base64url');
  let boot = newBoot();
  let known = new Map<string, Known>();
  /** Nonces with a kept answer, oldest first. */
  let kept = new Set<string>();
  let keptBytes = 0;

  function remember(nonce: string, entry: Known): void {
    if (known.size >= limits.noncesMax) {
      boot = newBoot();
      known = new Map();
      kept = new Set();
      keptBytes = 0;
    }
    known.set(nonce, entry);
  }

  function drop(nonce: string): void {
    const entry = known.get(nonce);
    kept.delete(nonce);
    if (entry?.state !== 'answered') return;
    keptBytes -= entry.bytes;
    known.set(nonce, { state: 'gone', fingerprint: entry.fingerprint });
  }

  function sweep(): void {
    const nowMs = clock.monotonicMs();
    for (const nonce of kept) {
      const entry = known.get(nonce);
      const over = entry?.state !== 'answered' || entry.keptUntilMs <= nowMs;
      if (!over && keptBytes <= limits.answersKeptBytesMax) break;
      drop(nonce);
    }
  }

  function begin(nonce: string, fingerprint: string): (envelope: Envelope) => void {
    let deliver: (envelope: Envelope) => void = () => undefined;
    const envelope = new Promise<Envelope>((resolve) => (deliver = resolve));
    remember(nonce, { state: 'running', fingerprint, envelope });
    const bornIn = boot;
    return (answer) => {
      deliver(answer);
      // The memory that knew this call was cleared meanwhile: nothing must be put back.
      if (boot !== bornIn) return;
      const bytes = answer.body.length;
      const keptUntilMs = clock.monotonicMs() + limits.answerKeptMs;
      known.set(nonce, { state: 'answered', fingerprint, envelope: answer, bytes, keptUntilMs });
      kept.add(nonce);
      keptBytes += bytes;
      sweep();
    };
  }

  return {
    get boot() {
      return boot;
    },
    sweep,
    meet(nonce, fingerprint) {
      sweep();
      const entry = known.get(nonce);
      if (!entry) return { kind: 'first', begin: () => begin(nonce, fingerprint) };
      if (entry.state === 'fenced') return { kind: 'fenced' };
      if (entry.fingerprint !== fingerprint) return { kind: 'other-body' };
      if (entry.state === 'gone') return { kind: 'gone' };
      return { kind: 'known', envelope: Promise.resolve(entry.envelope) };
    },
    ask(nonce, askedBoot) {
      sweep();
      if (askedBoot !== boot) return { state: 'unknown' };
      const entry = known.get(nonce);
      switch (entry?.state) {
        case 'answered':
          return { state: 'answered', envelope: entry.envelope };
        case 'running':
          return { state: 'running' };
        case 'gone':
          return { state: 'unknown' };
        case 'fenced':
          return { state: 'fenced' };
        case undefined:
          remember(nonce, { state: 'fenced' });
          // Too many nonces: the memory just began anew, and with it the boot that was asked about ended.
          return boot === askedBoot ? { state: 'fenced' } : { state: 'unknown' };
        default:
          return entry satisfies never;
      }
    },
  };
}
