import { expect, it } from 'vitest';
import { sessionRecord } from '../../test/session-record.ts';
import type { Seen } from '../features/server-sessions/seen-sessions.ts';
import { viewOf, type SessionRecord } from '../sessions/record.ts';
import { nextFreeSlot } from './next-free-slot.ts';

const MINUTE_MS = 60_000;
const refusal = { atMs: 100 * MINUTE_MS, user: 'Alice ' };

const session = (name: string, anchorMs: number, lifeMs: number, differs: Partial<SessionRecord> = {}) =>
  viewOf(
    sessionRecord({
      id: `${name} ${String(anchorMs)}`,
      identity: { name },
      holdsSlot: true,
      openedAtMs: anchorMs,
      keepFresh: false,
      tokens: {
        accessToken: 'not-a-real-access-token',
        accessExpiry: { kind: 'unknown' },
        refreshToken: 'not-a-real-refresh-token',
        refreshExpiry: { kind: 'relative', anchorMs, lifeMs },
        facts: [],
      },
      ...differs,
    }),
  );

it('takes the session of the same user here that ends first, whatever the case of the name', () => {
  const sessions = [
    session('alice', 90 * MINUTE_MS, 30 * MINUTE_MS),
    session('ALICE', 80 * MINUTE_MS, 30 * MINUTE_MS),
    session('bob', 75 * MINUTE_MS, 30 * MINUTE_MS),
  ];
  expect(nextFreeSlot(sessions, refusal, 0)).toEqual({
    kind: 'left-alone',
    atMs: 110 * MINUTE_MS,
    openedAtMs: 80 * MINUTE_MS,
    keptFresh: false,
  });
});

it('takes the longest idle time that any session told, counted from the refusal, where the user has none here', () => {
  const sessions = [session('bob', 90 * MINUTE_MS, 4 * MINUTE_MS), session('carol', 0, 30 * MINUTE_MS)];
  expect(nextFreeSlot(sessions, refusal, 0)).toEqual({
    kind: 'unused',
    atMs: 130 * MINUTE_MS,
    idleMs: 30 * MINUTE_MS,
  });
});

it('says unknown where no session told it, or one without an end', () => {
  expect(nextFreeSlot([], refusal, 0)).toEqual({ kind: 'unknown' });
  const endless = session('bob', 0, 0);
  const told = endless.tokens && { ...endless.tokens, refreshExpiry: { kind: 'unknown' } as const };
  expect(nextFreeSlot([{ ...endless, tokens: told }], refusal, 0)).toEqual({ kind: 'unknown' });
});

it('does not count on a session that is over', () => {
  const over = session('alice', 90 * MINUTE_MS, 30 * MINUTE_MS, {
    ended: { atMs: 0, evidence: null, how: 'logged-out' },
  });
  expect(nextFreeSlot([over], refusal, 0)).toEqual({ kind: 'unused', atMs: 130 * MINUTE_MS, idleMs: 30 * MINUTE_MS });
});

it('takes the first of the server’s list, and one that is kept fresh here only where there is no other', () => {
  const here = session('alice', 90 * MINUTE_MS, 30 * MINUTE_MS, { keepFresh: true });
  const seen = (id: string, minutes: number | null, differs: Partial<Seen> = {}): Seen => ({
    ...{ id, mark: 'elsewhere', localId: null, browser: 'curl/7.88.1', address: null, startedAtMs: 0, clients: [] },
    ...{ lastUsedAtMs: 0, freesAtMs: minutes === null ? null : minutes * MINUTE_MS },
    ...differs,
  });
  const mine = seen('mine', 101, { mark: 'here', localId: here.id });
  const elsewhere = [seen('b', 110), seen('a', 105), seen('c', null)];
  expect(nextFreeSlot([here], refusal, 0, [mine, ...elsewhere])).toEqual({
    kind: 'elsewhere',
    atMs: 105 * MINUTE_MS,
    openedAtMs: 0,
    browser: 'curl/7.88.1',
  });
  const own = { kind: 'left-alone', openedAtMs: 90 * MINUTE_MS, keptFresh: true };
  expect(nextFreeSlot([here], refusal, 0, [mine])).toEqual({ ...own, atMs: 101 * MINUTE_MS });
  // No time at all in the list: what this browser knows.
  expect(nextFreeSlot([here], refusal, 0, [seen('c', null)])).toEqual({ ...own, atMs: 120 * MINUTE_MS });
});
