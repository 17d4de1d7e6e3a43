import { describe, expect, it } from 'vitest';
import { readRetryAfter } from './retry-after.ts';

const receivedAtMs = Date.parse('Sat, 21 Nov 2026 10:00:00 GMT');
const read = (headers: Record<string, string>) => readRetryAfter({ headers, receivedAtMs });

describe('readRetryAfter', () => {
  it.each([
    ['120', 120_000],
    ['0', 0],
    [' 7 ', 7_000],
    ['3600', 3_600_000],
    ['3601', 3_600_000],
    ['1000000000', 3_600_000],
    ['999999999999999', 3_600_000],
  ])('reads %j seconds, at most an hour', (text, ms) => {
    expect(read({ 'retry-after': text })).toBe(ms);
  });

  it.each([
    '-5',
    '1.5',
    '1e9',
    'soon',
    '',
    '0x10',
    '12 s',
    '2026-11-21T10:00:10Z',
    '1'.repeat(16),
    'Foo, 21 Nov 2026 10:00:10 GMT',
  ])('ignores %j', (text) => {
    expect(read({ 'retry-after': text })).toBeUndefined();
  });

  it('counts a date from the answer’s own Date, because the server’s clock need not be ours', () => {
    const headers = { 'retry-after': 'Fri, 20 Nov 2026 09:00:30 GMT', date: 'Fri, 20 Nov 2026 09:00:00 GMT' };
    expect(read(headers)).toBe(30_000);
  });

  it('counts a date from the moment of receipt where the answer has no readable Date', () => {
    expect(read({ 'retry-after': 'Sat, 21 Nov 2026 10:00:45 GMT' })).toBe(45_000);
    expect(read({ 'retry-after': 'Sat, 21 Nov 2026 10:00:45 GMT', date: 'yesterday' })).toBe(45_000);
  });

  it('reads a date that has passed as no wait, and one in a year as an hour', () => {
    expect(read({ 'retry-after': 'Sat, 21 Nov 2026 09:00:00 GMT' })).toBe(0);
    expect(read({ 'retry-after': 'Sun, 21 Nov 2027 10:00:00 GMT' })).toBe(3_600_000);
  });

  it('takes the other spelling where the standard one is missing or garbage', () => {
    expect(read({ retryafter: '9' })).toBe(9_000);
    expect(read({ 'retry-after': 'soon', retryafter: '9' })).toBe(9_000);
    expect(read({ 'retry-after': '3', retryafter: '9' })).toBe(3_000);
    expect(read({})).toBeUndefined();
  });
});
