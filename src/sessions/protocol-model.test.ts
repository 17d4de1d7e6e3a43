/**
 * Every order of events of two tabs, a gateway and a vendor, tried over the real transitions, with no lock between the
 * tabs. At most one crash, one gateway restart, one lost answer and one answer that the gateway dropped; a restart lets
 * the browser send a waiting call again and lets the dead process's call still land. At the vendor a refresh token works
 * once, and using it again ends the whole family. Before its one further try a tab makes a harmless call; where the vendor
 * is down, the try is put off.
 *
 * Taking one protection away must break an invariant, or the model would prove nothing.
 */
import { describe, expect, test } from 'vitest';
import { sessionRecord } from '../../test/session-record.ts';
import type { Intent, SessionRecord } from './record.ts';
import { commit, giveBack, giveUp, loseAnswer, openIntent, postpone, reject } from './refresh-steps.ts';
import type { Transition } from './transitions.ts';

/** What a tab or the gateway knows of a call: the vendor's new generation, its refusal, or what became of it. */
type Answer = number | 'refused' | 'not-sent' | 'lost' | 'running';
type Call = Pick<Intent, 'generation' | 'nonce' | 'boot' | 'probe'>;

interface World {
  vendor: { generation: number; dead: boolean; down: boolean; spends: number[]; probes: number[] };
  record: SessionRecord;
  gateway: { boot: number; nonces: Record<string, Answer | 'fenced' | 'gone'> };
  wire: Message[];
  tabs: Tab[];
  noncesUsed: number;
  budget: Budget;
}
/** How often each may still happen. */
interface Budget {
  crash: number;
  restart: number;
  loss: number;
  drop: number;
  down: number;
}
type Message =
  | { to: 'gateway' | 'joined'; call: Call }
  | { to: 'vendor'; call: Call; boot: number }
  | { to: 'gateway-back'; call: Call; boot: number; answer: Answer }
  | { to: 'page'; nonce: string; answer: Answer };
type Tab =
  | { at: 'idle' | 'crashed' }
  | { at: 'due'; revision: number; generation: number; boot: number; probe: boolean }
  | { at: 'armed' | 'waiting' | 'asking'; call: Call }
  | { at: 'told'; call: Call; answer: Answer };

const idle: Tab = { at: 'idle' };
const word = { sinceMs: 0, code: 'dead', sentence: 'dead' };

interface Protections {
  openIntent: typeof openIntent;
  commit: typeof commit;
  giveBack: typeof giveBack;
  loseAnswer: typeof loseAnswer;
  fence: boolean;
  bootChecked: boolean;
  noncesRemembered: boolean;
  looksFirst: boolean;
}
const whole: Protections = {
  openIntent,
  commit,
  giveBack,
  loseAnswer,
  fence: true,
  bootChecked: true,
  noncesRemembered: true,
  looksFirst: true,
};

function step(world: World, transition: Transition): boolean {
  const next = transition(world.record);
  if (typeof next === 'string') return false;
  // Revision and tokens say nothing here that generation does not; left constant, they keep the number of states small.
  world.record = { ...next, revision: 0, failures: 0, waiting: null, tokens: world.record.tokens, refreshedAtMs: 0 };
  return true;
}

const intentOf = (call: Call): Intent => ({ ...call, sentAtMs: 0 });

function settle(world: World, call: Call, answer: Answer, use: Protections): void {
  const intent = intentOf(call);
  if (answer === 'running') return;
  if (typeof answer === 'number' && world.record.tokens) step(world, use.commit(intent, world.record.tokens, 0));
  else if (answer === 'refused') step(world, reject(intent, word));
  else if (answer === 'not-sent') step(world, use.giveBack(intent, null));
  else step(world, use.loseAnswer(intent, 0));
}

/** What the gateway says of a nonce: to a call that comes again, and to the question for the outcome. */
function known(world: World, call: Call, use: Protections): Answer | undefined {
  if (use.bootChecked && call.boot !== String(world.gateway.boot)) return 'lost';
  const state = world.gateway.nonces[call.nonce];
  if (state === 'fenced') return 'not-sent';
  return state === 'gone' ? 'lost' : state;
}

type Move = (world: World) => void;

function* movesOfTab(world: World, index: number, use: Protections): Generator<Move> {
  const tab = world.tabs[index] ?? idle;
  const { record, gateway } = world;
  const become =
    (next: Tab): Move =>
    (w) =>
      void (w.tabs[index] = next);
  const silence = (w: World, nonce: string): void => {
    w.wire = w.wire.filter((m) => !(m.to === 'page' && m.nonce === nonce));
  };

  if (tab.at === 'idle' && record.generation === 0) {
    if (record.intent) yield become({ at: 'asking', call: record.intent });
    else if (record.uncertain?.probed) yield (w) => void step(w, giveUp(word));
    else if (record.uncertain && use.looksFirst && world.vendor.down) {
      yield (w) => void step(w, postpone(record.generation, { untilMs: 0, reason: 'down' }));
    } else {
      const probe = record.uncertain !== null;
      yield become({ at: 'due', revision: record.revision, generation: record.generation, boot: gateway.boot, probe });
    }
  }
  if (tab.at === 'due' && world.noncesUsed < 3) {
    yield (w) => {
      const call: Call = {
        generation: tab.generation,
        nonce: `n${String(w.noncesUsed++)}`,
        boot: String(tab.boot),
        probe: tab.probe,
      };
      w.tabs[index] = step(w, use.openIntent(tab.revision, intentOf(call))) ? { at: 'armed', call } : idle;
    };
  }
  if (tab.at === 'armed') {
    yield (w) => {
      w.wire.push({ to: 'gateway', call: tab.call });
      w.tabs[index] = { at: 'waiting', call: tab.call };
    };
  }
  if (tab.at === 'waiting') {
    for (const [place, m] of world.wire.entries()) {
      if (m.to !== 'page' || m.nonce !== tab.call.nonce) continue;
      yield (w) => {
        w.wire.splice(place, 1);
        settle(w, tab.call, m.answer, use);
        w.tabs[index] = idle;
      };
    }
    if (world.budget.loss > 0) {
      yield (w) => {
        w.budget.loss -= 1;
        silence(w, tab.call.nonce);
        w.tabs[index] = idle;
      };
    }
  }
  if (tab.at === 'asking') {
    yield (w) => {
      const answer = known(w, tab.call, use);
      if (answer === undefined && use.fence) w.gateway.nonces[tab.call.nonce] = 'fenced';
      w.tabs[index] = { at: 'told', call: tab.call, answer: answer ?? 'not-sent' };
    };
  }
  if (tab.at === 'told') {
    yield (w) => {
      settle(w, tab.call, tab.answer, use);
      w.tabs[index] = idle;
    };
  }
  if (world.budget.crash > 0 && tab.at !== 'crashed') {
    yield (w) => {
      w.budget.crash -= 1;
      if ('call' in tab) silence(w, tab.call.nonce);
      w.tabs[index] = { at: 'crashed' };
    };
  }
}

function* movesOfWire(world: World, use: Protections): Generator<Move> {
  for (const [place, m] of world.wire.entries()) {
    const take =
      (then: Move): Move =>
      (w) => {
        w.wire.splice(place, 1);
        then(w);
      };
    if (m.to === 'gateway') {
      yield take((w) => {
        const answer = known(w, m.call, use);
        if (answer === 'running') w.wire.push({ to: 'joined', call: m.call });
        else if (answer !== undefined) w.wire.push({ to: 'page', nonce: m.call.nonce, answer });
        else {
          w.gateway.nonces[m.call.nonce] = 'running';
          w.wire.push({ to: 'vendor', call: m.call, boot: w.gateway.boot });
        }
      });
    }
    if (m.to === 'vendor') {
      yield take((w) => {
        (m.call.probe ? w.vendor.probes : w.vendor.spends).push(m.call.generation);
        if (w.vendor.down) {
          w.wire.push({ to: 'gateway-back', call: m.call, boot: m.boot, answer: 'lost' });
          return;
        }
        const fits = !w.vendor.dead && m.call.generation === w.vendor.generation;
        if (fits) w.vendor.generation += 1;
        else w.vendor.dead = true;
        w.wire.push({ to: 'gateway-back', call: m.call, boot: m.boot, answer: fits ? w.vendor.generation : 'refused' });
      });
    }
    if (m.to === 'gateway-back') {
      yield take((w) => {
        if (w.gateway.boot !== m.boot) return;
        w.gateway.nonces[m.call.nonce] = m.answer;
        w.wire.push({ to: 'page', nonce: m.call.nonce, answer: m.answer });
      });
    }
    if (m.to === 'joined') {
      const answer = known(world, m.call, { ...use, bootChecked: false });
      if (answer !== undefined && answer !== 'running')
        yield take((w) => w.wire.push({ to: 'page', nonce: m.call.nonce, answer }));
    }
  }
  if (world.budget.drop > 0) {
    for (const [nonce, state] of Object.entries(world.gateway.nonces)) {
      if (typeof state !== 'number' && state !== 'refused') continue;
      yield (w) => {
        w.budget.drop -= 1;
        if (use.noncesRemembered) w.gateway.nonces[nonce] = 'gone';
        else w.gateway.nonces = Object.fromEntries(Object.entries(w.gateway.nonces).filter(([name]) => name !== nonce));
      };
    }
  }
  if (world.budget.down > 0) {
    yield (w) => {
      w.budget.down -= 1;
      w.vendor.down = true;
    };
  }
  if (world.vendor.down) yield (w) => void (w.vendor.down = false);
  if (world.budget.restart > 0) {
    yield (w) => {
      w.budget.restart -= 1;
      w.gateway = { boot: w.gateway.boot + 1, nonces: {} };
      const again = w.wire.flatMap((m): Message[] =>
        m.to === 'vendor' || m.to === 'gateway-back' ? [{ to: 'gateway', call: m.call }] : [],
      );
      w.wire = [...w.wire.filter((m) => m.to !== 'joined'), ...again];
    };
  }
}

function broken({ vendor, record, tabs, wire }: World): string | undefined {
  const twice = (list: number[]): boolean => new Set(list).size < list.length;
  if (twice(vendor.spends)) return 'a refresh token was sent twice';
  if (twice(vendor.probes)) return 'a refresh token was probed twice';
  const said = record.intent !== null || record.uncertain !== null || record.signInNeeded !== null;
  const coming = tabs.some((tab) => tab.at === 'waiting') || wire.some((m) => m.to === 'page');
  if (!vendor.dead && vendor.generation > record.generation && !said && !coming) return 'a loss that nobody knows of';
  return undefined;
}

/** Where nothing but the vendor fails, and that once, nobody has to sign in again. */
const givenUp = ({ vendor, record }: World): string | undefined =>
  record.signInNeeded && !vendor.dead && vendor.generation === 0 ? 'given up for nothing' : undefined;

const everything: Budget = { crash: 1, restart: 1, loss: 1, drop: 1, down: 0 };
const outage: Budget = { crash: 1, restart: 0, loss: 0, drop: 0, down: 1 };

function explore(
  use: Protections,
  budget = everything,
  alsoBroken: typeof broken = () => undefined,
): { states: number; broken: string | undefined } {
  const start: World = {
    vendor: { generation: 0, dead: false, down: false, spends: [], probes: [] },
    record: sessionRecord(),
    gateway: { boot: 0, nonces: {} },
    wire: [],
    tabs: [idle, idle],
    noncesUsed: 0,
    budget: { ...budget },
  };
  const seen = new Set([nameOf(start)]);
  const open = [start];
  for (let world = open.pop(); world; world = open.pop()) {
    const violation = broken(world) ?? alsoBroken(world);
    if (violation) return { states: seen.size, broken: violation };
    for (const move of [...movesOfTab(world, 0, use), ...movesOfTab(world, 1, use), ...movesOfWire(world, use)]) {
      const next = copyOf(world);
      move(next);
      const name = nameOf(next);
      if (seen.has(name)) continue;
      seen.add(name);
      open.push(next);
    }
  }
  return { states: seen.size, broken: undefined };
}

/** Records and messages are never changed in place, so a shallow copy of each container is a copy of the world. */
const copyOf = (world: World): World => ({
  ...world,
  vendor: { ...world.vendor, spends: [...world.vendor.spends], probes: [...world.vendor.probes] },
  gateway: { boot: world.gateway.boot, nonces: { ...world.gateway.nonces } },
  wire: [...world.wire],
  tabs: [...world.tabs],
  budget: { ...world.budget },
});

function nameOf({ vendor, record, gateway, wire, tabs, noncesUsed, budget }: World): string {
  const facts = [record.generation, record.intent, record.uncertain?.probed, record.signInNeeded !== null];
  return JSON.stringify([vendor, facts, gateway, wire.map((m) => JSON.stringify(m)).sort(), tabs, noncesUsed, budget]);
}

const withoutIntentCheck =
  (_revision: number, intent: Intent): Transition =>
  (record) => ({
    ...record,
    uncertain: intent.probe && record.uncertain ? { ...record.uncertain, probed: true } : record.uncertain,
  });

const mutants: Record<string, Protections> = {
  'no intent before the call': { ...whole, openIntent: withoutIntentCheck },
  'no fence around a nonce never seen': { ...whole, fence: false },
  'no boot in call and question': { ...whole, bootChecked: false },
  'a nonce forgotten with its answer': { ...whole, noncesRemembered: false },
  'an uncertain token taken for a due one': {
    ...whole,
    loseAnswer: (intent) => (record) => (record.intent?.nonce === intent.nonce ? { ...record, intent: null } : 'moved'),
  },
  'a probe that may be sent again': {
    ...whole,
    openIntent: (revision, intent) => (record) => {
      const next = openIntent(revision, intent)(record);
      return typeof next === 'string' || !next.uncertain
        ? next
        : { ...next, uncertain: { ...next.uncertain, probed: false } };
    },
  },
  'a fenced probe that goes back to due': {
    ...whole,
    giveBack: (intent, waiting) => (record) => {
      const next = giveBack(intent, waiting)(record);
      return typeof next === 'string' ? next : { ...next, uncertain: null };
    },
  },
};

describe('every order of events', () => {
  test('with the protocol as it is, no token is spent twice and no loss is silent', { timeout: 240_000 }, () => {
    const { states, broken: violation } = explore(whole);
    expect(violation).toBeUndefined();
    expect(states).toBeGreaterThan(50_000);
  });

  test.each(Object.entries(mutants))('with %s, it breaks', { timeout: 240_000 }, (_name, use) => {
    expect(explore(use).broken).toBeDefined();
  });

  test('with a vendor that is down for a while, the further try waits for it, and the session lives', () => {
    const { states, broken: violation } = explore(whole, outage, givenUp);
    expect(violation).toBeUndefined();
    expect(states).toBeGreaterThan(500);
    expect(explore({ ...whole, looksFirst: false }, outage, givenUp).broken).toBe('given up for nothing');
  });
});
