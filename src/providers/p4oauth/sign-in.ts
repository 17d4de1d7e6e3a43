import type { Reply } from '../../http/call.ts';
import type { Connection } from '../../http/envelope.ts';
import type { Failure } from '../../http/failure.ts';
import type { ParamsOf } from '../../http/operation.ts';
import { isOnThisMachine } from '../../lib/loopback.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import { inputFailure } from '../input-failure.ts';
import { cleanName } from '../pasted.ts';
import type { CodeGrant, CodeSignIn, FormField, FormValues, Impediment } from '../sign-in-way.ts';
import { readUserAndPassword } from '../user-and-password.ts';
import { withQuery } from '../with-query.ts';
import { explainReply } from './errors.ts';
import type { operations } from './operations.ts';
import { refusals } from './refusals.ts';
import { readExchanged } from './tokens.ts';

const LOGIN_MAX = 1_024;

const loginField: FormField = {
  name: 'login',
  label: 'Login',
  hint: 'Your Perforce user. The server wants to know it beforehand.',
  autoComplete: 'username',
  kind: 'text',
  required: true,
};

/** Both ways in end with the same exchange. */
const common = {
  kind: 'code',
  operation: 'exchangeCode',
  request,
  read(reply, values, _connection, { redirectUri }) {
    const login = cleanName(values['login'] ?? '');
    const exchanged = readExchanged(reply, { login, redirectUri });
    return exchanged.ok ? succeed({ ...exchanged.value, identity: { name: login } }) : exchanged;
  },
  registration: {
    sentence:
      'Whoever runs the P4OAuth server puts this address on its whitelist, character for character: it is all that tells applications apart there.',
  },
  refusals,
} as const satisfies Partial<CodeSignIn>;

export const signInOnPage: CodeSignIn = {
  ...common,
  id: 'authorization-code',
  label: 'On the server’s page',
  standing: 'preferred',
  reason: 'You give the password to the P4OAuth server alone; it does not pass through this console.',
  sends: 'Opens …/grants/authorization_code in a new tab, then sends POST …/grants/token with the code that comes back',
  fields: [loginField],
  obtain: {
    by: 'visit',
    href(values, connection, { redirectUri, state }) {
      const login = readLogin(values);
      if (!login.ok) return login;
      return succeed(
        withQuery(`${connection.baseUrl}/grants/authorization_code`, {
          response_type: 'code',
          client_id: login.value,
          redirect_uri: redirectUri,
          state,
        }),
      );
    },
  },
};

export const signInWithPassword: CodeSignIn = {
  ...common,
  id: 'password',
  label: 'Login and password',
  standing: 'accepted',
  reason:
    'Without leaving this page; the password passes through this console. The vendor calls it “probably valid”: some servers do not offer it.',
  sends: 'Sends POST …/grants/password with login and password, then POST …/grants/token with the code that comes back',
  fields: [
    { ...loginField, hint: 'Your Perforce user.' },
    { name: 'password', label: 'Password', autoComplete: 'current-password', kind: 'secret', required: true },
  ],
  impediment: ({ baseUrl }) => (isReadable(baseUrl) ? unsafe : null),
  obtain: { by: 'form', operation: 'passwordGrant', request: requestCode, read: readParked },
};

function readLogin(values: FormValues): Result<string, Failure> {
  const login = cleanName(values['login'] ?? '');
  if (login === '') return fail(inputFailure('login-empty', 'The login is missing.', 'Type it.'));
  if (login.length > LOGIN_MAX || /\p{Cc}/u.test(login)) {
    return fail(inputFailure('login-odd', 'This is too long to be a login, or holds a control character.', 'Type it.'));
  }
  return succeed(login);
}

function requestCode(
  values: FormValues,
  { baseUrl }: Connection,
  { redirectUri, state }: CodeGrant,
): Result<ParamsOf<typeof operations.passwordGrant>, Failure> {
  const pair = readUserAndPassword(
    { user: values['login'], password: values['password'] },
    { noun: 'login', inOneHeader: false },
  );
  if (!pair.ok) return pair;
  if (isReadable(baseUrl)) return fail(plainHttp);
  return succeed({ login: pair.value.user, password: pair.value.password, redirectUri, state });
}

/** The vendor's own text has this one address with http. Whoever listens on the way would read the password. */
const isReadable = (baseUrl: string): boolean => !/^https:/i.test(baseUrl) && !isOnThisMachine(baseUrl);

const unsafe: Impediment = {
  sentence: 'This connection speaks plain http, and a password is never sent over that.',
  next: 'Use https in the base URL of the connection. The server’s own page has the same address: type no password there either.',
};

const plainHttp: Failure = {
  ...unsafe,
  code: 'plain-http',
  happened: 'no',
  fault: 'configuration',
  next: `Nothing was sent. ${unsafe.next}`,
  status: null,
};

/** The gateway keeps what the redirect to this console carries; what it leaves of the answer is the status alone. */
function readParked(reply: Reply): Result<null, Failure> {
  const { phase, status, cause } = reply.envelope;
  const parked = phase === 'answered' && status !== null && status >= 300 && status < 400 && cause === null;
  return parked ? succeed(null) : fail(explainReply(reply, 'passwordGrant'));
}

function request(
  values: FormValues,
  { settings }: Connection,
  { redirectUri, state }: CodeGrant,
): Result<ParamsOf<typeof operations.exchangeCode>, Failure> {
  const login = readLogin(values);
  if (!login.ok) return login;
  const asks = settings['clientAuthentication'] === 'basic';
  return succeed({
    login: login.value,
    redirectUri,
    code: { parked: state },
    // RFC 6749 section 2.3.1, with the login as client: the vendor’s client_id is the login.
    ...(asks && { client: login.value }),
  });
}
