import type { Failure } from '../http/failure.ts';

/** What was typed cannot be sent. */
export const inputFailure = (code: string, sentence: string, next: string): Failure => ({
  code,
  happened: 'no',
  fault: 'input',
  sentence,
  next: `Nothing was sent. ${next}`,
  status: null,
});
