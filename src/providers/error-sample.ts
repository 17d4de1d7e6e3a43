import type { Reply } from '../http/call.ts';
import type { CauseCode } from '../http/envelope.ts';
import type { Fault, Happened } from '../http/failure.ts';
import { sampleReply } from '../http/sample-reply.ts';

/** A reply as a vendor's server sends it, and the line of the error table that must hold for it. For tests. */
export interface ErrorSample {
  readonly operation: string;
  readonly reply: Reply;
  readonly code: string;
  readonly fault: Fault;
  readonly happened: Happened;
}

export type SampleRow = readonly [reply: Reply, code: string, fault: Fault, happened?: Happened];

/** The same replies to each of some operations. */
export const samplesOf = (operations: readonly string[], rows: readonly SampleRow[]): readonly ErrorSample[] =>
  operations.flatMap((operation) =>
    rows.map(([reply, code, fault, happened = 'no']) => ({ operation, reply, code, fault, happened })),
  );

/** Sent, and its answer did not arrive. */
export const lost = (code: CauseCode): Reply => sampleReply(null, '', { phase: 'sent', cause: { code } });

/** Not sent, because this parameter was refused. */
export const refusedHere = (detail: string): Reply =>
  sampleReply(null, '', { phase: 'not-sent', cause: { code: 'bad-parameter', detail } });
