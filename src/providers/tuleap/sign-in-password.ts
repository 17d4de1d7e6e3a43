import type { Reply } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import { isAccepted } from '../accepted.ts';
import { cleanName } from '../pasted.ts';
import type { FormSignIn } from '../sign-in-way.ts';
import { companionOf, type Tokens } from '../tokens.ts';
import { readUserAndPassword } from '../user-and-password.ts';
import { explainReply, readError } from './errors.ts';
import { readRestTokenReply } from './replies.ts';
import { readWho } from './who.ts';

/** The server removes a token some time after it has lived this long, never before. */
const LIFE_AT_LEAST_MS = 24 * 60 * 60 * 1_000;

/** Both travel together, in two headers. */
export const pairOf = (tokens: Tokens) => ({ token: tokens.accessToken, userId: companionOf(tokens, 'userId') });

export const signInWithPassword: FormSignIn = {
  kind: 'form',
  id: 'password',
  label: 'User name and password',
  standing: 'deprecated',
  reason:
    'Gives a token that lives at least 24 hours. Tuleap has deprecated it: a personal access key is used much the same way, shows when it was last used, and needs no password here.',
  sends: 'Sends POST …/api/tokens with user name and password, then GET …/api/users/self with the token',
  fields: [
    { name: 'username', label: 'User name', autoComplete: 'username', kind: 'text', required: true },
    { name: 'password', label: 'Password', autoComplete: 'current-password', kind: 'secret', required: true },
  ],
  operation: 'createToken',
  request(values) {
    const pair = readUserAndPassword(
      { user: values['username'], password: values['password'] },
      { noun: 'user name', inOneHeader: false },
    );
    return pair.ok ? succeed({ username: pair.value.user, password: pair.value.password }) : pair;
  },
  read(reply, values) {
    const tokens = readRestToken(reply);
    if (!tokens.ok) return tokens;
    const id = companionOf(tokens.value, 'userId');
    return succeed({ tokens: tokens.value, identity: { name: cleanName(values['username'] ?? ''), id } });
  },
  identify: {
    operation: 'self',
    // The sign-in looks at the password alone; whether the account may enter shows when the token is used.
    decides: true,
    params: pairOf,
    read: (reply) => readWho(reply, 'self'),
  },
};

/** 201 with a number in the server's code, 200 with digits in its documentation. */
export function readRestToken(reply: Reply): Result<Tokens, Failure> {
  const accepted = isAccepted(reply) && readError(reply).error === undefined;
  const body = accepted ? readRestTokenReply(reply.json) : undefined;
  if (!body) return fail(explainReply(reply, 'createToken'));
  return succeed({
    accessToken: body.token,
    accessExpiry: { kind: 'earliest', atMs: reply.startedAtMs + LIFE_AT_LEAST_MS },
    companions: { userId: String(body.user_id) },
    facts: [],
  });
}
