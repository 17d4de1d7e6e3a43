import { fail, type Result } from '../lib/result.ts';
import type { Failure } from './failure.ts';

/** As the tables of errors word it, which are for every kind of call. */
const MAY_HAVE_HAPPENED =
  /^(?:Whether it took effect is not known|It most likely took no effect)\.(?: Look before you (?:try|start it) again\.)?/;
const AND_LOOK = /, and look before you try again\.$/;

/** What to do after a call that only reads: there is nothing that it could have changed, nor anything to look after. */
export function nextOfRead(next: string): string {
  if (!MAY_HAVE_HAPPENED.test(next)) return next;
  const rest = next.replace(MAY_HAVE_HAPPENED, '').replace(AND_LOOK, '.');
  return `Nothing was to be changed by it.${rest === '' ? ' Try again.' : rest}`;
}

/** The same of a failure. */
export const failedRead = (failure: Failure): Failure => ({ ...failure, next: nextOfRead(failure.next) });

/** What a reader made of the reply to a call that only reads. */
export const ofRead = <Value>(read: Result<Value, Failure>): Result<Value, Failure> =>
  read.ok ? read : fail(failedRead(read.failure));
