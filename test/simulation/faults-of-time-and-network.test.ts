/** Faults F12 to F22: locks, clocks, lives and waits. One scene each. */
import { expect } from 'vitest';
import { refreshNote } from '../../src/features/sessions/action-words.ts';
import { sleepFor } from './acts.ts';
import { scene } from './property.ts';
import {
  byHand,
  countFlights,
  endOfMs,
  firstTab,
  HOUR_MS,
  MINUTE_MS,
  refreshesOf,
  SECOND_MS,
  sentAtOf,
} from './scenes.ts';
import type { World } from './world.ts';

const lasting = { policy: { tuleap: { lifeMs: 5 * MINUTE_MS } } } as const;

scene(
  'F12: the lock is never granted; after 15 s a person is told, and the access token stays usable',
  async (world) => {
    world.locks.trouble = 'never';
    const id = world.openSession('tuleap');
    await world.pass(SECOND_MS);
    const askedAtMs = world.time.nowMs;
    const done = await byHand(world, id);
    expect(world.time.nowMs - askedAtMs).toBeLessThan(16 * SECOND_MS);
    const note = refreshNote(done, world.time.nowMs, () => 0);
    expect(note).toMatchObject({
      tone: 'warn',
      sentence: 'Another refresh of this session is under way.',
      more: 'Try again in a moment.',
    });
    expect(refreshesOf(world)).toEqual([]);
    expect(world.record(id).tokens).not.toBeNull();
  },
  lasting,
);

scene(
  'F13: a browser without Web Locks; nothing is refreshed by itself, a person can, and the row says so',
  async (world) => {
    const id = world.openSession('tuleap');
    await world.pass(6 * MINUTE_MS);
    expect(refreshesOf(world)).toEqual([]);
    const fresh = world.openSession('tuleap');
    await world.pass(SECOND_MS);
    expect(world.moment(fresh).why).toBe(
      'Not refreshed by itself: this browser cannot keep two tabs of the console apart. Refresh does it once.',
    );
    expect((await byHand(world, id)).kind).toBe('refreshed');
  },
  { ...lasting, tabs: 2, hasWebLocks: false },
);

scene(
  'F14: a sleep of eight hours; then what is due goes in order, two at a time, and only the server ends a session',
  async (world) => {
    const living = Array.from({ length: 5 }, () => world.openSession('tuleap'));
    const idle = world.openSession('ocp');
    await world.pass(SECOND_MS);
    const most = countFlights(world);
    await sleepFor(world, 8 * HOUR_MS);
    firstTab(world).touch();
    expect(world.record(idle).signInNeeded).toBeNull();
    await world.pass(2 * MINUTE_MS);
    expect(most()).toBeLessThanOrEqual(2);
    for (const id of living) expect(world.moment(id).status).toBe('ready');
    expect(world.moment(idle)).toMatchObject({ status: 'sign-in-needed' });
    expect(world.moment(idle).why).toMatch(
      /^The session was ended elsewhere: logged out, removed by an administrator, idle for too long/,
    );
  },
  { policy: { tuleap: { lifeMs: 5 * MINUTE_MS }, ocp: { lifeMs: 5 * MINUTE_MS, idleMs: 30 * MINUTE_MS } } },
);

scene(
  'F15: the wall clock goes back a day; nothing changes',
  async (world) => {
    const id = world.openSession('tuleap');
    await world.pass(MINUTE_MS);
    const before = world.record(id);
    world.computer.setClock(-24 * HOUR_MS);
    await world.pass(MINUTE_MS);
    expect(world.record(id)).toEqual(before);
    await world.until(() => world.record(id).generation === 1);
    expect(world.time.nowMs).toBeLessThan(endOfMs(world, id));
  },
  lasting,
);

scene(
  'F15: the wall clock goes forward a day; one early refresh at most',
  async (world) => {
    const id = world.openSession('tuleap');
    await world.pass(MINUTE_MS);
    world.computer.setClock(24 * HOUR_MS);
    await world.pass(2 * MINUTE_MS);
    expect(refreshesOf(world)).toHaveLength(1);
    expect(world.moment(id).status).toBe('ready');
  },
  lasting,
);

scene(
  'F16: a reload with the clock set back; nobody knows the token’s age, so it is refreshed at once, and once',
  async (world) => {
    const id = world.openSession('tuleap');
    await world.pass(MINUTE_MS);
    firstTab(world).close();
    world.computer.setClock(-24 * HOUR_MS);
    await world.openTab();
    await world.pass(MINUTE_MS);
    expect(refreshesOf(world)).toHaveLength(1);
    expect(world.moment(id).status).toBe('ready');
    // Two tabs whose clocks differ by a day come to agree instead of taking turns.
    await world.openTab();
    await world.pass(10 * MINUTE_MS);
    expect(refreshesOf(world).length).toBeLessThanOrEqual(5);
  },
  lasting,
);

for (const aheadMs of [10 * MINUTE_MS, -10 * MINUTE_MS]) {
  scene(
    `F17: a server whose clock is ${aheadMs / MINUTE_MS} min off and who names its own moments; refreshed on time`,
    async (world) => {
      const id = world.openSession('primatime');
      // What is called first tells the server's clock.
      await byHand(world, id);
      const askedAtMs = sentAtOf(world)[0] ?? 0;
      await world.until(() => refreshesOf(world).length === 2, HOUR_MS);
      const [, againAtMs = 0] = sentAtOf(world);
      expect(againAtMs - askedAtMs).toBeGreaterThan(40 * MINUTE_MS);
      expect(againAtMs - askedAtMs).toBeLessThan(55 * MINUTE_MS);
    },
    { policy: { primatime: { lifeMs: HOUR_MS, clockAheadMs: aheadMs } } },
  );
}

scene(
  'F17 in a throttled tab: a timer that is late is no reason to forget the measured clock',
  async (world) => {
    const id = world.openSession('primatime');
    await byHand(world, id);
    const tab = firstTab(world);
    tab.throttled = true;
    tab.visible = false;
    tab.poke();
    await world.pass(30 * MINUTE_MS);
    expect(tab.services.clocks.estimate('primatime-one')?.offsetMs).toBeGreaterThan(9 * MINUTE_MS);
    expect(refreshesOf(world)).toHaveLength(1);
  },
  { policy: { primatime: { lifeMs: HOUR_MS, clockAheadMs: 10 * MINUTE_MS } } },
);

/** Seconds after a full minute, at which the browser wakes the tab. */
for (const openedS of [0, 1, 7, 13, 19, 25, 31, 37, 43, 49, 55, 59]) {
  scene(
    `F18: a hidden tab that is woken once a minute; a life of 300 s, begun ${openedS} s after one, is refreshed 30 s before its end at the latest`,
    async (world) => {
      const tab = firstTab(world);
      tab.throttled = true;
      tab.visible = false;
      tab.poke();
      const sinceMinuteMs = world.computer.clock.monotonicMs() % MINUTE_MS;
      await world.pass(MINUTE_MS - sinceMinuteMs + openedS * SECOND_MS);
      const id = world.openSession('tuleap');
      const early: number[] = [];
      let endMs = endOfMs(world, id);
      world.sessions.onDurable(({ intent }) => {
        if (intent) early.push(endMs - intent.sentAtMs);
        else endMs = endOfMs(world, id);
      });
      await world.pass(15 * MINUTE_MS);
      expect(early.length).toBeGreaterThanOrEqual(3);
      expect(Math.min(...early)).toBeGreaterThanOrEqual(30 * SECOND_MS);
    },
    lasting,
  );
}

scene(
  'F19: a life of 30 days; no timer beyond its bound, and nothing fires at once',
  async (world) => {
    world.openSession('tuleap');
    await world.pass(HOUR_MS);
    expect(refreshesOf(world)).toEqual([]);
    expect(Math.max(...firstTab(world).delays)).toBeLessThanOrEqual(MINUTE_MS);
  },
  { policy: { tuleap: { lifeMs: 30 * 24 * HOUR_MS } } },
);

for (const lifeMs of [5_000, 0, -1_000]) {
  scene(
    `F20: a life of ${lifeMs / 1_000} s; no loop, and the row says why`,
    async (world) => {
      const id = world.openSession('tuleap');
      await world.pass(100);
      expect(world.moment(id).hold).not.toBeNull();
      if (lifeMs > 0) expect(world.moment(id).why).toBe('Lives too shortly to be refreshed by itself.');
      await world.pass(10 * MINUTE_MS);
      expect(refreshesOf(world)).toEqual([]);
      expect(world.moment(id).status).toBe('waiting');
    },
    { policy: { tuleap: { lifeMs } } },
  );
}

scene(
  'F21: the refresh token ends before the access token; no refresh, and the row says why',
  async (world) => {
    const id = world.openSession('ocp');
    await world.pass(100);
    expect(world.moment(id).why).toBe('Not refreshed by itself: the refresh token ends before the access token.');
    await world.pass(2 * MINUTE_MS);
    expect(refreshesOf(world)).toEqual([]);
  },
  { policy: { ocp: { lifeMs: 60_000, idleMs: 46_000 } } },
);

async function refusedFor(world: World, retryAfter: string): Promise<number> {
  const id = world.openSession('tuleap');
  world.network.server('tuleap').troubles.push({ kind: 'asks-to-wait', status: 429, retryAfter });
  await world.until(() => world.record(id).waiting !== null);
  const { untilMs } = world.record(id).waiting ?? {};
  if (Number(untilMs) > world.time.nowMs + 100) {
    expect(world.moment(id).why).toMatch(
      /^The server asks to be left alone for a while\. Asks again at \d\d:\d\d:\d\d\.$/,
    );
  }
  await world.until(() => refreshesOf(world).length === 2, 2 * HOUR_MS);
  const [first = 0, second = 0] = sentAtOf(world);
  return (second - first) / SECOND_MS;
}

scene(
  'F22: 429 with Retry-After: 120',
  async (world) => {
    expect(Math.round(await refusedFor(world, '120'))).toBe(120);
  },
  lasting,
);

scene(
  'F22: a person who clicks meanwhile is told how long, and nothing is sent',
  async (world) => {
    const id = world.openSession('tuleap');
    const server = world.network.server('tuleap');
    server.troubles.push({ kind: 'asks-to-wait', status: 429, retryAfter: '120' });
    await byHand(world, id);
    await world.pass(20 * SECOND_MS);
    const note = refreshNote(await byHand(world, id), world.time.nowMs, () => 0);
    expect(note.sentence).toMatch(/^The server asked to be left alone for another 1 minute (?:3\d|40) seconds\.$/);
    expect(note.more).toBe('Nothing was sent. Refresh tries again after that.');
    expect(world.moment(id).why).toMatch(
      /^The server asks to be left alone for a while\. From \d\d:\d\d:\d\d Refresh tries again; by itself that happens at/,
    );
    expect(refreshesOf(world)).toHaveLength(1);
    await world.pass(101 * SECOND_MS);
    expect((await byHand(world, id)).kind).toBe('refreshed');
  },
  lasting,
);

scene(
  'F22: a wait of our own does not hold a person back',
  async (world) => {
    const id = world.openSession('tuleap');
    const server = world.network.server('tuleap');
    server.weather = { kind: 'unreachable' };
    await byHand(world, id);
    expect(world.record(id).waiting).not.toBeNull();
    server.weather = null;
    expect((await byHand(world, id)).kind).toBe('refreshed');
  },
  lasting,
);

scene(
  'F22: 429 with a date',
  async (world) => {
    const inTenMinutes = new Date(world.time.nowMs + 10 * MINUTE_MS).toUTCString();
    const waited = await refusedFor(world, inTenMinutes);
    expect(world.time.nowMs).toBeGreaterThanOrEqual(Date.parse(inTenMinutes));
    expect(waited).toBeGreaterThan(300);
  },
  lasting,
);

scene(
  'F22: 429 with words that mean nothing: our own back-off',
  async (world) => {
    const waited = await refusedFor(world, 'soon');
    expect(waited).toBeGreaterThanOrEqual(10);
    expect(waited).toBeLessThan(20);
  },
  lasting,
);

scene(
  'F22: 429 with Retry-After: 1000000000: an hour, no longer',
  async (world) => {
    expect(Math.round((await refusedFor(world, '1000000000')) / 60)).toBe(60);
  },
  lasting,
);
