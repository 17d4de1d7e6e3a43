/**
 * What every stand-in is: a small server that behaves as one vendor's contract says, with a clock of its own, a ledger of
 * what it was asked, and faults on order. Knows no vendor.
 */
import type { ClockChange, ClockReading } from './clock.ts';
import type { Fault } from './faults.ts';
import type { LedgerEntry, LedgerFilter } from './ledger.ts';

/** One connection as it stands in the operator's file; a secret is named by environment variable. */
export interface ConnectionEntry {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly settings: Readonly<Record<string, string | { readonly env: string }>>;
}

/** Who may sign in at the demo's servers, one line an account. All secrets are false ones. */
export interface DemoAccounts {
  readonly provider: string;
  readonly lines: readonly string[];
}

export interface StartOptions {
  /** 0 takes any free port. */
  readonly port?: number;
  /** How fast the server's clock runs: 60 makes a minute of every second. */
  readonly clockRate?: number;
}

/**
 * What a test may do to a stand-in. Every member takes at most one JSON value and returns one, so that the control port
 * offers exactly the same.
 */
interface Control {
  /** Reads the server's clock, after changing it. */
  clock(change?: ClockChange): ClockReading;
  fault(fault: Fault): void;
  clearFaults(): void;
  /** Lets the calls that a `hold` holds go on. */
  release(): { readonly released: number };
  /** Every request since the start, oldest first. */
  ledger(filter?: LedgerFilter): readonly LedgerEntry[];
  /** How often each refresh token was presented to a call that spends one and that was processed, by fingerprint. */
  spends(): Readonly<Record<string, number>>;
  /** Paths that a DELETE was carried out on more than once. */
  repeatedDeletes(): readonly string[];
  clearLedger(): void;
  /** Back to the moment of the start: state, clock, faults and ledger. */
  reset(): void;
}

export interface RunningStandIn<Actions extends object = object> {
  readonly id: string;
  /** Origin, `http://127.0.0.1:4611`. */
  readonly url: string;
  /** Origin and path prefix, as a connection names it. */
  readonly baseUrl: string;
  readonly connections: readonly ConnectionEntry[];
  readonly accounts: DemoAccounts;
  /** The operator's secrets that the connections name. */
  readonly env: Readonly<Record<string, string>>;
  readonly control: Control & Actions;
  close(): Promise<void>;
}

export interface StandIn<Actions extends object = object> {
  readonly id: string;
  /** The same at every start of the demo, so that base URLs stay what they were. */
  readonly demoPort: number;
  start(options?: StartOptions): Promise<RunningStandIn<Actions>>;
}

/** What a test may do to each vendor's server beside what it may do to every one: each folder's `control.ts` adds its own. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled in by declaration merging
export interface ActionsById {}

/**
 * A session as one way in opens it, for tests that walk every vendor: each folder's `sample-sessions.ts` has at least one
 * of each way.
 */
export interface SampleSession<Actions extends object = object> {
  readonly name: string;
  /** The way in, by its id. */
  readonly way: string;
  /** What a person types into its form. */
  readonly typed: Readonly<Record<string, string>>;
  /** A token as if the person had been on the vendor's own page, where the way leads over one. */
  grant?(
    control: Actions,
    redirectUri: string,
  ): { readonly accessToken: string; readonly companions: Readonly<Record<string, string>> };
}

/** A server that sends the browser back, and can be told where to. */
export interface CallsBack {
  setRedirectUri(entry: { readonly redirectUri: string }): unknown;
}

export const callsBack = (control: object): control is CallsBack => 'setRedirectUri' in control;
