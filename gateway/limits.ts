import type { Effect } from '../src/http/operation.ts';

/** Every bound of the gateway. Handed in, so that a test need not wait for twenty seconds. */
export interface Limits {
  /** Name resolution, connection and TLS handshake together. */
  readonly connectMs: number;
  /** A whole call, waiting for a free place included. */
  readonly callMs: number;
  /** The same for `mint`, `spend` and `slot`: giving up early on these costs the most. */
  readonly carefulCallMs: number;
  /** Body of a call from the page. */
  readonly requestBytesMax: number;
  /** Body of a vendor's answer, after inflation. */
  readonly replyBytesMax: number;
  readonly perServerMax: number;
  readonly inFlightMax: number;
  readonly waitingMax: number;
  /** How long an answer waits for a page that lost it. */
  readonly answerKeptMs: number;
  readonly answersKeptBytesMax: number;
  readonly noncesMax: number;
  /** How long a page may take to sign in at the vendor, from announcing the state. */
  readonly stateAnnouncedMs: number;
  readonly codeKeptMs: number;
  readonly statesMax: number;
}

export const defaultLimits: Limits = {
  connectMs: 5_000,
  callMs: 20_000,
  carefulCallMs: 30_000,
  requestBytesMax: 64 * 1024,
  replyBytesMax: 5 * 1024 * 1024,
  perServerMax: 3,
  inFlightMax: 32,
  waitingMax: 256,
  answerKeptMs: 120_000,
  answersKeptBytesMax: 32 * 1024 * 1024,
  noncesMax: 100_000,
  stateAnnouncedMs: 600_000,
  codeKeptMs: 120_000,
  statesMax: 256,
};

const careful: ReadonlySet<Effect> = new Set<Effect>(['mint', 'spend', 'slot']);

export const callMsOf = (effect: Effect, limits: Limits): number =>
  careful.has(effect) ? limits.carefulCallMs : limits.callMs;

const toTheEnd: ReadonlySet<Effect> = new Set<Effect>(['spend', 'slot', 'mint', 'create', 'end']);

/** Stopping these when the browser goes away would leave the vendor in a state that nobody knows. */
export const runsToItsEnd = (effect: Effect): boolean => toTheEnd.has(effect);

const neverTwice: ReadonlySet<Effect> = new Set<Effect>(['spend', 'slot', 'create']);

/** A browser sends a POST again when its connection dies early: without a nonce these would happen twice. */
export const needsNonce = (effect: Effect): boolean => neverTwice.has(effect);
