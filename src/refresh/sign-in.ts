/** Opening a session: one call per click, whatever happens. */
import type { CallRequest, Reply } from '../http/call.ts';
import type { Connection } from '../http/envelope.ts';
import { failedRead, ofRead } from '../http/failed-read.ts';
import type { Failure, Fault } from '../http/failure.ts';
import type { Effect, Params } from '../http/operation.ts';
import { discreet } from '../http/without-sent-secrets.ts';
import { randomName } from '../lib/random.ts';
import { fail, succeed, type Result } from '../lib/result.ts';
import { endsAtMs } from '../lib/time.ts';
import type { Provider } from '../providers/contract.ts';
import { explain } from '../providers/explain.ts';
import type {
  CheckOnly,
  FormSignIn,
  FormValues,
  IdentityCall,
  Refused,
  ShownOnce,
  SignedIn,
  Target,
  Targets,
} from '../providers/sign-in-way.ts';
import type { Lineage, SessionRecord } from '../sessions/record.ts';
import { askOutcome } from './ask-outcome.ts';
import { gatewayAway } from './gateway-away.ts';
import type { Hands } from './hands.ts';
import { keepCredential } from './kept-credentials.ts';
import { unlessRefused } from './storage-refuses.ts';
import { takeBack } from './take-back.ts';
import { whoSignedIn } from './who-signed-in.ts';

export interface Opened {
  readonly record: SessionRecord;
  /** Not stored anywhere: gone when the screen that shows them is. */
  readonly shownOnce: readonly ShownOnce[];
}

/** Where a sign-in goes to. */
export interface Door {
  readonly provider: Provider;
  readonly connection: Connection;
}

export interface FormAttempt extends Door {
  readonly way: FormSignIn;
  readonly values: FormValues;
  /** The entry of the list that the token is for, where the way has one. */
  readonly target?: Target;
  /** The person chose to have the credential kept. */
  readonly keep: boolean;
  /** Names the credential, so that the tokens of one key are known to be of one key; a new name where left out. */
  readonly credential?: string;
}

/**
 * Signs in and stores the session. The call is sent once: where its answer is lost the gateway is asked what became of
 * it, and nothing is ever sent again, because a sign-in may take one of a limited number of sessions.
 */
export async function signIn(hands: Hands, attempt: FormAttempt): Promise<Result<Opened, Failure>> {
  const { way, provider, connection } = attempt;
  let over = (_mayBeOpen: boolean): Promise<void> => Promise.resolve();
  let mayBeOpen = true;
  const note = async (call: Numbered): Promise<void> => {
    const { id, baseUrl } = connection;
    over = await hands.slotUnderWay({ ...call, connection: id, provider: provider.id, baseUrl, way: way.id });
  };
  try {
    const before = provider.operations[way.operation]?.effect === 'slot' ? note : undefined;
    const done = ofSignIn(await carryOut(hands, attempt, before), provider.operations[way.operation]?.effect);
    // A refusal at the limit was an answer, whatever its status: nothing was lost.
    mayBeOpen = !done.ok && done.failure.happened === 'unknown' && done.failure.fault !== 'limit';
    return done;
  } finally {
    await over(mayBeOpen);
  }
}

async function carryOut(
  hands: Hands,
  attempt: FormAttempt,
  beforeSending: BeforeSending | undefined,
): Promise<Result<Opened, Failure>> {
  const { way, values, connection, target } = attempt;
  const request = way.request(values, connection, target);
  if (!request.ok) return request;
  const sent = await sendOnce(hands, attempt, way.operation, request.value, beforeSending);
  if (!sent.ok) return sent;
  const { reply } = sent.value;
  const answer = way.read(reply, values, connection, target);
  const read = discreet(answer, attempt.provider.operations, way.operation, request.value);
  if (!read.ok) return read;

  const credential = attempt.credential ?? randomName(hands.random);
  const label = way.nameOfCredential?.(values) ?? way.label;
  const kept =
    attempt.keep &&
    way.keeps !== undefined &&
    (await keepCredential(hands, attempt, { id: credential, label, values: way.keeps.kept(values) }));
  return await open(
    hands,
    attempt,
    read.value,
    way.identify,
    { way: way.id, label, credential, kept },
    sent.value.sentAtMs,
  );
}

const OF_A_SESSION = /Refresh the session or sign in again\.$/;

/** The tables of errors are for calls of every kind: here no session is there to refresh, and what only reads opens none. */
export function ofSignIn<Value>(done: Result<Value, Failure>, effect?: Effect): Result<Value, Failure> {
  if (done.ok) return done;
  const failure = effect === 'read' ? { ...failedRead(done.failure), happened: 'no' as const } : done.failure;
  const instead = 'Check the credential; if it is right, a proxy on the way may ask for a credential of its own.';
  return fail({ ...failure, next: failure.next.replace(OF_A_SESSION, instead) });
}

/** What the credential opens: a list of projects, none of which has a token yet. */
export async function listTargets(
  hands: Hands,
  { provider, way, connection, values }: Door & Pick<FormAttempt, 'way' | 'values'>,
): Promise<Result<Targets, Refused>> {
  const list = way.targets;
  if (!list) throw new Error(`${provider.id} has no list behind the way in ${way.id}`);
  const request = list.request(values, connection);
  if (!request.ok) return request;
  const asked = await readOnce(hands, connection, list.operation, request.value);
  if (!asked.ok) return asked;
  const answer = discreet(list.read(asked.value, values), provider.operations, list.operation, request.value);
  const listed = ofSignIn(ofRead(answer));
  const { rescue } = list;
  if (listed.ok || !rescue?.after.includes(listed.failure.code)) return listed;
  const other = await read(hands, connection, rescue.operation, rescue.params(values, connection));
  const offer = rescue.read(other, values, connection);
  return offer ? fail({ ...listed.failure, offer }) : listed;
}

/** Checks a credential that is neither kept nor turned into a token. Gives the sentence that says whom it belongs to. */
export async function checkOnce(
  hands: Hands,
  { provider, way, connection, values }: Door & { readonly way: CheckOnly; readonly values: FormValues },
): Promise<Result<string, Failure>> {
  const request = way.request(values, connection);
  if (!request.ok) return request;
  const asked = await readOnce(hands, connection, way.operation, request.value);
  if (!asked.ok) return asked;
  const answer = discreet(way.read(asked.value, values), provider.operations, way.operation, request.value);
  return ofSignIn(ofRead(answer));
}

const read = (
  hands: Hands,
  { id, baseUrl }: Connection,
  operation: string,
  params: Params,
  once: Pick<CallRequest, 'nonce' | 'boot'> = {},
): Promise<Reply> => hands.caller.call({ connection: id, operation, effect: 'read', baseUrl, params, ...once });

/** With what was typed, perhaps a password: each time that it arrives may count as a failed log-in. */
async function readOnce(
  hands: Hands,
  connection: Connection,
  operation: string,
  params: Params,
): Promise<Result<Reply, Failure>> {
  const boot = await hands.boot();
  if (boot === undefined) return fail(gatewayAway(hands));
  return succeed(await read(hands, connection, operation, params, { nonce: randomName(hands.random), boot }));
}

interface Numbered {
  readonly nonce: string;
  readonly boot: string;
  readonly sentAtMs: number;
}

export type BeforeSending = (call: Numbered) => Promise<void>;

/** Sends a call that must not be sent twice, and finds out what became of it where its answer does not arrive. */
export async function sendOnce(
  hands: Hands,
  { provider, connection }: Door,
  name: string,
  params: Params,
  beforeSending?: BeforeSending,
): Promise<Result<{ readonly reply: Reply; readonly sentAtMs: number }, Failure>> {
  const operation = provider.operations[name];
  if (!operation) throw new Error(`${provider.id} names a sign-in operation that its table does not have`);
  const ready = await unlessRefused(() => hands.repository.ready());
  if (!ready.ok) return ready;
  const boot = await hands.boot();
  if (boot === undefined) return fail(gatewayAway(hands));
  const nonce = randomName(hands.random);
  const sentAtMs = hands.nowMs();
  const noted = await unlessRefused(async () => beforeSending?.({ nonce, boot, sentAtMs }));
  if (!noted.ok) return noted;
  const sent = await hands.caller.call({
    connection: connection.id,
    operation: name,
    effect: operation.effect,
    baseUrl: connection.baseUrl,
    params,
    nonce,
    boot,
  });
  const reply = await answerOf(hands, sent, { nonce, boot, sentAtMs });
  return reply ? succeed({ reply, sentAtMs }) : fail(lostSignIn(provider, connection, sent, name));
}

/** The reply to read, or undefined where it went missing for good. */
async function answerOf(hands: Hands, sent: Reply, call: Numbered): Promise<Reply | undefined> {
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
  if (typeof rule?.limit !== 'number') return failure;
  return {
    ...failure,
    happened: 'unknown',
    next: `A session may have been opened; if so it holds 1 of ${String(rule.limit)} until it has been idle for long enough. Nothing is sent again by itself.`,
  };
}

/**
 * Stores the session that a sign-in opened. Who signed in may take a further call; the session stands without it, unless
 * that call decides and the server answers that nobody is signed in.
 */
export async function open(
  hands: Hands,
  { provider, connection }: Door,
  signedIn: SignedIn,
  identify: IdentityCall | undefined,
  lineage: Lineage,
  sentAtMs: number,
): Promise<Result<Opened, Failure>> {
  const known = identify ? await identified(hands, connection, signedIn, identify) : succeed(signedIn);
  if (!known.ok) {
    return fail(
      await takeBack(hands, { provider, connection, way: lineage.way, tokens: signedIn.tokens }, known.failure),
    );
  }
  const identity = await whoSignedIn(hands, { provider, connection }, known.value);
  const record = newRecord(hands, { provider, connection }, { ...known.value, identity }, lineage, sentAtMs);
  await hands.repository.put(record);
  return succeed({ record, shownOnce: signedIn.shownOnce ?? [] });
}

/** Faults by which the server itself says that this token opens nothing. Anything else leaves the question open. */
const refusals: ReadonlySet<Fault> = new Set<Fault>(['credential', 'access', 'permission']);

async function identified(
  hands: Hands,
  connection: Connection,
  signedIn: SignedIn,
  identify: IdentityCall,
): Promise<Result<SignedIn, Failure>> {
  const reply = await read(hands, connection, identify.operation, identify.params(signedIn.tokens, connection));
  const found = identify.read(reply, signedIn.tokens);
  if (found.ok) return succeed({ ...signedIn, ...found.value });
  return identify.decides && refusals.has(found.failure.fault) ? found : succeed(signedIn);
}

function newRecord(
  hands: Hands,
  { provider, connection }: Door,
  { tokens, identity }: SignedIn,
  lineage: Lineage,
  sentAtMs: number,
): SessionRecord {
  const endMs = endsAtMs(tokens.accessExpiry, hands.offsetMs(connection.id));
  const { refresh } = provider.sessionFace(lineage.way);
  // Minting has no end of the vendor's own: a shorter life means that somebody set the server so.
  const hasVendorEnd = refresh?.kind !== 'mint-again' && endMs !== undefined;
  return {
    id: randomName(hands.random),
    connection: connection.id,
    provider: provider.id,
    baseUrl: connection.baseUrl,
    identity,
    lineage,
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
    firstLifeMs: hasVendorEnd ? endMs - sentAtMs : null,
    openedAtMs: sentAtMs,
    refreshes: 0,
    refreshedAtMs: sentAtMs,
    copiedAtMs: null,
  };
}
