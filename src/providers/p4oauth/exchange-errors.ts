import type { ErrorRow } from '../../http/failure.ts';

const exchange = ['exchangeCode'];

/** What exchanging a code can meet, ordered. A code is used up by it, whatever the answer (RFC 6749 section 4.1.2). */
export const exchangeErrors: readonly ErrorRow[] = [
  {
    name: 'code-refused',
    operations: exchange,
    error: ['invalid_grant'],
    happened: 'no',
    fault: 'credential',
    sentence:
      'The server did not accept the code: it was used already, came too late, or is for another redirect URI or login.',
    next: 'No session was opened. Start again.',
    quotesServer: true,
  },
  {
    name: 'client-refused',
    operations: exchange,
    status: [401],
    happened: 'no',
    fault: 'configuration',
    sentence: 'The server does not accept how this console identifies itself when it exchanges a code.',
    next: 'No session was opened. Check clientAuthentication and clientSecret in the operator’s file, then start again.',
    quotesServer: true,
  },
  {
    name: 'exchange-refused',
    operations: exchange,
    status: [400, 403],
    happened: 'no',
    fault: 'configuration',
    sentence:
      'The server did not take the exchange of the code. The names of its fields are documented nowhere, so it may want others.',
    next: 'No session was opened. Show its operator what the server said, then start again.',
    quotesServer: true,
  },
  {
    name: 'exchange-missing',
    operations: exchange,
    status: [404, 405],
    happened: 'no',
    fault: 'configuration',
    sentence: 'A server is there, and exchanges no codes at this address.',
    next: 'No session was opened. Check the base URL.',
  },
  {
    name: 'exchange-failed',
    operations: exchange,
    status: [500, 501, 502, 503, 504],
    happened: 'unknown',
    fault: 'provider',
    sentence: 'The server failed while it exchanged the code (status {status}).',
    next: 'The code is used up, and a token may have been made that nobody holds. Start again.',
    quotesServer: true,
  },
  {
    name: 'exchange-lost',
    phase: ['sent'],
    operations: exchange,
    happened: 'unknown',
    fault: 'network',
    sentence: 'The code was sent, and the answer was lost on the way{detail}.',
    next: 'The code is used up, and a token may have been made that nobody holds. Start again.',
  },
];
