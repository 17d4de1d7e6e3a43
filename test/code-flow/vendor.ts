/** A vendor of the tests’ own: the code flow of RFC 6749 with PKCE and a confidential client, and nothing else. */
import type { Reply } from '../../src/http/call.ts';
import type { ErrorFacts, ErrorRow, Failure } from '../../src/http/failure.ts';
import type { Operations } from '../../src/http/operation.ts';
import type { ProviderSettings } from '../../src/http/settings.ts';
import { fail, succeed, type Result } from '../../src/lib/result.ts';
import { isAccepted } from '../../src/providers/accepted.ts';
import { defineProvider } from '../../src/providers/contract.ts';
import { explain } from '../../src/providers/explain.ts';
import type { SessionFace } from '../../src/providers/session-face.ts';
import type { CodeSignIn } from '../../src/providers/sign-in-way.ts';
import type { Tokens } from '../../src/providers/tokens.ts';
import { withQuery } from '../../src/providers/with-query.ts';

const clientId = { in: 'basic-user', from: 'setting' } as const;
const clientSecret = { in: 'basic-password', from: 'operator-secret', secret: true } as const;

const operations = {
  exchangeCode: {
    method: 'POST',
    path: '/token',
    effect: 'spend',
    label: 'sign in',
    params: {
      clientId,
      clientSecret,
      grant_type: { in: 'form', from: 'fixed', value: 'authorization_code' },
      redirect_uri: { in: 'form', from: 'caller' },
      code_verifier: { in: 'form', from: 'caller', secret: true },
      code: { in: 'form', from: 'parked-code', secret: true },
    },
  },
  refresh: {
    method: 'POST',
    path: '/token',
    effect: 'spend',
    label: 'refresh',
    params: {
      clientId,
      clientSecret,
      grant_type: { in: 'form', from: 'fixed', value: 'refresh_token' },
      refresh_token: { in: 'form', from: 'caller', secret: true },
    },
  },
  revoke: {
    method: 'POST',
    path: '/token/revocation',
    effect: 'end',
    label: 'log out',
    params: { clientId, clientSecret, token: { in: 'form', from: 'caller', secret: true } },
  },
  me: {
    method: 'GET',
    path: '/me',
    effect: 'read',
    label: 'read own user',
    params: { bearer: { in: 'header', from: 'caller', as: 'Authorization', prefix: 'Bearer ', secret: true } },
  },
} as const satisfies Operations;

const settings = {
  baseUrlHint: 'The issuer.',
  fields: [
    { key: 'clientId', label: 'Client ID', hint: 'From the registration.', kind: 'text' },
    { key: 'clientSecret', label: 'Client secret', hint: 'From the registration.', kind: 'text', secret: true },
  ],
} as const satisfies ProviderSettings;

export const vendors = { plain: { operations, settings } };

const errors = [
  {
    name: 'grant-refused',
    error: ['invalid_grant'],
    happened: 'no',
    fault: 'credential',
    sentence: 'The server does not take the code or the refresh token.',
    next: 'Sign in again.',
  },
] as const satisfies readonly ErrorRow[];

const textOf = (json: unknown, name: string): string | undefined => {
  const value = typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[name] : undefined; // any object has names
  return typeof value === 'string' ? value : undefined;
};

function readError({ json }: Reply): ErrorFacts {
  const error = textOf(json, 'error');
  return error === undefined ? {} : { error };
}

function readTokens(reply: Reply, operation: string): Result<Tokens, Failure> {
  const accessToken = textOf(reply.json, 'access_token');
  const refreshToken = textOf(reply.json, 'refresh_token');
  if (!isAccepted(reply) || accessToken === undefined || refreshToken === undefined) {
    return fail(explain({ errors, readError }, reply, operation));
  }
  return succeed({ accessToken, refreshToken, accessExpiry: { kind: 'unknown' }, facts: [] });
}

const signIn: CodeSignIn = {
  kind: 'code',
  id: 'code',
  label: 'Authorization code',
  standing: 'preferred',
  reason: 'The only way in.',
  sends: 'Opens /auth, then sends POST /token',
  fields: [],
  obtain: {
    by: 'visit',
    href: (_values, { baseUrl, settings: { clientId: client_id = '' } }, { redirectUri, state, challenge }) =>
      succeed(
        withQuery(`${baseUrl}/auth`, {
          response_type: 'code',
          client_id,
          redirect_uri: redirectUri,
          scope: 'openid offline_access',
          // Without it the server leaves offline_access out.
          prompt: 'consent',
          state,
          code_challenge: challenge,
          code_challenge_method: 'S256',
        }),
      ),
  },
  operation: 'exchangeCode',
  request: (_values, _connection, { redirectUri, verifier, state }) =>
    succeed({ redirect_uri: redirectUri, code_verifier: verifier, code: { parked: state } }),
  read(reply) {
    const tokens = readTokens(reply, 'exchangeCode');
    return tokens.ok ? succeed({ tokens: tokens.value, identity: { name: 'somebody' } }) : tokens;
  },
  identify: {
    operation: 'me',
    params: ({ accessToken }) => ({ bearer: accessToken }),
    read(reply) {
      const name = textOf(reply.json, 'sub');
      return name === undefined ? fail(explain({ errors, readError }, reply, 'me')) : succeed({ identity: { name } });
    },
  },
  registration: { sentence: 'The test registers it.' },
  refusals: { access_denied: { sentence: 'It was not allowed on the server’s page.', next: 'Start again.' } },
};

const sessionFace = {
  refresh: {
    kind: 'single-use',
    operation: 'refresh',
    params: ({ refreshToken = '' }) => ({ refresh_token: refreshToken }),
    read: (reply) => readTokens(reply, 'refresh'),
  },
  logOut: {
    operation: 'revoke',
    needsRefreshToken: true,
    params: ({ refreshToken = '' }) => ({ token: refreshToken }),
    read: (reply) => (isAccepted(reply) ? succeed(null) : fail(explain({ errors, readError }, reply, 'revoke'))),
    survives: '',
  },
  credential: ({ accessToken }) => ({ bearer: accessToken }),
  present: ({ accessToken }, { baseUrl }) => ({
    method: 'GET',
    url: `${baseUrl}/me`,
    headers: [{ name: 'Authorization', value: ['Bearer ', { secret: accessToken }] }],
    query: [],
    token: [{ secret: accessToken }],
    header: ['Authorization: Bearer ', { secret: accessToken }],
    variables: [{ name: 'TOKEN', value: accessToken }],
  }),
  probe: {
    operation: 'me',
    params: ({ accessToken }) => ({ bearer: accessToken }),
    read: ({ envelope: { status } }) => ({
      verdict: status === 200 ? 'live' : status === 401 ? 'dead' : 'unknown',
      evidence: `The server answered ${String(status)}.`,
    }),
  },
} satisfies SessionFace;

export const plain = defineProvider({
  id: 'plain',
  name: 'Plain OAuth2',
  route: '/plain',
  summary: 'A vendor of the tests that has the code flow alone',
  logOut: { code: 'by-refresh-token' },
  words: { key: 'key', token: 'token', session: 'session' },
  operations,
  settings,
  errors,
  readError,
  signIn: [signIn],
  sessionFace: () => sessionFace,
  slots: null,
  doctor: {
    operation: 'me',
    params: { bearer: 'no-token' },
    read: () => ({ standing: 'attention', sentence: 'This vendor is never examined.' }),
  },
  limits: { inFlightMax: 3, documented: 'None.' },
});
