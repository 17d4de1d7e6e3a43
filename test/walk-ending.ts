/**
 * Walks the steps of one ending against a vendor's server, through the gateway: the vendor's own calls and readers, and
 * the pure step of a job, which gives the verdict. For tests of what a vendor says; time passes as the steps want it.
 */
import { fixedConnections } from '../gateway/config.ts';
import { vendors } from '../gateway/vendors.ts';
import type { Reply } from '../src/http/call.ts';
import type { Connection } from '../src/http/envelope.ts';
import { readJson } from '../src/http/json.ts';
import type { Params } from '../src/http/operation.ts';
import type { Provider } from '../src/providers/contract.ts';
import type { BareThing, CallStep, Ending, Held, Means, Thing } from '../src/providers/ending.ts';
import { explain } from '../src/providers/explain.ts';
import type { KeysFace } from '../src/providers/keys-face.ts';
import type { Tokens } from '../src/providers/tokens.ts';
import type { JobEvent } from '../src/revocation/events.ts';
import { itemOf } from '../src/revocation/create-item.ts';
import type { Item } from '../src/revocation/job.ts';
import { sampleJob } from '../src/revocation/sample-job.ts';
import { step } from '../src/revocation/step.ts';
import type { RunningStandIn, StandIn } from '../stand-ins/stand-in.ts';
import { newNonce, startRig, type Rig } from './gateway-rig.ts';

/** So many waits, and no more: a watch that sees nothing would go on for ever. */
const WAITS_MAX = 16;

export interface KeysRig<Actions extends object> {
  readonly rig: Rig;
  readonly server: RunningStandIn<Actions>;
  readonly provider: Provider;
  readonly keys: KeysFace;
  connection(): Promise<Connection>;
  ask(operation: string, params: Params): Promise<Reply>;
  walk(thing: BareThing | Thing, ending: Ending, given: Given): Promise<Walked>;
  close(): Promise<void>;
}

export interface Given {
  readonly secrets?: Readonly<Record<string, string>>;
  /** Tokens of sessions of this console, by id; the first is the one that calls are made as. */
  readonly sessions?: Readonly<Record<string, Tokens>>;
  /** What a person does at a guide's step. */
  readonly person?: () => void;
  /** Called before each call, by its step. */
  readonly before?: (step: string) => void;
}

export interface Walked {
  readonly item: Item;
  /** `step: says`, in their order. */
  readonly told: readonly string[];
  readonly secrets: Readonly<Record<string, string>>;
}

export const thingOf = (bare: BareThing | Thing): Thing => ({ fingerprint: null, session: null, minted: [], ...bare });

export const means = (given: Partial<Means> = {}): Means => ({
  ...{ session: null, secret: true, own: false, selfUse: true },
  ...given,
});

/** The ending of this id, or a failed test that names those that there are. */
export function endingOf(endings: readonly Ending[], id: string): Ending {
  const found = endings.find((each) => each.id === id);
  if (!found) throw new Error(`No ending is called ${id}; there are: ${endings.map((each) => each.id).join(', ')}`);
  return found;
}

export async function startKeysRig<Actions extends object>(
  standIn: StandIn<Actions>,
  provider: Provider,
): Promise<KeysRig<Actions>> {
  const server = await standIn.start();
  const { connections } = fixedConnections(server.connections, { vendors, env: server.env }).current();
  const rig = await startRig(connections, { vendors });
  const keys = await provider.keys?.();
  const [own] = connections;
  if (!keys || !own) throw new Error('The vendor has no part for keys, or its server no connection');
  const connection = async (): Promise<Connection> => {
    const found = (await rig.hello()).connections.find(({ id }) => id === own.id);
    if (!found) throw new Error('The gateway does not know the connection');
    return found;
  };
  const ask: KeysRig<Actions>['ask'] = async (operation, params) => {
    const nonce = provider.operations[operation]?.effect === 'read' ? {} : { nonce: newNonce() };
    const startedAtMs = Date.now();
    const envelope = await rig.call(operation, params, { connection: own.id, baseUrl: own.baseUrl, ...nonce });
    return { envelope, json: readJson(envelope.body), startedAtMs };
  };
  return {
    ...{ rig, server, provider, keys, connection, ask },
    walk: async (thing, ending, given) =>
      await walk({ provider, connection: await connection(), ask }, thingOf(thing), ending, given),
    async close() {
      await rig.close();
      await server.close();
    },
  };
}

interface Ground {
  readonly provider: Provider;
  readonly connection: Connection;
  ask(operation: string, params: Params): Promise<Reply>;
}

async function walk(ground: Ground, thing: Thing, ending: Ending, given: Given): Promise<Walked> {
  const { provider, connection } = ground;
  const item = itemOf({ id: 'item', provider, connection, thing, means: means(), ending, consented: true });
  const start = sampleJob([item], { secrets: { [item.id]: given.secrets ?? {} } });
  let nowMs = 1_000;
  let job = step(start, { type: 'start', nowMs });
  const current = (): Item => {
    const [one] = job.items;
    if (!one) throw new Error('The job lost its item');
    return one;
  };
  for (let waits = 0; ;) {
    const { state } = current();
    nowMs += 10;
    if (state.is === 'waiting' && waits < WAITS_MAX) {
      waits += 1;
      nowMs = state.untilMs;
      job = step(job, { type: 'tick', nowMs });
    } else if (state.is === 'person') {
      given.person?.();
      job = step(job, { type: 'confirm', item: item.id, step: state.step, nowMs });
    } else if (state.is === 'ready') {
      for (const event of await take(ground, current(), job.secrets[item.id] ?? {}, ending, given, nowMs)) {
        job = step(job, event);
      }
    } else break;
  }
  const over = current();
  const told = over.marks.map(({ step: id, says }) => `${id}: ${says}`);
  return { item: over, told, secrets: job.secrets[item.id] ?? {} };
}

async function take(
  { provider, connection, ask }: Ground,
  item: Item,
  secrets: Readonly<Record<string, string>>,
  ending: Ending,
  given: Given,
  nowMs: number,
): Promise<readonly JobEvent[]> {
  const { state } = item;
  const at = ending.steps.find(({ id }) => state.is === 'ready' && id === state.step);
  if (at?.kind !== 'call') throw new Error('The item waits for no call');
  const of = { item: item.id, step: at.id, nowMs };
  const context = {
    ...{ thing: item.thing, connection, secrets },
    evidence: item.evidence,
    serverMs: Date.now(),
    ...(at.session !== undefined && { held: heldOf(at.session, given) }),
  };
  const skipped = at.skip?.(context) ?? null;
  if (skipped !== null) return [{ type: 'skip', ...of, words: skipped }];

  given.before?.(at.id);
  const touches = provider.operations[at.operation]?.effect !== 'read';
  const nonce = touches ? newNonce() : null;
  const reply = await ask(at.operation, { ...credentialOf(provider, at, given), ...at.params(context) });
  const reading = at.read(reply, context);
  const { fault, happened, sentence } = explain(provider, reply, at.operation);
  const claim: readonly JobEvent[] =
    nonce === null ? [] : [{ type: 'claim', ...of, intent: { nonce, boot: 'boot', sentAtMs: nowMs } }];
  const answer: JobEvent = reading
    ? { type: 'read', ...of, nonce, reading, serverMs: Date.now() }
    : { type: 'trouble', ...of, nonce, trouble: { fault, happened, words: sentence }, waitMs: 1_000 };
  return [...claim, answer];
}

function heldOf(session: string, { sessions = {} }: Given): Held {
  const expiry = sessions[session]?.accessExpiry;
  return { endsMs: expiry?.kind === 'absolute' ? expiry.serverMs : null, others: [] };
}

function credentialOf(provider: Provider, { as, session }: CallStep, { sessions = {} }: Given): Params {
  if (as !== 'session') return {};
  const tokens = session === undefined ? Object.values(sessions)[0] : sessions[session];
  const way = provider.signIn.find(({ kind }) => kind !== 'check');
  if (!tokens || !way) throw new Error('The step is made as a session that the test did not give');
  return provider.sessionFace(way.id).credential(tokens);
}
