/** Of clocks, waiting and pace: nothing runs hot, nothing sleeps for ever, and no clock ends a session. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHybridClock } from '../../src/lib/clock.ts';
import { dueOf, UNATTENDED_AFTER_MS, type Due } from '../../src/refresh/plan.ts';
import { viewOf } from '../../src/sessions/record.ts';
import { sessionRecord } from '../session-record.ts';
import { anyAct, clockActs, passing, perform, sleeps, tabActs, type Act } from './acts.ts';
import { calmDown, hideAll } from './calm.ts';
import { invariant } from './property.ts';
import { runs } from './runs.ts';
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

invariant(
  'I12 NoHotLoop: two automatic refreshes of a session are at least max(10 s, a quarter of its life) apart',
  {
    acts: anyAct,
    prepare(world) {
      world.network.server('tuleap').tokens.policy.lifeMs = world.chance.pick(lives);
      world.openSession('tuleap');
    },
  },
  async ({ world, judge, acts }) => {
    await perform(world, acts);
    expect(judge.broken('I12')).toEqual([]);
  },
);

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
        policy.lifeMs = world.chance.pick([5 * MINUTE_MS, 10 * MINUTE_MS]);
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
      await world.pass(3.5 * MINUTE_MS);
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

test('I15 DueStable: when a session is due follows from its record and the page’s visibility, alike in every tab', () => {
  fc.assert(
    fc.property(anySession, fc.nat(1e9), fc.nat(1e9), (session, one, other) => {
      expect(due(session, one)).toEqual(due(session, other));
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
    policy: { ocp: { lifeMs: 5 * MINUTE_MS, idleMs: 20 * MINUTE_MS, slotsMax: 5 } },
    prepare: (world: World) => void world.openSession('ocp'),
  },
  async ({ world, judge, acts }) => {
    const lastSeenMs = world.time.nowMs;
    await world.pass(MINUTE_MS);
    await perform(world, acts);
    if (world.chance.happens(0.8)) hideAll(world);
    await world.pass(UNATTENDED_AFTER_MS + 25 * MINUTE_MS);
    for (const { flight } of judge.spends()) expect(flight.startedAtMs - lastSeenMs).toBeLessThan(UNATTENDED_AFTER_MS);
    if (world.tabs.length > 0) expect(world.moment('session-1').hold).not.toBeNull();
    expect(world.network.server('ocp').tokens.openSessions()).toBe(0);
  },
);
