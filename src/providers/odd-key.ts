import type { Failure } from '../http/failure.ts';
import { inputFailure } from './input-failure.ts';
import { isOneWord } from './pasted.ts';

interface Kind {
  /** With its article, as it begins a sentence: "An access key". */
  readonly noun: string;
  /** What is said where there is a gap in it. */
  readonly shape: string;
  readonly lengthMax: number;
}

const COPY_ALONE = 'Copy the key alone and paste it again.';

/**
 * Why a cleaned key of visible ASCII cannot be one, by what is wrong with it; undefined where it can. The words never
 * repeat what was pasted.
 */
export function oddKey(key: string, { noun, shape, lengthMax }: Kind): Failure | undefined {
  if (/\s/u.test(key)) return inputFailure('key-not-one-word', shape, COPY_ALONE);
  if (key.length > lengthMax) {
    return inputFailure('key-too-long', `This is too long to be ${lowerFirst(noun)}.`, COPY_ALONE);
  }
  if (isOneWord(key)) return undefined;
  return inputFailure(
    'key-odd-character',
    `${noun} has only plain letters, digits and signs; this has another character, such as an accented letter, a letter of another alphabet or an invisible sign.`,
    COPY_ALONE,
  );
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
