import { beforeAll, describe, expect, it } from 'vitest';
import { sessionRecord } from '../../../test/session-record.ts';
import { keyOf } from '../../console/slot-key.ts';
import type { Connection } from '../../http/envelope.ts';
import type { Provider } from '../../providers/contract.ts';
import { entryOf, registry } from '../../providers/registry.ts';
import type { Surroundings } from '../../refresh/plan.ts';
import { viewOf, type SessionRecord } from '../../sessions/record.ts';
import { needsOf, type CountedSlots, type Need } from './needs.ts';
import { markAlike, type Listed } from './order-sessions.ts';

const MINUTE_MS = 60_000;
const connection = (limit: string): Connection => ({
  id: 'acme',
  provider: 'ocp',
  name: 'production',
  baseUrl: 'https://toy.example',
  settings: { realm: 'master', clientId: 'ocp', sessionLimit: limit },
  insecure: false,
  secretsSet: [],
  forwardsClientAddress: false,
});
const faces = new Map<string, Provider>();
beforeAll(async () => {
  faces.set('ocp', await entryOf(registry, 'ocp').load());
});

const listed = (differs: Partial<SessionRecord> = {}): Listed => ({
  session: viewOf(sessionRecord({ provider: 'ocp', ...differs })),
  providerName: 'OCP',
  connectionName: 'production',
});
const slots = (count: number, differs: Partial<SessionRecord> = {}): readonly Listed[] =>
  Array.from({ length: count }, (_, at) => listed({ id: `slot-${at}`, holdsSlot: true, ...differs }));
const needs = (
  all: readonly Listed[],
  nowMs = MINUTE_MS,
  limit = '5',
  differs: Partial<Surroundings> = {},
  counted?: CountedSlots,
): readonly Need[] => {
  const around: Surroundings = { nowMs, visible: true, attendedAtMs: nowMs, offsetMs: () => 0, ...differs };
  return needsOf(all, [connection(limit)], faces, around, counted);
};

describe('what needs a person', () => {
  it('is nothing where everything is well', () => {
    expect(needs([listed()])).toEqual([]);
    expect(needs(slots(3))).toEqual([]);
  });

  it('is a session that must be signed in again, with the way there, before everything else', () => {
    const over = { signInNeeded: { sinceMs: 0, code: 'over', sentence: 'The server ended it.' } };
    const [first, second] = needs([
      listed({ id: 'u', uncertain: { sinceMs: 0, probed: false } }),
      listed({ id: 'o', ...over }),
    ]);
    expect(first).toMatchObject({
      tone: 'bad',
      title: 'Sign in again: alice, OCP · production',
      sentence: 'The server ended it.',
      step: { kind: 'sign-in', provider: 'ocp', connection: 'acme' },
    });
    expect(second).toMatchObject({
      tone: 'warn',
      title: 'Uncertain: alice, OCP · production',
      step: { kind: 'show', sessionId: 'u' },
    });
  });

  it('is a connection that the operator took away', () => {
    const gone = { serverOf: () => null };
    const [need] = needs([listed()], MINUTE_MS, '5', gone);
    expect(need).toMatchObject({ title: 'Waits for you: alice, OCP · production', step: { kind: 'show' } });
    expect(need?.sentence).toContain('no longer names this connection');
    expect(needs([listed({ ended: { atMs: 0, how: 'forgotten', evidence: null } })], MINUTE_MS, '5', gone)).toEqual([]);
  });

  it('is a wait that no time ends', () => {
    expect(needs([listed({ waiting: { untilMs: null, reason: 'The connection changed.' } })])).toMatchObject([
      { title: 'Waits for you: alice, OCP · production', sentence: 'The connection changed.' },
    ]);
    expect(needs([listed({ waiting: { untilMs: 2 * MINUTE_MS, reason: 'Busy.' } })])).toEqual([]);
  });

  it('is what ends soon and is not refreshed by itself', () => {
    const off = [listed({ keepFresh: false })];
    expect(needs(off, 30 * MINUTE_MS)).toEqual([]);
    expect(needs(off, 55 * MINUTE_MS)).toMatchObject([
      { tone: 'warn', title: 'Ends at 01:00:00: alice, OCP · production' },
    ]);
    expect(needs([listed()], 55 * MINUTE_MS)).toEqual([]);
    expect(needs(off, 61 * MINUTE_MS)).toEqual([]);
  });

  it('is nothing while a refresh is under way', () => {
    const intent = { generation: 0, nonce: 'n', boot: 'b', sentAtMs: 0, probe: true };
    expect(needs([listed({ intent, uncertain: { sinceMs: 0, probed: true } })])).toEqual([]);
  });
});

it('names the time of opening where one user has two sessions at one place', () => {
  const uncertain = { sinceMs: 0, probed: false };
  const titles = needs(
    markAlike([listed({ id: 'a', uncertain }), listed({ id: 'b', uncertain, openedAtMs: 5_000 })]),
  ).map(({ title }) => title);
  expect(titles[0]).toMatch(/^Uncertain: alice, OCP · production, opened \d\d:\d\d:\d\d$/);
  expect(new Set(titles).size).toBe(2);
});

describe('slots counted from this browser', () => {
  it.each([
    [3, '5', undefined],
    [4, '5', 'OCP · production: at least 4 of 5 sessions of alice'],
    [5, '5', 'OCP · production: 5 of 5 sessions of alice'],
    [2, '3', 'OCP · production: at least 2 of 3 sessions of alice'],
    [1, '1', 'OCP · production: 1 of 1 sessions of alice'],
    [9, 'none', undefined],
  ])('%i at a limit of %s', (count, limit, title) => {
    expect(needs(slots(count), MINUTE_MS, limit).map((need) => need.title)).toEqual(title === undefined ? [] : [title]);
  });

  it.each([
    [2, 5, 'bad', 'OCP · production: 5 of 5 sessions of alice', /refused/],
    [1, 4, 'warn', 'OCP · production: 4 of 5 sessions of alice', /Counted by the server/],
    [4, 3, undefined, undefined, undefined],
  ])('%i here and %i at the server: the server counts', (own, there, tone, title, sentence) => {
    const counted = new Map([
      [keyOf('acme', 'alice'), { sessions: Array.from({ length: there }), countedAtMs: MINUTE_MS }],
    ]);
    const [need, ...more] = needs(slots(own), MINUTE_MS, '5', {}, counted);
    expect(more).toEqual([]);
    expect(need?.tone).toBe(tone);
    expect(need?.title).toBe(title);
    if (sentence) expect(need?.sentence).toMatch(sentence);
  });

  it('and what was opened here since it counted is added', () => {
    const counted = new Map([
      [keyOf('acme', 'alice'), { sessions: Array.from({ length: 3 }), countedAtMs: MINUTE_MS }],
    ]);
    const since = listed({ id: 'since', holdsSlot: true, openedAtMs: MINUTE_MS + 1 });
    const [need] = needs([...slots(3), since], 2 * MINUTE_MS, '5', {}, counted);
    expect(need?.title).toBe('OCP · production: 4 of 5 sessions of alice');
  });

  it('are of one person at one connection, and only those that may still be held', () => {
    const four = slots(4);
    const others = [
      ...slots(3, { identity: { name: 'bob' } }),
      listed({ id: 'no-slot' }),
      listed({
        id: 'over',
        holdsSlot: true,
        tokens: null,
        signInNeeded: { sinceMs: 0, code: 'over', sentence: 'Over.' },
      }),
    ];
    const found = needs([...four, ...others]).filter(({ title }) => title.includes(' of 5'));
    expect(found).toMatchObject([{ tone: 'warn', title: 'OCP · production: at least 4 of 5 sessions of alice' }]);
    // The refresh tokens of the usual session end after seven days: by then the server has ended them all.
    expect(needs(four, 8 * 24 * 60 * MINUTE_MS).filter(({ title }) => title.includes(' of 5'))).toEqual([]);
  });
});
