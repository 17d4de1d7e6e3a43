import type { Failure } from '../http/failure.ts';
import { fail, succeed, type Result } from '../lib/result.ts';
import { inputFailure } from './input-failure.ts';
import { cleanName, cleanPassword } from './pasted.ts';

const LENGTH_MAX = 1_024;

export type UserAndPassword = Readonly<Record<'user' | 'password', string>>;

interface Rules {
  /** As the form calls it, in the middle of a sentence: "user name". */
  readonly noun: string;
  /** The pair goes into one header that separates them by the first colon (RFC 7617 section 2). */
  readonly inOneHeader: boolean;
  /** The vendor has accounts without a password. */
  readonly passwordMayBeEmpty?: true;
}

/** What was typed, cleaned; a failure of fault `input` where it cannot be sent. Its words never repeat what was typed. */
export function readUserAndPassword(
  typed: { readonly user: string | undefined; readonly password: string | undefined },
  { noun, inOneHeader, passwordMayBeEmpty }: Rules,
): Result<UserAndPassword, Failure> {
  const user = cleanName(typed.user ?? '');
  const password = cleanPassword(typed.password ?? '');
  if (user === '') return fail(inputFailure('user-empty', `The ${noun} is missing.`, 'Type it.'));
  if (password === '' && !passwordMayBeEmpty) {
    return fail(inputFailure('password-empty', 'The password is missing.', 'Type it.'));
  }
  if (inOneHeader && user.includes(':')) {
    return fail(inputFailure('user-with-colon', `A ${noun} holds no colon here.`, 'Check what was pasted.'));
  }
  if (user.length > LENGTH_MAX || password.length > LENGTH_MAX) {
    return fail(
      inputFailure('field-too-long', `The ${noun} or the password is too long to be one.`, 'Paste it again.'),
    );
  }
  if (/\p{Cc}/u.test(user + password)) {
    return fail(
      inputFailure(
        'control-character',
        `The ${noun} or the password holds a control character.`,
        'Type it instead of pasting.',
      ),
    );
  }
  return succeed({ user, password });
}
