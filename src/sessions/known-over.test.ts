import { expect, it } from 'vitest';
import { sessionRecord } from '../../test/session-record.ts';
import { isKnownOver } from './known-over.ts';
import { viewOf, type SessionRecord } from './record.ts';

const word = { sinceMs: 5_000, code: 'session-not-active', sentence: 'Over.' };
const then = { listedAtMs: 4_000, nowMs: 9_000, offsetMs: 0 };

function of(change: Partial<SessionRecord>, lifeMs = 60_000): Parameters<typeof isKnownOver>[0] {
  const record = sessionRecord({ holdsSlot: true });
  const tokens = record.tokens && {
    ...record.tokens,
    refreshExpiry: { kind: 'relative', anchorMs: 1_000, lifeMs } as const,
  };
  return viewOf({ ...record, tokens, ...change });
}

it.each([
  ['the server said so since the list', of({ signInNeeded: word }), then, true],
  ['the server listed it after saying so', of({ signInNeeded: word }), { ...then, listedAtMs: 6_000 }, false],
  ['it may live on, and is refreshed no more', of({ signInNeeded: word, leftover: { untilMs: null } }), then, false],
  ['its refresh token has come to its end since the list', of({}, 7_000), then, true],
  ['its refresh token came to its end before the list', of({}, 2_000), then, false],
  ['its refresh token lives', of({}), then, false],
  [
    'an answer is missing, which may have prolonged it',
    of({ uncertain: { sinceMs: 3_000, probed: false } }, 7_000),
    then,
    false,
  ],
])('%s', (_, session, when, over) => {
  expect(isKnownOver(session, when)).toBe(over);
});
