/** What the readers of the steps share: an answer in a few words, and the calls as which credential. */
import type { Reply } from '../../http/call.ts';
import { isAccepted } from '../accepted.ts';
import type { CallStep, Evidence, Reading, StepContext } from '../ending.ts';
import type { KeyRow } from '../key-row.ts';
import { explainReply, readError } from './errors.ts';
import { rowOf } from './key-rows.ts';
import { readAccessKeyReply } from './replies.ts';

/** A 2xx with an error in it is none. */
export const isGood = (reply: Reply): boolean => isAccepted(reply) && readError(reply).error === undefined;

export const codeOf = (reply: Reply, operation: string): string =>
  reply.envelope.phase === 'answered' ? explainReply(reply, operation).code : '';

export const readRow = (reply: Reply): KeyRow | undefined => {
  const row = isGood(reply) ? readAccessKeyReply(reply.json) : undefined;
  return row && rowOf(row, reply.json);
};

export const evidenceOf = (row: KeyRow): Evidence => ({ row, facts: [] });

export const statusOf = ({ envelope }: Reply): string => String(envelope.status ?? 'no answer');

/** A refusal that may be anything but the credential is left to the table of errors. */
export const keyInHand = ({ secrets }: StepContext): { readonly accessKey: string } => ({
  accessKey: secrets['accessKey'] ?? '',
});

export const accepted = (reply: Reply, words: string): Reading<'end'> | null =>
  isGood(reply) ? { says: 'accepted', words: `${statusOf(reply)}, ${words}` } : null;

/** Keeps a step's literal stage, so that its reader is held to it. */
export const stepOf = <const S extends CallStep['stage']>(step: CallStep<S>): CallStep<S> => step;
