/** Faults F23 and F24: a line that is away, and networks that come and go. */
import { expect } from 'vitest';
import { scene } from './property.ts';
import { anyFlight, countFlights, endOfMs, firstTab, HOUR_MS, MINUTE_MS, refreshesOf, SECOND_MS } from './scenes.ts';
import type { World } from './world.ts';

const lasting = { policy: { tuleap: { lifeMs: 5 * MINUTE_MS } } } as const;

scene('F23: two hours offline with 500 sessions due; then the most urgent first, two at a time', async (world) => {
  const { policy } = world.network.server('tuleap').tokens;
  for (let each = 0; each < 500; each += 1) {
    policy.lifeMs = HOUR_MS + ((each * 37) % 500) * 6 * SECOND_MS;
    world.openSession('tuleap');
  }
  await world.pass(SECOND_MS);
  world.browser.online = false;
  firstTab(world).poke();
  await world.pass(2 * HOUR_MS);
  expect(refreshesOf(world)).toEqual([]);
  const ends = new Map(
    [...world.sessions.records.values()].map((record) => [record.tokens?.refreshToken, endOfMs(world, record.id)]),
  );
  const most = countFlights(world);
  world.browser.online = true;
  firstTab(world).poke();
  // A quarter of them shows the order; the rest would only take its time.
  await world.until(() => world.network.ledger.length >= 125);
  expect(most()).toBe(2);
  const order = refreshesOf(world).map(({ token }) => ends.get(token) ?? 0);
  const mostUrgent = [...ends.values()].sort((a, b) => a - b);
  // Two at a time: a session may overtake the one beside it, and none further.
  order.forEach((endMs, at) => {
    expect(endMs).toBeGreaterThanOrEqual(order[at - 2] ?? 0);
    expect(endMs).toBeLessThanOrEqual(mostUrgent[at + 1] ?? 0);
  });
});

/** When a call went out that the network or the server then failed, in seconds. */
function triesOf(world: World): readonly number[] {
  const tries: number[] = [];
  let seen = 0;
  world.time.onRest(() => {
    for (; seen < world.gateway.posts.length; seen += 1) {
      if (world.gateway.posts[seen]?.path.includes('/call/')) tries.push(world.time.nowMs / SECOND_MS);
    }
  });
  return tries;
}

for (const weather of [{ kind: 'unreachable' }, { kind: 'fails', status: 502 }] as const) {
  scene(
    `F24: a server that fails (${weather.kind}) is left alone after five times: 30 s, then twice as long, with one try each`,
    async (world) => {
      const ids = Array.from({ length: 12 }, () => world.openSession('tuleap'));
      const server = world.network.server('tuleap');
      server.weather = weather;
      const tries = triesOf(world);
      await world.pass(HOUR_MS);
      // Two are under way when the fifth has failed.
      const [, ...windows] = tries.slice(5).filter((at, place, all) => at - (all[place - 1] ?? 0) > 2);
      const rests = windows.slice(1).map((at, place) => at - (windows[place] ?? 0));
      expect(tries.length).toBeLessThanOrEqual(5 + 1 + 10);
      [60, 120, 240, 480, 600, 600].forEach((least, place) => {
        expect(rests[place]).toBeGreaterThanOrEqual(least);
      });
      expect(Math.max(...rests)).toBeLessThan(720);

      server.weather = null;
      await world.pass(12 * MINUTE_MS);
      for (const id of ids) expect(world.moment(id).status).toBe('ready');
    },
    lasting,
  );
}

scene(
  'F24: a network that comes and goes every three seconds; few tries, and then it works',
  async (world) => {
    const id = world.openSession('tuleap');
    const server = world.network.server('tuleap');
    await world.pass(200 * SECOND_MS);
    for (let turn = 0; turn < 40; turn += 1) {
      world.browser.online = turn % 2 === 1;
      server.weather = turn % 2 === 1 ? null : { kind: 'unreachable' };
      firstTab(world).poke();
      await world.pass(3 * SECOND_MS);
    }
    const calls = world.gateway.posts.filter(({ path }) => path.endsWith('/refresh'));
    expect(calls.length).toBeLessThanOrEqual(8);
    server.weather = null;
    world.browser.online = true;
    firstTab(world).poke();
    await world.pass(MINUTE_MS);
    expect(world.moment(id).status).toBe('ready');
    expect(anyFlight(world)).toBe(true);
  },
  lasting,
);
