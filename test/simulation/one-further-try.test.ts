/** The one further try with a refresh token whose answer is missing is not thrown at a server that is down. */
import { expect } from 'vitest';
import { ask } from './acts.ts';
import { scene } from './property.ts';
import type { Tab } from './tab.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;

scene('a session outlives an hour in which its vendor answers everything with 500', async (world) => {
  const id = world.openSession('tuleap');
  const server = world.network.server('tuleap');
  server.weather = { kind: 'fails', status: 500 };
  await world.pass(60 * MINUTE_MS);
  expect(world.record(id)).toMatchObject({ generation: 0, uncertain: { probed: false }, signInNeeded: null });
  expect(refreshesOf(world)).toHaveLength(1);

  server.weather = null;
  await world.pass(12 * MINUTE_MS);
  const { generation, uncertain, signInNeeded } = world.record(id);
  expect(generation).toBeGreaterThan(0);
  expect({ uncertain, signInNeeded }).toEqual({ uncertain: null, signInNeeded: null });
});

/** The vendor fails, a refresh has come to nothing, and its token is over. */
async function inTheOutage(world: World): Promise<{ readonly id: string; readonly tab: Tab }> {
  const id = world.openSession('tuleap');
  world.network.server('tuleap').weather = { kind: 'fails', status: 500 };
  await world.until(() => world.record(id).uncertain !== null);
  const [tab] = world.tabs;
  if (!tab) throw new Error('No tab is open');
  return { id, tab };
}

const refreshesOf = ({ network }: World) => network.ledger.filter(({ kind }) => kind === 'refresh');

scene('a person who asks for a refresh meanwhile has it sent at once', async (world) => {
  const { id, tab } = await inTheOutage(world);
  ask(world, tab, 'refresh', id);
  await world.pass(MINUTE_MS);
  expect(refreshesOf(world)).toHaveLength(2);
  expect(world.record(id).signInNeeded?.code).toBe('answer-lost');
});

for (const what of ['copy', 'call'] as const) {
  scene(`FurtherTryIsKept: a ${what} meanwhile spends nothing`, async (world) => {
    const { id, tab } = await inTheOutage(world);
    await world.pass(60 * MINUTE_MS);
    ask(world, tab, what, id);
    await world.pass(MINUTE_MS);
    expect(refreshesOf(world)).toHaveLength(1);
    expect(world.record(id)).toMatchObject({ uncertain: { probed: false }, signInNeeded: null });

    world.network.server('tuleap').weather = null;
    ask(world, tab, what, id);
    await world.pass(MINUTE_MS);
    expect(world.record(id)).toMatchObject({ uncertain: null, signInNeeded: null });
    const sent = refreshesOf(world).map(({ token }) => token);
    expect(sent.filter((token) => token === sent[0])).toHaveLength(2);
  });
}
