/**
 * Every step that a session's record can take, as pure functions: the whole protocol of a single-use refresh token on one
 * page. No step reads a clock or sends anything; the repository runs them under compare-and-set.
 *
 * The rules, each of which is needed:
 * - an intent is stored before the call, and refused while another is open;
 * - new tokens are stored only over the generation that they were asked for;
 * - `uncertain` is a fact of its own: a probe that was never sent goes back to it, not to "due";
 * - the old token is sent once as a probe, and a probe that was never sent is given back.
 */
import type { Tokens } from '../providers/tokens.ts';
import type { Ended, Intent, SessionRecord, SignInNeeded, Waiting } from './record.ts';

/** Why a step was not taken: the record is gone, over, has moved on, has an intent open, or has no use for the step. */
export type Refusal = 'missing' | 'ended' | 'moved' | 'intent-open' | 'not-wanted';

export type Transition = (record: SessionRecord) => SessionRecord | Refusal;

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
    return {
      ...record,
      tokens,
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
 * because refusing one says nothing about the other.
 */
export const reject =
  (intent: Intent, word: SignInNeeded): Transition =>
  (record) => {
    if (record.ended) return 'ended';
    if (record.generation !== intent.generation) return 'moved';
    return giveUpRefreshing(record, word);
  };

/** The one probe is spent and its answer is missing too: say so instead of trying again. */
export const giveUp =
  (word: SignInNeeded): Transition =>
  (record) => {
    if (record.ended) return 'ended';
    if (record.intent) return 'intent-open';
    return giveUpRefreshing(record, word);
  };

function giveUpRefreshing(record: SessionRecord, word: SignInNeeded): SessionRecord {
  return {
    ...record,
    tokens: record.tokens && withoutRefreshToken(record.tokens),
    generation: record.generation + 1,
    intent: null,
    uncertain: null,
    waiting: null,
    signInNeeded: word,
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

/** A call on the session's behalf was refused with a 401, and a refreshed token was refused as well. */
export const refuse =
  (generation: number, word: SignInNeeded): Transition =>
  (record) => {
    if (record.ended) return 'ended';
    if (record.generation !== generation) return 'moved';
    if (record.intent) return 'intent-open';
    return { ...record, tokens: null, generation: generation + 1, uncertain: null, waiting: null, signInNeeded: word };
  };

/**
 * A call was refused with a 401 and no new token could be had yet. Whatever its expiry says, the token is over, so that it
 * is not handed out, and a new one is due.
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
    return { ...record, tokens: { ...record.tokens, accessExpiry } };
  };

/** Over here, for good: no later step brings its secrets back. */
export const end =
  (how: Ended['how'], nowMs: number, evidence: string | null = null): Transition =>
  (record) =>
    record.ended
      ? 'ended'
      : {
          ...record,
          tokens: null,
          intent: null,
          uncertain: null,
          waiting: null,
          ended: { atMs: nowMs, how, evidence },
        };

export const setKeepFresh =
  (keepFresh: boolean): Transition =>
  (record) =>
    record.ended ? 'ended' : { ...record, keepFresh };

export const noteCopy =
  (nowMs: number): Transition =>
  (record) =>
    record.ended ? 'ended' : { ...record, copiedAtMs: nowMs };

/** The credential that minted this token is dead at the vendor: nothing can be minted again. */
export const disown =
  (word: SignInNeeded): Transition =>
  (record) =>
    record.ended
      ? 'ended'
      : { ...record, lineage: { ...record.lineage, kept: false }, waiting: null, signInNeeded: word };

/** The credential is no longer kept here; the token lives on. */
export const dropCredential: Transition = (record) =>
  record.ended ? 'ended' : { ...record, lineage: { ...record.lineage, kept: false } };
