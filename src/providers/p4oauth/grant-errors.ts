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
    next: 'No session was opened. Have exactly the address put on the whitelist that is shown with this way in.',
    quotesServer: true,
  },
  {
    name: 'sent-elsewhere',
    operations: passwordGrant,
    status: [300, 301, 302, 303, 307, 308],
    happened: 'no',
    fault: 'configuration',
    sentence: 'The server answered with a redirect that is not the one to this console{detail}.',
    next: 'No session was opened, and nothing was sent there. Check the base URL, and the redirect URI on the server’s whitelist.',
  },
  {
    name: 'code-missing',
    operations: passwordGrant,
    status: [200, 201, 202, 204],
    happened: 'unknown',
    fault: 'provider',
    sentence: 'The server took login and password, and sent no code back.',
    next: 'No session was opened here. Check that the base URL names a P4OAuth server.',
  },
];
