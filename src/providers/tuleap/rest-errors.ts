import type { ErrorRow } from '../../http/failure.ts';
import { keyErrors, keyOperations } from './key-errors.ts';

const withCredential = ['ownKey', 'self', 'checkPassword', 'deleteToken', ...keyOperations];
const checking = ['ownKey', 'self', 'checkPassword'];
const failures = [500, 501, 502, 503, 504];

/** What the routes of the REST API can answer to a credential, ordered. */
export const restErrors: readonly ErrorRow[] = [
  {
    name: 'no-credential-seen',
    operations: withCredential,
    status: [401],
    error: ['api'],
    text: /^unauthorized$/i,
    happened: 'no',
    fault: 'configuration',
    sentence: 'Tuleap saw no credential in the call, although one was sent.',
    next: 'Nothing took effect. A proxy on the way drops the header that carries it: have it let X-Auth-AccessKey, X-Auth-Token, X-Auth-UserId and Authorization pass.',
  },
  {
    name: 'key-malformed',
    operations: ['ownKey'],
    status: [401],
    error: ['api'],
    text: /incorrectly formatted/i,
    happened: 'no',
    fault: 'credential',
    sentence: 'Tuleap does not read this as an access key.',
    next: 'Nothing took effect. A key begins with tlp-k1-, although the documentation prints tlp.k1., and ends with 64 hexadecimal digits: copy it whole.',
  },
  {
    name: 'key-refused',
    operations: ['ownKey'],
    status: [401],
    error: ['api'],
    happened: 'no',
    fault: 'credential',
    sentence:
      'Tuleap does not accept this access key over REST: it was deleted, has expired, lacks the scope REST (write:rest), or its owner is gone. The answer is the same for all of them.',
    next: 'Nothing took effect. Look at the key on the account’s page /account/keys-tokens: one for Git, SVN or WebDAV alone never opens the REST API; make a new one with the scope REST.',
  },
  {
    name: 'password-switched-off',
    operations: ['createToken'],
    status: [401],
    text: /password authentication is disabled|passkey/i,
    happened: 'no',
    fault: 'permission',
    sentence: 'The account signs in with a passkey and takes no password.',
    next: 'No token was made. Sign in with a personal access key.',
  },
  {
    name: 'sign-in-refused',
    operations: ['createToken'],
    status: [401],
    happened: 'no',
    fault: 'credential',
    sentence: 'Tuleap did not accept user name and password.',
    next: 'No token was made. Check both. An account that signs in through another identity provider has no password here: use a personal access key.',
    quotesServer: true,
  },
  {
    name: 'basic-refused',
    operations: ['checkPassword'],
    status: [401],
    happened: 'no',
    fault: 'credential',
    sentence:
      'Tuleap did not accept user name and password. It answers alike for a wrong password, an expired or suspended account, and one that takes no password.',
    next: 'Nothing took effect. Check both, or use a personal access key.',
  },
  {
    name: 'credential-over',
    operations: ['self', 'deleteToken', ...keyOperations],
    status: [401],
    error: ['api'],
    happened: 'no',
    fault: 'access',
    sentence:
      'Tuleap no longer accepts this key or token. A key may have been deleted or have expired; a token lives for a little more than 24 hours.',
    next: 'Nothing took effect. Sign in again.',
  },
  ...keyErrors,
  {
    name: 'account-barred',
    operations: withCredential,
    status: [403],
    error: ['api'],
    happened: 'no',
    fault: 'permission',
    sentence:
      'The credential is right, and Tuleap does not let its account in: it is suspended, deleted or not approved yet, or its password has expired.',
    next: 'Nothing took effect. Ask a site administrator; the credential works again once the account does.',
    quotesServer: true,
  },
  {
    name: 'token-not-known',
    operations: ['deleteToken'],
    status: [400],
    happened: 'no',
    fault: 'provider',
    sentence: 'Tuleap does not know this token as one of its user’s.',
    next: 'Nothing took effect. Check the session: if its token is dead, forget it here.',
    quotesServer: true,
  },
  {
    name: 'field-refused',
    operations: ['createToken'],
    status: [400],
    happened: 'no',
    fault: 'input',
    sentence: 'Tuleap did not take user name and password as they were sent.',
    next: 'No token was made. Type both again.',
    quotesServer: true,
  },
  {
    name: 'own-key-not-told',
    operations: ['ownKey'],
    status: [404, 405],
    happened: 'no',
    fault: 'configuration',
    sentence:
      'Tuleap does not tell about the key that it was asked with: it may be older than January 2020, or something on the way signs in with a credential of its own.',
    next: 'Nothing took effect. Check the base URL, and what stands between this console and the server.',
  },
  {
    name: 'credential-or-server',
    operations: checking,
    status: failures,
    happened: 'no',
    fault: 'provider',
    sentence:
      'The server failed while it checked the credential (status {status}). Tuleap’s documentation says that a wrong credential can end in a server error, so it may be the credential or the server.',
    next: 'Nothing took effect. It is not tried again by itself. Check the credential; if it is right, ask whether the server is well.',
    quotesServer: true,
  },
  {
    name: 'password-or-server',
    operations: ['createToken'],
    status: failures,
    happened: 'unknown',
    fault: 'provider',
    sentence:
      'The server failed while it checked user name and password (status {status}). Tuleap’s documentation says that a wrong credential can end in a server error, so it may be the credential or the server.',
    next: 'It is not tried again by itself. A token may have been made that nobody holds; it ends after a little more than 24 hours.',
    quotesServer: true,
  },
  {
    name: 'token-lost',
    phase: ['sent'],
    operations: ['createToken'],
    happened: 'unknown',
    fault: 'network',
    sentence: 'The sign-in was sent, and its answer was lost on the way{detail}.',
    next: 'Sign in again. A token may have been made that nobody holds; it ends after a little more than 24 hours.',
  },
];
