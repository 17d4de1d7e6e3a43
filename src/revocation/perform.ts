/** One call of one step: from the vendor's words for it to the event that it becomes. */
import type { Reply } from '../http/call.ts';
import type { Connection } from '../http/envelope.ts';
import type { Failure } from '../http/failure.ts';
import type { Params } from '../http/operation.ts';
import type { Provider } from '../providers/contract.ts';
import type { CallStep, Reading, Stage, StepContext } from '../providers/ending.ts';
import { askOutcome } from '../refresh/ask-outcome.ts';
import { backOffMs } from '../refresh/back-off.ts';
import { askOnceAs, failureOf, renewAs, type Asked } from '../refresh/call-as.ts';
import { gatewayAway } from '../refresh/gateway-away.ts';
import type { Hands } from '../refresh/hands.ts';
import type { JobEvent } from './events.ts';
import { heldFor } from './held-tokens.ts';
import type { CallIntent, Item, JobRecord } from './job.ts';
import { offeredFor } from './offered.ts';

/** Everything that one call of an item needs, found anew each time: what is written down names only what to look for. */
export interface Work {
  readonly hands: Hands;
  readonly item: Item;
  readonly provider: Provider;
  readonly connection: Connection;
  readonly step: CallStep;
  readonly context: StepContext;
}

const FAMILY_WAIT_MS = 35_000;

/** The step at which the item stands, or why it cannot be taken. */
export async function workOf(hands: Hands, { secrets }: JobRecord, item: Item, id: string): Promise<Work | Failure> {
  const provider = await hands.provider(item.provider);
  const connection = await hands.connection(item.connection);
  if (!connection) return gatewayAway(hands);
  const keys = await provider.keys?.();
  const offered = keys ? offeredFor(keys, item, connection) : [];
  const step = offered.find((ending) => ending.id === item.ending.id)?.steps.find((one) => one.id === id);
  if (step?.kind !== 'call') return notOffered;
  const record = item.thing.session === null ? undefined : await hands.repository.get(item.thing.session);
  const by = await actorOf(hands, item, step);
  const own = keys && record?.tokens ? keys.secretsOf(item.thing.kind, record.tokens) : {};
  const serverMs = hands.nowMs() + hands.offsetMs(connection.id);
  const context = {
    thing: item.thing,
    connection,
    evidence: item.evidence,
    serverMs,
    secrets: { ...own, ...secrets[item.id] },
    ...(by?.tokens && { by: { name: by.identity.name, accessToken: by.tokens.accessToken } }),
    ...(step.session !== undefined && { held: await heldFor(hands, item, step.session) }),
  };
  return { hands, item, provider, connection, step, context };
}

const actorOf = async ({ repository }: Hands, { as }: Item, step: CallStep) => {
  const actor = step.as === 'session' ? (step.session ?? as?.id) : undefined;
  return actor === undefined ? undefined : await repository.get(actor);
};

const notOffered: Failure = {
  code: 'step-not-offered',
  happened: 'no',
  fault: 'configuration',
  sentence: 'This version of the console no longer offers what was begun here.',
  next: 'Nothing was sent. Prove what there is, and begin again.',
  status: null,
};

/** `renewed`: the token was refused and there is a new one. Only where the caller allows it, so that none goes in circles. */
export async function perform(work: Work, intent: CallIntent | null, mayRenew: boolean): Promise<JobEvent> {
  const { hands, item, step } = work;
  const { session } = item.thing;
  // A refresh of the same family would put another pair in the place of the one that is ended.
  if (step.as !== 'thing' || session === null || intent === null) return await ask(work, intent, mayRenew);
  const done = await hands.locks.run(`keyward.family.${session}`, FAMILY_WAIT_MS, () => ask(work, intent, mayRenew));
  return done === 'busy' ? troubleOf(work, intent, stillBusy) : done;
}

const stillBusy: Failure = {
  code: 'busy',
  happened: 'no',
  fault: 'throttle',
  sentence: 'A refresh of this session is still under way.',
  next: 'It is tried again in a moment.',
  status: null,
};

async function ask(work: Work, intent: CallIntent | null, mayRenew: boolean): Promise<JobEvent> {
  const { hands, item, step, context, provider } = work;
  const params = step.params(context);
  const { reply, failure } = await send(work, params, intent);
  // Nobody can sign in as that very session again: it is left out, and no person is asked to.
  if (failure?.code === 'session-gone' && step.session !== undefined) return leftOut(work, failure.sentence);
  if (await hasAnotherToken(work)) return leftOut(work, 'That session was given another token meanwhile.');
  if (!reply) return troubleOf(work, intent, failure ?? gatewayAway(hands));
  if (reply.envelope.phase === 'sent' && intent) {
    const found = await askOutcome(hands, intent);
    if (found.state === 'answered')
      return judge(work, intent, found.reply, failureOf(provider, found.reply, step.operation, params));
    if (found.state === 'not-sent')
      return troubleOf(work, intent, { ...(failure ?? gatewayAway(hands)), happened: 'no' });
    return { ...headOf(work, intent), type: 'lost', words: failure?.sentence ?? 'The answer is lost.' };
  }
  const event = judge(work, intent, reply, failure);
  const actor = step.session ?? item.as?.id;
  const isRefused = event.type === 'trouble' && event.trouble.fault === 'access' && step.as === 'session';
  if (!isRefused || actor === undefined || !failure) return event;
  if (!mayRenew) {
    const sentence = step.refusedAnew?.(context);
    return sentence === undefined ? event : troubleOf(work, intent, { ...failure, fault: 'permission', sentence });
  }
  const refusal = await renewAs(hands, actor, failure);
  return refusal ? troubleOf(work, intent, refusal) : { ...headOf(work, intent), type: 'renewed' };
}

function leftOut(work: Work, words: string): JobEvent {
  const { nonce: _none, ...of } = headOf(work, null);
  return { ...of, type: 'skip', words };
}

/** Asked after the call: numbers only rise, so it was that token all the while where it is now. */
async function hasAnotherToken({ hands, step: { session, generation } }: Work): Promise<boolean> {
  if (session === undefined || generation === undefined) return false;
  return (await hands.repository.get(session))?.generation !== generation;
}

async function send(
  { hands, item, provider, connection, step }: Work,
  params: Params,
  intent: CallIntent | null,
): Promise<Asked> {
  const journalled = intent ? { nonce: intent.nonce, boot: intent.boot } : undefined;
  if (step.as === 'session') {
    const actor = step.session ?? item.as?.id ?? '';
    return await askOnceAs(hands, actor, step.operation, params, journalled);
  }
  const operation = provider.operations[step.operation];
  if (!operation) throw new Error(`${provider.id} has no operation of this name: ${step.operation}`);
  const { effect } = operation;
  const call = { connection: connection.id, operation: step.operation, effect, baseUrl: item.baseUrl, params };
  const reply = await hands.caller.call({ ...call, ...journalled });
  return { reply, failure: failureOf(provider, reply, step.operation, params) };
}

const headOf = ({ hands, item, step }: Work, intent: CallIntent | null) => ({
  item: item.id,
  step: step.id,
  nonce: intent?.nonce ?? null,
  nowMs: hands.nowMs(),
});

/** The vendor's reader first: a refusal may be the proof. What it leaves alone, its table of errors explains. */
function judge(work: Work, intent: CallIntent | null, reply: Reply, failure: Failure | null): JobEvent {
  const reading = reply.envelope.phase === 'answered' ? readingOf(work, reply) : null;
  const head = headOf(work, intent);
  if (reading) {
    return { ...head, type: 'read', reading, serverMs: head.nowMs + work.hands.offsetMs(work.connection.id) };
  }
  return troubleOf(work, intent, failure ?? unreadable);
}

function readingOf({ hands, connection, step, context }: Work, reply: Reply): Reading<Stage> | null {
  // The reply may have told more of the server's clock.
  return step.read(reply, { ...context, serverMs: hands.nowMs() + hands.offsetMs(connection.id) });
}

const unreadable: Failure = {
  code: 'unreadable',
  happened: 'unknown',
  fault: 'provider',
  sentence: 'The server said yes, and nothing that could be read.',
  next: 'It is read again.',
  status: null,
};

/** What becomes of a call whose owner is gone: a page that was left, or another tab. */
export async function recall(work: Work, intent: CallIntent): Promise<JobEvent> {
  const { hands, step, context, provider } = work;
  const found = await askOutcome(hands, intent);
  switch (found.state) {
    case 'answered':
      return judge(work, intent, found.reply, failureOf(provider, found.reply, step.operation, step.params(context)));
    case 'not-sent':
      return {
        ...headOf(work, intent),
        type: 'trouble',
        waitMs: 0,
        trouble: { fault: 'network', happened: 'no', words: 'It was not sent.' },
      };
    case 'lost':
      return {
        ...headOf(work, intent),
        type: 'lost',
        words: 'The page was left before the answer came, and the answer is lost.',
      };
    default:
      return found satisfies never;
  }
}

function troubleOf(work: Work, intent: CallIntent | null, failure: Failure): JobEvent {
  const { hands, item } = work;
  const { fault, happened, sentence: words, retryAfterMs = 0 } = failure;
  const tries = item.state.is === 'ready' || item.state.is === 'calling' ? item.state.tries : 0;
  const waitMs = Math.max(retryAfterMs, backOffMs(tries, hands.random));
  return { ...headOf(work, intent), type: 'trouble', trouble: { fault, happened, words }, waitMs };
}
