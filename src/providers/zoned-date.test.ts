import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readZonedDate } from './zoned-date.ts';

describe('readZonedDate', () => {
  it.each([
    ['2022-03-08T15:56:24Z', Date.UTC(2022, 2, 8, 15, 56, 24)],
    ['2022-03-08T15:56:24.5Z', Date.UTC(2022, 2, 8, 15, 56, 24, 500)],
    ['2022-03-08T15:56:24.123456789Z', Date.UTC(2022, 2, 8, 15, 56, 24, 123)],
    ['2026-03-13T15:42:00+01:00', Date.UTC(2026, 2, 13, 14, 42)],
    ['2026-03-13T15:42:00-0730', Date.UTC(2026, 2, 13, 23, 12)],
    ['2026-03-13T15:42Z', Date.UTC(2026, 2, 13, 15, 42)],
  ])('reads %s', (text, ms) => {
    expect(readZonedDate(text)).toBe(ms);
  });

  it.each([
    '2022-03-08T15:56:24',
    '2022-03-08',
    '2022-03-08 15:56:24Z',
    '0000-00-00T00:00:00Z',
    '2022-13-01T00:00:00Z',
    '10000-01-01T00:00:00Z',
    '2022-03-08T15:56:24Z ',
    'tomorrow',
    '',
    1_646_754_984,
    null,
    undefined,
    {},
  ])('does not guess at %j', (value) => {
    expect(readZonedDate(value)).toBeUndefined();
  });

  it('is never NaN', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(readZonedDate(value)).not.toBeNaN();
      }),
    );
  });
});
