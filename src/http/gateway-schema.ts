/** What the gateway answers, checked before anything believes it. */
import './jitless.ts';
import * as z from 'zod/mini';
import type { CauseCode, Envelope, Hello, Outcome } from './envelope.ts';

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

const causeCode = z.enum(causeCodes);

const certificate = z.object({
  subject: z.string(),
  issuer: z.string(),
  sha256: z.string(),
  validToMs: z.exactOptional(z.number()),
});

const envelope = z.object({
  phase: z.enum(['not-sent', 'sent', 'answered']),
  status: z.nullable(z.number()),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  sentAtMs: z.number(),
  receivedAtMs: z.number(),
  boot: z.nullable(z.string()),
  cause: z.nullable(
    z.object({
      code: causeCode,
      detail: z.exactOptional(z.string()),
      certificate: z.exactOptional(certificate),
    }),
  ),
  tls: z.nullable(z.object({ protocol: z.string(), certificate })),
});

const hello = z.object({
  boot: z.string(),
  connections: z.array(
    z.object({
      id: z.string(),
      provider: z.string(),
      name: z.string(),
      baseUrl: z.string(),
      settings: z.record(z.string(), z.string()),
      insecure: z.boolean(),
      forwardsClientAddress: z.boolean(),
    }),
  ),
  configurationFaults: z.array(z.string()),
  demo: z.boolean(),
});

const outcome = z.discriminatedUnion('state', [
  z.object({ state: z.literal('answered'), envelope }),
  z.object({ state: z.literal('running') }),
  z.object({ state: z.literal('fenced') }),
  z.object({ state: z.literal('unknown') }),
]);

/** A refusal of the gateway itself (RFC 9457). `code` is ours: which rule refused. */
const problem = z.object({
  code: z.optional(z.catch(causeCode, 'gateway-refused')),
  title: z.optional(z.string()),
  detail: z.optional(z.string()),
});

export interface Problem {
  readonly code?: CauseCode | undefined;
  readonly title?: string | undefined;
  readonly detail?: string | undefined;
}

export const readEnvelope = (value: unknown): Envelope | undefined => envelope.safeParse(value).data;
export const readHello = (value: unknown): Hello | undefined => hello.safeParse(value).data;
export const readOutcome = (value: unknown): Outcome | undefined => outcome.safeParse(value).data;
export const readProblem = (value: unknown): Problem | undefined => problem.safeParse(value).data;
