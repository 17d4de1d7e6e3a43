/** What a row says beside its digits, for every state that a session can be in. */
import { describe, expect, it } from 'vitest';
import { sessionRecord } from '../../../test/session-record.ts';
import { UNATTENDED_AFTER_MS, type Surroundings } from '../../refresh/plan.ts';
import { viewOf, type SessionRecord } from '../../sessions/record.ts';
import { momentOf, sameMoment } from './moment.ts';
import { livesOnWords } from './lives-on-words.ts';
import { refreshableWords, stateOf } from './session-words.ts';
import { steadyRead } from '../../lib/steady-read.ts';

const MINUTE_MS = 60_000;
const around = (nowMs: number, differs: Partial<Surroundings> = {}): Surroundings => ({
  nowMs,
  visible: true,
  attendedAtMs: nowMs,
  offsetMs: () => 0,
  ...differs,
});
const view = (differs: Partial<SessionRecord> = {}) => viewOf(sessionRecord(differs));
const tokens = (differs: Partial<NonNullable<SessionRecord['tokens']>>) => {
  const { tokens: usual } = sessionRecord();
  if (!usual) throw new Error('The usual session has tokens');
  return { tokens: { ...usual, ...differs } };
};
const relative = (lifeMs: number) => ({ kind: 'relative', lifeMs, anchorMs: 0 }) as const;

describe('a moment of a session', () => {
  it('says nothing but ready where all is well, and when it is refreshed next', () => {
    const moment = momentOf(view(), around(MINUTE_MS));
    expect(moment).toMatchObject({ status: 'ready', why: null, hold: null });
    expect(moment.refreshAtMs).toBeGreaterThan(45 * MINUTE_MS);
    expect(moment.refreshAtMs).toBeLessThan(60 * MINUTE_MS);
  });

  it.each([
    ['is gone', null, 'connection-gone', /^The operator’s file no longer names this connection, so nothing is sent/],
    [
      'names another server',
      'https://other.example',
      'connection-elsewhere',
      /^The connection names another server now/,
    ],
  ])('waits, and tells of no refresh, where its connection %s', (_, server, hold, words) => {
    const nowThere = around(MINUTE_MS, { serverOf: () => server });
    const still = { waiting: { untilMs: 2 * MINUTE_MS, reason: 'Busy.' } };
    for (const session of [view(), view(still), view({ keepFresh: false })]) {
      const moment = momentOf(session, nowThere);
      expect(moment).toMatchObject({ status: 'waiting', hold });
      expect(moment.why).toMatch(words);
      expect(moment.refreshAtMs).toBeUndefined();
      expect(stateOf(moment, session)).toEqual({ kind: 'attention', word: 'Waiting' });
    }
    expect(momentOf(view(), around(MINUTE_MS, { serverOf: () => view().baseUrl }))).toMatchObject({ status: 'ready' });
  });

  it('says until when its slot is held that cannot be ended without its connection', () => {
    const slot = { ...tokens({ refreshExpiry: relative(45 * MINUTE_MS) }), holdsSlot: true };
    const { why } = momentOf(view(slot), around(MINUTE_MS, { serverOf: () => null }));
    expect(why).toContain('cannot be logged out from here: slot held until about 00:45.');
    const after = momentOf(view(slot), around(46 * MINUTE_MS, { serverOf: () => null }));
    expect(after.why).toContain('cannot be logged out from here: slot free since about 00:45.');
  });

  it.each<[string, Partial<SessionRecord>, string, string | null]>([
    ['refreshing', { intent: { generation: 0, nonce: 'n', boot: 'b', sentAtMs: 0, probe: false } }, 'refreshing', null],
    [
      'refused for a while',
      { waiting: { untilMs: 12 * MINUTE_MS, reason: 'The server asked to be left alone.' } },
      'waiting',
      'The server asked to be left alone. Refresh tries again; by itself that happens at 00:49:34.',
    ],
    [
      'refused for a while when it was due',
      { waiting: { untilMs: 55 * MINUTE_MS, reason: 'The server asked to be left alone.' } },
      'waiting',
      'The server asked to be left alone. Asks again at 00:55:00.',
    ],
    [
      'refused for a while and not kept fresh',
      { waiting: { untilMs: 55 * MINUTE_MS, reason: 'The server asked to be left alone.' }, keepFresh: false },
      'waiting',
      'The server asked to be left alone. Refresh tries again.',
    ],
    [
      'refused for a while that is over, and over itself',
      {
        ...tokens({ accessExpiry: relative(5 * MINUTE_MS) }),
        firstLifeMs: null,
        waiting: { untilMs: 6 * MINUTE_MS, reason: 'Still loading.' },
      },
      'waiting',
      'Still loading. Asks again as soon as it can.',
    ],
    [
      'minted with a credential that is dead',
      { signInNeeded: { sinceMs: 0, code: 'credential-dead', sentence: 'The key is dead.' } },
      'sign-in-needed',
      'The key is dead. Its token may have died with it: Check tells.',
    ],
    [
      'waiting for a person',
      { waiting: { untilMs: null, reason: 'The client may not do this.' } },
      'waiting',
      'The client may not do this. Waits for you: Refresh tries again.',
    ],
    [
      'uncertain and not probed',
      { uncertain: { sinceMs: 10 * MINUTE_MS, probed: false } },
      'uncertain',
      'Whether the refresh of 00:10:00 took effect is not known. The old refresh token is tried once more at 00:50:00.',
    ],
    [
      'uncertain and not kept fresh',
      { uncertain: { sinceMs: 10 * MINUTE_MS, probed: false }, keepFresh: false },
      'uncertain',
      'Whether the refresh of 00:10:00 took effect is not known. Refresh tries the old refresh token once more.',
    ],
    [
      'uncertain while the vendor is down',
      {
        uncertain: { sinceMs: 10 * MINUTE_MS, probed: false },
        waiting: { untilMs: 55 * MINUTE_MS, reason: 'The vendor’s server is down at the moment.' },
      },
      'uncertain',
      'The vendor’s server is down at the moment. The old refresh token is tried once more at 00:55:00.',
    ],
    [
      'refused for good, its access token over',
      {
        ...tokens({ accessExpiry: relative(5 * MINUTE_MS) }),
        signInNeeded: { sinceMs: 0, code: 'over', sentence: 'The server ended it.' },
      },
      'sign-in-needed',
      'The server ended it.',
    ],
    [
      'refused for good while its access token lives',
      { signInNeeded: { sinceMs: 0, code: 'over', sentence: 'The server ended it.' } },
      'sign-in-needed',
      'The server ended it. The access token works until it ends.',
    ],
    [
      'refused for good',
      { tokens: null, signInNeeded: { sinceMs: 0, code: 'over', sentence: 'The server ended it.' } },
      'sign-in-needed',
      'The server ended it.',
    ],
    ['switched off', { keepFresh: false }, 'ready', null],
    [
      'of unknown end',
      tokens({ accessExpiry: { kind: 'unknown' } }),
      'ready',
      'Refreshed only when you ask: its expiry is not reported.',
    ],
    [
      'with a refresh token that ends first',
      tokens({ refreshExpiry: relative(30 * MINUTE_MS) }),
      'ready',
      'Not refreshed by itself: the refresh token ends before the access token.',
    ],
    [
      'near the vendor’s own end',
      { firstLifeMs: 10 * 60 * MINUTE_MS, ...tokens({ refreshExpiry: relative(60 * MINUTE_MS) }) },
      'ready',
      'Not refreshed any more: the server is about to end this session.',
    ],
  ])('%s', (_case, differs, status, why) => {
    expect(momentOf(view(differs), around(11 * MINUTE_MS))).toMatchObject({ status, why });
  });

  it('says that the slot is free by now once the end of what was left to lapse has passed', () => {
    const slot = { ...tokens({ refreshExpiry: relative(100 * MINUTE_MS) }), holdsSlot: true, keepFresh: true };
    const unattended = { attendedAtMs: 0 };
    expect(momentOf(view(slot), around(100 * MINUTE_MS - 1, unattended)).why).toContain('slot held until about 01:40.');
    const { why } = momentOf(view(slot), around(100 * MINUTE_MS, unattended));
    expect(why).toContain('Nobody was at the console, so it is left to lapse: slot free since about 01:40.');
    expect(why).not.toContain('Log out');
  });

  it('says until when a slot is held by what is left to lapse', () => {
    const slot = view({ holdsSlot: true, ...tokens({ refreshExpiry: relative(100 * MINUTE_MS) }) });
    const nobody = around(20 * MINUTE_MS, { attendedAtMs: 20 * MINUTE_MS - UNATTENDED_AFTER_MS });
    expect(momentOf(slot, nobody)).toMatchObject({
      hold: 'left-to-lapse',
      why: 'Nobody was at the console, so it is left to lapse: slot held until about 01:40. Log out frees it at once.',
    });
    expect(momentOf(slot, around(20 * MINUTE_MS)).why).toBeNull();
  });

  it.each<[string, Partial<SessionRecord>]>([
    ['with no life', tokens({ accessExpiry: relative(0) })],
    ['with a date long past', tokens({ accessExpiry: { kind: 'absolute', serverMs: -MINUTE_MS } })],
  ])('says of a token that was handed out %s that it is over, and that nothing is waited for', (_case, differs) => {
    const session = view(differs);
    const moment = momentOf(session, around(MINUTE_MS));
    expect(moment.why).toBe('The server handed out a token that was over already. It is refreshed only when you ask.');
    expect(stateOf(moment, session)).toEqual({ kind: 'attention', word: 'Over' });
  });

  it('says of a short life that is over that nothing refreshes it by itself', () => {
    const session = view(tokens({ accessExpiry: relative(5_000) }));
    expect(momentOf(session, around(MINUTE_MS)).why).toMatch(/over\..* Lives too shortly to be refreshed by itself\.$/);
  });

  it('says of a token that is over when a new one is asked for, and that the server is left alone until then', () => {
    const nowMs = 61 * MINUTE_MS;
    const alone = around(nowMs, { leftAloneUntilMs: () => nowMs + MINUTE_MS });
    const over = 'By this clock the token is over. The next call to the server will tell.';
    expect(momentOf(view(), around(nowMs)).why).toBe(`${over} A new one is asked for as soon as it can.`);
    expect(momentOf(view(), alone).why).toBe(
      `${over} The server failed again and again, so the new one is asked for at 01:02:00.`,
    );
  });

  it('says that a token which cannot be refreshed ended by this clock alone', () => {
    const session = viewOf({
      ...sessionRecord(),
      tokens: { accessToken: 'x', accessExpiry: relative(MINUTE_MS), facts: [] },
    });
    expect(momentOf(session, around(2 * MINUTE_MS))).toMatchObject({
      status: 'waiting',
      why: 'By this clock it ended, and it cannot be refreshed.',
    });
    expect(refreshableWords(session)).toBe('cannot be refreshed');
  });

  it('stays the same object from second to second, until it says something else', () => {
    const session = view({ waiting: { untilMs: 5_000, reason: 'Too many calls.' } });
    let nowMs = 0;
    const read = steadyRead(() => momentOf(session, around(nowMs)), sameMoment);
    const first = read();
    nowMs = 4_000;
    expect(read()).toBe(first);
    nowMs = 6_000;
    expect(read()).not.toBe(first);
    expect(read().status).toBe('ready');
  });
});

describe('words', () => {
  it('do not call a token of unknown end ready', () => {
    const session = view(tokens({ accessExpiry: { kind: 'unknown' } }));
    expect(stateOf({ status: 'ready', hold: 'expiry-unknown' }, session)).toEqual({
      kind: 'unknown',
      word: 'No expiry known',
    });
  });

  it('say until when a forgotten token lives on', () => {
    const words = (session: ReturnType<typeof view>, nowMs = 0) => livesOnWords(session, 'access token', 0, nowMs);
    expect(words(view())).toBe('The access token lives until 01:00:00.');
    expect(words(view(), 61 * MINUTE_MS)).toBe('By this clock the access token is over.');
    expect(words(view(tokens({ accessExpiry: { kind: 'unknown' } })))).toBe(
      'When the access token ends is not reported.',
    );
    expect(words(view({ tokens: null }))).toBe('');
    expect(livesOnWords(view(tokens({ accessExpiry: { kind: 'never' } })), 'access key', 0, 0)).toBe(
      'The access key has no end of its own.',
    );
  });

  it('take the earliest end for no end: it may live on', () => {
    const day = view(tokens({ accessExpiry: { kind: 'earliest', atMs: 60 * MINUTE_MS } }));
    expect(livesOnWords(day, 'access token', 0, 0)).toBe('The access token lives at least until 01:00:00.');
    expect(livesOnWords(day, 'access token', 0, 61 * MINUTE_MS)).toBe(
      'By this clock the access token may end any time.',
    );
    const session = viewOf({
      ...sessionRecord(),
      tokens: { accessToken: 'x', accessExpiry: { kind: 'earliest', atMs: MINUTE_MS }, facts: [] },
    });
    expect(momentOf(session, around(2 * MINUTE_MS)).why).toBe(
      'It has lived as long as it surely does, and may end any time. It cannot be refreshed.',
    );
  });
});
