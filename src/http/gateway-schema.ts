/** What the gateway answers, checked before anything believes it. */
import { flag, list, maybe, nullOr, number, object, one, record, text } from '../lib/shape.ts';
import type { CauseCode, Envelope, Hello, Outcome, ParkState } from './envelope.ts';

const causeCodes = [
  'unknown-host',
  'connection-refused',
  'unreachable',
  'connect-timeout',
  'certificate-untrusted',
  'certificate-expired',
  'certificate-name',
  'tls-failed',
  'timeout',
  'cut',
  'too-large',
  'undecodable',
  'redirected',
  'base-url-changed',
  'other-boot',
  'fenced',
  'busy',
  'bad-parameter',
  'gateway-refused',
  'gateway-unreachable',
  'offline',
  'aborted',
] as const satisfies readonly CauseCode[];

const causeCode = one(causeCodes);
const certificate = object({ subject: text, issuer: text, sha256: text, validToMs: maybe(number) });

const envelope = object({
  phase: one(['not-sent', 'sent', 'answered']),
  status: nullOr(number),
  headers: record(text),
  body: text,
  sentAtMs: number,
  receivedAtMs: number,
  boot: nullOr(text),
  cause: nullOr(object({ code: causeCode, detail: maybe(text), certificate: maybe(certificate) })),
  tls: nullOr(object({ protocol: text, certificate })),
});

const connection = object({
  id: text,
  provider: text,
  name: text,
  baseUrl: text,
  settings: record(text),
  secretsSet: list(text),
  insecure: flag,
  forwardsClientAddress: flag,
  selfUse: maybe(flag),
});

const hello = object({ boot: text, connections: list(connection), configurationFaults: list(text), demo: flag });

const answered = object({ state: one(['answered']), envelope });
const unanswered = object({ state: one(['running', 'fenced', 'unknown']) });
const parked = object({ state: one(['waiting', 'ready', 'unknown']) });
const refused = object({ state: one(['refused']), error: maybe(text) });

/** A refusal of the gateway itself (RFC 9457). `code` is ours: which rule refused. */
export interface Problem {
  readonly code?: CauseCode | undefined;
  readonly title?: string | undefined;
  readonly detail?: string | undefined;
}

const problem = object({ code: maybe(text), title: maybe(text), detail: maybe(text) });

// A member that is left out reads as undefined, which the type of an optional member does not say by itself: each cast
// below is to the type that the shape before it has checked.
export const readEnvelope = (value: unknown): Envelope | undefined =>
  envelope(value) ? (value as Envelope) : undefined;
export const readHello = (value: unknown): Hello | undefined => (hello(value) ? value : undefined);

export const readOutcome = (value: unknown): Outcome | undefined =>
  answered(value) || unanswered(value) ? (value as Outcome) : undefined;

export const readParkState = (value: unknown): ParkState | undefined =>
  parked(value) || refused(value) ? (value as ParkState) : undefined;

export function readProblem(value: unknown): Problem | undefined {
  if (!problem(value)) return undefined;
  const { code, title, detail } = value;
  return { code: code === undefined || causeCode(code) ? code : 'gateway-refused', title, detail };
}
