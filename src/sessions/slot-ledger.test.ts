import { describe, expect, it } from 'vitest';
import { sessionRecord } from '../../test/session-record.ts';
import { viewOf, type SessionRecord } from './record.ts';
import { isLongOver } from './long-over.ts';
import { possiblyHeld, type LeftSignIn } from './slot-ledger.ts';
import { commit, giveUp, reject } from './refresh-steps.ts';
import { end } from './ending-steps.ts';
import { strikeOff } from './place-gone.ts';
import type { Transition } from './transitions.ts';

const MINUTE = 60_000;
const IDLE = 30 * MINUTE;
const word = { sinceMs: 10 * MINUTE, code: 'gone', sentence: 'It is over.' };
const intent = { generation: 0, nonce: 'n', boot: 'b', sentAtMs: 0, probe: false };

const left: LeftSignIn = {
  ...{ id: 'n', revision: 0, connection: 'acme', provider: 'toy', baseUrl: 'https://toy.example', way: 'password' },
  ...{ nonce: 'n', boot: 'b', sentAtMs: 0, lostAtMs: 1, untilMs: IDLE },
};

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
    const given = after(giveUp(word));
    const tokens = holding.tokens ?? expect.fail('no tokens');
    expect(held(after(commit({ ...intent, generation: 1 }, tokens, 0), given))).toEqual([]);
  });

  it('shows no screen what ends it', () => {
    expect(JSON.stringify(viewOf(after(giveUp(word))))).not.toContain('not-a-real-refresh-token');
  });
});

it('a session that takes no place leaves nothing', () => {
  expect(after(giveUp(word), { ...holding, holdsSlot: false }).leftover).toBeUndefined();
});

describe('a session to which its server named no end', () => {
  const YEAR = 365 * 24 * 60 * MINUTE;
  const tokens = holding.tokens && { ...holding.tokens, refreshExpiry: { kind: 'unknown' as const } };
  const endless = { ...holding, tokens };

  it('stays in the ledger, with what ends it, for as long as nobody frees it', () => {
    const record = after(giveUp(word), endless);
    for (const nowMs of [11 * MINUTE, YEAR]) {
      expect(held(record, nowMs)).toMatchObject([{ untilMs: null, freeable: true, isGuess: false }]);
    }
    expect(strikeOff(record)).toBe('not-wanted');
    expect(held(after(end('logged-out', YEAR), record), YEAR)).toEqual([]);
  });

  it('stays there too when it was forgotten, until a person strikes it off', () => {
    const record = after(end('forgotten', 10 * MINUTE), endless);
    expect(held(record, YEAR)).toMatchObject([{ untilMs: null, freeable: false, isGuess: true }]);
    expect(held(after(strikeOff, record), YEAR)).toEqual([]);
  });

  it('is listed after its page is gone as well, however long that page was open', () => {
    const note = { ...left, lostAtMs: YEAR, untilMs: null, opened: {} };
    expect(possiblyHeld([], [note], YEAR)).toMatchObject([{ isGuess: true, isOfGonePage: true }]);
    expect(isLongOver({ ...note, lostAtMs: null }, YEAR)).toBe(false);
  });
});

describe('a sign-in whose answer is missing', () => {
  it('is no longer listed a day later where nobody said how long it lives', () => {
    expect(possiblyHeld([], [{ ...left, untilMs: null }], 23 * 60 * MINUTE)).toHaveLength(1);
    expect(possiblyHeld([], [{ ...left, untilMs: null }], 24 * 60 * MINUTE)).toEqual([]);
  });

  it('is listed once it is given up, and until its place is free', () => {
    expect(possiblyHeld([], [{ ...left, lostAtMs: null }], MINUTE)).toEqual([]);
    expect(possiblyHeld([], [left], MINUTE)).toMatchObject([{ name: null, isGuess: true, untilMs: IDLE }]);
    expect(possiblyHeld([], [left], IDLE)).toEqual([]);
    expect(isLongOver(left, IDLE)).toBe(true);
  });
});
