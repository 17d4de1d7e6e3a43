import { expect, it } from 'vitest';
import type { KnownSlots } from '../../console/known-slots.ts';
import { knownWords } from './known-words.ts';

const known: KnownSlots = {
  who: { name: 'alice' },
  count: 4,
  limit: 5,
  countedAtMs: Date.parse('2026-11-22T10:42:07'),
  overSince: 0,
  openedSince: 0,
  next: 'free',
};

it('says who counted, what of that is over since, and what was opened here since', () => {
  expect(knownWords(known)).toBe('alice: 4 of 5 by the server’s count of 10:42:07');
  expect(knownWords({ ...known, overSince: 1 })).toBe(
    'alice: 4 of 5 by the server’s count of 10:42:07, 1 of them over since',
  );
  expect(knownWords({ ...known, count: 5, overSince: 1, openedSince: 1 })).toBe(
    'alice: 5 of 5 by the server’s count of 10:42:07, 1 of them over since, 1 opened here since',
  );
  expect(knownWords({ ...known, openedSince: 1 })).toBe(
    'alice: 4 of 5 by the server’s count of 10:42:07, 1 opened here since',
  );
  expect(knownWords({ ...known, count: 1, limit: 'none', countedAtMs: null })).toBe(
    'alice: 1 session used by this browser',
  );
});
