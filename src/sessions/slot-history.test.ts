import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chartOf,
  emptyHistory,
  fullTimes,
  HISTORY_MS,
  latestFreeMs,
  noteCount,
  noteForUser,
  runsOf,
  type Run,
} from './slot-history.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const counted = (...counts: readonly (readonly [atMs: number, count: number])[]): readonly Run[] =>
  counts.reduce<readonly Run[]>((runs, [atMs, count]) => noteCount(runs, atMs, count), []);

describe('a history of counts', () => {
  it('is one run as long as every count gives the same', () => {
    expect(counted([0, 3], [15_000, 3], [30_000, 3])).toEqual([{ fromMs: 0, untilMs: 30_000, count: 3 }]);
  });

  it('steps where a count gives another number', () => {
    expect(counted([0, 3], [15_000, 4])).toEqual([
      { fromMs: 0, untilMs: 15_000, count: 3 },
      { fromMs: 15_000, untilMs: 15_000, count: 4 },
    ]);
  });

  it('says nothing of a time in which nobody counted', () => {
    expect(counted([0, 3], [5 * MINUTE, 3])).toEqual([
      { fromMs: 0, untilMs: 0, count: 3 },
      { fromMs: 5 * MINUTE, untilMs: 5 * MINUTE, count: 3 },
    ]);
  });

  it('forgets what is older than it is kept, of users who are gone as well', () => {
    const runs = counted([0, 3], [HISTORY_MS + MINUTE, 1]);
    expect(runs).toEqual([{ fromMs: HISTORY_MS + MINUTE, untilMs: HISTORY_MS + MINUTE, count: 1 }]);
    const first = noteForUser(emptyHistory('acme'), 'alice', { atMs: 0, count: 1, idleMs: 1_000 });
    const later = noteForUser(first, 'bob', { atMs: HISTORY_MS + 1, count: 2, idleMs: null });
    expect(Object.keys(later.users)).toEqual(['bob']);
    expect(later.idleMs).toBe(1_000);
  });

  it.each(['constructor', '__proto__', 'toString'])('is kept of a user called %s as of any other', (user) => {
    const first = emptyHistory('acme');
    expect(runsOf(first, user)).toEqual([]);
    const second = noteForUser(first, user, { atMs: 0, count: 3, idleMs: null });
    const stored = structuredClone(noteForUser(second, 'bob', { atMs: 0, count: 1, idleMs: null }));
    expect(runsOf(stored, user)).toEqual([{ fromMs: 0, untilMs: 0, count: 3 }]);
    const third = noteForUser(stored, user, { atMs: 15_000, count: 3, idleMs: null });
    expect(runsOf(third, user)).toEqual([{ fromMs: 0, untilMs: 15_000, count: 3 }]);
  });

  it('is in order and never overlaps, however the counts come', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(200_000), fc.nat(9)), { maxLength: 60 }), (steps) => {
        let atMs = 0;
        const runs = counted(...steps.map(([step, count]) => [(atMs += step), count] as const));
        for (const [at, { fromMs, untilMs }] of runs.entries()) {
          expect(untilMs).toBeGreaterThanOrEqual(fromMs);
          expect(fromMs).toBeGreaterThanOrEqual(runs[at - 1]?.untilMs ?? 0);
        }
        expect(runs.at(-1)?.count).toBe(steps.at(-1)?.[1]);
      }),
    );
  });
});

it('tells when it was full, touching runs as one', () => {
  const runs = counted([0, 5], [15_000, 6], [30_000, 5], [45_000, 4], [60_000, 5]);
  expect(fullTimes(runs, 5)).toEqual([
    { fromMs: 0, untilMs: 45_000 },
    { fromMs: 60_000, untilMs: 60_000 },
  ]);
});

describe('the drawing', () => {
  it('is at least an hour wide, and has room for the limit', () => {
    const chart = chartOf(counted([10 * HOUR, 2]), 5, 10 * HOUR);
    expect(chart).toMatchObject({ fromMs: 9 * HOUR, toMs: 10 * HOUR, top: 5 });
    expect(chart.steps).toEqual([{ left: 1, right: 1, count: 2, after: false }]);
  });

  it('has room for more than the limit, and for what has none', () => {
    expect(chartOf(counted([0, 7]), 5, HOUR).top).toBe(7);
    expect(chartOf(counted([0, 7]), 'none', HOUR).top).toBe(7);
    expect(chartOf([], 'unknown', HOUR)).toMatchObject({ top: 1, steps: [] });
  });

  it('joins what was counted without a gap, and nothing else', () => {
    const { steps } = chartOf(counted([0, 2], [15_000, 3], [10 * MINUTE, 3]), 5, HOUR);
    expect(steps.map(({ after }) => after)).toEqual([false, true, false]);
  });
});

describe('the latest time at which one frees itself', () => {
  const idle = { idleMs: 30 * MINUTE, graceMs: 0, offsetMs: 0 };
  it.each([
    ['is the idle time after its last use', { lastUsedAtMs: HOUR }, idle, HOUR + 30 * MINUTE],
    ['is its end where that comes first', { lastUsedAtMs: HOUR, endsAtMs: HOUR + 1 }, idle, HOUR + 1],
    ['counts what a server frees late', { lastUsedAtMs: HOUR }, { ...idle, graceMs: 5 }, HOUR + 30 * MINUTE + 5],
    ['is told on our clock', { lastUsedAtMs: HOUR }, { ...idle, offsetMs: 7 }, HOUR + 30 * MINUTE - 7],
    ['is its end alone where no idle time is known', { lastUsedAtMs: HOUR, endsAtMs: 9 }, { ...idle, idleMs: null }, 9],
    ['is not known where nobody said', { lastUsedAtMs: HOUR }, { ...idle, idleMs: null }, undefined],
  ])('%s', (_, session, how, expected) => {
    expect(latestFreeMs(session, how)).toBe(expected);
  });
});
