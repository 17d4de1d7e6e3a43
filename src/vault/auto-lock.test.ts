import { describe, expect, test } from 'vitest';
import { createTestTime } from '../../test/test-time.ts';
import { createHybridClock } from '../lib/clock.ts';
import { idleChoices, watchIdle, type IdleLimit } from './auto-lock.ts';

const MINUTE = 60_000;

/** Tabs of one browser: one wall clock, one shared note of the last touch. */
function browser(limit: IdleLimit = 15) {
  const time = createTestTime(1_700_000_000_000);
  let note: number | undefined;
  let wallShiftMs = 0;
  const held = { untilMs: null as number | null }; // a test sets it
  const wallMs = () => time.clock.wallMs() + wallShiftMs;

  function open(openedByHand = true) {
    const on = { poke: new Set<() => void>(), activity: new Set<() => void>() };
    const add = (set: Set<() => void>) => (listener: () => void) => {
      set.add(listener);
      return () => void set.delete(listener);
    };
    const hybrid = createHybridClock({ wallMs, monotonicMs: time.clock.monotonicMs });
    const tab = { locks: 0, attendedAtMs: 0, frozen: false };
    let missed: (() => void) | undefined;
    const watch = watchIdle({
      timers: {
        ...time.timers,
        set: (run, delayMs) => time.timers.set(() => (tab.frozen ? (missed = run) : run()), delayMs),
      },
      nowMs: () => hybrid.nowMs(),
      wallMs,
      shared: { read: () => note, write: (atMs) => (note = atMs) },
      limit: () => limit,
      openedByHand,
      heldOffUntilMs: () => held.untilMs,
      page: { onPoke: add(on.poke), onActivity: add(on.activity) },
      onAttended: (atMs) => (tab.attendedAtMs = atMs),
      onIdle: () => (tab.locks += 1),
    });
    return Object.assign(tab, {
      watch,
      touch: () => on.activity.forEach((listener) => listener()),
      poke: () => on.poke.forEach((listener) => listener()),
      /** The timer that came due meanwhile fires now. */
      thaw() {
        tab.frozen = false;
        missed?.();
      },
    });
  }
  return {
    time,
    open,
    held,
    setClock: (byMs: number) => (wallShiftMs += byMs),
    /** The machine sleeps: wall time goes on, no timer fires and the monotonic clock stands. */
    sleep: (durationMs: number) => (wallShiftMs += durationMs),
  };
}

describe('nobody at the console', () => {
  test.each(idleChoices.filter((choice) => choice !== null))('for %s minutes locks, and not before', (minutes) => {
    const { time, open } = browser(minutes);
    const tab = open();
    time.pass(minutes * MINUTE - 1);
    expect(tab.locks).toBe(0);
    time.pass(1);
    expect(tab.locks).toBe(1);
  });

  test('never locks where the choice is the browser’s end', () => {
    const { time, open } = browser(null);
    const tab = open();
    time.pass(30 * 24 * 60 * MINUTE);
    expect(tab.locks).toBe(0);
  });

  test('work that must not be cut short holds it off, and no longer than that', () => {
    const { time, open, held } = browser(15);
    held.untilMs = time.clock.wallMs() + 60 * MINUTE;
    const tab = open();
    time.pass(60 * MINUTE - 1);
    expect(tab.locks).toBe(0);
    time.pass(1);
    expect(tab.locks).toBe(1);
  });

  test('work that is over early holds it off no longer', () => {
    const { time, open, held } = browser(15);
    held.untilMs = time.clock.wallMs() + 60 * MINUTE;
    const tab = open();
    time.pass(20 * MINUTE);
    held.untilMs = null;
    time.pass(MINUTE);
    expect(tab.locks).toBe(1);
  });

  test('a touch starts it anew', () => {
    const { time, open } = browser();
    const tab = open();
    for (let at = 0; at < 10; at += 1) {
      time.pass(10 * MINUTE);
      tab.touch();
    }
    expect(tab.locks).toBe(0);
    time.pass(15 * MINUTE);
    expect(tab.locks).toBe(1);
  });

  test('a poke of the page is nobody', () => {
    const { time, open } = browser();
    const tab = open();
    time.pass(14 * MINUTE);
    tab.poke();
    time.pass(MINUTE);
    expect(tab.locks).toBe(1);
  });

  test('locks once, and no more after it is disposed of', () => {
    const { time, open } = browser();
    const [tab, other] = [open(), open()];
    other.watch.dispose();
    time.pass(60 * MINUTE);
    tab.touch();
    tab.poke();
    expect([tab.locks, other.locks]).toEqual([1, 0]);
  });
});

describe('after a sleep', () => {
  test('the first touch finds it locked: it is checked before it counts', () => {
    const { sleep, open } = browser();
    const tab = open();
    sleep(8 * 60 * MINUTE);
    tab.touch();
    expect(tab.locks).toBe(1);
  });

  test('so does whoever looks, and is told', () => {
    const { sleep, open } = browser();
    const tab = open();
    expect(tab.watch.look()).toBe(false);
    sleep(8 * 60 * MINUTE);
    expect([tab.watch.look(), tab.locks]).toEqual([true, 1]);
  });

  test('so does the first poke', () => {
    const { sleep, open } = browser();
    const tab = open();
    sleep(8 * 60 * MINUTE);
    tab.poke();
    expect(tab.locks).toBe(1);
  });

  test('one that is shorter than the limit does not lock', () => {
    const { sleep, open } = browser();
    const tab = open();
    sleep(14 * MINUTE);
    tab.poke();
    expect(tab.locks).toBe(0);
  });
});

describe('several tabs', () => {
  test('one that was handed the key is nobody: both lock when they would have without it', () => {
    const { time, open } = browser();
    const used = open();
    time.pass(10 * MINUTE);
    const handed = open(false);
    expect(handed.attendedAtMs).toBe(time.clock.wallMs() - 10 * MINUTE);
    time.pass(5 * MINUTE - 1);
    expect([used.locks, handed.locks]).toEqual([0, 0]);
    time.pass(1);
    expect([used.locks, handed.locks]).toEqual([1, 1]);
  });

  test('one that was handed the key after a night locks at once', () => {
    const { sleep, open } = browser();
    open();
    sleep(8 * 60 * MINUTE);
    expect(open(false).locks).toBe(1);
  });

  test('one that was handed the key where no time is stored counts from then on', () => {
    const { time, open } = browser();
    const handed = open(false);
    time.pass(15 * MINUTE - 1);
    expect(handed.locks).toBe(0);
    time.pass(1);
    expect(handed.locks).toBe(1);
  });

  test('a gap in a frozen one locks nothing while another is in use', () => {
    const { time, open } = browser();
    const [used, frozen] = [open(), open()];
    frozen.frozen = true;
    for (let at = 0; at < 6; at += 1) {
      time.pass(10 * MINUTE);
      used.touch();
    }
    frozen.thaw();
    expect([used.locks, frozen.locks]).toEqual([0, 0]);
  });

  test('a frozen one locks when it wakes where nobody was in any', () => {
    const { time, open } = browser();
    const frozen = open();
    frozen.frozen = true;
    time.pass(60 * MINUTE);
    expect(frozen.locks).toBe(0);
    frozen.thaw();
    expect(frozen.locks).toBe(1);
  });

  test('an idle one learns of the touch in the other', () => {
    const { time, open } = browser();
    const [used, idle] = [open(), open()];
    for (let at = 0; at < 6; at += 1) {
      time.pass(10 * MINUTE);
      used.touch();
    }
    idle.poke();
    expect(idle.locks).toBe(0);
    expect(idle.attendedAtMs).toBe(time.clock.wallMs());
  });

  test('a clock that was set back makes no touch of the future count', () => {
    const { time, open, setClock } = browser();
    const tab = open();
    time.pass(MINUTE);
    tab.touch();
    setClock(-24 * 60 * MINUTE);
    time.pass(15 * MINUTE);
    expect(tab.locks).toBe(1);
  });
});
