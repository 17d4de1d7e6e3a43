/** A token that a server refused before its time: what its record says of it, until another takes its place. */
import { expect, test } from 'vitest';
import { sessionRecord } from '../../test/session-record.ts';
import { viewOf, type Intent, type SessionRecord } from './record.ts';
import { callOver, commit, reject } from './refresh-steps.ts';
import { statusOf } from './status.ts';
import type { Transition } from './transitions.ts';

const after = (record: SessionRecord, step: Transition): SessionRecord => {
  const stepped = step(record);
  return typeof stepped === 'string' ? expect.fail(stepped) : stepped;
};
const intent: Intent = { generation: 0, nonce: 'n', boot: 'b', sentAtMs: 6_000, probe: false };
const word = { sinceMs: 6_000, code: 'invalid_grant', sentence: 'The session is over.' };
const refused = after(sessionRecord(), callOver(0, 5_000));

test('it is over and says since when it is refused; being refused again changes nothing of that', () => {
  expect(refused.tokens).toMatchObject({
    accessExpiry: { kind: 'relative', lifeMs: 0, anchorMs: 5_000 },
    refusedAtMs: 5_000,
    refreshToken: 'not-a-real-refresh-token',
  });
  expect(statusOf(viewOf(refused), 5_000, 0)).toEqual({
    word: 'waiting',
    why: 'The server refused this token before its time.',
  });
  expect(after(refused, callOver(0, 7_000)).tokens?.refusedAtMs).toBe(5_000);
});

test('one that had ended by then was not refused before its time', () => {
  const ended = after(sessionRecord(), callOver(0, 3_600_000));
  expect(ended.tokens).not.toHaveProperty('refusedAtMs');
  expect(statusOf(viewOf(ended), 3_600_000, 0).why).toMatch(/^By this clock/);
});

test('a new pair is not refused', () => {
  const tokens = { accessToken: 'not-a-real-second', accessExpiry: { kind: 'unknown' }, facts: [] } as const;
  expect(after(refused, commit(intent, tokens, 6_000)).tokens).toEqual(tokens);
  // Not even one that a vendor's reading built on the old one.
  expect(after(refused, commit(intent, { ...refused.tokens, ...tokens }, 6_000)).tokens).not.toHaveProperty(
    'refusedAtMs',
  );
});

test('where its refresh token is refused as well, nothing of it is left but what ends the session', () => {
  const over = after(refused, reject(intent, word));
  expect(over).toMatchObject({ tokens: null, signInNeeded: word });
  expect(after({ ...refused, holdsSlot: true }, reject(intent, word)).leftover?.refreshToken).toBeDefined();
  // An access token that nobody refused lives on.
  expect(after(sessionRecord(), reject(intent, word)).tokens?.accessToken).toBe('not-a-real-access-token');
});
