import { expect, it } from 'vitest';
import { commonErrors } from './common-errors.ts';
import { failedRead } from './failed-read.ts';
import type { Failure } from './failure.ts';

const failed = (next: string): Failure => ({
  ...{ code: 'x', happened: 'unknown', fault: 'network', sentence: 'It failed.', status: null },
  next,
});

it.each([
  ['Whether it took effect is not known. Look before you try again.', 'Nothing was to be changed by it. Try again.'],
  [
    'Whether it took effect is not known. Check that the program is running, and look before you try again.',
    'Nothing was to be changed by it. Check that the program is running.',
  ],
  [
    'Whether it took effect is not known. Check that the base URL names the right server.',
    'Nothing was to be changed by it. Check that the base URL names the right server.',
  ],
  ['Nothing took effect. Try again later.', 'Nothing took effect. Try again later.'],
])('of a read: %s', (next, ofRead) => {
  expect(failedRead(failed(next))).toEqual(failed(ofRead));
});

it('leaves no line of the common table in doubt whether a read took effect', () => {
  for (const { next } of commonErrors) {
    expect(failedRead(failed(next)).next).not.toMatch(/took effect is not known|[Ll]ook before/);
  }
});
