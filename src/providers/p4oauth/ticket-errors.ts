import type { ErrorRow } from '../../http/failure.ts';

const fetching = ['p4token'];

/** What fetching a ticket can meet, ordered. */
export const ticketErrors: readonly ErrorRow[] = [
  {
    name: 'token-dead',
    operations: fetching,
    status: [401],
    happened: 'no',
    fault: 'access',
    sentence: 'The server no longer accepts the access token.',
    next: 'Nothing took effect. Sign in again to get a new one.',
  },
  {
    name: 'login-refused',
    operations: fetching,
    status: [403],
    happened: 'no',
    fault: 'permission',
    sentence: 'The server gives this login no ticket for that application.',
    next: 'Nothing took effect. Check whose token it is.',
    quotesServer: true,
  },
  {
    name: 'host-unknown',
    operations: fetching,
    status: [400],
    happened: 'no',
    fault: 'configuration',
    sentence: 'The server did not take the request. Most likely that redirect URI is not on its whitelist.',
    next: 'Nothing took effect. Write the redirect URI exactly as the application registered it.',
    quotesServer: true,
  },
  {
    name: 'path-unknown',
    operations: ['p4token', 'reachability'],
    status: [404, 405],
    happened: 'no',
    fault: 'configuration',
    sentence: 'A server is there, and hands out no tickets at this address.',
    next: 'Nothing took effect. Check the base URL.',
  },
];
