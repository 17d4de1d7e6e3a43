import type { Provider } from '../providers/contract.ts';
import type { Verdict } from '../providers/session-face.ts';
import type { SessionRecord } from '../sessions/record.ts';
import type { Hands } from './hands.ts';

/** Asks the server once whether the access token is live. Changes nothing here. */
export async function probeToken(hands: Hands, provider: Provider, record: SessionRecord): Promise<Verdict> {
  const { probe } = provider.sessionFace(record.lineage.way);
  const connection = await hands.connection(record.connection);
  if (!connection || !record.tokens) return 'unknown';
  const reply = await hands.caller.call({
    connection: connection.id,
    operation: probe.operation,
    effect: 'read',
    baseUrl: record.baseUrl,
    params: probe.params(record.tokens, connection),
  });
  return probe.read(reply, record.tokens).verdict;
}
