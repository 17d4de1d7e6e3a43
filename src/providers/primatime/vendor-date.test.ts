import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readVendorDate } from './vendor-date.ts';

describe('readVendorDate', () => {
  it.each([
    ['/Date(1393858439151)/', 1_393_858_439_151],
    ['\\/Date(1393858439151)\\/', 1_393_858_439_151],
    ['/Date(1393858439151+0200)/', 1_393_858_439_151],
    ['/Date(1393858439151-0730)/', 1_393_858_439_151],
    ['/Date(-1)/', -1],
    [' /Date(0)/ ', 0],
    [1_393_858_439_151, 1_393_858_439_151],
    ['1393858439151', 1_393_858_439_151],
    ['2013-06-15T00:00:00.000Z', Date.UTC(2013, 5, 15)],
    ['2013-06-15T02:00:00+02:00', Date.UTC(2013, 5, 15)],
  ])('reads %j', (value, ms) => {
    expect(readVendorDate(value)).toBe(ms);
  });

  it.each([
    '/Date()/',
    '/Date(soon)/',
    '/Date(1393858439151)',
    'Date(1393858439151)',
    '/Date(13938584391510000000)/',
    '/Date(9000000000000000)/',
    '/Date(1.5)/',
    '',
    'null',
    '2013-06-15T00:00:00',
    '2013-06-15',
    '0000-00-00T00:00:00Z',
    '2013-13-45T00:00:00Z',
    '10000-01-01T00:00:00Z',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    8.65e15,
    null,
    undefined,
    true,
    {},
    [1_393_858_439_151],
  ])('does not guess at %j', (value) => {
    expect(readVendorDate(value)).toBeUndefined();
  });

  it('gives a moment that a Date can hold, or nothing: never NaN', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.string().map((text) => `/Date(${text})/`),
          fc.double(),
        ),
        (value) => {
          const ms = readVendorDate(value);
          if (ms !== undefined) expect(Number.isNaN(new Date(ms).getTime())).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });
});
