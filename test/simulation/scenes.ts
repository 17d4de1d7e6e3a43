/** What the scenes of the fault matrix have in common: moments to act at, and what is counted at the end. */
import type { Refreshed } from '../../src/refresh/refresh-session.ts';
import { refreshSession } from '../../src/refresh/refresh-session.ts';
import type { SessionRecord } from '../../src/sessions/record.ts';
import type { Flight } from './vendor-network.ts';
import type { Tab } from './tab.ts';
import type { World } from './world.ts';

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

/** Acts in the very moment in which such a record has become durable, before its writer hears of it. */
export function whenDurable(world: World, holds: (record: SessionRecord) => boolean, then: () => void): void {
  let done = false;
  world.sessions.onDurable((record) => {
    if (done || !holds(record)) return;
    done = true;
    then();
  });
}

export const refreshesOf = (world: World): readonly Flight[] =>
  world.network.ledger.filter(({ kind }) => kind === 'refresh');

export const sentAtOf = (world: World): readonly number[] => refreshesOf(world).map(({ startedAtMs }) => startedAtMs);

export const anyFlight = (world: World): boolean => refreshesOf(world).length > 0;

/** The tab that opened first. */
export function firstTab(world: World): Tab {
  const [tab] = world.tabs;
  if (!tab) throw new Error('No tab is open');
  return tab;
}

/** A person asks, and time passes until there is an answer. */
export async function byHand(world: World, id: string, tab: Tab = firstTab(world)): Promise<Refreshed> {
  return await answered(world, refreshSession(tab.services.hands, id, 'person'));
}

/** Lets time pass until that is done. */
export async function answered<Value>(world: World, asked: Promise<Value>): Promise<Value> {
  let result: { readonly value: Value } | undefined;
  void asked.then((value) => {
    result = { value };
  });
  await world.until(() => result !== undefined, 10 * MINUTE_MS);
  if (!result) throw new Error('Nothing came of it');
  return result.value;
}

/** The most calls that were under way at once since this was called. */
export function countFlights(world: World): () => number {
  let most = 0;
  world.time.onRest(() => {
    let underWay = 0;
    for (const { endedAtMs } of world.network.ledger) if (endedAtMs === null) underWay += 1;
    most = Math.max(most, underWay);
  });
  return () => most;
}

export const endOfMs = (world: World, id: string): number => {
  const expiry = world.record(id).tokens?.accessExpiry;
  if (expiry?.kind !== 'relative') throw new Error('Its end is not told from here');
  return expiry.anchorMs + expiry.lifeMs;
};
