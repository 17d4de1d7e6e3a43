import { describe, expect, it } from 'vitest';
import type { SlotCount } from '../../console/slot-counter.ts';
import type { Failure } from '../../http/failure.ts';
import type { SlotRule } from '../../providers/contract.ts';
import type { LockState, Person } from '../../providers/server-sessions-face.ts';
import { outcomeOf } from './ended-here.ts';
import type { Seen } from './seen-sessions.ts';
import { nextStep, shortAddress, ticketSummary } from './ticket-summary.ts';

const MINUTE = 60_000;
const rule: SlotRule = { limit: 5, pages: [] };
const lock: LockState = { locked: true, failures: 3, untilMs: 30 * MINUTE };
const down: Failure = {
  code: 'server-error',
  happened: 'no',
  fault: 'provider',
  sentence: 'The server failed.',
  next: 'Try again.',
  status: 500,
};

const row = (id: string, differs: Partial<Seen> = {}): Seen => ({
  ...{ id, mark: 'elsewhere', localId: null, browser: null, address: null, clients: [] },
  ...{ startedAtMs: MINUTE, lastUsedAtMs: 3 * MINUTE, freesAtMs: null },
  ...differs,
});
const seen = [
  row('s1', { mark: 'in-view', lastUsedAtMs: 19 * MINUTE }),
  row('s2', { browser: 'curl/7.88.1', address: '10.4.0.90', startedAtMs: 2 * MINUTE, freesAtMs: 40 * MINUTE }),
];

const counted = (differs: Partial<SlotCount> = {}): SlotCount => ({
  ...{ key: 'k', connection: 'acme', provider: 'toy', name: 'alice', person: null, limit: 5, rights: null },
  ...{
    asker: 'mine',
    overSince: 0,
    atRefusal: null,
    loggedOut: [],
    lock: null,
    lockFailure: null,
    failure: null,
    runs: [],
    idleMs: null,
    refused: [],
    freesAtMs: new Map(),
  },
  ...{ askedAtMs: 20 * MINUTE, countedAtMs: 20 * MINUTE },
  sessions: seen.map(({ id, clients }) => ({ id, clients })),
  ...differs,
});

const ended = {
  id: 's3',
  what: 'curl/7.88.1, 10.4.0.91',
  atMs: 20 * MINUTE,
  by: 'support',
  accepted: true,
  byThis: true,
};
const facts = {
  ...{ where: 'OCP (demo)', name: 'alice', rule, count: counted({ lock }), seen, ended: [ended] },
  ...{ nowMs: 20 * MINUTE, timeZone: 'UTC' },
};
const linesOf = (differs: Partial<typeof facts>): readonly string[] =>
  ticketSummary({ ...facts, ...differs }).split('\n');
const lineOf = (beginning: string, differs: Partial<typeof facts>): string | undefined =>
  linesOf(differs).find((line) => line.startsWith(beginning));

describe('the summary for a ticket', () => {
  it('says who, the count, each session, the lock, what was ended by whom, and what to do', () => {
    expect(linesOf({})).toEqual([
      'Sessions of alice at OCP (demo)',
      '2 of 5 slots, counted 1 Jan 1970, 00:20:00 UTC by the server.',
      '- This console: started 1 Jan 1970, 00:01:00 UTC, last used 1 min ago',
      '- curl/7.88.1, from 10.4.x.x: started 1 Jan 1970, 00:02:00 UTC, last used 17 min ago, frees itself by 1 Jan 1970, 00:40:00 UTC',
      'Lock: locked until 1 Jan 1970, 00:30:00 UTC after 3 failed sign-ins',
      'Ended by support at 1 Jan 1970, 00:20:00 UTC: curl/7.88.1, 10.4.x.x',
      'Next: wait until the lock is lifted; every further try can prolong it.',
    ]);
  });

  it('names no session by its id, and no whole address', () => {
    for (const secret of ['s1', 's2', 's3', '10.4.0.90', '10.4.0.91']) {
      expect(ticketSummary(facts)).not.toContain(secret);
    }
  });

  it.each([
    ['10.4.0.90', '10.4.x.x'],
    ['2001:db8::7', '2001:db8:…'],
    ['::ffff:10.1.2.3', '10.1.x.x'],
    ['somewhere', '…'],
  ])('shortens %s to %s', (address, short) => {
    expect(shortAddress(address)).toBe(short);
  });

  it('says which row is this console, and leaves no whole address within what a browser calls itself', () => {
    const rows = [
      row('s1', { mark: 'in-view', browser: 'Firefox/128.0', address: '::ffff:10.1.2.3' }),
      row('s2', { browser: 'alices-tool/10.7.1.44 (via ::ffff:10.1.2.3)' }),
    ];
    const [, , first, second] = linesOf({ seen: rows });
    expect(first).toMatch(/^- This console, Firefox\/128\.0, from 10\.1\.x\.x:/);
    expect(second).toMatch(/^- alices-tool\/10\.7\.x\.x \(via 10\.1\.x\.x\):/);
  });

  it('says what is only known of one browser, and what nobody counted', () => {
    const none = counted({ sessions: null, askedAtMs: null, countedAtMs: null });
    expect(linesOf({ count: none })[1]).toBe('At least 2 of 5 slots: only what one browser opened is known.');
    expect(linesOf({ count: { ...none, failure: down }, seen: [] })[1]).toBe(
      'How many sessions there are is not known. The last try to count: The server failed.',
    );
  });
});

describe('the lock of a person who was looked up', () => {
  const person: Person = { id: 'x', name: 'bob' };
  it('is not known where the server did not tell', () => {
    expect(lineOf('Lock', { count: counted({ person, lockFailure: down }) })).toBe(
      'Lock: not known. The server failed.',
    );
    expect(lineOf('Lock', { count: counted({ person }) })).toBe('Lock: not known. It could not be asked for.');
  });

  it('is none of the own sessions’ business', () => {
    expect(lineOf('Lock', { count: counted() })).toBeUndefined();
  });
});

describe('what was ended', () => {
  const listing = (ids: readonly string[], differs: Partial<SlotCount> = {}): SlotCount =>
    counted({ sessions: ids.map((id) => ({ id, clients: [] })), ...differs });
  const before = { askedAtMs: 19 * MINUTE, countedAtMs: 20 * MINUTE, failure: down };
  const unlisted = { sessions: null, askedAtMs: null };

  it.each([
    ['ended', true, listing(['s1'])],
    ['listed', true, listing(['s1', 's3'])],
    // The list that is shown was asked for before.
    ['unknown', true, listing(['s1', 's3'], before)],
    ['unknown', true, undefined],
    ['unknown', true, listing([], { ...unlisted, failure: down })],
    ['accepted', true, listing([], unlisted)],
    ['refused', false, listing([], unlisted)],
  ] as const)('is %s', (outcome, accepted, count) => {
    expect(outcomeOf({ ...ended, accepted }, count)).toBe(outcome);
  });

  it.each([
    [false, 'gone-already', 'already gone: not ended by this'],
    [null, 'gone', 'gone; whether by this is not known'],
  ] as const)('is claimed by nobody who did not end it (%s)', (byThis, outcome, words) => {
    const one = { ...ended, byThis };
    expect(outcomeOf(one, listing(['s1']))).toBe(outcome);
    expect(ticketSummary({ ...facts, ended: [one] })).toContain(words);
    expect(lineOf('Ended by', { ended: [one as typeof ended] })).toBeUndefined();
  });

  it('is told anew by every later good count', () => {
    const told = (count: SlotCount) => lineOf('End', { count });
    expect(told(listing(['s1', 's3'], before))).toContain('(whether it ended is not known');
    expect(told(listing(['s1', 's3']))).toContain('(still listed: not ended)');
    expect(told(listing(['s1']))).toMatch(/10\.4\.x\.x$/);
  });
});

describe('what to do next', () => {
  const bob: Person = { id: 'x', name: 'bob' };
  it.each([
    [{ count: counted() }, 'sign in again, once'],
    [{ count: counted(), rule: { ...rule, limit: 2 } }, 'log one session out'],
    [{ count: counted(), rule: { ...rule, limit: 2, endsOldest: true } }, 'Nothing is refused'],
    [{ count: counted({ lock }) }, 'wait until the lock is lifted'],
    [{ count: counted({ person: { ...bob, enabled: false } }) }, 'disabled'],
    [{ count: counted({ person: bob, lock: { locked: false, failures: 0 } }) }, 'sign in again, once'],
    [{ count: counted({ person: bob, lockFailure: down }) }, 'find out first whether the account is locked'],
  ] as const)('%o', (given, words) => {
    expect(nextStep({ ...facts, ...given })).toContain(words);
  });
});
