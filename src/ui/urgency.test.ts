import { expect, it } from 'vitest';
import { urgencyOf } from './urgency.ts';

const MINUTE = 60_000;

it.each([
  [5 * MINUTE, 5 * MINUTE, 'ok'],
  [MINUTE + 1, 5 * MINUTE, 'ok'],
  [MINUTE, 5 * MINUTE, 'warn'],
  [30_001, 5 * MINUTE, 'warn'],
  [30_000, 5 * MINUTE, 'bad'],
  [0, 5 * MINUTE, 'ended'],
  // A minute's life would be red for half of it if the 30 seconds held here too.
  [12_000, MINUTE, 'warn'],
  [6_000, MINUTE, 'bad'],
  // A day's life is not red for its last two hours.
  [2 * 60 * MINUTE, 24 * 60 * MINUTE, 'warn'],
])('%i ms left of %i is %s', (remainingMs, lifeMs, urgency) => {
  expect(urgencyOf(remainingMs, lifeMs)).toBe(urgency);
});

it.each([
  [MINUTE, 'ok'],
  [30_000, 'bad'],
  [-1, 'ended'],
])('%i ms left of nobody knows what is %s', (remainingMs, urgency) => {
  expect(urgencyOf(remainingMs, undefined)).toBe(urgency);
});
