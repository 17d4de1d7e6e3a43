import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVendorClocks } from './vendor-clock.ts';

const atMs = Date.parse('Sat, 21 Nov 2026 10:00:00 GMT');
const dateOf = (ms: number) => new Date(ms).toUTCString();

describe('createVendorClocks', () => {
  it('knows nothing before the first answer, and says 0', () => {
    const clocks = createVendorClocks();
    expect(clocks.offsetMs('a')).toBe(0);
    expect(clocks.estimate('a')).toBeUndefined();
  });

  it('measures server minus local from the middle of the exchange, and how sure that is', () => {
    const clocks = createVendorClocks();
    clocks.observe('a', { date: dateOf(atMs + 600_000), startedAtMs: atMs - 100, receivedAtMs: atMs + 300 });
    expect(clocks.estimate('a')).toEqual({ offsetMs: 600_000 + 500 - 100, uncertaintyMs: 200 + 500 });
    expect(clocks.offsetMs('b')).toBe(0);
  });

  it('believes the tightest of the last eight', () => {
    const clocks = createVendorClocks();
    const observe = (roundTripMs: number) => {
      clocks.observe('a', { date: dateOf(atMs), startedAtMs: atMs, receivedAtMs: atMs + roundTripMs });
    };
    observe(20);
    for (let count = 0; count < 7; count += 1) observe(2_000);
    expect(clocks.estimate('a')?.uncertaintyMs).toBe(510);
    observe(2_000);
    expect(clocks.estimate('a')?.uncertaintyMs).toBe(1_500);
  });

  it('believes a server whose clock was set, at its first answer', () => {
    const clocks = createVendorClocks();
    clocks.observe('a', { date: dateOf(atMs), startedAtMs: atMs, receivedAtMs: atMs + 20 });
    clocks.observe('a', { date: dateOf(atMs + 660_000), startedAtMs: atMs, receivedAtMs: atMs + 2_000 });
    expect(clocks.estimate('a')).toEqual({ offsetMs: 660_000 + 500 - 1_000, uncertaintyMs: 1_500 });
  });

  it('takes no sample without a readable Date, nor from a clock that ran backwards', () => {
    const clocks = createVendorClocks();
    clocks.observe('a', { date: undefined, startedAtMs: atMs, receivedAtMs: atMs });
    clocks.observe('a', { date: 'soon', startedAtMs: atMs, receivedAtMs: atMs });
    clocks.observe('a', { date: dateOf(atMs), startedAtMs: atMs, receivedAtMs: atMs - 1 });
    expect(clocks.estimate('a')).toBeUndefined();
  });

  it('forgets', () => {
    const clocks = createVendorClocks();
    clocks.observe('a', { date: dateOf(atMs + 60_000), startedAtMs: atMs, receivedAtMs: atMs });
    clocks.forget();
    expect(clocks.offsetMs('a')).toBe(0);
  });

  it('is never further from the true offset than it says, whatever the way there and back took', () => {
    const delay = fc.integer({ min: 0, max: 5_000 });
    fc.assert(
      fc.property(
        fc.integer({ min: -900_000, max: 900_000 }),
        delay,
        delay,
        fc.nat(999),
        (offset, there, back, millisecond) => {
          const startedAtMs = atMs + millisecond;
          const serverMs = startedAtMs + there + offset;
          const clocks = createVendorClocks();
          clocks.observe('a', { date: dateOf(serverMs), startedAtMs, receivedAtMs: startedAtMs + there + back });
          const estimate = clocks.estimate('a');
          expect(estimate).toBeDefined();
          expect(Math.abs((estimate?.offsetMs ?? 0) - offset)).toBeLessThanOrEqual(estimate?.uncertaintyMs ?? 0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
