import { describe, expect, it } from 'vitest';
import { chartWords } from './chart-words.ts';

const MINUTE = 60_000;
/** Half an hour without a count between them. */
const runs = [
  { fromMs: 0, untilMs: MINUTE, count: 2 },
  { fromMs: 31 * MINUTE, untilMs: 32 * MINUTE, count: 4 },
];

describe('the words of the chart', () => {
  it.each([
    [5, 'not full when counted'],
    ['none', 'at most 4 when counted'],
    ['unknown', 'at most 4 when counted'],
  ] as const)('with a limit of %s claim nothing of a time in which nobody counted', (limit, words) => {
    expect(chartWords(runs, limit)).toBe(words);
  });

  it('tell the last time that was full', () => {
    expect(chartWords(runs, 4)).toMatch(/^full at .* for 1 min$/);
  });
});
