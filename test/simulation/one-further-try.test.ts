/** The one further try with a refresh token whose answer is missing is not thrown at a server that is down. */
import { expect } from 'vitest';
import { ask } from './acts.ts';
import { scene } from './property.ts';

const MINUTE_MS = 60_000;

scene('a session outlives an hour in which its vendor answers everything with 500', async (world) => {
  const id = world.openSession('tuleap');
  const server = world.network.server('tuleap');
  server.weather = { kind: 'fails', status: 500 };
  await world.pass(60 * MINUTE_MS);
  expect(world.record(id)).toMatchObject({ generation: 0, uncertain: { probed: false }, signInNeeded: null });
  expect(world.network.ledger.filter(({ kind }) => kind === 'refresh')).toHaveLength(1);

  server.weather = null;
  await world.pass(12 * MINUTE_MS);
  const { generation, uncertain, signInNeeded } = world.record(id);
  expect(generation).toBeGreaterThan(0);
  expect({ uncertain, signInNeeded }).toEqual({ uncertain: null, signInNeeded: null });
});

scene('a person who asks for a refresh meanwhile has it sent at once', async (world) => {
  const id = world.openSession('tuleap');
  const server = world.network.server('tuleap');
  server.weather = { kind: 'fails', status: 500 };
  await world.until(() => world.record(id).uncertain !== null);
  const [tab] = world.tabs;
  if (!tab) throw new Error('No tab is open');
  ask(world, tab, 'refresh', id);
  await world.pass(MINUTE_MS);
  expect(world.network.ledger.filter(({ kind }) => kind === 'refresh')).toHaveLength(2);
  expect(world.record(id).signInNeeded?.code).toBe('answer-lost');
});
