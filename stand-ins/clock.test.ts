import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClock } from './clock.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

test("follows the machine's clock", () => {
  const clock = createClock();
  vi.advanceTimersByTime(1500);
  expect(clock.nowMs()).toBe(1_001_500);
  expect(clock.nowSeconds()).toBe(1001);
});

test('a rate of 60 makes a minute of every second, from where it is', () => {
  const clock = createClock();
  vi.advanceTimersByTime(1000);
  clock.change({ rate: 60 });
  vi.advanceTimersByTime(1000);
  expect(clock.nowMs()).toBe(1_061_000);
  expect(clock.change({ rate: 0 })).toEqual({ nowMs: 1_061_000, rate: 0 });
  vi.advanceTimersByTime(5000);
  expect(clock.nowMs()).toBe(1_061_000);
});

test('moves by an offset to the machine, to a moment, and by an amount', () => {
  const clock = createClock();
  expect(clock.change({ offsetMs: -600_000 }).nowMs).toBe(400_000);
  expect(clock.change({ nowMs: 5_000 }).nowMs).toBe(5_000);
  expect(clock.change({ advanceMs: 250 }).nowMs).toBe(5_250);
});

test('goes back to its start', () => {
  const clock = createClock(10);
  clock.change({ rate: 0, nowMs: 5 });
  clock.reset();
  vi.advanceTimersByTime(100);
  expect(clock.nowMs()).toBe(1_001_000);
});

test('takes no number that is not one', () => {
  expect(() => createClock().change({ rate: Number.NaN })).toThrow(TypeError);
});
