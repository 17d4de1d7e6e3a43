import type { ErrorRow } from '../../http/failure.ts';

const asClient = ['exchangeCode', 'refresh', 'revoke'];
/** A 503 may say when to come back, and then nothing took effect: the common table tells the two apart. */
const failures = [500, 501, 502, 504];

/** What the OAuth2 server can answer (RFC 6749 section 5.2, RFC 6750 section 3.1), ordered. It never describes an error. */
export const oauthErrors: readonly ErrorRow[] = [
  {
    name: 'client-refused',
    operations: asClient,
    error: ['invalid_client'],
    happened: 'no',
    fault: 'configuration',
    sentence:
      'Tuleap does not accept the client of this connection: its ID or its secret is wrong, or the app was deleted.',
    next: 'Nothing took effect. Compare clientId in the operator’s file with the app at Tuleap, and give the secret anew: it begins with tlp-oauth2-c1-.',
  },
  {
    name: 'code-refused',
    operations: ['exchangeCode'],
    error: ['invalid_grant'],
    happened: 'no',
    fault: 'credential',
    sentence:
      'Tuleap did not accept the code: it is good once and for one minute, and for the registered redirect URI alone.',
    next: 'No session was opened. Start again; if it stays like this, compare the redirect URI here with the one at Tuleap.',
  },
  {
    name: 'refresh-token-dead',
    operations: ['refresh'],
    error: ['invalid_grant'],
    happened: 'no',
    fault: 'credential',
    sentence:
      'The refresh token is over: it was used already, is older than six hours, or the access was revoked at Tuleap. Using one twice ends the whole access.',
    next: 'Sign in again.',
  },
  {
    name: 'scope-refused',
    operations: asClient,
    error: ['invalid_scope'],
    happened: 'no',
    fault: 'configuration',
    sentence: 'Tuleap does not know one of the scopes, or this access does not have it.',
    next: 'Nothing took effect. Choose other scopes and sign in again.',
  },
  {
    name: 'request-refused',
    operations: asClient,
    error: ['invalid_request'],
    happened: 'no',
    fault: 'configuration',
    sentence: 'Tuleap missed something in the call.',
    next: 'Nothing took effect. A proxy on the way may drop the body of the call.',
  },
  {
    name: 'client-missing-here',
    phase: ['not-sent'],
    cause: ['bad-parameter'],
    operations: asClient,
    happened: 'no',
    fault: 'configuration',
    sentence: 'The gateway could not make the call{detail}.',
    next: 'Nothing was sent. OAuth2 needs clientId and clientSecret in the operator’s file, and a code that is not older than two minutes.',
  },
  {
    name: 'bearer-refused',
    operations: ['userinfo'],
    status: [401],
    error: ['invalid_token'],
    happened: 'no',
    fault: 'access',
    sentence: 'Tuleap no longer accepts the access token: it has expired, or the access was revoked.',
    next: 'Nothing took effect. Refresh the session or sign in again.',
    quotesServer: true,
  },
  {
    name: 'scope-missing',
    operations: ['userinfo'],
    status: [403],
    error: ['insufficient_scope'],
    happened: 'no',
    fault: 'permission',
    sentence: 'The access token is alive, and lacks the scope openid that this call needs.',
    next: 'Nothing took effect. To see whose it is, sign in again with that scope.',
  },
  {
    name: 'exchange-failed',
    operations: ['exchangeCode'],
    status: failures,
    happened: 'unknown',
    fault: 'provider',
    sentence: 'The server failed while it exchanged the code (status {status}).',
    next: 'The code is used up, and an access may stand at Tuleap that nobody holds: its page /plugins/oauth2_server/account/apps ends it. Start again.',
  },
  {
    name: 'exchange-lost',
    phase: ['sent'],
    operations: ['exchangeCode'],
    happened: 'unknown',
    fault: 'network',
    sentence: 'The code was sent, and the answer was lost on the way{detail}.',
    next: 'The code is used up, and an access may stand at Tuleap that nobody holds: its page /plugins/oauth2_server/account/apps ends it. Start again.',
  },
  {
    name: 'refresh-failed',
    operations: ['refresh'],
    status: failures,
    happened: 'unknown',
    fault: 'provider',
    sentence: 'The server failed while it refreshed the session (status {status}).',
    next: 'Whether the refresh token was used up is not known. The access token works until it ends.',
  },
  {
    name: 'refresh-lost',
    phase: ['sent'],
    operations: ['refresh'],
    happened: 'unknown',
    fault: 'network',
    sentence: 'The refresh was sent, and its answer was lost on the way{detail}.',
    next: 'Whether the refresh token was used up is not known. The access token works until it ends.',
  },
];
