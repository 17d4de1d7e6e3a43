import { beforeAll, describe, expect, it } from 'vitest';
import { sessionRecord } from '../../../test/session-record.ts';
import { keyOf } from '../../console/slot-key.ts';
import type { Connection } from '../../http/envelope.ts';
import type { Provider } from '../../providers/contract.ts';
import { entryOf, registry } from '../../providers/registry.ts';
import type { Surroundings } from '../../refresh/plan.ts';
import { viewOf, type SessionRecord } from '../../sessions/record.ts';
import { needsOf, type Counted, type CountedSlots, type Need } from './needs.ts';
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

/** `left`: of what the server listed, what is not over since. */
const byServer = (left: number, differs: Partial<Counted> = {}): CountedSlots =>
  new Map([
    [
      keyOf('acme', 'alice'),
      { sessions: Array.from({ length: left }), overSince: 0, refused: [], countedAtMs: MINUTE_MS, ...differs },
    ],
  ]);

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
    [1, 4, 'warn', 'OCP · production: 4 of 5 sessions of alice', /^4 by the server’s count of 00:01:00\. One more/],
    [4, 3, undefined, undefined, undefined],
  ])('%i here and %i at the server: the server counts', (own, there, tone, title, sentence) => {
    const [need, ...more] = needs(slots(own), MINUTE_MS, '5', {}, byServer(there));
    expect(more).toEqual([]);
    expect(need?.tone).toBe(tone);
    expect(need?.title).toBe(title);
    if (sentence) expect(need?.sentence).toMatch(sentence);
  });

  it.each([
    [3, 1, 'warn', /^3 by the server’s count of 00:01:00, 1 opened here since\. One more sign-in, and the next/],
    [4, 1, 'bad', /^4 by the server’s count of 00:01:00, 1 opened here since\. The next .* would be refused\./],
  ])('%i at the server: what was opened here since is said apart', (there, since, tone, sentence) => {
    const opened = slots(since, { openedAtMs: MINUTE_MS + 1 });
    const [need] = needs([...slots(3), ...opened], 2 * MINUTE_MS, '5', {}, byServer(there));
    expect(need).toMatchObject({ tone, title: `OCP · production: ${there + since} of 5 sessions of alice` });
    expect(need?.sentence).toMatch(sentence);
  });

  it.each([
    [4, 1, 0, 'warn', /^5 by the server’s count of 00:01:00, 1 over since\. The next .* may be refused\.$/],
    [1, 3, 0, 'warn', /^4 by the server’s count of 00:01:00, 3 over since\. The next .* may be refused\.$/],
    [4, 1, 1, 'bad', /^5 .*, 1 over since, 1 opened here since\. The next .* would be refused\. /],
  ])('%i left of a list, %i over since and %i opened: nobody counted that', (left, over, since, tone, sentence) => {
    const all = [...slots(1), ...slots(since, { openedAtMs: MINUTE_MS + 1 })];
    const [need] = needs(all, 2 * MINUTE_MS, '5', {}, byServer(left, { overSince: over }));
    const title = 'OCP · production: not known how many of 5 sessions of alice';
    expect(need).toMatchObject({ tone, title });
    expect(need?.sentence).toMatch(sentence);
  });

  it('says of when an old count is', () => {
    const [need] = needs(slots(1), 30 * 60 * MINUTE_MS, '5', {}, byServer(4));
    expect(need?.sentence).toMatch(/^4 by the server’s count of 1 Jan 00:01\. /);
  });

  it('does not count one whose tokens the server refused, where it lists none', () => {
    const counted = byServer(0, { sessions: null, refused: ['slot-0'] });
    expect(needs(slots(4), MINUTE_MS, '5', {}, counted)).toEqual([]);
    expect(needs(slots(5), MINUTE_MS, '5', {}, counted)).toMatchObject([
      { tone: 'warn', title: 'OCP · production: at least 4 of 5 sessions of alice' },
    ]);
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
