import type { Connection } from '../http/envelope.ts';
import type { Failure } from '../http/failure.ts';
import { withoutSentSecrets } from '../http/without-sent-secrets.ts';
import type { Provider } from '../providers/contract.ts';
import type { RefreshFace } from '../providers/session-face.ts';
import type { Credential } from '../sessions/credential.ts';
import type { SessionRecord } from '../sessions/record.ts';
import type { Hands } from './hands.ts';

interface Asked {
  readonly hands: Hands;
  readonly provider: Provider;
  readonly refresh: RefreshFace;
  readonly connection: Connection;
  readonly kept: Credential | undefined;
}

/** The refusal of a mint, or what it meant where the vendor can be asked. Nothing was made either way. */
export async function clarified(
  { hands, provider, refresh, connection, kept }: Asked,
  { tokens, baseUrl }: SessionRecord,
  refusal: Failure,
): Promise<Failure> {
  const clarify = refresh.kind === 'mint-again' ? refresh.clarify : undefined;
  if (!clarify?.after.includes(refusal.code) || !tokens) return refusal;
  const operation = provider.operations[clarify.operation];
  if (!kept || !operation) return refusal;
  const params = clarify.params(tokens, connection, kept.values);
  const call = { connection: connection.id, operation: clarify.operation, effect: 'read', baseUrl, params } as const;
  const meant = clarify.read(await hands.caller.call(call), tokens);
  return meant ? withoutSentSecrets({ ...meant, happened: 'no' }, operation, params) : refusal;
}
