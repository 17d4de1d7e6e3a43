import type { Caller } from '../../http/call.ts';
import { nextOfRead } from '../../http/failed-read.ts';
import type { Certificate, Connection, Envelope, Phase } from '../../http/envelope.ts';
import type { OffsetEstimate, VendorClocks } from '../../http/vendor-clock.ts';
import type { Provider } from '../../providers/contract.ts';

/** What one harmless call without a credential showed of a connection. Holds no body. Times are milliseconds. */
export interface Examination {
  /** On the hybrid clock. */
  readonly atMs: number;
  readonly durationMs: number;
  readonly phase: Phase;
  readonly status: number | null;
  readonly tls: Envelope['tls'];
  /** The certificate that was refused; null where none was. */
  readonly refused: Certificate | null;
  /** Null where no answer with a date came yet. */
  readonly clock: OffsetEstimate | null;
  readonly standing: 'clear' | 'attention';
  /** What the vendor's own check makes of it, and how to mend what is wrong. */
  readonly sentence: string;
}

interface Tools {
  readonly caller: Pick<Caller, 'call'>;
  readonly clocks: Pick<VendorClocks, 'estimate'>;
  nowMs(): number;
}

export async function examine(
  { caller, clocks, nowMs }: Tools,
  { doctor }: Pick<Provider, 'doctor'>,
  connection: Connection,
): Promise<Examination> {
  const reply = await caller.call({
    connection: connection.id,
    operation: doctor.operation,
    effect: 'read',
    baseUrl: connection.baseUrl,
    params: doctor.params,
  });
  const { phase, status, cause, tls } = reply.envelope;
  const { standing, sentence, next } = doctor.read(reply, connection);
  return {
    atMs: nowMs(),
    durationMs: nowMs() - reply.startedAtMs,
    phase,
    status,
    tls,
    refused: cause?.certificate ?? null,
    clock: clocks.estimate(connection.id) ?? null,
    standing,
    sentence: next === undefined ? sentence : `${sentence} ${nextOfRead(next)}`,
  };
}
