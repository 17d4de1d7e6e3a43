/** Opening a session: one call per click, whatever happens. */
import type { Reply } from '../http/call.ts';
import type { Connection } from '../http/envelope.ts';
import type { Failure } from '../http/failure.ts';
import { withoutSentSecrets } from '../http/without-sent-secrets.ts';
import { randomName } from '../lib/random.ts';
import { fail, succeed, type Result } from '../lib/result.ts';
import { endsAtMs } from '../lib/time.ts';
import type { FormSignIn, FormValues, Identity, Provider, SignedIn } from '../providers/contract.ts';
import { explain } from '../providers/explain.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { askOutcome } from './ask-outcome.ts';
import { gatewayAway } from './end-session.ts';
import type { Hands } from './hands.ts';

/**
 * Signs in and stores the session. The call is sent once: where its answer is lost the gateway is asked what became of
 * it, and nothing is ever sent again, because a sign-in may take one of a limited number of sessions.
 */
export async function signIn(
  hands: Hands,
  provider: Provider,
  way: FormSignIn,
  connection: Connection,
  values: FormValues,
): Promise<Result<SessionRecord, Failure>> {
  const request = way.request(values, connection);
  if (!request.ok) return request;
  const operation = provider.operations[way.operation];
  if (!operation) throw new Error(`${provider.id} names a sign-in operation that its table does not have`);
  const boot = await hands.boot();
  if (boot === undefined) return fail(gatewayAway);

  const nonce = randomName(hands.random);
  const sentAtMs = hands.nowMs();
  const sent = await hands.caller.call({
    connection: connection.id,
    operation: way.operation,
    effect: operation.effect,
    baseUrl: connection.baseUrl,
    params: request.value,
    nonce,
    boot,
  });
  const reply = await answerOf(hands, sent, { nonce, boot, sentAtMs });
  if (!reply) return fail(lostSignIn(provider, connection, sent, way.operation));
  const read = way.read(reply, values, connection);
  if (!read.ok) return fail(withoutSentSecrets(read.failure, operation, request.value));

  const identity = await identify(hands, way, read.value, connection);
  const record = newRecord(hands, provider, way, connection, { ...read.value, identity }, sentAtMs);
  await hands.repository.put(record);
  return succeed(record);
}

/** The reply to read, or undefined where it went missing for good. */
async function answerOf(
  hands: Hands,
  sent: Reply,
  call: { readonly nonce: string; readonly boot: string; readonly sentAtMs: number },
): Promise<Reply | undefined> {
  if (sent.envelope.phase !== 'sent') return sent;
  const found = await askOutcome(hands, call);
  switch (found.state) {
    case 'answered':
      return found.reply;
    case 'not-sent':
      return { ...sent, envelope: { ...sent.envelope, phase: 'not-sent' } };
    case 'lost':
      return undefined;
    default:
      return found satisfies never;
  }
}

function lostSignIn(provider: Provider, connection: Connection, sent: Reply, operation: string): Failure {
  const failure = explain(provider, sent, operation);
  const rule = provider.slots?.(connection);
  if (!rule || rule.limit === 'none') return failure;
  return {
    ...failure,
    happened: 'unknown',
    next: `A session may have been opened; if so it holds 1 of ${String(rule.limit)} until it has been idle for long enough. Nothing is sent again by itself.`,
  };
}

/** Who signed in, where a further call tells. The session stands without it: what was typed names the person then. */
async function identify(
  hands: Hands,
  way: FormSignIn,
  { tokens, identity }: SignedIn,
  connection: Connection,
): Promise<Identity> {
  if (!way.identify) return identity;
  const reply = await hands.caller.call({
    connection: connection.id,
    operation: way.identify.operation,
    effect: 'read',
    baseUrl: connection.baseUrl,
    params: way.identify.params(tokens, connection),
  });
  const read = way.identify.read(reply);
  return read.ok ? read.value : identity;
}

function newRecord(
  hands: Hands,
  provider: Provider,
  way: FormSignIn,
  connection: Connection,
  { tokens, identity }: SignedIn,
  sentAtMs: number,
): SessionRecord {
  const endMs = endsAtMs(tokens.accessExpiry, hands.offsetMs(connection.id));
  return {
    id: randomName(hands.random),
    connection: connection.id,
    provider: provider.id,
    baseUrl: connection.baseUrl,
    identity,
    lineage: { way: way.id, label: way.label },
    tokens,
    generation: 0,
    revision: 0,
    intent: null,
    uncertain: null,
    waiting: null,
    failures: 0,
    signInNeeded: null,
    ended: null,
    keepFresh: true,
    holdsSlot: provider.slots !== null,
    firstLifeMs: endMs === undefined ? null : endMs - sentAtMs,
    openedAtMs: sentAtMs,
    refreshedAtMs: sentAtMs,
    copiedAtMs: null,
  };
}
