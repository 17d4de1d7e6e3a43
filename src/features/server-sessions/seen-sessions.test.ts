import { describe, expect, it } from 'vitest';
import { sessionRecord } from '../../../test/session-record.ts';
import type { SlotCount } from '../../console/slot-counter.ts';
import { viewOf, type SessionRecord } from '../../sessions/record.ts';
import { nextToEnd, seenSessions, titleOf, unusedOf } from './seen-sessions.ts';
import { isNearLimit, limitWords, restOf } from './slot-words.ts';
import { nextStep, shortAddress, ticketSummary } from './ticket-summary.ts';

const MINUTE = 60_000;
const looking = { inView: 'mine', nowMs: 20 * MINUTE, offsetMs: 5_000 };

const local = (id: string, serverSessionId: string, differs: Partial<SessionRecord> = {}) => {
  const record = sessionRecord({ id, holdsSlot: true, ...differs });
  return viewOf({ ...record, tokens: record.tokens && { ...record.tokens, serverSessionId } });
};

const count = (sessions: SlotCount['sessions']): SlotCount => ({
  ...{ key: 'k', connection: 'acme', provider: 'toy', name: 'alice', person: null, limit: 5, rights: null },
  ...{ asker: 'mine', sessions, lock: null, countedAtMs: 20 * MINUTE, failure: null, runs: [], idleMs: null },
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

  it('is what this browser opened where the server lists nothing', () => {
    const over = { sinceMs: 0, code: 'over', sentence: 'Over.' };
    const seen = seenSessions(undefined, [local('mine', 's1'), local('dead', 's9', { signInNeeded: over })], looking);
    expect(seen.map(({ id, mark }) => [id, mark])).toEqual([['s1', 'in-view']]);
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
    expect(restOf(limited)).toEqual(rest);
    expect(isNearLimit(limited)).toBe(near);
  });
});

describe('the summary for a ticket', () => {
  const facts = {
    where: 'OCP (demo)',
    name: 'alice',
    person: null,
    limit: 5,
    seen: seenSessions(count(listed), [local('mine', 's1')], looking),
    atLeast: false,
    countedAtMs: 20 * MINUTE,
    lock: { locked: true, failures: 3, untilMs: 30 * MINUTE },
    ended: [{ what: 'curl/7.88.1, 10.4.0.91', atMs: 20 * MINUTE, by: 'support', gone: true }],
    nowMs: 20 * MINUTE,
    timeZone: 'UTC',
  } as const;

  it('says who, the count, each session, the lock, what was ended by whom, and what to do', () => {
    expect(ticketSummary(facts)).toBe(
      [
        'Sessions of alice at OCP (demo)',
        '2 of 5 slots, counted 1 Jan 1970, 00:20:00 UTC by the server',
        '- This console: started 1 Jan 1970, 00:00:55 UTC, last used 1 min ago',
        '- curl/7.88.1, from 10.4.x.x: started 1 Jan 1970, 00:01:55 UTC, last used 17 min ago, frees itself by 1 Jan 1970, 00:40:00 UTC',
        'Lock: locked until 1 Jan 1970, 00:30:00 UTC after 3 failed sign-ins',
        'Ended by support at 1 Jan 1970, 00:20:00 UTC: curl/7.88.1, 10.4.x.x',
        'Next: wait until the lock is lifted; every further try can prolong it.',
      ].join('\n'),
    );
  });

  it('names no session by its id, and no whole address', () => {
    for (const secret of ['s1', 's2', '10.4.0.90', '10.4.0.91', 'not-a-real']) {
      expect(ticketSummary(facts)).not.toContain(secret);
    }
  });

  it.each([
    ['10.4.0.90', '10.4.x.x'],
    ['2001:db8::7', '2001:db8:…'],
    ['somewhere', '…'],
  ])('shortens %s to %s', (address, short) => {
    expect(shortAddress(address)).toBe(short);
  });

  it.each([
    [{ ...facts, lock: null }, 'sign in again, once'],
    [{ ...facts, lock: null, limit: 2 }, 'log one session out'],
    [{ ...facts, person: { id: 'x', name: 'alice', enabled: false } }, 'disabled'],
  ] as const)('says what to do next', (given, words) => {
    expect(nextStep(given)).toContain(words);
  });
});
