import type { Failure } from '../../http/failure.ts';
import type { ParamsOf } from '../../http/operation.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import type { FormSignIn, FormValues } from '../sign-in-way.ts';
import { inputFailure } from '../input-failure.ts';
import { cleanDigits, cleanName, cleanPassword } from '../pasted.ts';
import type { operations } from './operations.ts';
import { readClaims } from './claims.ts';
import { readTokens } from './tokens.ts';

/** Newer servers refuse longer fields. */
const FIELD_MAX = 4_000;

export const signInWithPassword: FormSignIn = {
  kind: 'form',
  id: 'password',
  label: 'User name and password',
  standing: 'accepted',
  reason:
    'The one way that the vendor documents. Each sign-in takes one of the user’s sessions until it is logged out.',
  sends: 'Sends POST …/protocol/openid-connect/token with user name and password',
  fields: [
    {
      name: 'username',
      label: 'User name',
      hint: 'Or the e-mail.',
      autoComplete: 'username',
      kind: 'text',
      required: true,
    },
    { name: 'password', label: 'Password', autoComplete: 'current-password', kind: 'secret', required: true },
    {
      name: 'otp',
      label: 'One-time code',
      hint: 'Only for an account that has one.',
      autoComplete: 'one-time-code',
      kind: 'digits',
      required: false,
    },
  ],
  operation: 'signIn',
  request,
  read(reply, values) {
    const tokens = readTokens(reply, 'signIn');
    if (!tokens.ok) return tokens;
    const { sub } = readClaims(tokens.value.accessToken);
    const name = cleanName(values['username'] ?? '');
    return succeed({ tokens: tokens.value, identity: { name, ...(sub && { id: sub }) } });
  },
};

function request(values: FormValues): Result<ParamsOf<typeof operations.signIn>, Failure> {
  const username = cleanName(values['username'] ?? '');
  const password = cleanPassword(values['password'] ?? '');
  const otp = cleanDigits(values['otp'] ?? '');
  if (username === '') return fail(inputFailure('username-empty', 'The user name is missing.', 'Type it.'));
  if (password === '') return fail(inputFailure('password-empty', 'The password is missing.', 'Type it.'));
  if (username.length > FIELD_MAX || password.length > FIELD_MAX) {
    return fail(
      inputFailure('field-too-long', 'The user name or the password is too long to be one.', 'Paste it again.'),
    );
  }
  if (!/^\d{0,64}$/.test(otp)) {
    return fail(
      inputFailure('otp-not-digits', 'A one-time code consists of digits.', 'Type the code that is shown now.'),
    );
  }
  return succeed({ username, password, ...(otp !== '' && { otp }) });
}
