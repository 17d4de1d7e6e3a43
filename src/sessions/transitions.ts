/**
 * The steps of a session's record as pure functions: what a refresh makes of it in `refresh-steps.ts`, and its end in
 * `ending-steps.ts`; together the whole protocol of a single-use refresh token. No step reads a clock or sends
 * anything; the repository runs them under compare-and-set.
 *
 * The rules, each of which is needed:
 * - an intent is stored before the call, and refused while another is open;
 * - new tokens are stored only over the generation that they were asked for;
 * - `uncertain` is a fact of its own: a probe that was never sent goes back to it, not to "due";
 * - the old token is sent once as a probe, and a probe that was never sent is given back.
 */
import type { SessionRecord } from './record.ts';

/** Why a step was not taken: the record is gone, over, has moved on, has an intent open, or has no use for the step. */
export type Refusal = 'missing' | 'ended' | 'moved' | 'intent-open' | 'not-wanted';

export type Transition = (record: SessionRecord) => SessionRecord | Refusal;

export const setKeepFresh =
  (keepFresh: boolean): Transition =>
  (record) =>
    record.ended ? 'ended' : { ...record, keepFresh };
