import { act, render } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LifeLine } from './life-line.tsx';
import { TimeProvider } from './use-time.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;

let sleptMs = 0;
const nowMs = (): number => Date.now() + sleptMs;

type LineProps = Parameters<typeof LifeLine>[0];

const line = (props: LineProps) => (
  <TimeProvider nowMs={nowMs}>
    <LifeLine {...props} />
  </TimeProvider>
);

function draw(props: LineProps) {
  const { container, rerender } = render(line(props));
  const find = (name: string): HTMLElement => {
    const element = container.querySelector<HTMLElement>(name);
    if (!element) throw new Error(`Nothing matches ${name}`);
    return element;
  };
  return {
    find,
    has: (name: string) => container.querySelector(name) !== null,
    redraw: (next: LineProps) => rerender(line(next)),
  };
}

const pass = (lengthMs: number): void => {
  act(() => {
    vi.advanceTimersByTime(lengthMs);
  });
};

describe('LifeLine', () => {
  beforeEach(() => {
    sleptMs = 0;
    vi.useFakeTimers({ now: NOON });
  });

  it('is an animation of the whole life that began when the life did', () => {
    const { find } = draw({ endsAtMs: NOON + 4 * MINUTE, lifeMs: 5 * MINUTE });
    expect(find('.life-rest').style.animationDuration).toBe('300000ms');
    expect(find('.life-rest').style.animationDelay).toBe('-60000ms');
  });

  it('marks where the next refresh falls', () => {
    const { find } = draw({ endsAtMs: NOON + 4 * MINUTE, lifeMs: 5 * MINUTE, refreshAtMs: NOON + 3 * MINUTE });
    expect(find('.life-refresh').style.left).toBe('20%');
  });

  it.each([undefined, NOON - 2 * MINUTE, NOON + 5 * MINUTE])(
    'has no mark for a refresh outside of its life (%s)',
    (at) => {
      const { has } = draw({ endsAtMs: NOON + 4 * MINUTE, lifeMs: 5 * MINUTE, refreshAtMs: at });
      expect(has('.life-refresh')).toBe(false);
    },
  );

  it('changes colour at the thresholds', () => {
    const { find } = draw({ endsAtMs: NOON + 62_000, lifeMs: 5 * MINUTE });
    expect(find('.life').dataset['urgency']).toBe('ok');
    pass(3_000);
    expect(find('.life').dataset['urgency']).toBe('warn');
    pass(30_000);
    expect(find('.life').dataset['urgency']).toBe('bad');
    pass(30_000);
    expect(find('.life').dataset['urgency']).toBe('ended');
  });

  it('starts anew with a new token', () => {
    const { find, redraw } = draw({ endsAtMs: NOON + MINUTE, lifeMs: 5 * MINUTE });
    const before = find('.life-rest');
    redraw({ endsAtMs: NOON + 5 * MINUTE, lifeMs: 5 * MINUTE });
    expect(find('.life-rest')).not.toBe(before);
    expect(find('.life-rest').style.animationDelay).toBe('0ms');
  });

  it('is put right after a sleep, in which animations stand still', () => {
    const { find } = draw({ endsAtMs: NOON + 60 * MINUTE, lifeMs: 60 * MINUTE });
    const before = find('.life-rest');
    pass(2_010);
    expect(find('.life-rest')).toBe(before);
    sleptMs = 30 * MINUTE;
    pass(1_000);
    expect(find('.life-rest')).not.toBe(before);
    expect(Number.parseInt(find('.life-rest').style.animationDelay)).toBeLessThan(-30 * MINUTE);
  });

  it('is put right when its row is moved, which starts an animation over with its old delay', () => {
    const { find } = draw({ endsAtMs: NOON + 60 * MINUTE, lifeMs: 60 * MINUTE });
    const before = find('.life-rest');
    act(() => {
      before.dispatchEvent(new Event('animationstart'));
    });
    expect(find('.life-rest')).toBe(before);

    pass(20_000);
    act(() => {
      before.dispatchEvent(new Event('animationstart'));
    });
    expect(find('.life-rest')).not.toBe(before);
    expect(find('.life-rest').style.animationDelay).toBe('-20000ms');
  });
});
