import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sessionRecord } from '../../test/session-record.ts';
import type { Expiry } from '../lib/time.ts';
import { viewOf, type SessionRecord, type SessionView } from '../sessions/record.ts';
import { callOver } from '../sessions/refresh-steps.ts';
import { dueOf, jitterMs, leadMs, plan, UNATTENDED_AFTER_MS, type Surroundings } from './plan.ts';

const seconds = (n: number): number => n * 1_000;
const around = (differs: Partial<Surroundings> = {}): Surroundings => ({
  nowMs: 0,
  visible: true,
  attendedAtMs: 0,
  offsetMs: () => 0,
  ...differs,
});

function session(lifeMs: number, differs: Partial<SessionRecord> = {}): SessionView {
  return living({ kind: 'relative', lifeMs, anchorMs: 0 }, { firstLifeMs: lifeMs, ...differs });
}

function living(accessExpiry: Expiry, differs: Partial<SessionRecord> = {}): SessionView {
  const tokens = { accessToken: 'not-a-real-token', accessExpiry, refreshToken: 'not-a-real-one', facts: [] };
  return viewOf(sessionRecord({ tokens, firstLifeMs: null, ...differs }));
}

const atOf = (view: SessionView, where: Surroundings = around()): number | string => {
  const due = dueOf(view, where);
  return due.kind === 'at' ? due.atMs : due.why;
};

describe('the lead', () => {
  test.each([
    [10, 5, 5],
    [60, 30, 30],
    [300, 60, 90],
    [3_600, 600, 600],
    [7 * 86_400, 600, 600],
  ])('of a life of %i s is %i s, and %i s in a hidden page', (life, visible, hidden) => {
    expect(leadMs(seconds(life), true)).toBe(seconds(visible));
    expect(leadMs(seconds(life), false)).toBe(seconds(hidden));
  });
});

describe('due', () => {
  test('lies a lead and a jitter before the end', () => {
    const at = atOf(session(seconds(300)));
    expect(at).toBe(seconds(240) - jitterMs('session-1', 0, seconds(300)));
    expect(at).toBeGreaterThanOrEqual(seconds(210));
  });

  test('I15 DueStable: is equal in every tab, whatever the time at which it looks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 1e6 }), fc.nat(1e9), fc.nat(1e9), (life, a, b) => {
        const view = session(seconds(life));
        expect(atOf(view, around({ nowMs: a }))).toBe(atOf(view, around({ nowMs: b })));
      }),
      { numRuns: 1_000 },
    );
  });

  test('I18 SkewSymmetry: a server whose clock is off does not move a relative expiry', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 1e6 }), fc.integer({ min: -1e7, max: 1e7 }), (life, offset) => {
        const view = session(seconds(life));
        expect(atOf(view, around({ offsetMs: () => offset }))).toBe(atOf(view));
      }),
      { numRuns: 1_000 },
    );
  });

  test('F17: an absolute expiry of a server ten minutes ahead is met on our clock', () => {
    const offsetMs = seconds(600);
    const ahead = living({ kind: 'absolute', serverMs: seconds(3_600) + offsetMs });
    const exact = living({ kind: 'absolute', serverMs: seconds(3_600) });
    expect(atOf(ahead, around({ offsetMs: () => offsetMs }))).toBe(atOf(exact));
  });

  test('I12 NoHotLoop: two automatic refreshes are at least max(10 s, a quarter of the life) apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.boolean(), (life, visible) => {
        const at = atOf(session(seconds(life)), around({ visible }));
        if (typeof at === 'number') expect(at).toBeGreaterThanOrEqual(Math.max(seconds(10), seconds(life) / 4));
      }),
      { numRuns: 1_000 },
    );
  });

  test('waits as long as the server asked', () => {
    const untilMs = seconds(290);
    expect(atOf(session(seconds(300), { waiting: { untilMs, reason: 'busy' } }))).toBe(untilMs);
  });

  test('of an uncertain token is as late as the lead allows, and a probe', () => {
    const view = session(seconds(3_600), { uncertain: { sinceMs: 0, probed: false } });
    expect(dueOf(view, around())).toEqual({ kind: 'at', atMs: seconds(3_000), what: 'probe' });
  });

  test('of a token whose one probe is spent is to give up, at once', () => {
    const view = session(seconds(3_600), { uncertain: { sinceMs: 0, probed: true } });
    expect(dueOf(view, around({ nowMs: 7 }))).toEqual({ kind: 'at', atMs: 7, what: 'give-up' });
  });

  test('of an open intent is to resolve it, at once', () => {
    const intent = { generation: 0, nonce: 'n', boot: 'b', sentAtMs: 0, probe: false };
    expect(dueOf(session(seconds(3_600), { intent }), around({ nowMs: 7 }))).toEqual({
      kind: 'at',
      atMs: 7,
      what: 'resolve',
    });
  });
});

describe('what is not refreshed by itself', () => {
  const unattended = around({ nowMs: UNATTENDED_AFTER_MS, attendedAtMs: 0 });

  test('a life that a server’s settings made shorter is kept up with; one that the session’s end cut is not', () => {
    const shorter = session(seconds(60), { firstLifeMs: seconds(300) });
    const ending = (lifeMs: number): SessionView => ({
      ...shorter,
      tokens: shorter.tokens && { ...shorter.tokens, refreshExpiry: { kind: 'relative', lifeMs, anchorMs: 0 } },
    });
    expect(dueOf(ending(seconds(1_800)), around())).toMatchObject({ kind: 'at', what: 'refresh' });
    expect(dueOf(ending(seconds(60)), around())).toEqual({ kind: 'held', why: 'vendor-end-near' });
  });

  test.each<[string, SessionView, Surroundings]>([
    ['switched-off', session(seconds(300), { keepFresh: false }), around()],
    ['life-too-short', session(seconds(5)), around()],
    ['over-on-arrival', session(0), around()],
    ['over-on-arrival', living({ kind: 'absolute', serverMs: -seconds(3_600) }), around()],
    ['expiry-unknown', living({ kind: 'unknown' }), around()],
    ['sign-in-needed', session(seconds(300), { signInNeeded: { sinceMs: 0, code: 'x', sentence: 'x' } }), around()],
    ['ended', session(seconds(300), { ended: { atMs: 0, how: 'forgotten', evidence: null } }), around()],
    ['not-refreshable', session(seconds(300), { tokens: null }), around()],
    ['waits-for-person', session(seconds(300), { waiting: { untilMs: null, reason: 'x' } }), around()],
    ['vendor-end-near', session(seconds(60), { firstLifeMs: seconds(300) }), around()],
    ['left-to-lapse', session(seconds(300), { holdsSlot: true }), unattended],
    ['connection-gone', session(seconds(300)), around({ serverOf: () => null })],
    [
      'connection-gone',
      session(seconds(300), { waiting: { untilMs: null, reason: 'x' } }),
      around({ serverOf: () => null }),
    ],
    ['connection-elsewhere', session(seconds(300)), around({ serverOf: () => 'https://elsewhere.example' })],
  ])('%s', (why, view, where) => {
    expect(dueOf(view, where)).toEqual({ kind: 'held', why });
  });

  test('but what its connection still serves, or may for all that anybody has said, is due', () => {
    const view = session(seconds(300));
    for (const server of [view.baseUrl, undefined]) {
      expect(dueOf(view, around({ serverOf: () => server }))).toEqual(dueOf(view, around()));
    }
  });

  const calledOver = (record: SessionRecord): SessionView => {
    const over = callOver(record.generation, seconds(5))(record);
    return viewOf(typeof over === 'string' ? expect.fail(over) : over);
  };
  const lived = (lifeMs: number): SessionRecord['tokens'] => {
    const { tokens } = sessionRecord();
    return tokens && { ...tokens, accessExpiry: { kind: 'relative', lifeMs, anchorMs: 0 } };
  };

  test('but a token that a server refused early is due, however shortly it lived, and waits where it has to', () => {
    const refused = sessionRecord({ tokens: lived(seconds(3_600)), firstLifeMs: seconds(3_600) });
    expect(dueOf(calledOver(refused), around({ nowMs: seconds(6) }))).toEqual({
      kind: 'at',
      atMs: seconds(10),
      what: 'refresh',
    });
    const waiting = { untilMs: seconds(20), reason: 'loading' };
    expect(atOf(calledOver({ ...refused, failures: 1, waiting }), around({ nowMs: seconds(6) }))).toBe(seconds(20));
  });

  test('and one that had ended when it was refused is what it was: too short-lived', () => {
    const ended = sessionRecord({ tokens: lived(seconds(4)), firstLifeMs: seconds(4) });
    expect(dueOf(calledOver(ended), around({ nowMs: seconds(6) }))).toEqual({ kind: 'held', why: 'life-too-short' });
  });

  test('F21: a refresh token that ends before the access token', () => {
    const tokens = {
      accessToken: 'not-a-real-token',
      accessExpiry: { kind: 'relative', lifeMs: seconds(60), anchorMs: 0 },
      refreshToken: 'not-a-real-one',
      refreshExpiry: { kind: 'relative', lifeMs: seconds(46), anchorMs: 0 },
      facts: [],
    } as const;
    expect(atOf(viewOf(sessionRecord({ tokens, firstLifeMs: seconds(60) })))).toBe('refresh-token-ends-first');
  });

  test('a session without a slot goes on with nobody at the console', () => {
    expect(atOf(session(seconds(300)), unattended)).toBeTypeOf('number');
  });
});

describe('the plan', () => {
  test('lists what is due, most urgent first, and the next moment to look', () => {
    const sessions = [
      session(seconds(300), { id: 'later' }),
      session(seconds(120), { id: 'second' }),
      session(seconds(100), { id: 'first' }),
      session(seconds(5), { id: 'never' }),
    ];
    const { due, next } = plan(sessions, around({ nowMs: seconds(100) }));
    expect(due.map(({ id }) => id)).toEqual(['first', 'second']);
    expect(next).toMatchObject({ atMs: atOf(session(seconds(300), { id: 'later' })), record: { id: 'later' } });
  });

  test('spreads a thousand sessions that were opened together', () => {
    const dues = Array.from({ length: 1_000 }, (_, n) => atOf(session(seconds(3_600), { id: `session-${String(n)}` })));
    expect(new Set(dues).size).toBeGreaterThan(950);
  });
});

describe('a clock that cannot be trusted', () => {
  const ofTomorrow = (differs: Partial<SessionRecord> = {}): SessionView =>
    living(
      { kind: 'relative', lifeMs: seconds(3_600), anchorMs: seconds(86_400) },
      { refreshedAtMs: seconds(86_400), ...differs },
    );

  test('F16: a session that was stored later than now is due at once', () => {
    expect(dueOf(ofTomorrow(), around({ nowMs: seconds(60) }))).toEqual({
      kind: 'at',
      atMs: seconds(60),
      what: 'refresh',
    });
  });

  test('F16: and still waits for as long as a server asked, but not for a day', () => {
    const waiting = (untilMs: number): SessionView => ofTomorrow({ waiting: { untilMs, reason: 'busy' } });
    expect(atOf(waiting(seconds(90)), around({ nowMs: seconds(60) }))).toBe(seconds(90));
    expect(atOf(waiting(seconds(90_000)), around({ nowMs: seconds(60) }))).toBe(seconds(60));
  });

  test('an end by a server’s clock that was not measured yet is met one lead earlier', () => {
    const byTheirs = living({ kind: 'absolute', serverMs: seconds(3_600) });
    const measured = Number(atOf(byTheirs, around({ isUnmeasured: () => false })));
    expect(atOf(byTheirs, around({ isUnmeasured: () => true }))).toBe(measured - seconds(600));
    expect(atOf(session(seconds(3_600)), around({ isUnmeasured: () => true }))).toBe(atOf(session(seconds(3_600))));
  });
});

test('F13: where tabs cannot be kept apart, what is single-use waits for a person', () => {
  expect(atOf(session(seconds(300)), around({ byHandOnly: true }))).toBe('tabs-not-kept-apart');
  const lineage = { way: 'api-key', label: 'API key', credential: 'k', kept: true };
  // A kept credential changes nothing while a refresh token is here, and mints alone where there is none.
  expect(atOf(session(seconds(300), { lineage }), around({ byHandOnly: true }))).toBe('tabs-not-kept-apart');
  const accessExpiry = { kind: 'relative', lifeMs: seconds(300), anchorMs: 0 } as const;
  const tokens = { accessToken: 'not-a-real-token', accessExpiry, facts: [] };
  expect(atOf(session(seconds(300), { lineage, tokens }), around({ byHandOnly: true }))).toBeTypeOf('number');
});
