/**
 * One refresh of one session, from the claim to the stored pair. Read together with `sessions/transitions.ts`: the safety
 * of a single-use token is there, the order of the steps is here.
 */
import type { Reply } from '../http/call.ts';
import type { Connection } from '../http/envelope.ts';
import type { Failure } from '../http/failure.ts';
import type { Params } from '../http/operation.ts';
import { discreet } from '../http/without-sent-secrets.ts';
import { randomName } from '../lib/random.ts';
import type { Provider } from '../providers/contract.ts';
import { explain } from '../providers/explain.ts';
import type { RefreshFace, SessionFace } from '../providers/session-face.ts';
import type { Tokens } from '../providers/tokens.ts';
import type { Credential } from '../sessions/credential.ts';
import type { Intent, SessionRecord, SignInNeeded, Waiting } from '../sessions/record.ts';
import { commit, giveBack, giveUp, loseAnswer, openIntent, postpone, reject } from '../sessions/refresh-steps.ts';
import type { Refusal } from '../sessions/transitions.ts';
import { askOutcome, type Found } from './ask-outcome.ts';
import { backOffMs } from './back-off.ts';
import { inBackgroundPlace } from './background-place.ts';
import { clarified } from './clarify.ts';
import { whyNoConnection } from './gateway-away.ts';
import type { Hands } from './hands.ts';
import { buryCredential } from './kept-credentials.ts';
import { refusedByProxy } from './refused-by-proxy.ts';
import { logOutQuietly } from './send-log-out.ts';
import { serverAsksToWait } from './server-asks-to-wait.ts';
import { unlessRefused } from './storage-refuses.ts';
import { answerMissing, MINT_LOST, refreshFaceOf, turnedToKept } from './turn-to-kept.ts';
import { VENDOR_DOWN, vendorAnswers } from './vendor-answers.ts';

/**
 * Who asks. The schedule takes what is free. Whatever a person does may need a fresh token (`use`): it waits for a lock. Only
 * who asks for the refresh itself (`person`) has the one further try made while the vendor is down.
 */
export type Asker = 'schedule' | 'use' | 'person';

export type Refreshed =
  | { readonly kind: 'refreshed'; readonly record: SessionRecord }
  /** Another tab, or a late answer, had it done already. */
  | { readonly kind: 'adopted'; readonly record: SessionRecord }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'uncertain' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'impossible'; readonly why: Refusal | 'not-refreshable' };

const LOCK_WAIT_MS = 15_000;
const ASK_VENDOR_AGAIN_MS = 120_000;

/**
 * `plannedRevision`: of the record as the schedule saw it when it was due. Time passes between the plan and the lock, and
 * what moved meanwhile was perhaps refreshed by somebody else: the schedule has to look again.
 */
export async function refreshSession(
  hands: Hands,
  id: string,
  asker: Asker,
  plannedRevision?: number,
): Promise<Refreshed> {
  // What is written after a call is held until it is stored, so only what comes before it can be refused.
  const done = await unlessRefused(() => inTurn(hands, id, asker, plannedRevision));
  return done.ok ? done.value : { kind: 'failed', failure: done.failure };
}

async function inTurn(hands: Hands, id: string, asker: Asker, plannedRevision?: number): Promise<Refreshed> {
  const before = await hands.repository.get(id);
  if (!before) return { kind: 'impossible', why: 'missing' };
  const { generation } = before;
  const alone = (waitMs: number): Promise<Refreshed | 'busy'> =>
    hands.locks.run(`keyward.family.${id}`, waitMs, () => underLock(hands, id, { generation, plannedRevision }, asker));
  const done = asker === 'schedule' ? await inBackgroundPlace(hands.locks, () => alone(0)) : await alone(LOCK_WAIT_MS);
  return done === 'busy' ? { kind: 'busy' } : done;
}

/** What was known of the record before its turn came. */
interface Seen {
  readonly generation: number;
  readonly plannedRevision: number | undefined;
}

async function underLock(
  hands: Hands,
  id: string,
  { generation, plannedRevision }: Seen,
  asker: Asker,
): Promise<Refreshed> {
  let record = await hands.repository.get(id);
  if (!record) return { kind: 'impossible', why: 'missing' };
  if (record.ended) return { kind: 'impossible', why: 'ended' };
  if (record.generation !== generation) return { kind: 'adopted', record };
  // Somebody else's try may have failed in the meantime, and named a later moment.
  if (plannedRevision !== undefined && record.revision !== plannedRevision) return { kind: 'busy' };

  const work = await workOn(hands, record);
  if (work === 'not-refreshable') return { kind: 'impossible', why: work };
  if (work === 'no-connection') return await nobodyToAsk(hands, record);

  // The lock is ours and an intent is open: whoever opened it is gone.
  if (record.intent) {
    const resolved = await resolveIntent(work, record, record.intent);
    if (resolved.kind !== 'free') return await goOn(work, resolved, asker);
    record = resolved.record;
  }
  if (record.uncertain?.probed) {
    const word = { sinceMs: hands.nowMs(), code: 'answer-lost', sentence: ANSWER_LOST };
    await hands.repository.change(id, giveUp(word));
    return { kind: 'uncertain' };
  }
  return await goOn(work, await spend(work, record, asker), asker);
}

/** Where the refresh token was dropped for a kept credential, that one mints: once, and for the schedule when it is time. */
async function goOn(work: Work, done: Refreshed, asker: Asker): Promise<Refreshed> {
  if (work.refresh.kind !== 'single-use' || (done.kind !== 'failed' && done.kind !== 'uncertain')) return done;
  const read = await unlessRefused(() => work.hands.repository.get(work.id));
  const record = read.ok ? read.value : undefined;
  const refresh = record && !record.ended && !record.signInNeeded ? refreshFaceOf(work.face, record) : undefined;
  if (!record || refresh?.kind !== 'mint-again' || (record.waiting && asker === 'schedule')) return done;
  return await spend({ ...work, refresh }, record, asker);
}

async function nobodyToAsk(hands: Hands, record: SessionRecord): Promise<Refreshed> {
  const failure = await whyNoConnection(hands);
  // Which connections there are is asked now and then, and tells when it is back: a time would only keep it waiting.
  if (failure.code !== 'gateway-away') return { kind: 'failed', failure };
  const untilMs = hands.nowMs() + backOffMs(record.failures, hands.random);
  await hands.repository.change(record.id, postpone(record.generation, { untilMs, reason: failure.sentence }));
  return { kind: 'failed', failure };
}

interface Work {
  readonly hands: Hands;
  readonly id: string;
  readonly provider: Provider;
  readonly face: SessionFace;
  readonly refresh: RefreshFace;
  readonly connection: Connection;
  readonly kept: Credential | undefined;
}

/** All that is read comes before the call: once there is an answer, storage may not be readable. */
async function workOn(hands: Hands, record: SessionRecord): Promise<Work | 'not-refreshable' | 'no-connection'> {
  const { id, lineage } = record;
  const provider = await hands.provider(record.provider);
  const connection = await hands.connection(record.connection);
  const face = provider.sessionFace(lineage.way);
  const refresh = refreshFaceOf(face, record);
  if (!refresh) return 'not-refreshable';
  if (!connection) return 'no-connection';
  const kept = lineage.kept ? await hands.credentials.get(lineage.credential) : undefined;
  return { hands, id, provider, face, refresh, connection, kept };
}

const ANSWER_LOST =
  'Neither a refresh nor the one further try brought a new token. The refresh token may be used up, and is not sent again.';

async function spend(work: Work, record: SessionRecord, asker: Asker): Promise<Refreshed> {
  const { hands, refresh } = work;
  const wait = serverAsksToWait(record, hands.nowMs());
  if (wait) return { kind: 'failed', failure: wait };
  const params = paramsOf(work, record);
  if (!params) return { kind: 'impossible', why: 'not-refreshable' };
  const isWell = asker === 'person' || (await vendorAnswers(hands, work.provider, work.connection, record));
  if (!isWell) return await vendorIsDown(work, record);
  const boot = await hands.boot();
  if (boot === undefined) return await nobodyToAsk(hands, record);

  const intent: Intent = {
    generation: record.generation,
    nonce: randomName(hands.random),
    boot,
    sentAtMs: hands.nowMs(),
    probe: record.uncertain !== null,
  };
  const claimed = await hands.repository.change(work.id, openIntent(record.revision, intent));
  if (!claimed.ok) return await lostTheRace(work, record.generation, claimed.why);
  // A tab that was frozen at this point may be locked by now. As if it had been closed: the next turn asks what became of it.
  if (hands.locked()) return { kind: 'busy' };

  const reply = await hands.caller.call({
    connection: record.connection,
    operation: refresh.operation,
    effect: effectOf(work),
    baseUrl: record.baseUrl,
    params,
    nonce: intent.nonce,
    boot,
  });
  return await settle(work, claimed.record, intent, await knownOf(work, intent, reply), asker);
}

/** The one further try is kept until the vendor answers anything at all. */
async function vendorIsDown({ hands, id }: Work, record: SessionRecord): Promise<Refreshed> {
  const untilMs = hands.nowMs() + Math.min(backOffMs(record.failures, hands.random), ASK_VENDOR_AGAIN_MS);
  await hands.repository.change(id, postpone(record.generation, { untilMs, reason: VENDOR_DOWN.sentence }));
  return { kind: 'failed', failure: VENDOR_DOWN };
}

/** What the refresh presents: the refresh token, or the kept credential. Undefined where there is neither. */
function paramsOf({ refresh, connection, kept }: Work, { tokens }: SessionRecord): Params | undefined {
  if (!tokens) return undefined;
  if (refresh.kind === 'mint-again') return kept && refresh.params(tokens, connection, kept.values);
  return tokens.refreshToken === undefined ? undefined : refresh.params(tokens, connection);
}

const effectOf = ({ provider, refresh }: Work) => {
  const operation = provider.operations[refresh.operation];
  if (!operation) throw new Error(`${provider.id} names a refresh operation that its table does not have`);
  return operation.effect;
};

/** What became of the call; `failure` is what came back in place of an answer, where anything did. */
type Known = Found & { readonly failure?: Reply };

/** What is known after the call: where no answer came back, the gateway is asked. */
async function knownOf({ hands }: Work, intent: Intent, reply: Reply): Promise<Known> {
  switch (reply.envelope.phase) {
    case 'answered':
      return { state: 'answered', reply };
    case 'not-sent':
      return { state: 'not-sent', failure: reply };
    case 'sent': {
      const found = await askOutcome(hands, intent);
      return found.state === 'lost' ? { ...found, failure: reply } : found;
    }
    default:
      return reply.envelope.phase satisfies never;
  }
}

async function settle(
  work: Work,
  record: SessionRecord,
  intent: Intent,
  found: Known,
  asker: Asker,
): Promise<Refreshed> {
  const { refresh, connection, provider } = work;
  if (found.state === 'lost') {
    const why = found.failure && explain(provider, found.failure, refresh.operation);
    return await lost(work, record, intent, why);
  }
  if (found.state === 'not-sent') return await notSent(work, record, intent, found.failure, asker);
  if (!record.tokens) return { kind: 'impossible', why: 'not-refreshable' };

  const byProxy = refusedByProxy(found.reply, refresh.operation);
  if (byProxy) return await refused(work, record, intent, byProxy);
  const answer = refresh.read(found.reply, record.tokens, connection);
  const sent = paramsOf(work, record) ?? {};
  const read = discreet(answer, provider.operations, refresh.operation, sent);
  if (read.ok) return await store(work, record, intent, read.value);
  return await refused(work, record, intent, read.failure);
}

/**
 * Whether it happened is not known. A spent token may be gone, so the record says so; a token that was minted in vain does
 * no harm, so minting is simply due again after a while.
 */
async function lost(work: Work, record: SessionRecord, intent: Intent, failure?: Failure): Promise<Refreshed> {
  const { hands, id, refresh } = work;
  if (refresh.kind === 'single-use') {
    const nowMs = hands.nowMs();
    const { retryAfterMs } = failure ?? {};
    const waiting =
      failure && retryAfterMs !== undefined
        ? { untilMs: nowMs + retryAfterMs, reason: failure.sentence, asked: true }
        : null;
    if (await turnedToKept(work, record, intent, waitAfter(hands, record, failure ?? answerMissing)))
      return { kind: 'failed', failure: answerMissing };
    await hands.repository.change(id, loseAnswer(intent, nowMs, waiting), record);
    return { kind: 'uncertain' };
  }
  const why = failure ?? MINT_LOST;
  await hands.repository.change(id, giveBack(intent, waitAfter(hands, record, why)), record);
  return { kind: 'failed', failure: why };
}

/** Every tab reads this in the record: what failed in one is not sent again by the next in the same breath. */
const WAIT_MIN_MS = 10_000;

/** Our own patience, or the server's wish where that is longer. */
function waitAfter(hands: Hands, { failures }: SessionRecord, { retryAfterMs, sentence }: Failure): Waiting {
  const patienceMs = Math.max(retryAfterMs ?? 0, backOffMs(failures, hands.random));
  const untilMs = hands.nowMs() + Math.max(patienceMs, WAIT_MIN_MS);
  return { untilMs, reason: sentence, ...(retryAfterMs === patienceMs && { asked: true }) };
}

/** The vendor refuses what was presented, for good. A dead key takes all its sessions with it. */
async function rejected(work: Work, record: SessionRecord, intent: Intent, word: SignInNeeded): Promise<void> {
  const { hands, id, provider, refresh } = work;
  if (await turnedToKept(work, record, intent, null)) return;
  const overAt = refresh.kind === 'single-use' ? refresh.overAt : undefined;
  // With an answer missing, it may have been prolonged since.
  const isOver = record.uncertain === null && overAt?.includes(word.code) === true;
  await hands.repository.change(id, reject(intent, word, isOver), record);
  // Where storage does not let it go now, its next use is refused as well.
  if (refresh.kind === 'mint-again')
    await unlessRefused(() => buryCredential(hands, provider, record.lineage.credential, word));
}

/** The only place where a new pair is stored. */
async function store(work: Work, record: SessionRecord, intent: Intent, tokens: Tokens): Promise<Refreshed> {
  const { hands, id } = work;
  const written = await hands.repository.change(id, commit(intent, tokens, intent.sentAtMs), record);
  if (written.ok) return { kind: 'refreshed', record: written.record };
  // Logged out or forgotten while the answer was on its way: dropping the new pair would leave a session open at the vendor.
  if (written.why === 'ended' || written.why === 'missing')
    await logOutQuietly(hands, work.face, work.connection, tokens);
  return await lostTheRace(work, intent.generation, written.why);
}

async function refused(work: Work, record: SessionRecord, intent: Intent, refusal: Failure): Promise<Refreshed> {
  const { hands, id } = work;
  if (refusal.happened !== 'no') return await lost(work, record, intent, refusal);
  const failure = await clarified(work, record, refusal);
  const nowMs = hands.nowMs();
  switch (failure.fault) {
    case 'credential':
    case 'access':
    case 'limit':
      await rejected(work, record, intent, { sinceMs: nowMs, code: failure.code, sentence: failure.sentence });
      break;
    case 'configuration':
    case 'permission':
    case 'input':
      await hands.repository.change(id, giveBack(intent, { untilMs: null, reason: failure.sentence }), record);
      break;
    case 'throttle':
    case 'provider':
    case 'network':
    case 'local':
      await hands.repository.change(id, giveBack(intent, waitAfter(hands, record, failure)), record);
      break;
    default:
      failure.fault satisfies never;
  }
  return { kind: 'failed', failure };
}

async function notSent(
  work: Work,
  record: SessionRecord,
  intent: Intent,
  reply: Reply | undefined,
  asker: Asker,
): Promise<Refreshed> {
  const { hands, id } = work;
  if (reply) {
    const failure = explain(work.provider, reply, work.refresh.operation);
    return await refused(work, record, intent, { ...failure, happened: 'no' });
  }
  const written = await hands.repository.change(id, giveBack(intent, null), record);
  // The gateway now forbids the first nonce, so a new claim is safe; a schedule looks again by itself.
  if (written.ok && asker !== 'schedule') return await spend(work, written.record, 'schedule');
  return { kind: 'busy' };
}

/**
 * To be called under the lock of the family: settles a refresh whose owner is gone, so that what is stored is the newest
 * pair that can be had. Sends nothing to the vendor.
 */
export async function settleLeftOver(hands: Hands, record: SessionRecord): Promise<SessionRecord | undefined> {
  const work = await workOn(hands, record);
  if (!record.intent || typeof work === 'string') return record;
  await resolveIntent(work, record, record.intent);
  return await hands.repository.get(record.id);
}

/** Settles an intent whose owner is gone. `free`: nothing was sent, go on with this record. */
async function resolveIntent(
  work: Work,
  record: SessionRecord,
  intent: Intent,
): Promise<Refreshed | { readonly kind: 'free'; readonly record: SessionRecord }> {
  const found = await askOutcome(work.hands, intent);
  if (found.state === 'not-sent') {
    const written = await work.hands.repository.change(work.id, giveBack(intent, null), record);
    return written.ok
      ? { kind: 'free', record: written.record }
      : await lostTheRace(work, intent.generation, written.why);
  }
  return await settle(work, record, intent, found, 'schedule');
}

async function lostTheRace(work: Work, generation: number, why: Refusal): Promise<Refreshed> {
  const read = await unlessRefused(() => work.hands.repository.get(work.id));
  const now = read.ok ? read.value : undefined;
  if (now && !now.ended && now.generation > generation) return { kind: 'adopted', record: now };
  return why === 'intent-open' || why === 'moved' ? { kind: 'busy' } : { kind: 'impossible', why };
}
