import { expect, it } from 'vitest';
import type { Connection } from '../http/envelope.ts';
import type { OffsetEstimate } from '../http/vendor-clock.ts';
import { clockSentence } from './clock-sentence.ts';

const SECOND = 1_000;

/** One connection per estimate, named A, B, …; null where nothing was measured. */
function say(...estimates: readonly (OffsetEstimate | null)[]): string {
  const connections = estimates.map((_, at): Connection => ({
    id: String(at),
    provider: 'x',
    name: 'ABC'.charAt(at),
    baseUrl: 'https://vendor.example',
    settings: {},
    insecure: false,
    secretsSet: [],
    forwardsClientAddress: false,
  }));
  const estimate = (id: string): OffsetEstimate | undefined => estimates[Number(id)] ?? undefined;
  return clockSentence(
    { estimate, offsetMs: (id) => estimate(id)?.offsetMs ?? 0, observe: () => undefined, forget: () => undefined },
    connections,
  );
}

it('says nothing before anything was measured, or where the doubt is too large', () => {
  expect(say()).toBe('');
  expect(say(null)).toBe('');
  expect(say({ offsetMs: 0, uncertaintyMs: 40 * SECOND })).toBe('');
});

it('says that the clocks agree, by the farthest one', () => {
  expect(say({ offsetMs: -400, uncertaintyMs: 600 })).toBe('Server clock within 0.4 s');
  expect(say({ offsetMs: 20, uncertaintyMs: 600 }, null, { offsetMs: 1_300, uncertaintyMs: 600 })).toBe(
    'All clocks within 1.3 s',
  );
});

it('does not call apart what the measurement cannot tell apart', () => {
  expect(say({ offsetMs: 5 * SECOND, uncertaintyMs: 6 * SECOND })).toBe('Server clock within 5.0 s');
});

it('names the clock that is off, and in which direction', () => {
  const close = { offsetMs: 100, uncertaintyMs: 600 };
  expect(say(close, { offsetMs: 185 * SECOND, uncertaintyMs: 600 })).toBe('Clock of B: 3 min ahead');
  expect(say(close, { offsetMs: -41 * SECOND, uncertaintyMs: 600 })).toBe('Clock of B: 41 s behind');
});
