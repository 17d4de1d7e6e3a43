import { expect, test } from 'vitest';
import { formatClockTime } from '../lib/format-time.ts';
import { refreshSentence } from './refresh-sentence.ts';

const nowMs = Date.UTC(2026, 10, 22, 12);
const calm = { offlineSinceMs: null, silentSinceMs: null, nextRefreshAtMs: null, nextIsTry: false, trouble: null };
const inAMinute = { ...calm, nextRefreshAtMs: nowMs + 60_000 };

test.each([
  ['nothing is due', calm, 'No refresh is due'],
  ['one is due later', inAMinute, `Next refresh ${formatClockTime(nowMs + 60_000)}`],
  ['one is due now', { ...calm, nextRefreshAtMs: nowMs }, 'Refreshing now'],
  ['a try is due later', { ...inAMinute, nextIsTry: true }, `Next try ${formatClockTime(nowMs + 60_000)}`],
  ['a try is due now', { ...calm, nextRefreshAtMs: nowMs - 1, nextIsTry: true }, 'Trying now'],
  ['storage takes no more', { ...inAMinute, trouble: 'full' }, 'Nothing can be stored: no refresh in this tab'],
  ['storage is lost', { ...inAMinute, trouble: 'lost' }, 'Storage does not answer: no refresh in this tab'],
  [
    'a newer version has the storage',
    { ...inAMinute, trouble: 'superseded' },
    'Nothing can be stored: no refresh in this tab',
  ],
  [
    'the gateway is away',
    { ...inAMinute, silentSinceMs: nowMs - 5_000 },
    `Gateway away since ${formatClockTime(nowMs - 5_000)}: refreshes wait`,
  ],
  [
    'the browser is offline, so that the gateway is out of reach as well',
    { ...inAMinute, silentSinceMs: nowMs - 1_000, offlineSinceMs: nowMs - 9_000 },
    `Offline since ${formatClockTime(nowMs - 9_000)}: nothing is sent by itself`,
  ],
] as const)('where %s', (_when, known, sentence) => {
  expect(refreshSentence(known, nowMs)).toBe(sentence);
});
