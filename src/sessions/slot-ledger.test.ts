import { describe, expect, it } from 'vitest';
import { sessionRecord } from '../../test/session-record.ts';
import { viewOf, type SessionRecord } from './record.ts';
import { isLongOver } from './long-over.ts';
import { possiblyHeld, type LeftSignIn } from './slot-ledger.ts';
import { commit, giveUp, reject } from './refresh-steps.ts';
import { end } from './ending-steps.ts';
import type { Transition } from './transitions.ts';

const MINUTE = 60_000;
const IDLE = 30 * MINUTE;
const word = { sinceMs: 10 * MINUTE, code: 'gone', sentence: 'It is over.' };
const intent = { generation: 0, nonce: 'n', boot: 'b', sentAtMs: 0, probe: false };

const holding = sessionRecord({
  holdsSlot: true,
  tokens: {
    accessToken: 'not-a-real-access-token',
    accessExpiry: { kind: 'relative', lifeMs: 5 * MINUTE, anchorMs: 0 },
    refreshToken: 'not-a-real-refresh-token',
    refreshExpiry: { kind: 'relative', lifeMs: IDLE, anchorMs: 0 },
    serverSessionId: 'at-the-server',
    facts: [],
  },
});

function after(transition: Transition, record: SessionRecord = holding): SessionRecord {
  const next = transition(record);
  if (typeof next === 'string') throw new Error(next);
  return next;
}

const held = (record: SessionRecord, nowMs = 11 * MINUTE) => possiblyHeld([viewOf(record)], [], nowMs);

describe('a session that takes a place', () => {
  it('stays in the ledger when it refreshes no more, with what ends it, for as long as it may live', () => {
    const record = after(giveUp(word));
    expect(record.leftover).toEqual({
      refreshToken: 'not-a-real-refresh-token',
      serverSessionId: 'at-the-server',
      // The lost refresh may have prolonged it.
      untilMs: 10 * MINUTE + IDLE,
    });
    expect(held(record)).toMatchObject([{ freeable: true, isGuess: false, name: 'alice' }]);
    expect(held(record, 41 * MINUTE)).toEqual([]);
  });

  it('is out of it when the server said that it is over', () => {
    expect(held(after(reject(intent, word, true)))).toEqual([]);
    expect(held(after(reject(intent, word)))).toHaveLength(1);
  });

  it('leaves no secret when it is forgotten, and says until when it may be held', () => {
    const record = after(end('forgotten', 10 * MINUTE));
    expect(JSON.stringify(record)).not.toContain('not-a-real');
    expect(held(record)).toMatchObject([{ freeable: false, untilMs: IDLE }]);
  });

  it('is out of it when it was logged out, also after all', () => {
    expect(held(after(end('logged-out', 0)))).toEqual([]);
    expect(held(after(end('logged-out', 0), after(giveUp(word))))).toEqual([]);
  });

  it('is out of it when it is refreshed after all', () => {
    const left = after(giveUp(word));
    const tokens = holding.tokens ?? expect.fail('no tokens');
    expect(held(after(commit({ ...intent, generation: 1 }, tokens, 0), left))).toEqual([]);
  });

  it('shows no screen what ends it', () => {
    expect(JSON.stringify(viewOf(after(giveUp(word))))).not.toContain('not-a-real-refresh-token');
  });
});

it('a session that takes no place leaves nothing', () => {
  expect(after(giveUp(word), { ...holding, holdsSlot: false }).leftover).toBeUndefined();
});

describe('a sign-in whose answer is missing', () => {
  const left: LeftSignIn = {
    ...{ id: 'n', revision: 0, connection: 'acme', provider: 'toy', baseUrl: 'https://toy.example', way: 'password' },
    ...{ nonce: 'n', boot: 'b', sentAtMs: 0, lostAtMs: 1, untilMs: IDLE },
  };

  it('is listed once it is given up, and until its place is free', () => {
    expect(possiblyHeld([], [{ ...left, lostAtMs: null }], MINUTE)).toEqual([]);
    expect(possiblyHeld([], [left], MINUTE)).toMatchObject([{ name: null, isGuess: true, untilMs: IDLE }]);
    expect(possiblyHeld([], [left], IDLE)).toEqual([]);
    expect(isLongOver(left, IDLE)).toBe(true);
  });
});
