/** How features call a vendor on a session's behalf. Owns what a 401 means: one refresh, one more try, then the truth. */
import type { Reply } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import type { Params } from '../http/operation.ts';
import { withoutSentSecrets } from '../http/without-sent-secrets.ts';
import { fail, succeed, type Result } from '../lib/result.ts';
import type { Provider } from '../providers/contract.ts';
import { explain } from '../providers/explain.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { callOver, refuse } from '../sessions/transitions.ts';
import { whyNoConnection } from './gateway-away.ts';
import type { Hands } from './hands.ts';
import { refreshSession } from './refresh-session.ts';
import { lookAfterRestart } from './vendor-restart.ts';

const gone: Failure = {
  code: 'session-gone',
  happened: 'no',
  fault: 'credential',
  sentence: 'This session has no token any more.',
  next: 'Nothing was sent. Sign in again.',
  status: null,
};

/**
 * Makes the call with the session's access token. A 403 never refreshes. The reply of a call that the vendor refused is
 * a failure; everything else is the caller's to read.
 */
export async function callAs(
  hands: Hands,
  id: string,
  operation: string,
  params: Params = {},
): Promise<Result<Reply, Failure>> {
  const record = await hands.repository.get(id);
  if (!record?.tokens) return fail(gone);
  const provider = await hands.provider(record.provider);
  const first = await send(hands, provider, record, operation, params);
  if (first.ok || first.failure.fault !== 'access') return first;

  const { refresh } = provider.sessionFace(record.lineage.way);
  const refreshed = refresh ? await refreshSession(hands, id, 'person') : undefined;
  if (refreshed?.kind === 'refreshed' || refreshed?.kind === 'adopted') {
    const second = await send(hands, provider, refreshed.record, operation, params);
    if (!second.ok && second.failure.fault === 'access') await mark(hands, refreshed.record, second.failure);
    else void lookAfterRestart(hands, provider, record, 'minted');
    return second;
  }
  if (refreshed === undefined || refreshed.kind === 'impossible') {
    await mark(hands, record, first.failure);
    void lookAfterRestart(hands, provider, record, 'lost');
    return first;
  }
  if (refresh?.kind !== 'mint-again' || refreshed.kind !== 'failed') return first;
  const waits = await hands.repository.change(id, callOver(record.generation, hands.nowMs()));
  if (waits.ok) void lookAfterRestart(hands, provider, record, 'waits');
  else await dropRefused(hands, record);
  return fail(refreshed.failure);
}

/** The credential turned out to be dead: the token, which would be left for as long as it lives, was refused as well. */
async function dropRefused({ repository }: Hands, { id, tokens }: SessionRecord): Promise<void> {
  const now = await repository.get(id);
  if (!now?.signInNeeded || now.tokens?.accessToken !== tokens?.accessToken) return;
  await repository.change(id, refuse(now.generation, now.signInNeeded));
}

const mark = (hands: Hands, record: SessionRecord, { code, sentence }: Failure) =>
  hands.repository.change(record.id, refuse(record.generation, { sinceMs: hands.nowMs(), code, sentence }));

async function send(
  hands: Hands,
  provider: Provider,
  record: SessionRecord,
  name: string,
  params: Params,
): Promise<Result<Reply, Failure>> {
  const operation = provider.operations[name];
  if (!operation) throw new Error(`${provider.id} has no operation of this name: ${name}`);
  if (!record.tokens) return fail(gone);
  if (!(await hands.connection(record.connection))) return fail(await whyNoConnection(hands));
  const sent = { ...provider.sessionFace(record.lineage.way).credential(record.tokens), ...params };
  const reply = await hands.caller.call({
    connection: record.connection,
    operation: name,
    effect: operation.effect,
    baseUrl: record.baseUrl,
    params: sent,
  });
  const { phase, status } = reply.envelope;
  const refusedByBody = provider.readError(reply).error !== undefined;
  const good = phase === 'answered' && status !== null && status >= 200 && status < 300 && !refusedByBody;
  return good ? succeed(reply) : fail(withoutSentSecrets(explain(provider, reply, name), operation, sent));
}
