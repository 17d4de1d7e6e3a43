import { act, render, screen } from '@testing-library/react';
import { Profiler, type ReactNode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Countdown } from './countdown.tsx';
import { LiveRegion } from './live-region.tsx';
import { TimeProvider } from './use-time.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;

const nowMs = (): number => Date.now();

const draw = (children: ReactNode) =>
  render(
    <TimeProvider nowMs={nowMs}>
      <LiveRegion>{children}</LiveRegion>
    </TimeProvider>,
  );

const pass = (lengthMs: number): void => {
  act(() => {
    vi.advanceTimersByTime(lengthMs);
  });
};

describe('Countdown', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOON });
  });

  it('shows what is left and of how much', () => {
    draw(<Countdown label="Access token of m.weber" endsAtMs={NOON + 252_000} lifeMs={5 * MINUTE} />);
    expect(screen.getByRole('timer', { name: 'Access token of m.weber' })).toHaveTextContent('4:12');
    expect(screen.getByText('of 5:00')).toBeVisible();
  });

  it('writes a new digit every second without a single render', () => {
    const onRender = vi.fn();
    draw(
      <Profiler id="rows" onRender={onRender}>
        {Array.from({ length: 200 }, (_, row) => (
          <Countdown key={row} label={`Token ${row}`} endsAtMs={NOON + 10 * MINUTE + row} lifeMs={10 * MINUTE} />
        ))}
      </Profiler>,
    );
    const rendersBefore = onRender.mock.calls.length;
    pass(10_010);
    expect(screen.getByRole('timer', { name: 'Token 0' })).toHaveTextContent('9:50');
    expect(screen.getByRole('timer', { name: 'Token 199' })).toHaveTextContent('9:51');
    expect(onRender.mock.calls.length).toBe(rendersBefore);
  });

  it('of a life that lasts at least so long says so, and never that it ended', () => {
    draw(<Countdown label="Token" endsAtMs={NOON + 2_000} lifeMs={MINUTE} atLeast />);
    expect(screen.getByText('at least')).toBeVisible();
    pass(2_500);
    expect(screen.getByRole('timer')).toHaveTextContent('0:00');
    expect(screen.getByText('may end any time')).toBeVisible();
    expect(screen.getByTitle(/^Ends not before 21 Nov 2026/)).toBeVisible();
  });

  it('ends, and then says when it did', () => {
    draw(<Countdown label="Token" endsAtMs={NOON + 2_000} lifeMs={MINUTE} />);
    pass(1_500);
    expect(screen.getByRole('timer')).toHaveTextContent('0:01');
    pass(1_000);
    expect(screen.getByRole('timer')).toHaveTextContent('ended');
    expect(screen.getByText('12:00:02')).toBeVisible();
  });

  it('says the date of an end that was not today', () => {
    draw(<Countdown label="Token" endsAtMs={1_000} />);
    expect(screen.getByRole('timer')).toHaveTextContent('ended');
    expect(screen.getByText('1 Jan 1970')).toBeVisible();
  });

  it('says a clear unknown in place of digits where nobody said when it ends', () => {
    draw(<Countdown label="Token" endsAtMs={undefined} unknown="expiry not reported" />);
    expect(screen.getByText('expiry not reported')).toBeVisible();
    expect(screen.queryByRole('timer')).not.toBeInTheDocument();
  });

  it('follows a refresh', () => {
    const { rerender } = draw(<Countdown label="Token" endsAtMs={NOON + 10_000} lifeMs={MINUTE} />);
    rerender(
      <TimeProvider nowMs={nowMs}>
        <LiveRegion>
          <Countdown label="Token" endsAtMs={NOON + 2 * MINUTE} lifeMs={2 * MINUTE} />
        </LiveRegion>
      </TimeProvider>,
    );
    pass(1_010);
    expect(screen.getByRole('timer')).toHaveTextContent('1:59');
    expect(screen.getByText('of 2:00')).toBeVisible();
  });

  it('keeps its digits silent and speaks at a fifth, at half a minute and at the end', () => {
    draw(<Countdown label="Token of m.weber" endsAtMs={NOON + 5 * MINUTE} lifeMs={5 * MINUTE} speaks />);
    expect(screen.getByRole('timer')).toHaveAttribute('aria-live', 'off');
    const spoken = screen.getByRole('log');
    pass(239_500);
    expect(spoken).toBeEmptyDOMElement();
    pass(1_000);
    expect(spoken).toHaveTextContent('Token of m.weber: 1 minute left');
    pass(30_000);
    expect(spoken).toHaveTextContent('Token of m.weber: 30 seconds left');
    pass(30_000);
    expect(spoken).toHaveTextContent('Token of m.weber: ended');
  });

  it('says nothing about what refreshes itself', () => {
    draw(<Countdown label="Token" endsAtMs={NOON + MINUTE} lifeMs={MINUTE} />);
    pass(MINUTE + 1_000);
    expect(screen.getByRole('log')).toBeEmptyDOMElement();
  });
});
