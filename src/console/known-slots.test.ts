import { describe, expect, it } from 'vitest';
import { sessionRecord } from '../../test/session-record.ts';
import { viewOf, type SessionRecord } from '../sessions/record.ts';
import { knownSlots } from './known-slots.ts';
import type { SlotCount } from './slot-counter.ts';

const MINUTE = 60_000;
const rule = { limit: 2, pages: [] };
const at = { connection: 'acme', rule, offsetMs: 5_000 };

const here = (id: string, differs: Partial<SessionRecord> = {}) => {
  const record = sessionRecord({ id, holdsSlot: true, openedAtMs: MINUTE, refreshedAtMs: MINUTE, ...differs });
  return viewOf({ ...record, tokens: record.tokens && { ...record.tokens, serverSessionId: `server-${id}` } });
};

const counted = (sessions: SlotCount['sessions'], differs: Partial<SlotCount> = {}): ReadonlyMap<string, SlotCount> => {
  const known: Partial<SlotCount> = { connection: 'acme', name: 'alice', person: null, countedAtMs: 10 * MINUTE };
  return new Map([['k', { ...known, sessions, ...differs } as SlotCount]]); // nothing else of a count is read
};

const listed = [
  { id: 'server-a', lastUsedAtMs: 9 * MINUTE, clients: [] },
  { id: 'other', lastUsedAtMs: 2 * MINUTE, startedAtMs: 2 * MINUTE, browser: 'curl/7.88.1', clients: [] },
];

describe('what is known before a sign-in', () => {
  it('is what this browser opened, where no server counted', () => {
    expect(knownSlots(at, [here('a')], new Map())).toMatchObject([
      { who: { name: 'alice' }, count: 1, limit: 2, countedAtMs: null, next: 'free' },
    ]);
    expect(knownSlots(at, [here('a'), here('b')], counted(null))).toMatchObject([{ count: 2, next: 'refused' }]);
    expect(knownSlots({ ...at, connection: 'another' }, [here('a')], new Map())).toEqual([]);
  });

  it('is what the server counted, and apart from it what was opened here since', () => {
    expect(knownSlots(at, [here('a')], counted(listed))).toMatchObject([
      { count: 2, countedAtMs: 10 * MINUTE, next: 'refused' },
    ]);
    const since = here('c', { openedAtMs: 11 * MINUTE });
    expect(knownSlots(at, [here('a'), since], counted(listed.slice(0, 1)))).toMatchObject([
      { count: 1, openedSince: 1, next: 'refused' },
    ]);
  });

  it('is not known where some of what the server counted is over since, and refuses nobody then', () => {
    const over = counted(listed.slice(1), { overSince: 1 });
    expect(knownSlots(at, [here('a')], over)).toMatchObject([{ count: 2, overSince: 1, next: 'free' }]);
    const since = here('c', { openedAtMs: 11 * MINUTE });
    expect(knownSlots(at, [since], over)).toMatchObject([{ count: 2, overSince: 1, openedSince: 1, next: 'refused' }]);
  });

  it('names the one that the server would end, on our clock', () => {
    const ends = { ...at, rule: { ...rule, endsOldest: true as const } };
    expect(knownSlots(ends, [here('a')], counted(listed))).toMatchObject([
      { next: { isHere: false, browser: 'curl/7.88.1', startedAtMs: 2 * MINUTE - 5_000 } },
    ]);
    expect(knownSlots(ends, [here('a'), here('b')], new Map())).toMatchObject([{ next: { isHere: true } }]);
    expect(knownSlots(ends, [here('a')], new Map())).toMatchObject([{ next: 'free' }]);
  });

  it('refuses nobody where there is no limit, or none is known', () => {
    for (const limit of ['none', 'unknown'] as const) {
      expect(knownSlots({ ...at, rule: { ...rule, limit } }, [here('a')], counted(listed))).toMatchObject([
        { count: 2, next: 'free' },
      ]);
    }
  });

  it('takes a person by their id, under every name that is known', () => {
    const both = [
      here('a', { identity: { name: 'alice', id: '7' } }),
      here('b', { identity: { name: 'alice@example.test', id: '7', also: ['ally'] } }),
    ];
    const [one, ...more] = knownSlots(at, both, new Map());
    expect(more).toEqual([]);
    expect(one).toMatchObject({ count: 2, who: { also: ['alice', 'alice@example.test', 'ally'] } });
    const person = { id: '9', name: 'bob', email: 'bob@example.test' };
    expect(knownSlots(at, [], counted(listed, { person, name: 'bob' }))).toMatchObject([
      { who: { name: 'bob', also: ['bob', 'bob@example.test'] }, count: 2, next: 'refused' },
    ]);
  });
});
