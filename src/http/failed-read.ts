import { fail, type Result } from '../lib/result.ts';
import type { Failure } from './failure.ts';

/** As the tables of errors word it, which are for every kind of call. */
const MAY_HAVE_HAPPENED =
  /^(?:Whether it took effect is not known|It most likely took no effect)\.(?: Look before you (?:try|start it) again\.)?/;
const AND_LOOK = /, and look before you try again\.$/;

/** The same of a call that only reads: there is nothing that it could have changed, nor anything to look after. */
export function failedRead(failure: Failure): Failure {
  if (!MAY_HAVE_HAPPENED.test(failure.next)) return failure;
  const rest = failure.next.replace(MAY_HAVE_HAPPENED, '').replace(AND_LOOK, '.');
  return { ...failure, next: `Nothing was to be changed by it.${rest === '' ? ' Try again.' : rest}` };
}

/** What a reader made of the reply to a call that only reads. */
export const ofRead = <Value>(read: Result<Value, Failure>): Result<Value, Failure> =>
  read.ok ? read : fail(failedRead(read.failure));
