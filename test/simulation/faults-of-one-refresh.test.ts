/** Faults F01 to F11: what can go wrong between the intent and the stored pair. One scene each. */
import { expect } from 'vitest';
import { scene } from './property.ts';
import {
  anyFlight,
  byHand,
  endOfMs,
  firstTab,
  MINUTE_MS,
  refreshesOf,
  SECOND_MS,
  sentAtOf,
  whenDurable,
} from './scenes.ts';
import type { World } from './world.ts';

const lasting = { policy: { tuleap: { lifeMs: 5 * MINUTE_MS } } } as const;
const open = (world: World): string => world.openSession('tuleap');
const isCurrent = (world: World, id: string): boolean =>
  world.network.server('tuleap').tokens.standing(world.record(id).tokens?.refreshToken ?? '') === 'current';

scene(
  'F01: a crash after the intent and before the send; the late original is refused',
  async (world) => {
    const id = open(world);
    const dying = firstTab(world);
    whenDurable(world, ({ intent }) => intent !== null, dying.kill);
    await world.until(() => !dying.errand.alive);
    await world.pass(SECOND_MS);
    expect(refreshesOf(world)).toEqual([]);
    expect(world.record(id).intent).not.toBeNull();
    const { nonce = '', boot = '' } = world.record(id).intent ?? {};

    const heir = await world.openTab();
    await world.until(() => world.record(id).generation === 1);
    expect(refreshesOf(world)).toHaveLength(1);

    const { caller } = heir.services;
    const params = { refresh_token: 'not-a-real-refresh-token' };
    const late = { connection: 'tuleap-one', operation: 'refresh', effect: 'spend', params, nonce, boot } as const;
    const reply = caller.call({ ...late, baseUrl: world.record(id).baseUrl });
    await world.pass(SECOND_MS);
    expect((await reply).envelope).toMatchObject({ phase: 'not-sent', cause: { code: 'fenced' } });
    expect(refreshesOf(world)).toHaveLength(1);
  },
  lasting,
);

scene(
  'F01 of the marked try: it was never sent, so it is given back, and is made once, marked',
  async (world) => {
    const id = open(world);
    const marked: boolean[] = [];
    world.sessions.onDurable(({ intent }) => {
      if (intent) marked.push(intent.probe);
    });
    // The server gets it, but says nothing; then the tab dies before the marked try is out.
    world.network.server('tuleap').troubles.push({ kind: 'lost' });
    await world.until(() => world.record(id).uncertain !== null);
    const dying = firstTab(world);
    whenDurable(world, ({ intent }) => intent?.probe === true, dying.kill);
    await world.until(() => !dying.errand.alive);
    await world.openTab();
    await world.until(() => world.record(id).generation === 1);
    expect(marked).toEqual([false, true, true]);
    expect(refreshesOf(world)).toHaveLength(2);
    expect(isCurrent(world, id)).toBe(true);
  },
  lasting,
);

scene(
  'F02: a crash after the send and before the answer; another tab stores it from the outcome',
  async (world) => {
    const id = open(world);
    const dying = firstTab(world);
    await world.until(() => anyFlight(world));
    dying.kill();
    await world.openTab();
    await world.until(() => world.record(id).generation === 1);
    expect(refreshesOf(world)).toHaveLength(1);
    expect(isCurrent(world, id)).toBe(true);
  },
  lasting,
);

scene(
  'F03: a crash after the answer and before it is stored',
  async (world) => {
    const id = open(world);
    const dying = firstTab(world);
    await world.until(() => typeof refreshesOf(world)[0]?.endedAtMs === 'number');
    dying.kill();
    expect(world.record(id).generation).toBe(0);
    await world.openTab();
    await world.until(() => world.record(id).generation === 1);
    expect(refreshesOf(world)).toHaveLength(1);
    expect(isCurrent(world, id)).toBe(true);
  },
  lasting,
);

scene(
  'F03 and later: the answer was kept for 120 s, and is gone; then it is uncertain and said',
  async (world) => {
    const id = open(world);
    const marked: boolean[] = [];
    world.sessions.onDurable(({ intent }) => {
      if (intent) marked.push(intent.probe);
    });
    await world.until(() => anyFlight(world));
    firstTab(world).kill();
    await world.pass(130 * SECOND_MS);
    await world.openTab();
    await world.until(() => world.record(id).signInNeeded !== null);
    expect(refreshesOf(world)).toHaveLength(2);
    expect(marked).toEqual([false, true]);
    expect(world.moment(id).why).toContain('was used already');
  },
  lasting,
);

scene(
  'F04: a crash between storing and telling; the others adopt when they look',
  async (world) => {
    const id = open(world);
    const [dying, other] = world.tabs;
    world.sessions.silent = true;
    whenDurable(
      world,
      ({ generation }) => generation === 1,
      () => dying?.kill(),
    );
    if (other) other.errand.frozen = true;
    await world.until(() => world.record(id).generation === 1);
    other?.errand.thaw();
    await world.pass(90 * SECOND_MS);
    expect(refreshesOf(world)).toHaveLength(1);
    expect(other?.services.state.getState().nextRefreshAtMs).toBeGreaterThan(
      world.record(id).refreshedAtMs + MINUTE_MS,
    );
  },
  { ...lasting, tabs: 2 },
);

scene(
  'F05: the gateway restarts in the middle of a call; the probe comes late, the browser’s own second send is nothing',
  async (world) => {
    const id = open(world);
    world.network.server('tuleap').troubles.push({ kind: 'slow', ms: 400 });
    // Long before its end, so that a late probe and an early one lie far apart.
    await world.pass(MINUTE_MS);
    const asked = byHand(world, id);
    await world.until(() => anyFlight(world));
    const endMs = endOfMs(world, id);
    world.gateway.kill('always');
    world.gateway.start();
    await world.until(() => world.record(id).uncertain !== null);
    expect(world.moment(id)).toMatchObject({ status: 'uncertain' });
    expect(world.moment(id).why).toMatch(
      /^Whether the refresh of \d\d:\d\d:\d\d took effect is not known\. The old refresh token is tried once more at \d\d:\d\d:\d\d\.$/,
    );
    await asked;
    await world.until(() => world.record(id).signInNeeded !== null);
    const [first = 0, probe = 0, ...more] = sentAtOf(world);
    expect(more).toEqual([]);
    expect(probe).toBeGreaterThan(first);
    expect(endMs - probe).toBeLessThanOrEqual(MINUTE_MS);
    expect(world.moment(id).why).toContain('was used already');
  },
  lasting,
);

for (const [number, name, trouble] of [
  ['F06', 'the server answers 500 after it rotated', { kind: 'fails-after', status: 500 }],
  ['F07', 'the answer is cut in the middle of its body', { kind: 'cut-after' }],
] as const) {
  scene(
    `${number}: ${name}; uncertain, and never sent again at once`,
    async (world) => {
      const id = open(world);
      world.network.server('tuleap').troubles.push(trouble);
      await world.pass(MINUTE_MS);
      await byHand(world, id);
      expect(world.record(id).uncertain).not.toBeNull();
      const endMs = endOfMs(world, id);
      await world.pass(endMs - world.time.nowMs - MINUTE_MS - SECOND_MS);
      expect(refreshesOf(world)).toHaveLength(1);
      expect(world.moment(id).why).toMatch(/took effect is not known\. The old refresh token is tried once more at/);
      await world.until(() => world.record(id).signInNeeded !== null);
      await world.pass(10 * MINUTE_MS);
      expect(refreshesOf(world)).toHaveLength(2);
      expect(world.moment(id).why).toMatch(/^The refresh token is over: it was used already/);
    },
    lasting,
  );
}

scene(
  'F08: a 200 with a login page; no token is stored, no markup is shown',
  async (world) => {
    const id = open(world);
    world.network.server('tuleap').troubles.push({ kind: 'page' });
    const before = world.record(id).tokens;
    await world.until(() => world.record(id).uncertain !== null);
    expect(world.record(id)).toMatchObject({ generation: 0, tokens: before });
    expect(JSON.stringify([world.record(id), world.moment(id)])).not.toContain('<');
    expect(world.moment(id).why).toMatch(/took effect is not known/);
    // It had not reached the server, so the one probe brings the session back.
    await world.until(() => world.record(id).generation === 1);
    expect(world.moment(id).status).toBe('ready');
  },
  lasting,
);

scene(
  'F09: two tabs due in the same millisecond; one request, and the other adopts',
  async (world) => {
    const id = open(world);
    await world.until(() => world.record(id).generation === 3, 20 * MINUTE_MS);
    await world.pass(5 * SECOND_MS);
    expect(refreshesOf(world)).toHaveLength(3);
    for (const tab of world.tabs) {
      expect(tab.services.state.getState().sessions[0]?.generation).toBe(3);
    }
  },
  { ...lasting, tabs: 2 },
);

scene(
  'F10: the holder of the lock is frozen for ten minutes, then thawed; it stores what it got',
  async (world) => {
    const id = open(world);
    await world.until(() => anyFlight(world));
    const [holder] = world.tabs.filter(({ errand }) =>
      world.gateway.posts.some((post) => post.errand === errand && post.path.endsWith('/refresh')),
    );
    if (!holder) throw new Error('Nobody sent it');
    holder.errand.frozen = true;
    await world.pass(10 * MINUTE_MS);
    expect(world.record(id).generation).toBe(0);
    holder.errand.thaw();
    await world.pass(SECOND_MS);
    expect(world.record(id).generation).toBeGreaterThanOrEqual(1);
    // However late it came, its life counts from its request, so it is over and the next one is asked for.
    await world.pass(MINUTE_MS);
    expect(world.record(id).generation).toBeGreaterThanOrEqual(2);
    expect(world.moment(id).status).toBe('ready');
    expect(isCurrent(world, id)).toBe(true);
  },
  { ...lasting, tabs: 2 },
);

scene(
  'F10 without a lock that holds: the thawed tab finds that the generation moved, and overwrites nothing',
  async (world) => {
    world.locks.trouble = 'excludes-nobody';
    const id = open(world);
    await world.until(() => anyFlight(world));
    const [holder] = world.tabs.filter(({ errand }) =>
      world.gateway.posts.some((post) => post.errand === errand && post.path.endsWith('/refresh')),
    );
    if (!holder) throw new Error('Nobody sent it');
    holder.errand.frozen = true;
    await world.pass(10 * MINUTE_MS);
    const { generation, tokens } = world.record(id);
    expect(generation).toBeGreaterThan(1);
    holder.errand.thaw();
    await world.pass(2 * SECOND_MS);
    expect(world.record(id)).toMatchObject({ generation, tokens });
    expect(isCurrent(world, id)).toBe(true);
  },
  { ...lasting, tabs: 2 },
);

scene(
  'F11: the lock excludes nobody; the compare-and-set lets one write, and one token is spent',
  async (world) => {
    world.locks.trouble = 'excludes-nobody';
    const id = open(world);
    await world.until(() => world.record(id).generation === 2, 20 * MINUTE_MS);
    const both = await Promise.all(world.tabs.map((tab) => byHandSoon(world, id, tab)));
    expect(both.filter((kind) => kind === 'refreshed')).toHaveLength(1);
    expect(refreshesOf(world)).toHaveLength(3);
    expect(isCurrent(world, id)).toBe(true);
  },
  { ...lasting, tabs: 3 },
);

const byHandSoon = async (world: World, id: string, tab: World['tabs'][number]): Promise<string> =>
  (await byHand(world, id, tab)).kind;
