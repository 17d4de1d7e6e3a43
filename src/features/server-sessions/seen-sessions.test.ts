import { describe, expect, it } from 'vitest';
import { sessionRecord } from '../../../test/session-record.ts';
import type { SlotCount } from '../../console/slot-counter.ts';
import { viewOf, type SessionRecord } from '../../sessions/record.ts';
import { nextToEnd, placeOf, seenSessions, titleOf, unusedOf } from './seen-sessions.ts';
import { isNearLimit, limitWords, restOf } from './slot-words.ts';

const MINUTE = 60_000;
const looking = { inView: 'mine', nowMs: 20 * MINUTE, offsetMs: 5_000 };

const local = (id: string, serverSessionId: string, differs: Partial<SessionRecord> = {}) => {
  const record = sessionRecord({ id, holdsSlot: true, ...differs });
  return viewOf({ ...record, tokens: record.tokens && { ...record.tokens, serverSessionId } });
};

const count = (sessions: SlotCount['sessions']): SlotCount => ({
  ...{ key: 'k', connection: 'acme', provider: 'toy', name: 'alice', person: null, limit: 5, rights: null },
  ...{
    asker: 'mine',
    sessions,
    overSince: 0,
    atRefusal: null,
    loggedOut: [],
    lock: null,
    lockFailure: null,
    askedAtMs: 20 * MINUTE,
    countedAtMs: 20 * MINUTE,
    failure: null,
    runs: [],
    idleMs: null,
    refused: [],
  },
  freesAtMs: new Map([['s2', 40 * MINUTE]]),
});

const listed = [
  {
    id: 's2',
    startedAtMs: 2 * MINUTE,
    lastUsedAtMs: 3 * MINUTE,
    browser: 'curl/7.88.1',
    address: '10.4.0.90',
    clients: ['ocp'],
  },
  { id: 's1', startedAtMs: MINUTE, lastUsedAtMs: 19 * MINUTE, clients: ['ocp'], current: true as const },
];

describe('what one sees', () => {
  it('is what the server lists, oldest first, with what this browser knows of each', () => {
    const seen = seenSessions(count(listed), [local('mine', 's1')], looking);
    expect(seen.map(({ id, mark, localId }) => [id, mark, localId])).toEqual([
      ['s1', 'in-view', 'mine'],
      ['s2', 'elsewhere', null],
    ]);
    // The server's clock is five seconds ahead.
    expect(seen[1]).toMatchObject({ startedAtMs: 2 * MINUTE - 5_000, freesAtMs: 40 * MINUTE, address: '10.4.0.90' });
    expect(seen.map(titleOf)).toEqual(['This console', 'curl/7.88.1']);
  });

  it('leaves out what the server does not list any more', () => {
    expect(seenSessions(count([]), [local('mine', 's1')], looking)).toEqual([]);
  });

  it('names what was logged out from here and is listed all the same, which ends by its name at the server', () => {
    const seen = seenSessions({ ...count(listed), loggedOut: ['s2'] }, [local('mine', 's1')], looking);
    expect(seen[1]).toMatchObject({ id: 's2', mark: 'logged-out', localId: null });
    expect(seen.map(titleOf)).toEqual(['This console', 'Logged out here, and the server still lists it']);
    expect(seen.map(placeOf)).toEqual(['', 'curl/7.88.1 · 10.4.0.90']);
  });

  it('is what this browser opened where the server lists nothing', () => {
    const over = { sinceMs: 0, code: 'over', sentence: 'Over.' };
    const seen = seenSessions(undefined, [local('mine', 's1'), local('dead', 's9', { signInNeeded: over })], looking);
    expect(seen.map(({ id, mark }) => [id, mark])).toEqual([['s1', 'in-view']]);
  });

  it('is not what this browser opened where the server refused its token: that is perhaps ended there', () => {
    const both = [local('mine', 's1'), local('other', 's2')];
    const refusing = { ...count(null), refused: ['mine'] };
    expect(seenSessions(refusing, both, looking).map(({ localId }) => localId)).toEqual(['other']);
  });

  it('offers the unused, and never the one that is looked at', () => {
    const seen = seenSessions(
      count(listed.map((one) => ({ ...one, lastUsedAtMs: 0 }))),
      [local('mine', 's1')],
      looking,
    );
    expect(unusedOf(seen, looking.nowMs).map(({ id }) => id)).toEqual(['s2']);
    expect(nextToEnd(seenSessions(count(listed), [], looking))?.id).toBe('s2');
  });
});

describe('the limit', () => {
  it.each([
    [{ limit: 5, count: 4 }, 'of 5 slots', { boxes: 1, each: 1 }, true],
    [{ limit: 5, count: 3 }, 'of 5 slots', { boxes: 2, each: 1 }, false],
    [{ limit: 1, count: 0 }, 'of 1 slot', { boxes: 1, each: 1 }, false],
    [{ limit: 500, count: 2 }, 'of 500 slots', { boxes: 1, each: 498 }, false],
    [{ limit: 5, count: 7 }, 'of 5 slots', { boxes: 0, each: 0 }, true],
    [{ limit: 'none', count: 1 }, 'session, no limit set', { boxes: 0, each: 0 }, false],
    [{ limit: 'unknown', count: 2 }, 'sessions, limit unknown', { boxes: 0, each: 0 }, false],
  ] as const)('%o reads “%s”', (limited, words, rest, near) => {
    expect(limitWords(limited)).toBe(words);
    expect(limitWords(limited, ' of alice')).toMatch(/^(?:of \d+ slots?|sessions?) of alice/);
    expect(restOf(limited)).toEqual(rest);
    expect(isNearLimit(limited)).toBe(near);
  });
});
