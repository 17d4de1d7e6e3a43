import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createHybridClock } from './clock.ts';

function settable(wallMs: number, monotonicMs: number) {
  const at = { wallMs, monotonicMs };
  return { at, clock: { wallMs: () => at.wallMs, monotonicMs: () => at.monotonicMs } };
}

describe('the hybrid clock', () => {
  test('I10 HybridMonotone: never runs backwards, whatever the two clocks do', () => {
    const step = fc.record({ wall: fc.integer({ min: -1e9, max: 1e9 }), monotonic: fc.integer({ min: 0, max: 1e9 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (trace) => {
        const { at, clock } = settable(1_700_000_000_000, 5_000);
        const hybrid = createHybridClock(clock);
        let before = hybrid.nowMs();
        for (const { wall, monotonic } of trace) {
          at.wallMs += wall;
          at.monotonicMs += monotonic;
          const now = hybrid.nowMs();
          expect(now).toBeGreaterThanOrEqual(before + monotonic);
          before = now;
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('counts a sleep in which the monotonic clock stood still', () => {
    const { at, clock } = settable(1_000_000, 0);
    const hybrid = createHybridClock(clock);
    at.wallMs += 8 * 3_600_000;
    expect(hybrid.nowMs()).toBe(1_000_000 + 8 * 3_600_000);
  });

  test('goes on while the wall clock is set back', () => {
    const { at, clock } = settable(1_000_000, 0);
    const hybrid = createHybridClock(clock);
    at.wallMs -= 86_400_000;
    at.monotonicMs += 5_000;
    expect(hybrid.nowMs()).toBe(1_005_000);
  });

  test('goes forward to a moment that somebody else has seen, and never back to one', () => {
    const { clock } = settable(1_000_000, 0);
    const hybrid = createHybridClock(clock);
    hybrid.atLeast(1_500_000);
    hybrid.atLeast(1_200_000);
    expect(hybrid.nowMs()).toBe(1_500_000);
  });

  test('tells of a step in which the clocks disagreed by more than two seconds, and of no other', () => {
    const { at, clock } = settable(0, 0);
    const hybrid = createHybridClock(clock);
    let events = 0;
    hybrid.onClockEvent(() => (events += 1));
    at.wallMs += 61_000;
    at.monotonicMs += 60_000;
    hybrid.nowMs();
    expect(events).toBe(0);
    at.wallMs += 60_000;
    hybrid.nowMs();
    expect(events).toBe(1);
  });
});
