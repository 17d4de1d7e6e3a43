/** Of clocks, waiting and pace: nothing runs hot, nothing sleeps for ever, and no clock ends a session. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHybridClock } from '../../src/lib/clock.ts';
import { dueOf, UNATTENDED_AFTER_MS, type Due } from '../../src/refresh/plan.ts';
import { viewOf, type SessionRecord } from '../../src/sessions/record.ts';
import { sessionRecord } from '../session-record.ts';
import { anyAct, clockActs, passing, perform, sleeps, tabActs, type Act } from './acts.ts';
import { calmDown, hideAll } from './calm.ts';
import { invariant } from './property.ts';
import { runs } from './runs.ts';
import type { Trouble } from './vendor-network.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;

invariant(
  'I09 ClockNeverEnds: no trace of the clocks moves a session to sign-in-needed or ended',
  {
    acts: fc.oneof(clockActs, sleeps, passing),
    tabs: fc.integer({ min: 1, max: 2 }),
    prepare(world) {
      world.openSession('tuleap');
      world.openSession('primatime');
    },
  },
  async ({ world, acts }) => {
    await perform(world, acts);
    await world.pass(62_000);
    for (const { signInNeeded, ended } of world.sessions.records.values()) {
      expect([signInNeeded, ended]).toEqual([null, null]);
    }
  },
);

test('I10 HybridMonotone: the hybrid clock never runs backwards, whatever wall and monotonic clock do', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(1e9)), { maxLength: 50 });
  fc.assert(
    fc.property(steps, (trace) => {
      let [wallMs, monotonicMs] = [1e12, 0];
      const clock = createHybridClock({ wallMs: () => wallMs, monotonicMs: () => monotonicMs });
      let before = clock.nowMs();
      for (const [wallStep, monotonicStep] of trace) {
        wallMs += wallStep;
        monotonicMs += monotonicStep;
        const nowMs = clock.nowMs();
        expect(nowMs).toBeGreaterThanOrEqual(before + Math.max(monotonicStep, 0));
        before = nowMs;
      }
    }),
    runs,
  );
});

const lives = [40_000, 60_000, 300_000, 1_200_000];

/** Every refresh fails, and has certainly not happened. */
const refusesForAWhile = (retryAfter: string | null): Trouble => ({ kind: 'asks-to-wait', status: 503, retryAfter });

/** What a person asks for is not paced. */
const askedByPeople: ReadonlySet<Act['act']> = new Set<Act['act']>(['refresh', 'copy', 'call']);

invariant(
  'I12 NoHotLoop: two automatic refreshes of a session are at least max(10 s, a quarter of its life) apart, whatever came of the first',
  {
    acts: anyAct.filter(({ act }) => !askedByPeople.has(act)),
    prepare(world) {
      const server = world.network.server('tuleap');
      server.tokens.policy.lifeMs = world.chance.pick(lives);
      server.weather = world.chance.pick([null, refusesForAWhile('0'), refusesForAWhile(null)]);
      world.openSession('tuleap');
    },
  },
  async ({ world, judge, acts }) => {
    await perform(world, acts);
    await world.pass(3 * MINUTE_MS);
    expect(judge.broken('I12')).toEqual([]);
  },
);

const anyToken = fc.record({
  lifeMs: fc.integer({ min: 1, max: 1e8 }),
  /** By the clock of a server that is off by so much. */
  offsetMs: fc.option(fc.integer({ min: -1e7, max: 1e7 }), { nil: null }),
  refused: fc.boolean(),
  uncertain: fc.boolean(),
  isUnmeasured: fc.boolean(),
  visible: fc.boolean(),
  generation: fc.nat(1e6),
});

test('I12 NoHotLoop: no token is due within max(10 s, a quarter of its life) after it came, not even one that was refused', () => {
  fc.assert(
    fc.property(anyToken, ({ lifeMs, offsetMs, refused, uncertain, generation, isUnmeasured, visible }) => {
      const byTheirs = { kind: 'absolute', serverMs: lifeMs + (offsetMs ?? 0) } as const;
      const byOurs = { kind: 'relative', lifeMs, anchorMs: 0 } as const;
      const tokens = {
        ...{ accessToken: 'not-a-real-token', refreshToken: 'not-a-real-one', facts: [] },
        accessExpiry: offsetMs === null ? byOurs : byTheirs,
        ...(refused && { refusedAtMs: lifeMs }),
      };
      const doubt = uncertain ? { sinceMs: 0, probed: false } : null;
      const view = viewOf(sessionRecord({ tokens, generation, uncertain: doubt, firstLifeMs: null }));
      const around = {
        nowMs: 0,
        visible,
        attendedAtMs: 0,
        offsetMs: () => offsetMs ?? 0,
        isUnmeasured: () => isUnmeasured,
      };
      const found = dueOf(view, around);
      if (found.kind === 'at') expect(found.atMs).toBeGreaterThanOrEqual(Math.max(10_000, lifeMs / 4));
    }),
    runs,
  );
});

const stopped: ReadonlySet<Act['act']> = new Set<Act['act']>(['freeze', 'kill', 'close']);

invariant(
  'I13 Liveness: with everything well, somebody there and nothing against it, a session is refreshed before it ends',
  {
    acts: fc.oneof(passing, tabActs).filter(({ act }) => !stopped.has(act)),
    lengthMax: 6,
    tabs: fc.integer({ min: 1, max: 2 }),
    policy: { ocp: { idleMs: 30 * MINUTE_MS } },
    prepare(world) {
      for (const vendor of ['tuleap', 'primatime', 'ocp']) {
        const { policy } = world.network.server(vendor).tokens;
        policy.lifeMs = world.chance.pick([4 * MINUTE_MS, 5 * MINUTE_MS]);
        policy.clockAheadMs = vendor === 'primatime' ? world.chance.between(-MINUTE_MS, MINUTE_MS) : 0;
        world.openSession(vendor);
      }
    },
  },
  async ({ world, acts }) => {
    const overdue: string[] = [];
    world.time.onRest(() => {
      const nowMs = world.tabs[0]?.services.nowMs() ?? 0;
      for (const { id, provider, refreshedAtMs } of world.sessions.records.values()) {
        const { lifeMs } = world.network.server(provider).tokens.policy;
        if (nowMs - refreshedAtMs > lifeMs) overdue.push(id);
      }
    });
    for (const act of acts) {
      world.tabs[0]?.touch();
      await perform(world, [act]);
    }
    for (let turn = 0; turn < 3; turn += 1) {
      world.tabs[0]?.touch();
      await world.pass(1.8 * MINUTE_MS);
    }
    expect(overdue).toEqual([]);
    for (const { generation } of world.sessions.records.values()) expect(generation).toBeGreaterThan(0);
  },
);

invariant(
  'I14 AlwaysWakeable: what is not over waits for a moment or for somebody, and says for which',
  {
    acts: anyAct,
    lengthMax: 10,
    tabs: fc.integer({ min: 1, max: 2 }),
    prepare(world) {
      world.openSession(world.chance.pick(['tuleap', 'primatime', 'ocp']));
    },
  },
  async ({ world, judge, acts }) => {
    await perform(world, acts);
    expect(judge.broken('I14')).toEqual([]);
    await calmDown(world, 3 * MINUTE_MS);
    expect(judge.broken('I14')).toEqual([]);
    // Nothing is left half done: each session is well, or says that it needs a person.
    for (const { id, intent, uncertain, signInNeeded, tokens, provider } of world.sessions.records.values()) {
      // Every token of theirs lives for a minute, so none is left to lapse for its life.
      expect(['over-on-arrival', 'life-too-short', 'vendor-end-near']).not.toContain(world.moment(id).hold);
      // A refresh may be on its way just now; one that is older than any call takes has been left lying.
      const isUnderWay = intent !== null && world.time.nowMs - intent.sentAtMs < 40_000;
      expect([id, intent === null || isUnderWay]).toEqual([id, true]);
      const token = tokens?.refreshToken ?? '';
      const standing = world.network.server(provider).tokens.standing(token);
      const isKnown = standing === 'current' || isUnderWay || signInNeeded !== null || uncertain !== null;
      expect([id, isKnown]).toEqual([id, true]);
    }
  },
);

const anySession = fc.record({
  lifeMs: fc.integer({ min: 1, max: 1e9 }),
  generation: fc.nat(1e6),
  id: fc.string({ minLength: 1, maxLength: 22 }),
  visible: fc.boolean(),
});

function due(
  { lifeMs, generation, id, visible }: typeof anySession extends fc.Arbitrary<infer S> ? S : never,
  nowMs: number,
  offsetMs = 0,
): Due {
  const accessExpiry = { kind: 'relative', lifeMs, anchorMs: 0 } as const;
  const tokens = { accessToken: 'not-a-real-token', accessExpiry, refreshToken: 'not-a-real-one', facts: [] };
  const view = viewOf(sessionRecord({ id, generation, tokens, firstLifeMs: lifeMs }));
  return dueOf(view, { nowMs, visible, attendedAtMs: nowMs, offsetMs: () => offsetMs });
}

/** What a record can hold that moves the moment at which it is due. */
const anyState = fc.record({
  session: anySession,
  doubt: fc.constantFrom('none', 'uncertain', 'refused', 'open-intent'),
  waitsMs: fc.option(fc.nat(1e7), { nil: null }),
  holdsSlot: fc.boolean(),
});
/** A tab of its own: when it looks, when somebody was last in it, and what it has heard of the server. */
const anyTab = fc.record({ nowMs: fc.nat(1e9), awayMs: fc.nat(3_600_000), visible: fc.boolean() });

type State = typeof anyState extends fc.Arbitrary<infer S> ? S : never;

function recordOf({ session: { lifeMs, generation, id }, doubt, waitsMs, holdsSlot }: State): SessionRecord {
  const accessExpiry = { kind: 'relative', lifeMs, anchorMs: 0 } as const;
  const tokens = { accessToken: 'not-a-real-token', accessExpiry, refreshToken: 'not-a-real-one', facts: [] };
  return sessionRecord({
    ...{ id, generation, holdsSlot, firstLifeMs: lifeMs },
    tokens: doubt === 'refused' ? { ...tokens, refusedAtMs: lifeMs } : tokens,
    uncertain: doubt === 'uncertain' ? { sinceMs: 0, probed: false } : null,
    intent: doubt === 'open-intent' ? { generation, nonce: 'n', boot: 'b', sentAtMs: 0, probe: false } : null,
    waiting: waitsMs === null ? null : { untilMs: waitsMs, reason: 'busy' },
  });
}

test('I15 DueStable: when a session is due follows from its record and the page’s visibility, alike in every tab', () => {
  fc.assert(
    fc.property(anyState, anyTab, anyTab, fc.nat(1e9), (state, one, other, leftAloneMs) => {
      const view = viewOf(recordOf(state));
      const dueIn = ({ nowMs, awayMs, visible }: typeof one, aloneMs?: number): Due =>
        dueOf(view, {
          ...{ nowMs, visible, offsetMs: () => 0, isUnmeasured: () => true, attendedAtMs: nowMs - awayMs },
          leftAloneUntilMs: () => aloneMs,
        });
      const [here, there] = [dueIn(one), dueIn({ ...other, visible: one.visible })];
      if (view.intent) {
        expect([here, there].map((due) => due.kind === 'at' && due.what)).toEqual(['resolve', 'resolve']);
        return;
      }
      // Whether anybody is there is told from tab to tab, and may keep a slot from being refreshed: it never moves the moment.
      const lapses = (due: Due): boolean => due.kind === 'held' && due.why === 'left-to-lapse';
      if (!lapses(here) && !lapses(there)) expect(here).toEqual(there);
      else expect(state.holdsSlot).toBe(true);
      // A tab that has met a server's failures waits longer than another, and never shorter.
      const alone = dueIn(one, leftAloneMs);
      if (here.kind === 'at') expect(alone).toEqual({ ...here, atMs: Math.max(here.atMs, leftAloneMs) });
      else expect(alone).toEqual(here);
    }),
    runs,
  );
});

invariant(
  'I16 TimerClamp: every timer is set to at least 0 and at most 60 s',
  {
    acts: fc.oneof(anyAct, clockActs),
    prepare(world) {
      world.network.server('tuleap').tokens.policy.lifeMs = world.chance.pick([...lives, 30 * 86_400_000]);
      world.openSession('tuleap');
    },
  },
  async ({ world, judge, acts }) => {
    await perform(world, acts);
    expect(judge.broken('I16')).toEqual([]);
  },
);

test('I18 SkewSymmetry: a server’s clock, ahead or behind, does not move a relative expiry', () => {
  fc.assert(
    fc.property(anySession, fc.nat(1e8), (session, skewMs) => {
      expect(due(session, 0, skewMs)).toEqual(due(session, 0, -skewMs));
      expect(due(session, 0, skewMs)).toEqual(due(session, 0));
    }),
    runs,
  );
});

/** A frozen tab goes on where it stood, however late it is thawed; and a new tab is a person's doing. */
const doneByPeople = ['touch', 'open-tab', 'freeze'];
const unattended: fc.Arbitrary<Act> = fc.oneof(passing, tabActs).filter(({ act }) => !doneByPeople.includes(act));

invariant(
  'I25 IdleFrees: with nobody at the console a session that holds a slot sends nothing after the idle limit',
  {
    acts: unattended,
    policy: { ocp: { lifeMs: 5 * MINUTE_MS, idleMs: 10 * MINUTE_MS, slotsMax: 5 } },
    prepare: (world: World) => void world.openSession('ocp'),
  },
  async ({ world, judge, acts }) => {
    const lastSeenMs = world.time.nowMs;
    await world.pass(MINUTE_MS);
    await perform(world, acts);
    if (world.chance.happens(0.8)) hideAll(world);
    await world.pass(UNATTENDED_AFTER_MS + 14 * MINUTE_MS);
    for (const { flight } of judge.spends()) expect(flight.startedAtMs - lastSeenMs).toBeLessThan(UNATTENDED_AFTER_MS);
    if (world.tabs.length > 0) expect(world.moment('session-1').hold).not.toBeNull();
    expect(world.network.server('ocp').tokens.openSessions()).toBe(0);
  },
);
