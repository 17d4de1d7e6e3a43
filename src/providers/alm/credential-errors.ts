import type { ErrorRow } from '../../http/failure.ts';
import { ASK_SETTINGS, KEY_OR_SERVER, mintErrors } from './mint-errors.ts';

const byKey = ['projectsByKey', 'tokenByKey'];
const byPassword = ['projectsByPassword', 'tokenByPassword'];

/** The vendor's words for a credential that it does not accept; their status depends on the version. */
const NOT_ACCEPTED = /License Server prevented|not recognized/i;
const NOT_ACCEPTED_WITH = [401, 403, 500];

/** What an API key or a password can meet, ordered. */
export const credentialErrors: readonly ErrorRow[] = [
  {
    name: 'key-dead',
    operations: byKey,
    status: NOT_ACCEPTED_WITH,
    text: NOT_ACCEPTED,
    happened: 'no',
    fault: 'credential',
    sentence: 'The server does not accept this API key: it was deleted, or it never was one.',
    next: 'No token was made. Those that a deleted key made are dead too. Add a key in the ALM client or in the License Server Admin Utility, and sign in with that one.',
    quotesServer: true,
  },
  {
    name: 'key-refused',
    operations: byKey,
    status: [401],
    happened: 'no',
    fault: 'credential',
    sentence: 'The server does not know this API key.',
    next: 'No token was made. Check that both parts were pasted: the key’s id, a colon, and its secret.',
    quotesServer: true,
  },
  {
    name: 'password-wrong',
    operations: byPassword,
    status: NOT_ACCEPTED_WITH,
    text: NOT_ACCEPTED,
    happened: 'no',
    fault: 'credential',
    sentence: 'The server does not know this user name with this password.',
    next: 'No token was made. Check both; an account without a password takes an empty one.',
    quotesServer: true,
  },
  {
    name: 'password-refused',
    operations: byPassword,
    status: [401],
    happened: 'no',
    fault: 'credential',
    sentence: 'The server did not accept user name and password.',
    next: 'No token was made. Check both; if they are right, a proxy before the server may ask for a credential of its own.',
    quotesServer: true,
  },
  {
    name: 'not-admitted',
    operations: [...byKey, ...byPassword],
    status: [403],
    happened: 'no',
    fault: 'permission',
    sentence:
      'The server knows the credential and does not admit it: there is no valid licence, no access to the project, or the security group lacks “Allow Login Via SOAP”.',
    next: 'No token was made. Show an ALM administrator what the server said.',
    quotesServer: true,
  },
  {
    name: 'key-or-server',
    operations: ['projectsByKey'],
    status: [500],
    error: ['500'],
    happened: 'no',
    fault: 'provider',
    sentence: KEY_OR_SERVER,
    next: `No token was asked for. ${ASK_SETTINGS}`,
    quotesServer: true,
  },
  ...mintErrors,
];
