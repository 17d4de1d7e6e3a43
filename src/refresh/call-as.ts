/** How features call a vendor on a session's behalf. Owns what a 401 means: one refresh, one more try, then the truth. */
import type { Reply } from '../http/call.ts';
import { failedRead, ofRead } from '../http/failed-read.ts';
import type { Failure } from '../http/failure.ts';
import type { Params } from '../http/operation.ts';
import { withoutSentSecrets } from '../http/without-sent-secrets.ts';
import { fail, succeed, type Result } from '../lib/result.ts';
import type { Provider } from '../providers/contract.ts';
import { explain } from '../providers/explain.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { callOver } from '../sessions/refresh-steps.ts';
import { refuse } from '../sessions/ending-steps.ts';
import { whyNoConnection } from './gateway-away.ts';
import type { Hands } from './hands.ts';
import { refreshSession } from './refresh-session.ts';
import { refusedByProxy } from './refused-by-proxy.ts';
import { lookAfterRestart } from './vendor-restart.ts';

const gone: Failure = {
  code: 'session-gone',
  happened: 'no',
  fault: 'credential',
  sentence: 'This session has no token any more.',
  next: 'Nothing was sent. Sign in again.',
  status: null,
};

/** What came back, and what it means where that is no success. Without a reply nothing was sent. */
export interface Asked {
  readonly reply: Reply | null;
  readonly failure: Failure | null;
}

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
  if (first.failure?.fault !== 'access') return resultOf(first);

  const renewed = await renew(hands, provider, record, first.failure);
  if ('failure' in renewed) return fail(renewed.failure);
  const second = await send(hands, provider, renewed.record, operation, params);
  if (second.failure?.fault === 'access') await mark(hands, renewed.record, second.failure);
  else void lookAfterRestart(hands, provider, record, 'minted');
  return resultOf(second);
}

/** The same of a call that only reads, with what `read` makes of its reply. */
export async function readAs<Value>(
  hands: Hands,
  id: string,
  operation: string,
  read: (reply: Reply) => Result<Value, Failure>,
  params?: Params,
): Promise<Result<Value, Failure>> {
  const reply = await callAs(hands, id, operation, params);
  return reply.ok ? ofRead(read(reply.value)) : reply;
}

/**
 * The same once, whatever the answer: for a caller who writes each call down before it is sent, and so owns every further
 * try. Gives refusals with their replies, because "not found" may be what was hoped for.
 */
export async function askOnceAs(
  hands: Hands,
  id: string,
  operation: string,
  params: Params,
  journalled?: { readonly nonce: string; readonly boot: string },
): Promise<Asked> {
  const record = await hands.repository.get(id);
  if (!record?.tokens) return { reply: null, failure: gone };
  return await send(hands, await hands.provider(record.provider), record, operation, params, journalled);
}

/**
 * The same for questions that must not prolong a session, or that a live token of the wrong audience is refused: no refresh,
 * and a 401 says nothing of the session.
 */
export const callOnce = async (
  hands: Hands,
  id: string,
  operation: string,
  params: Params = {},
): Promise<Result<Reply, Failure>> => resultOf(await askOnceAs(hands, id, operation, params));

/** After such a call was refused as of a dead token: one refresh. Null: there is a new token, and the call is due again. */
export async function renewAs(hands: Hands, id: string, refusal: Failure): Promise<Failure | null> {
  const record = await hands.repository.get(id);
  if (!record?.tokens) return gone;
  const renewed = await renew(hands, await hands.provider(record.provider), record, refusal);
  return 'failure' in renewed ? renewed.failure : null;
}

const resultOf = ({ reply, failure }: Asked): Result<Reply, Failure> =>
  failure || !reply ? fail(failure ?? gone) : succeed(reply);

/** What a dead access token means: one refresh, and where that brings none, the truth about the session. */
async function renew(
  hands: Hands,
  provider: Provider,
  record: SessionRecord,
  refusal: Failure,
): Promise<{ readonly record: SessionRecord } | { readonly failure: Failure }> {
  const { refresh } = provider.sessionFace(record.lineage.way);
  const refreshed = refresh ? await refreshSession(hands, record.id, 'use') : undefined;
  if (refreshed?.kind === 'refreshed' || refreshed?.kind === 'adopted') return { record: refreshed.record };
  if (refreshed === undefined || refreshed.kind === 'impossible') {
    await mark(hands, record, refusal);
    void lookAfterRestart(hands, provider, record, 'lost');
    return { failure: refusal };
  }
  if (refresh?.kind !== 'mint-again' || refreshed.kind !== 'failed') return { failure: refusal };
  const waits = await hands.repository.change(record.id, callOver(record.generation, hands.nowMs()));
  if (waits.ok) void lookAfterRestart(hands, provider, record, 'waits');
  else await dropRefused(hands, record);
  return { failure: refreshed.failure };
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
  journalled: { readonly nonce?: string; readonly boot?: string } = {},
): Promise<Asked> {
  const operation = provider.operations[name];
  if (!operation) throw new Error(`${provider.id} has no operation of this name: ${name}`);
  if (!record.tokens) return { reply: null, failure: gone };
  if (!(await hands.connection(record.connection))) return { reply: null, failure: await whyNoConnection(hands) };
  const sent = { ...provider.sessionFace(record.lineage.way).credential(record.tokens), ...params };
  const reply = await hands.caller.call({
    connection: record.connection,
    operation: name,
    effect: operation.effect,
    baseUrl: record.baseUrl,
    params: sent,
    ...journalled,
  });
  return { reply, failure: failureOf(provider, reply, name, sent) };
}

/** What a reply means where it is no success; null where it is one. Without what was sent. */
export function failureOf(provider: Provider, reply: Reply, name: string, sent: Params): Failure | null {
  const { phase, status } = reply.envelope;
  const refusedByBody = provider.readError(reply).error !== undefined;
  const good = phase === 'answered' && status !== null && status >= 200 && status < 300 && !refusedByBody;
  const operation = provider.operations[name];
  if (good || !operation) return null;
  const byProxy = refusedByProxy(reply, name);
  const failure = byProxy ?? withoutSentSecrets(explain(provider, reply, name), operation, sent);
  return operation.effect === 'read' ? failedRead(failure) : failure;
}
