import type { Failure } from '../http/failure.ts';
import { useAnsweredSince } from './use-answered-since.ts';

type Words = Pick<Failure, 'sentence' | 'next'>;

/** What is left to say of a failure of the gateway's, by its code, once the gateway answers again. */
const afterwards: Readonly<Record<string, (said: Words) => Partial<Words>>> = {
  'gateway-away': () => ({
    sentence: 'The gateway of this console answers again.',
    next: 'Nothing was sent. Try again.',
  }),
  'gateway-gone': () => ({
    sentence: 'The gateway of this console answers again.',
    next: 'At most the server made a code, which nobody uses. Sign in again.',
  }),
  // Whether it took effect stays as open as it was.
  'gateway-lost': ({ next }) => ({
    next: next.replace('Check that the program is running, and look', 'The gateway answers again: look'),
  }),
};

/** The failure as it is to be said now: what a gateway that is back has made untrue is no longer in it. */
export function useFailureNow<Given extends Failure>(failure: Given): Given & { readonly back?: true } {
  const words = Object.hasOwn(afterwards, failure.code) ? afterwards[failure.code] : undefined;
  const back = useAnsweredSince(words ? failure : null);
  return words && back ? { ...failure, ...words(failure), ...(failure.happened === 'no' && { back: true }) } : failure;
}
