import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { later, type Later } from '../lib/later.ts';
import { useLater } from './use-later.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A part that arrives at the given try. */
function partAt(arrivesAt: number): { readonly part: Later<{ text: string }>; readonly tries: () => number } {
  let tries = 0;
  const fetchPart = (): Promise<{ text: string }> => {
    tries += 1;
    return tries < arrivesAt ? Promise.reject(new TypeError('not served')) : Promise.resolve({ text: 'here' });
  };
  return { part: later(fetchPart), tries: () => tries };
}

function Shown({ part, wanted }: { readonly part: Later<{ text: string }>; readonly wanted: boolean }) {
  return <p>{useLater(part, wanted)?.text ?? 'away'}</p>;
}

const pass = (ms: number): Promise<void> =>
  act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });

it('fetches nothing before it is wanted', async () => {
  const { part, tries } = partAt(1);
  const { rerender } = render(<Shown part={part} wanted={false} />);
  await pass(60_000);
  expect(tries()).toBe(0);
  rerender(<Shown part={part} wanted />);
  await pass(0);
  expect(screen.getByText('here')).toBeVisible();
});

it('asks again for a part that did not arrive, ever more seldom, and shows it once it does', async () => {
  const { part, tries } = partAt(3);
  render(<Shown part={part} wanted />);
  await pass(0);
  expect(tries()).toBe(1);
  await pass(1_000);
  expect(tries()).toBe(2);
  await pass(1_999);
  expect(tries()).toBe(2);
  expect(screen.getByText('away')).toBeVisible();
  await pass(1);
  expect(screen.getByText('here')).toBeVisible();
  await pass(120_000);
  expect(tries()).toBe(3);
});

it('asks no longer once it is not wanted', async () => {
  const { part, tries } = partAt(Number.POSITIVE_INFINITY);
  const { unmount } = render(<Shown part={part} wanted />);
  await pass(0);
  unmount();
  await pass(120_000);
  expect(tries()).toBe(1);
});

it('shows a part that is here already in the first drawing', async () => {
  const { part } = partAt(1);
  await part.load();
  render(<Shown part={part} wanted />);
  expect(screen.getByText('here')).toBeVisible();
});
