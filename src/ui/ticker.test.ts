import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTicker } from './ticker.ts';

const NOON = Date.UTC(2026, 10, 21, 12);

describe('createTicker', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOON + 250 });
  });
  afterEach(() => {
    setHidden(false);
  });

  it('ticks once a second, on the second, whenever it was started', () => {
    const seen: number[] = [];
    createTicker(Date.now).watch((atMs) => seen.push(atMs - NOON));
    vi.advanceTimersByTime(3_000);
    expect(seen).toEqual([1_000, 2_000, 3_000]);
  });

  it('holds one timer for all who watch, and none when nobody does', () => {
    const ticker = createTicker(Date.now);
    const stops = Array.from({ length: 200 }, () => ticker.watch(() => undefined));
    expect(vi.getTimerCount()).toBe(1);
    for (const stop of stops) stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not fall behind when its turns come late', () => {
    let lateMs = 0;
    const seen: number[] = [];
    createTicker(() => Date.now() + lateMs).watch((atMs) => seen.push(atMs - NOON));
    for (let second = 0; second < 5; second += 1) {
      lateMs += 130;
      vi.advanceTimersByTime(1_000);
    }
    // Five seconds of timers and 650 ms that a busy page lost: every second was shown once.
    expect(seen).toEqual([1_000, 2_000, 3_000, 4_000, 5_000]);
  });

  it('rests while the page is hidden, and says that time jumped when it is seen again', () => {
    const seen: { readonly atMs: number; readonly jumped: boolean }[] = [];
    createTicker(Date.now).watch((atMs, jumped) => seen.push({ atMs: atMs - NOON, jumped }));
    setHidden(true);
    vi.advanceTimersByTime(60_000);
    expect(seen).toEqual([]);

    setHidden(false);
    expect(seen).toEqual([{ atMs: 60_250, jumped: true }]);
    vi.advanceTimersByTime(1_000);
    expect(seen.at(-1)).toEqual({ atMs: 61_000, jumped: false });
  });

  it('says that time jumped after the machine slept', () => {
    let sleptMs = 0;
    const jumps: boolean[] = [];
    createTicker(() => Date.now() + sleptMs).watch((_, jumped) => jumps.push(jumped));
    vi.advanceTimersByTime(1_000);
    sleptMs = 3_600_000;
    vi.advanceTimersByTime(2_000);
    expect(jumps).toEqual([false, true, false]);
  });
});

function setHidden(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}
