import type { ErrorRow } from '../../http/failure.ts';

/** Made as somebody who is signed in by a key or by the deprecated pair. */
export const keyOperations = [
  ...['listKeys', 'readKey', 'createKey', 'deleteKey', 'deleteAllTokens', 'readUser', 'findUsers', 'changeStatus'],
];

/** What the routes for keys and accounts answer beyond a refusal of the credential, ordered. */
export const keyErrors: readonly ErrorRow[] = [
  {
    name: 'keys-of-another',
    operations: ['listKeys'],
    status: [403],
    error: ['api'],
    text: /own access keys/i,
    happened: 'no',
    fault: 'permission',
    sentence: 'Tuleap shows access keys to their owner alone; a site administrator does not see them either.',
    next: 'Nothing took effect. Sign in as the owner. An administrator can suspend the account, and its keys with it.',
  },
  {
    name: 'account-not-yours-to-change',
    operations: ['changeStatus'],
    status: [403],
    error: ['api'],
    text: /other.s details/i,
    happened: 'no',
    fault: 'permission',
    sentence: 'Tuleap lets only a site administrator, or somebody with “user management”, change an account.',
    next: 'Nothing took effect. Sign in as one of them, or ask one.',
  },
  {
    name: 'key-not-among-yours',
    operations: ['readKey'],
    status: [404],
    error: ['api'],
    happened: 'no',
    fault: 'permission',
    sentence:
      'Tuleap shows this account no key of that number: it was deleted, has expired, or belongs to somebody else.',
    next: 'Nothing took effect. The answer is the same for all three.',
  },
  {
    name: 'account-not-known',
    operations: ['readUser', 'changeStatus'],
    status: [404],
    error: ['api'],
    happened: 'no',
    fault: 'input',
    sentence: 'Tuleap has no account of that number.',
    next: 'Nothing took effect. Find the account by its name.',
  },
  {
    name: 'key-not-made',
    operations: ['createKey'],
    status: [400],
    happened: 'no',
    fault: 'input',
    sentence: 'Tuleap did not take the new key as it was described.',
    next: 'No key was made. Change what Tuleap names.',
    quotesServer: true,
  },
  {
    name: 'account-not-changed',
    operations: ['changeStatus', 'findUsers'],
    status: [400],
    happened: 'no',
    fault: 'input',
    sentence: 'Tuleap did not take what was asked of an account.',
    next: 'Change what Tuleap names.',
    quotesServer: true,
  },
  {
    name: 'key-maybe-made',
    operations: ['createKey'],
    status: [500, 501, 502, 504],
    happened: 'unknown',
    fault: 'provider',
    sentence: 'The server failed while it made the key (status {status}).',
    next: 'A key may exist whose secret nobody has. Look for it in the list by its description, and delete it.',
  },
  {
    name: 'key-answer-lost',
    phase: ['sent'],
    operations: ['createKey'],
    happened: 'unknown',
    fault: 'network',
    sentence: 'The new key was asked for, and the answer was lost on the way{detail}.',
    next: 'A key may exist whose secret nobody has. Look for it in the list by its description, and delete it.',
  },
];
