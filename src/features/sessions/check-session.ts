import type { Failure } from '../../http/failure.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import type { Verdict } from '../../providers/session-face.ts';
import { gatewayAway } from '../../refresh/end-session.ts';
import type { Hands } from '../../refresh/hands.ts';

interface Checked {
  readonly verdict: Verdict;
  /** What the server answered, in words. */
  readonly evidence: string;
}

/**
 * Asks the server once whether the access token is live. Refreshes nothing and changes nothing here: the answer is about
 * this token as it is.
 */
export async function checkSession(hands: Hands, id: string): Promise<Result<Checked, Failure>> {
  const record = await hands.repository.get(id);
  if (!record?.tokens) return fail(noToken);
  const provider = await hands.provider(record.provider);
  const connection = await hands.connection(record.connection);
  if (!connection) return fail(gatewayAway);
  const { probe } = provider.sessionFace(record.lineage.way);
  const operation = provider.operations[probe.operation];
  if (!operation) throw new Error(`${provider.id} names a probe that its table of operations does not have`);
  const reply = await hands.caller.call({
    connection: record.connection,
    operation: probe.operation,
    effect: operation.effect,
    baseUrl: record.baseUrl,
    params: probe.params(record.tokens, connection),
  });
  return succeed(probe.read(reply));
}

const noToken: Failure = {
  code: 'no-token',
  happened: 'no',
  fault: 'credential',
  sentence: 'This session has no token any more.',
  next: 'Nothing was sent. Sign in again.',
  status: null,
};
