import { describe, expect, it } from 'vitest';
import { sessionRecord } from '../../../test/session-record.ts';
import { viewOf, type SessionRecord, type SessionView } from '../../sessions/record.ts';
import { limitWords, restOf, slotsByUser } from './slots.ts';

const MINUTE_MS = 60_000;

const session = (id: string, name: string, differs: Partial<SessionRecord> = {}): SessionView =>
  viewOf(
    sessionRecord({
      id,
      identity: { name },
      holdsSlot: true,
      tokens: {
        accessToken: 'not-a-real-access-token',
        accessExpiry: { kind: 'relative', lifeMs: 5 * MINUTE_MS, anchorMs: 0 },
        refreshToken: 'not-a-real-refresh-token',
        refreshExpiry: { kind: 'relative', lifeMs: 30 * MINUTE_MS, anchorMs: 0 },
        facts: [],
      },
      ...differs,
    }),
  );

const counts = (sessions: readonly SessionView[], nowMs = 0): readonly (readonly [string, number])[] =>
  slotsByUser(sessions, 5, nowMs, 0).map(({ name, held }) => [name, held.length]);

describe('slots that this browser knows of', () => {
  it('are counted for each user', () => {
    expect(counts([session('1', 'alice'), session('2', 'bob'), session('3', 'alice')])).toEqual([
      ['alice', 2],
      ['bob', 1],
    ]);
  });

  it('stand oldest first, with the time at which each is freed', () => {
    const [user] = slotsByUser(
      [session('new', 'alice', { openedAtMs: 2 }), session('old', 'alice', { openedAtMs: 1 })],
      5,
      0,
      0,
    );
    expect(user?.held.map(({ session: { id }, freesAtMs }) => [id, freesAtMs])).toEqual([
      ['old', 30 * MINUTE_MS],
      ['new', 30 * MINUTE_MS],
    ]);
  });

  it('are free at the end that the server gave, and not before', () => {
    expect(counts([session('1', 'alice')], 30 * MINUTE_MS - 1)).toEqual([['alice', 1]]);
    expect(counts([session('1', 'alice')], 30 * MINUTE_MS)).toEqual([]);
  });

  it('leave out what was logged out, what the server ended, and what holds no slot', () => {
    expect(
      counts([
        session('1', 'alice', { ended: { atMs: 0, how: 'logged-out', evidence: null } }),
        session('2', 'alice', { signInNeeded: { sinceMs: 0, code: 'session-over', sentence: 'It is over.' } }),
        session('3', 'alice', { holdsSlot: false }),
      ]),
    ).toEqual([]);
  });
});

describe('the limit', () => {
  const held = slotsByUser([session('1', 'alice'), session('2', 'alice')], 5, 0, 0)[0]?.held ?? [];

  it.each([
    [5, 'of 5 slots', { boxes: 3, each: 1 }],
    [2, 'of 2 slots', { boxes: 0, each: 0 }],
    [1, 'of 1 slot', { boxes: 0, each: 0 }],
    [400, 'of 400 slots', { boxes: 1, each: 398 }],
    ['none', 'sessions, no limit set', { boxes: 0, each: 0 }],
  ] as const)('%s is said and drawn', (limit, words, rest) => {
    expect(limitWords({ limit, held })).toBe(words);
    expect(restOf({ limit, held })).toEqual(rest);
  });
});
