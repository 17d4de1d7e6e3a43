import { readImfDate } from './imf-date.ts';

/** How far a server's clock is ahead of ours, and how sure that is. Milliseconds. */
export interface OffsetEstimate {
  /** Server minus local. */
  readonly offsetMs: number;
  readonly uncertaintyMs: number;
}

/** One exchange: the answer's `Date`, and when it was asked and answered on our hybrid clock. */
interface Exchange {
  readonly date: string | undefined;
  readonly startedAtMs: number;
  readonly receivedAtMs: number;
}

/** The clocks of the servers behind the connections, as their answers show them. */
export interface VendorClocks {
  observe(connection: string, exchange: Exchange): void;
  /** Server minus local; 0 where nothing was measured. */
  offsetMs(connection: string): number;
  /** Undefined where nothing was measured. */
  estimate(connection: string): OffsetEstimate | undefined;
  /** Drops every sample: for when our own clock was set, or slept. */
  forget(): void;
}

const SAMPLES_KEPT = 8;
/** `Date` is cut to whole seconds, so the truth lies up to one later: half of that is added, and stays as doubt. */
const HALF_A_SECOND_MS = 500;

/** Both cannot be true of one clock: it was set between them, or another machine answers now. */
const contradict = (one: OffsetEstimate, other: OffsetEstimate): boolean =>
  Math.abs(one.offsetMs - other.offsetMs) > one.uncertaintyMs + other.uncertaintyMs;

/**
 * Keeps the last eight samples of each connection and believes the tightest: the one whose answer came back fastest. A
 * sample that contradicts the newest is dropped.
 */
export function createVendorClocks(): VendorClocks {
  const samples = new Map<string, readonly OffsetEstimate[]>();

  const estimate = (connection: string): OffsetEstimate | undefined =>
    samples
      .get(connection)
      ?.reduce((tightest, sample) => (sample.uncertaintyMs < tightest.uncertaintyMs ? sample : tightest));

  return {
    observe(connection, { date, startedAtMs, receivedAtMs }) {
      const serverMs = readImfDate(date);
      const roundTripMs = receivedAtMs - startedAtMs;
      if (serverMs === undefined || !(roundTripMs >= 0)) return;
      const sample = {
        offsetMs: serverMs + HALF_A_SECOND_MS - (startedAtMs + receivedAtMs) / 2,
        uncertaintyMs: roundTripMs / 2 + HALF_A_SECOND_MS,
      };
      const agreeing = (samples.get(connection) ?? []).filter((kept) => !contradict(kept, sample));
      samples.set(connection, [sample, ...agreeing].slice(0, SAMPLES_KEPT));
    },
    offsetMs: (connection) => estimate(connection)?.offsetMs ?? 0,
    estimate,
    forget() {
      samples.clear();
    },
  };
}
