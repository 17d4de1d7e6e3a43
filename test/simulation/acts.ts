/** What can happen in a world, as data that fast-check makes and shrinks, and how it is done. */
import fc from 'fast-check';
import { callAs } from '../../src/refresh/call-as.ts';
import { forget, logOut } from '../../src/refresh/end-session.ts';
import { freshToken } from '../../src/refresh/fresh-token.ts';
import { dueOf } from '../../src/refresh/plan.ts';
import { refreshSession } from '../../src/refresh/refresh-session.ts';
import { viewOf, type SessionRecord } from '../../src/sessions/record.ts';
import type { StorageWeather } from './shared-storage.ts';
import type { Tab } from './tab.ts';
import type { Trouble } from './vendor-network.ts';
import type { LockTrouble } from './web-locks.ts';
import { faceOf, type World } from './world.ts';

export type Act =
  | { readonly act: 'pass'; readonly ms: number }
  /** To a little before or after the next moment at which a session is due. */
  | { readonly act: 'to-due'; readonly ms: number }
  | { readonly act: 'open-tab' }
  | { readonly act: 'kill' | 'close' | 'freeze' | 'thaw' | 'hide' | 'show' | 'touch' | 'poke'; readonly tab: number }
  | { readonly act: 'refresh' | 'copy' | 'log-out' | 'forget' | 'call'; readonly tab: number; readonly session: number }
  | { readonly act: 'kill-gateway' | 'start-gateway' | 'restart-gateway' | 'offline' | 'online' }
  | { readonly act: 'trouble'; readonly trouble: Trouble }
  | { readonly act: 'storage'; readonly fault: StorageWeather }
  | { readonly act: 'locks'; readonly trouble: LockTrouble }
  | { readonly act: 'sleep'; readonly ms: number }
  | { readonly act: 'set-clock'; readonly byMs: number };

const tab = fc.nat(3);
const one = <Name extends string>(...acts: readonly Name[]) => fc.constantFrom(...acts);

export const passing = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: one('to-due'), ms: fc.constantFrom(-5, 0, 1, 3, 8, 20, 60, 120, 400) }) },
  { weight: 2, arbitrary: fc.record({ act: one('pass'), ms: fc.constantFrom(1, 5, 30, 150, 1_000, 4_000) }) },
  { weight: 1, arbitrary: fc.record({ act: one('pass'), ms: fc.constantFrom(12_000, 31_000, 62_000) }) },
);

export const tabActs = fc.oneof(
  fc.record({ act: one('open-tab') }),
  fc.record({ act: one('kill', 'close', 'freeze', 'thaw', 'hide', 'show', 'touch', 'poke'), tab }),
);

export const personActs = fc.record({ act: one('refresh', 'copy', 'call'), tab, session: fc.nat(1) });
export const endings = fc.record({ act: one('log-out', 'forget'), tab, session: fc.nat(1) });
export const gatewayActs = fc.record({ act: one('kill-gateway', 'start-gateway', 'restart-gateway') });
const lineActs = fc.record({ act: one('offline', 'online') });

export const lostAnswers = fc.record({
  act: one('trouble'),
  trouble: fc.oneof(
    fc.record({ kind: one('lost', 'silent-after', 'cut-after', 'page-after', 'page') }),
    fc.record({ kind: one('fails', 'fails-after'), status: fc.constantFrom(500, 502, 503, 504) }),
  ),
});

export const delays = fc.record({
  act: one('trouble'),
  trouble: fc.oneof(
    fc.record({ kind: one('unreachable') }),
    fc.record({ kind: one('slow'), ms: fc.constantFrom(900, 5_000, 29_000, 33_000) }),
    fc.record({
      kind: one('asks-to-wait'),
      status: fc.constantFrom(429, 503),
      retryAfter: fc.constantFrom('1', '20', '45'),
    }),
  ),
});

export const storageActs = fc.record({ act: one('storage'), fault: one('none', 'full', 'closed', 'unread', 'torn') });
const lockActs = fc.record({ act: one('locks'), trouble: one('none', 'excludes-nobody') });
export const sleeps = fc.record({ act: one('sleep'), ms: fc.constantFrom(5_000, 90_000, 8 * 3_600_000) });
export const clockActs = fc.record({
  act: one('set-clock'),
  byMs: fc.constantFrom(-86_400_000, -7_200_000, -30_000, -3_000, 3_000, 30_000, 7_200_000, 86_400_000),
});

/** Everything at once. */
export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: passing },
  { weight: 4, arbitrary: tabActs },
  { weight: 3, arbitrary: lostAnswers },
  { weight: 2, arbitrary: delays },
  { weight: 2, arbitrary: gatewayActs },
  { weight: 2, arbitrary: personActs },
  { weight: 1, arbitrary: fc.oneof(storageActs, lockActs, sleeps, lineActs) },
);

export async function perform(world: World, acts: readonly Act[]): Promise<void> {
  for (const act of acts) await performOne(world, act);
}

const pick = <Value>(from: readonly Value[], place: number): Value | undefined => from[place % from.length];

async function performOne(world: World, act: Act): Promise<void> {
  switch (act.act) {
    case 'pass': {
      await world.pass(act.ms);
      return;
    }
    case 'to-due': {
      await world.pass(Math.max(0, untilDue(world) + act.ms));
      return;
    }
    case 'open-tab':
      if (world.tabs.length < 4) await world.openTab();
      return;
    case 'refresh':
    case 'copy':
    case 'log-out':
    case 'forget':
    case 'call': {
      const where = pick(world.tabs, act.tab);
      const id = pick([...world.sessions.records.keys()], act.session);
      if (where && id !== undefined && !where.errand.frozen) ask(world, where, act.act, id);
      return;
    }
    case 'kill-gateway': {
      world.gateway.kill();
      return;
    }
    case 'start-gateway': {
      world.gateway.start();
      return;
    }
    case 'restart-gateway': {
      world.gateway.kill();
      world.gateway.start();
      return;
    }
    case 'offline':
    case 'online':
      world.browser.online = act.act === 'online';
      for (const each of world.tabs) each.poke();
      return;
    case 'trouble':
      for (const { troubles } of world.network.servers) if (troubles.length < 2) troubles.push(act.trouble);
      return;
    case 'storage':
      world.sessions.fault = act.fault;
      return;
    case 'locks':
      world.locks.trouble = act.trouble;
      return;
    case 'sleep': {
      await sleepFor(world, act.ms);
      return;
    }
    case 'set-clock': {
      world.computer.setClock(act.byMs);
      return;
    }
    default: {
      const where = pick(world.tabs, act.tab);
      if (where) performOn(where, act.act);
    }
  }
}

function performOn(tab: Tab, act: Extract<Act, { readonly tab: number }>['act']): void {
  switch (act) {
    case 'freeze':
      tab.errand.frozen = true;
      return;
    case 'thaw':
      return tab.errand.thaw();
    case 'hide':
      tab.visible = false;
      tab.throttled = true;
      return tab.poke();
    case 'show':
      tab.visible = true;
      tab.throttled = false;
      return tab.poke();
    case 'kill':
    case 'close':
    case 'touch':
    case 'poke':
      return tab[act]();
    default:
  }
}

/** Begins what a person asks for; it ends when it ends. A fault of the storage is what it may reject with. */
export function ask(
  world: World,
  { services: { hands } }: Tab,
  what: 'refresh' | 'copy' | 'log-out' | 'forget' | 'call',
  id: string,
): void {
  const begun = ((): Promise<unknown> => {
    switch (what) {
      case 'refresh':
        world.askedByHand.add(id);
        return refreshSession(hands, id, 'person');
      case 'copy':
        world.askedByHand.add(id);
        return freshToken(hands, id);
      case 'call':
        world.askedByHand.add(id);
        return callAs(hands, id, probeOf(world.record(id)));
      case 'log-out':
        return logOut(hands, id);
      case 'forget':
        return forget(hands, id);
    }
  })();
  begun.catch(() => undefined);
}

/** A harmless call on the session's behalf. */
const probeOf = ({ provider, lineage }: SessionRecord): string =>
  faceOf(provider).sessionFace(lineage.way).probe.operation;

export async function sleepFor(world: World, ms: number): Promise<void> {
  world.computer.sleep();
  await world.pass(ms);
  world.computer.wake();
  for (const each of world.tabs) each.poke();
}

function untilDue(world: World): number {
  const [first] = world.tabs;
  if (!first) return 0;
  const around = first.services.surroundings();
  const moments = [...world.sessions.records.values()].flatMap((record) => {
    const due = dueOf(viewOf(record), around);
    return due.kind === 'at' && due.atMs > around.nowMs ? [due.atMs - around.nowMs] : [];
  });
  return Math.min(...moments, 60_000);
}
