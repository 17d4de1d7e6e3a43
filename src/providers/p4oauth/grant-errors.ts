import type { ErrorRow } from '../../http/failure.ts';

const passwordGrant = ['passwordGrant'];

/** What sending login and password can meet, ordered. Its success is a redirect. */
export const grantErrors: readonly ErrorRow[] = [
  {
    name: 'grant-not-offered',
    operations: passwordGrant,
    status: [404, 405, 501],
    happened: 'no',
    fault: 'configuration',
    sentence: 'The password grant is not offered by this server: some know the authorization code alone.',
    next: 'No session was opened. Sign in on the server’s own page instead.',
  },
  {
    name: 'password-wrong',
    operations: passwordGrant,
    error: ['access_denied', 'invalid_grant'],
    happened: 'no',
    fault: 'credential',
    sentence: 'The server did not accept login and password.',
    next: 'No session was opened. Check both.',
  },
  {
    name: 'password-refused',
    operations: passwordGrant,
    status: [401],
    happened: 'no',
    fault: 'credential',
    sentence: 'The server did not accept login and password, or it asks for something else first.',
    next: 'No session was opened. Check both; if they are right, a proxy before the server may ask for a credential of its own.',
    quotesServer: true,
  },
  {
    name: 'grant-refused',
    operations: passwordGrant,
    status: [400, 403],
    happened: 'no',
    fault: 'configuration',
    sentence:
      'The server did not take the request. Most likely the redirect URI of this console is not on its whitelist.',
    next: 'No session was opened. Have the redirect URI below put on the whitelist, character for character.',
    quotesServer: true,
  },
  {
    name: 'sent-elsewhere',
    operations: passwordGrant,
    status: [300, 301, 302, 303, 307, 308],
    happened: 'no',
    fault: 'configuration',
    sentence: 'The server answered with a redirect that is not the one to this console{detail}.',
    next: 'No session was opened. Nothing was sent there. Check the base URL, and the redirect URI on the server’s whitelist.',
  },
  {
    name: 'code-missing',
    operations: passwordGrant,
    status: [200, 201, 202, 204],
    happened: 'unknown',
    fault: 'provider',
    sentence: 'The answer to login and password holds no code: perhaps a web page of something else.',
    next: 'No session was opened. Check that the base URL names a P4OAuth server.',
  },
  {
    name: 'grant-failed',
    operations: passwordGrant,
    status: [500, 502, 503, 504],
    happened: 'unknown',
    fault: 'provider',
    sentence: 'The server failed while it checked login and password (status {status}).',
    next: 'No session was opened. At most the server made a code, which nobody uses. Try again later, or tell the server’s operator.',
    quotesServer: true,
  },
  {
    name: 'grant-lost',
    phase: ['sent'],
    operations: passwordGrant,
    happened: 'unknown',
    fault: 'network',
    sentence: 'Login and password were sent, and the answer was lost on the way{detail}.',
    next: 'No session was opened. At most the server made a code, which nobody uses. Try again.',
  },
];
