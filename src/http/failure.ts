import type { CauseCode, Certificate, Phase } from './envelope.ts';

/** First axis: did it happen at the vendor? */
export type Happened = 'no' | 'unknown' | 'yes';

/**
 * Second axis: whose fault is it, and so who can mend it.
 *
 * - `credential`: what was presented is dead or wrong; only a new sign-in helps.
 * - `access`: the access token is dead; one refresh may help.
 * - `configuration`: the connection is set up wrongly; nobody's password will help.
 * - `permission`: known, alive, and not allowed. Never refresh.
 * - `limit`: too many sessions. Never read as a wrong password, never retried alone.
 * - `throttle`: refused for a while.
 * - `provider`: the vendor's server misbehaved.
 * - `network`: no usable answer came.
 * - `input`: what the person typed cannot be sent.
 * - `local`: this browser could not do its part.
 */
export type Fault =
  | 'credential'
  | 'access'
  | 'configuration'
  | 'permission'
  | 'limit'
  | 'throttle'
  | 'provider'
  | 'network'
  | 'input'
  | 'local';

/** A failure that a person can act on. Holds sentences and facts, never a URL, a body or a token. */
export interface Failure {
  /** Stable name: a row of the vendor's or the common error table. Switch on this, not on the sentence. */
  readonly code: string;
  readonly happened: Happened;
  readonly fault: Fault;
  /** What happened, in one sentence. */
  readonly sentence: string;
  /** What to do next, in one sentence. */
  readonly next: string;
  /** What the server itself said, as plain text of at most 200 characters; only where a row asks for it. */
  readonly serverSaid?: string;
  readonly status: number | null;
  readonly cause?: CauseCode;
  readonly certificate?: Certificate;
  /** How long the server asked to be left alone; milliseconds, at most an hour. */
  readonly retryAfterMs?: number;
}

/**
 * One line of an error table. The first line whose every condition holds decides; an absent condition always holds, but
 * for `phase`: a line without it speaks of answered calls alone.
 */
export interface ErrorRow {
  /** Unique within its table; becomes `Failure.code`. */
  readonly name: string;
  readonly phase?: readonly Phase[];
  readonly cause?: readonly CauseCode[];
  /** Holds only where the server said how long it wants to be left alone. */
  readonly asksToWait?: true;
  readonly operations?: readonly string[];
  readonly status?: readonly number[];
  /** Machine-readable code in the body, as the vendor's `readError` found it. */
  readonly error?: readonly string[];
  /** Read only where the vendor has no code for it. */
  readonly text?: RegExp;
  readonly contentType?: RegExp;
  readonly happened: Happened;
  readonly fault: Fault;
  /** `{detail}` becomes a colon and the cause's detail, or nothing; `{status}` the status. */
  readonly sentence: string;
  readonly next: string;
  /** Also show what the server said, redacted and shortened. */
  readonly quotesServer?: true;
}

/** What a vendor's reply says about an error, read by that vendor's `readError`. */
export interface ErrorFacts {
  readonly error?: string;
  readonly text?: string;
}
