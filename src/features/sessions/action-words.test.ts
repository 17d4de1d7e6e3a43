import { describe, expect, it } from 'vitest';
import { sessionRecord } from '../../../test/session-record.ts';
import { gatewayAway } from '../../refresh/gateway-away.ts';
import { checkNote, failureNote, loggedOutNote, refreshNote } from './action-words.ts';

const away = gatewayAway({ online: () => true });
const noOffset = (): number => 0;

describe('the result of a refresh', () => {
  it('says how long the new token is valid', () => {
    const record = sessionRecord();
    expect(refreshNote({ kind: 'refreshed', record }, 0, noOffset)).toEqual({
      tone: 'ok',
      sentence: 'Refreshed, valid 60:00',
    });
    expect(refreshNote({ kind: 'adopted', record }, 1_800_000, noOffset).sentence).toBe(
      'Was refreshed already, valid 30:00',
    );
  });

  it('says what happened, whether it took effect and what to do next', () => {
    expect(refreshNote({ kind: 'failed', failure: away }, 0, noOffset)).toEqual({
      tone: 'bad',
      sentence: away.sentence,
      more: away.next,
      untilBack: true,
    });
    expect(refreshNote({ kind: 'uncertain' }, 0, noOffset)).toMatchObject({
      tone: 'warn',
      sentence: expect.stringContaining('took effect is not known') as string,
    });
    expect(refreshNote({ kind: 'impossible', why: 'not-refreshable' }, 0, noOffset).more).toMatch(/^Nothing was sent/);
    expect(refreshNote({ kind: 'impossible', why: 'ended' }, 0, noOffset).sentence).toMatch(
      /ended or forgotten already/,
    );
  });

  it('quotes the server where the vendor’s table asks for it', () => {
    expect(failureNote({ ...away, serverSaid: 'Realm not enabled' }).more).toMatch(
      /The server said: “Realm not enabled”$/,
    );
  });
});

describe('the result of a log out', () => {
  const facts = {
    who: 'alice',
    where: 'OCP · production',
    evidence: null,
    survives: 'A copied token still passes.',
    nowMs: 0,
  };

  it('gives the vendor’s answer and what lives on until when', () => {
    expect(loggedOutNote({ ...facts, answer: 204, accessEndsAtMs: 240_000 })).toMatchObject({
      tone: 'ok',
      sentence: 'Logged out alice, OCP · production',
      more: 'The server answered 204. A copied token still passes. It ends at 00:04:00.',
    });
  });

  it('says of nothing that it lives on where nothing does', () => {
    expect(loggedOutNote({ ...facts, answer: 204, accessEndsAtMs: -1 }).more).toBe('The server answered 204.');
    expect(loggedOutNote({ ...facts, answer: null, accessEndsAtMs: undefined }).more).toBe('Nothing was left to send.');
  });

  it('gives the proof where one was tried, and stays where it showed nothing', () => {
    const about = { ...facts, survives: '', answer: 200, accessEndsAtMs: undefined };
    expect(loggedOutNote({ ...about, evidence: 'The server answered 401.' })).toMatchObject({
      tone: 'ok',
      more: 'The server answered 200. Proven with the old token: The server answered 401.',
    });
    expect(loggedOutNote({ ...about, evidence: 'Not proven: No answer came.' })).toMatchObject({
      tone: 'warn',
      more: 'The server answered 200. Not proven: No answer came.',
    });
  });
});

it('says what the vendor keeps of a session that was logged out', () => {
  const about = { who: 'a', where: 'b', answer: 200, evidence: null, survives: '', accessEndsAtMs: 240_000, nowMs: 0 };
  expect(loggedOutNote({ ...about, remains: 'The consent stays.' }).more).toBe(
    'The server answered 200. The consent stays.',
  );
});

it('keeps the answer to a check in the row, with its evidence', () => {
  const token = { what: 'access token', refreshable: true };
  expect(checkNote('dead', 'The server answered 401.', token)).toMatchObject({
    tone: 'bad',
    sentence: 'Dead: the server refuses this access token. Refresh it, or sign in again.',
    more: 'The server answered 401.',
    stays: true,
  });
  expect(checkNote('dead', 'x', { what: 'access key', refreshable: false }).sentence).toBe(
    'Dead: the server refuses this access key. Sign in again.',
  );
  expect(checkNote('dead', 'x', { ...token, fate: 'lost' }).sentence).toMatch(/token\. Sign in again\.$/);
  expect(checkNote('dead', 'x', { ...token, fate: 'minted' })).toMatchObject({
    tone: 'warn',
    sentence: 'Dead: the server refused this access token. A new one was made.',
  });
  expect(checkNote('live', 'x', token)).toMatchObject({
    tone: 'ok',
    sentence: 'Live: the server accepts this access token.',
  });
  expect(checkNote('unknown', 'x', token).tone).toBe('warn');
  for (const verdict of ['live', 'dead', 'unknown'] as const) {
    expect(checkNote(verdict, 'x', { ...token, replaced: true })).toMatchObject({
      tone: 'warn',
      sentence: 'A new access token came while the old one was checked.',
      more: 'The answer says nothing of the new one. Check again.',
    });
  }
});
