/** A refresh's claim, and what an answer or the lack of one makes of the record; see `transitions.ts`. */
import { endsAtMs } from '../lib/time.ts';
import type { Tokens } from '../providers/tokens.ts';
import type { Intent, SessionRecord, SignInNeeded, Waiting } from './record.ts';
import { leftoverOf } from './ending-steps.ts';
import type { Transition } from './transitions.ts';

/** Claims the refresh token of this generation. To be stored before anything is sent. */
export const openIntent =
  (revision: number, intent: Intent): Transition =>
  (record) => {
    if (record.ended) return 'ended';
    if (record.intent) return 'intent-open';
    if (record.revision !== revision || record.generation !== intent.generation) return 'moved';
    const wanted = intent.probe ? record.uncertain?.probed === false : record.uncertain === null;
    if (!wanted || !record.tokens) return 'not-wanted';
    return {
      ...record,
      intent,
      waiting: null,
      uncertain: intent.probe && record.uncertain ? { ...record.uncertain, probed: true } : record.uncertain,
    };
  };

/**
 * The vendor answered with new tokens. An answer counts for its generation, whichever intent is open by now: nobody else
 * can have spent that token. `askedAtMs`: when the pair was asked for, however late its answer came. Its life counts from
 * there; counted from the storing, a late answer would look like a token whose life has shrunk.
 */
export const commit =
  (intent: Intent, tokens: Tokens, askedAtMs: number): Transition =>
  (record) => {
    if (record.ended) return 'ended';
    if (record.generation !== intent.generation) return 'moved';
    const { leftover: _refreshedAgain, ...rest } = record;
    // A vendor's reading may build the new tokens on the old ones.
    const { refusedAtMs: _ofTheOldOne, ...made } = tokens;
    return {
      ...rest,
      tokens: made,
      generation: record.generation + 1,
      intent: null,
      uncertain: null,
      waiting: null,
      signInNeeded: null,
      failures: 0,
      refreshes: record.refreshes + 1,
      refreshedAtMs: askedAtMs,
    };
  };

/**
 * The vendor refused this pair for good. The refresh token is dropped; the access token stays for as long as it lives,
 * because refusing one says nothing about the other. `isOver`: the vendor said that the session itself is no more.
 */
export const reject =
  (intent: Intent, word: SignInNeeded, isOver = false): Transition =>
  (record) => {
    if (record.ended) return 'ended';
    if (record.generation !== intent.generation) return 'moved';
    const { leftover: _none, ...after } = giveUpRefreshing(record, word);
    return isOver ? after : giveUpRefreshing(record, word);
  };

/**
 * The same where a kept credential mints the next token: the session goes on. `waiting`: whether the refresh took effect is
 * not known, and the server is left alone for a while.
 */
export const dropRefreshToken =
  (intent: Intent, waiting: Waiting | null): Transition =>
  (record) => {
    if (!owns(record, intent)) return record.ended ? 'ended' : 'moved';
    if (!record.lineage.kept) return 'not-wanted';
    const failures = record.failures + (waiting ? 1 : 0);
    return { ...giveUpRefreshing(record, null), waiting, failures };
  };

/** The one probe is spent and its answer is missing too: say so instead of trying again. */
export const giveUp =
  (word: SignInNeeded): Transition =>
  (record) => {
    if (record.ended) return 'ended';
    if (record.intent) return 'intent-open';
    return giveUpRefreshing(record, word);
  };

function giveUpRefreshing(record: SessionRecord, word: SignInNeeded | null): SessionRecord {
  return {
    ...record,
    // Refused itself, the access token is of no use either; where the session goes on, the next one takes its place.
    tokens:
      word === null || record.tokens?.refusedAtMs === undefined
        ? record.tokens && withoutRefreshToken(record.tokens)
        : null,
    generation: record.generation + 1,
    intent: null,
    uncertain: null,
    waiting: null,
    signInNeeded: word,
    ...(word && leftoverOf(record, word.sinceMs)),
  };
}

function withoutRefreshToken(tokens: Tokens): Tokens {
  const { refreshToken: _dead, refreshExpiry: _over, ...rest } = tokens;
  return rest;
}

/** It certainly was not sent: the token may be sent after all, and a probe is given back. */
export const giveBack =
  (intent: Intent, waiting: Waiting | null): Transition =>
  (record) => {
    if (!owns(record, intent)) return record.ended ? 'ended' : 'moved';
    return {
      ...record,
      intent: null,
      waiting,
      failures: record.failures + (waiting ? 1 : 0),
      uncertain: intent.probe && record.uncertain ? { ...record.uncertain, probed: false } : record.uncertain,
    };
  };

/** It was sent, or may have been, and the answer is missing for good. `waiting`: the server asked to be left alone. */
export const loseAnswer =
  (intent: Intent, nowMs: number, waiting: Waiting | null = null): Transition =>
  (record) => {
    if (!owns(record, intent)) return record.ended ? 'ended' : 'moved';
    return {
      ...record,
      intent: null,
      uncertain: { sinceMs: record.uncertain?.sinceMs ?? nowMs, probed: record.uncertain?.probed ?? false },
      waiting,
      failures: record.failures + 1,
    };
  };

/** Nothing could be sent at all: look again later. */
export const postpone =
  (generation: number, waiting: Waiting): Transition =>
  (record) => {
    if (record.ended) return 'ended';
    if (record.generation !== generation) return 'moved';
    if (record.intent) return 'intent-open';
    return { ...record, waiting, failures: record.failures + 1 };
  };

/** Something changed that only a person can change, so the next try may come out otherwise. */
export const tryAtOnce: Transition = (record) => {
  if (record.ended) return 'ended';
  return record.waiting && record.waiting.asked !== true ? { ...record, waiting: null } : 'moved';
};

const owns = (record: SessionRecord, intent: Intent): boolean =>
  !record.ended && record.intent?.nonce === intent.nonce && record.generation === intent.generation;

/**
 * A call was refused with a 401 and no new token could be had yet. Whatever its expiry says, the token is over, so that it
 * is not handed out, and a new one is due. Before its time it counts as refused.
 */
export const callOver =
  (generation: number, nowMs: number): Transition =>
  (record) => {
    if (record.ended) return 'ended';
    if (record.generation !== generation) return 'moved';
    if (record.intent) return 'intent-open';
    if (!record.tokens) return 'not-wanted';
    // By our own clock: a better measure of the server's must not bring it back to life.
    const accessExpiry = { kind: 'relative', lifeMs: 0, anchorMs: nowMs } as const;
    // Without the server's offset: off by a few seconds at the very end of a life, where either is as good as true.
    const wasOver = (endsAtMs(record.tokens.accessExpiry, 0) ?? Infinity) <= nowMs;
    return {
      ...record,
      tokens: { ...record.tokens, accessExpiry, ...(!wasOver && { refusedAtMs: nowMs }) },
    };
  };

export const noteCopy =
  (nowMs: number): Transition =>
  (record) =>
    record.ended ? 'ended' : { ...record, copiedAtMs: nowMs };
