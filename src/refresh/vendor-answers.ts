/** Whether a vendor is well enough to be asked something that can be asked only once. */
import type { Connection } from '../http/envelope.ts';
import type { Failure } from '../http/failure.ts';
import type { Provider } from '../providers/contract.ts';
import type { SessionRecord } from '../sessions/record.ts';
import type { Hands } from './hands.ts';

/** A vendor may answer a dead token with a failure of its own: past this an answer is no longer waited for. */
const PATIENCE_MS = 24 * 3_600_000;

/**
 * Makes the vendor's harmless example call. A server that is down answers the one further try as it answered the first,
 * and the session would be over for nothing; so the try waits for any answer that is not a failure.
 */
export async function vendorAnswers(
  hands: Hands,
  provider: Provider,
  connection: Connection,
  { baseUrl, lineage, tokens, uncertain }: SessionRecord,
): Promise<boolean> {
  if (!tokens || !uncertain || hands.nowMs() - uncertain.sinceMs > PATIENCE_MS) return true;
  const { operation, params } = provider.sessionFace(lineage.way).probe;
  const { envelope } = await hands.caller.call({
    connection: connection.id,
    operation,
    effect: 'read',
    baseUrl,
    params: params(tokens, connection),
  });
  const { phase, status } = envelope;
  return phase === 'answered' && status !== null && status < 500 && status !== 429;
}

export const VENDOR_DOWN: Failure = {
  code: 'vendor-down',
  happened: 'no',
  fault: 'provider',
  sentence: 'Whether a refresh took effect is not known, and the vendor’s server is down at the moment.',
  next: 'One further try is made as soon as it answers again.',
  status: null,
};
