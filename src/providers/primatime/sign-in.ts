import type { Failure } from '../../http/failure.ts';
import type { ParamsOf } from '../../http/operation.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import type { FormSignIn, FormValues } from '../sign-in-way.ts';
import { inputFailure } from '../input-failure.ts';
import { oddKey } from '../odd-key.ts';
import { cleanKey, cleanName, cleanPassword } from '../pasted.ts';
import { basicPair } from './basic-pair.ts';
import type { operations } from './operations.ts';
import { identify } from './self.ts';
import { readTokens } from './tokens.ts';

const LENGTH_MAX = 1_024;
const SENDS = 'Sends GET …/auth/login with the credential in the Authorization header';

type SignInParams = Result<ParamsOf<typeof operations.signIn>, Failure>;

export const signInWithSecretKey: FormSignIn = {
  kind: 'form',
  id: 'secret-key',
  label: 'Secret key',
  standing: 'preferred',
  reason: 'One key per use, deleted on its own without changing the password, which stays out of this console.',
  sends: SENDS,
  fields: [
    {
      name: 'secretKey',
      label: 'Secret key',
      hint: 'PrimaTime’s own pages call it an access token: My profile, Security.',
      autoComplete: 'off',
      kind: 'secret',
      required: true,
    },
  ],
  operation: 'signIn',
  request: requestWithKey,
  read(reply) {
    const tokens = readTokens(reply, 'signIn');
    return tokens.ok ? succeed({ tokens: tokens.value, identity: { name: 'Owner of a secret key' } }) : tokens;
  },
  identify,
  keeps: {
    label: 'Keep this secret key, to sign in with it again',
    hint: 'Used only when the refresh token is over, refused or perhaps used up; without it, you sign in again.',
    kept: (values) => ({ secretKey: keyOf(values) }),
  },
};

export const signInWithPassword: FormSignIn = {
  kind: 'form',
  id: 'password',
  label: 'E-mail and password',
  standing: 'accepted',
  reason: 'Works without preparing a key, but hands the whole account over. A secret key is safer.',
  sends: SENDS,
  fields: [
    { name: 'email', label: 'E-mail', autoComplete: 'username', kind: 'text', required: true },
    { name: 'password', label: 'Password', autoComplete: 'current-password', kind: 'secret', required: true },
  ],
  operation: 'signIn',
  request: requestWithPassword,
  read(reply, values) {
    const tokens = readTokens(reply, 'signIn');
    return tokens.ok ? succeed({ tokens: tokens.value, identity: { name: cleanName(values['email'] ?? '') } }) : tokens;
  },
};

const pasted = (values: FormValues): string => cleanKey(values['secretKey'] ?? '');

/** The colon that the vendor writes after it is not part of it. A copied header has both in base64. */
function keyOf(values: FormValues): string {
  const word = pasted(values);
  const pair = basicPair(word);
  return pair?.password === '' ? pair.user : word.replace(/:$/, '');
}

/** The key is the user name, and the password is empty. */
function requestWithKey(values: FormValues): SignInParams {
  const key = keyOf(values);
  if (key === '') return fail(inputFailure('key-empty', 'The secret key is missing.', 'Paste it.'));
  if (basicPair(pasted(values))?.password) {
    return fail(
      inputFailure(
        'key-with-password',
        'This is a header with a user name and a password, and no secret key.',
        'Copy the secret key alone, or sign in with e-mail and password.',
      ),
    );
  }
  // A colon is as much of a gap as a space is: what stands before it would be another user name.
  const odd = oddKey(key.replaceAll(':', ' '), {
    noun: 'A secret key',
    shape: 'A secret key is one word without spaces and colons; more than the key was pasted.',
    lengthMax: LENGTH_MAX,
  });
  if (odd) return fail(odd);
  return succeed({ user: key, password: '' });
}

function requestWithPassword(values: FormValues): SignInParams {
  const user = cleanName(values['email'] ?? '');
  const password = cleanPassword(values['password'] ?? '');
  if (user === '') return fail(inputFailure('email-empty', 'The e-mail is missing.', 'Type it.'));
  if (password === '') return fail(inputFailure('password-empty', 'The password is missing.', 'Type it.'));
  // The header that carries both separates them by the first colon (RFC 7617 section 2).
  if (user.includes(':')) {
    return fail(
      inputFailure('email-with-colon', 'An e-mail holds no colon here.', 'Check what was pasted into the field.'),
    );
  }
  if (user.length > LENGTH_MAX || password.length > LENGTH_MAX) {
    return fail(inputFailure('field-too-long', 'The e-mail or the password is too long to be one.', 'Paste it again.'));
  }
  if (/\p{Cc}/u.test(user + password)) {
    return fail(
      inputFailure(
        'control-character',
        'The e-mail or the password holds a control character.',
        'Type it instead of pasting.',
      ),
    );
  }
  return succeed({ user, password });
}
