import { describe, expect, it } from 'vitest';
import {
  formatAgo,
  formatClockTime,
  formatDateTime,
  formatLife,
  formatMoment,
  formatRemaining,
  formatRough,
  formatSpoken,
} from './format-time.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.UTC(2026, 10, 21, 12, 4, 10);

describe('formatRemaining', () => {
  it.each([
    [4 * MINUTE + 12 * SECOND, '4:12'],
    [41 * SECOND, '0:41'],
    [38 * MINUTE + 2 * SECOND, '38:02'],
    [60 * MINUTE, '60:00'],
    [100 * MINUTE - SECOND, '99:59'],
    [100 * MINUTE, '1 h 40 m'],
    [23 * HOUR + 5 * MINUTE, '23 h 05 m'],
    [6 * DAY + 2 * HOUR + 59 * MINUTE, '6 d 02 h'],
    [0, 'ended'],
    [-5 * MINUTE, 'ended'],
  ])('%i ms reads %s', (remainingMs, digits) => {
    expect(formatRemaining(remainingMs)).toBe(digits);
  });

  it('shows the last second until it is over, never 0:00', () => {
    expect(formatRemaining(1)).toBe('0:01');
    expect(formatRemaining(0)).toBe('ended');
  });

  it('shows a whole life at its first moment', () => {
    expect(formatRemaining(5 * MINUTE)).toBe('5:00');
    expect(formatRemaining(5 * MINUTE - 1)).toBe('5:00');
    expect(formatRemaining(5 * MINUTE - SECOND)).toBe('4:59');
  });
});

describe('formatLife', () => {
  it.each([
    [5 * MINUTE, '5:00'],
    [5 * MINUTE + 17, '5:00'],
    [HOUR, '60:00'],
    [HOUR + SECOND, '60:00'],
    [HOUR - 2 * SECOND, '60:00'],
    [HOUR + 3 * SECOND, '60:03'],
    [5 * MINUTE + SECOND, '5:01'],
    [2 * HOUR, '2 h'],
    [7 * DAY, '7 d'],
    [7 * DAY - 2 * SECOND, '7 d'],
    [36 * HOUR, '1 d 12 h'],
    [0, '0:00'],
  ])('%i ms reads %s', (lifeMs, words) => {
    expect(formatLife(lifeMs)).toBe(words);
  });
});

describe('formatSpoken', () => {
  it.each([
    [1 * SECOND, '1 second'],
    [30 * SECOND, '30 seconds'],
    [MINUTE, '1 minute'],
    [4 * MINUTE + 12 * SECOND, '4 minutes 12 seconds'],
    [HOUR, '1 hour'],
    [6 * DAY + 2 * HOUR, '6 days 2 hours'],
  ])('%i ms is spoken as %s', (lengthMs, words) => {
    expect(formatSpoken(lengthMs)).toBe(words);
  });
});

describe('rough lengths', () => {
  it.each([
    [0, 'now'],
    [41 * SECOND, '41 s'],
    [12 * MINUTE + 50 * SECOND, '12 min'],
    [3 * HOUR, '3 h'],
    [6 * DAY, '6 d'],
  ])('%i ms is %s', (lengthMs, words) => {
    expect(formatRough(lengthMs)).toBe(words);
  });

  it('says how long ago', () => {
    expect(formatAgo(NOON - 12 * MINUTE, NOON)).toBe('12 min ago');
    expect(formatAgo(NOON, NOON)).toBe('now');
  });
});

describe('moments', () => {
  it('reads a clock time with seconds, in the zone', () => {
    expect(formatClockTime(NOON, 'UTC')).toBe('12:04:10');
    expect(formatClockTime(NOON, 'Europe/Berlin')).toBe('13:04:10');
  });

  it('writes midnight as 00, not as 24', () => {
    expect(formatClockTime(Date.UTC(2026, 0, 1), 'UTC')).toBe('00:00:00');
  });

  it('carries date and zone where there is room', () => {
    expect(formatDateTime(NOON, 'UTC')).toBe('21 Nov 2026, 12:04:10 UTC');
  });

  it.each([
    [NOON + 27 * MINUTE, '12:31:10'],
    [NOON + 7 * DAY, '28 Nov 12:04'],
    [NOON + 60 * DAY, '20 Jan 2027'],
  ])('is as short as today allows (%i)', (atMs, words) => {
    expect(formatMoment(atMs, NOON, 'UTC')).toBe(words);
  });

  it('says unknown for what is not a moment', () => {
    expect(formatClockTime(Number.NaN)).toBe('unknown');
    expect(formatDateTime(8.64e15 + 1)).toBe('unknown');
    expect(formatMoment(Number.POSITIVE_INFINITY, NOON)).toBe('unknown');
  });
});
