import type { ErrorRow } from '../../http/failure.ts';

const account = ['accountSessions', 'endOwnSession'];
const ofPerson = ['readUser', 'userSessions', 'endAllSessions', 'lockState', 'unlock'];
const reading = ['findUsers', 'readUser', 'userSessions', 'lockState'];
const changing = ['endSession', 'endAllSessions', 'unlock'];
const admin = [...reading, ...changing];

/** Refusals of the account API and the admin API, ordered. Texts: docs/vendors/ocp.md, “Own sessions”, “Anybody’s sessions”. */
export const sessionErrors: readonly ErrorRow[] = [
  {
    name: 'session-gone-already',
    operations: ['endSession'],
    status: [404],
    // Their spelling.
    text: /^sess+ion not found/i,
    happened: 'no',
    fault: 'input',
    sentence: 'The server has no such session any more.',
    next: 'Nothing had to be ended. Count again.',
  },
  {
    name: 'person-unknown',
    operations: ofPerson,
    status: [404],
    text: /^user not found/i,
    happened: 'no',
    fault: 'input',
    sentence: 'The server knows no such person.',
    next: 'Nothing took effect. Look the person up by user name or e-mail.',
  },
  {
    name: 'admin-realm-unknown',
    operations: admin,
    status: [404],
    text: /^realm not found/i,
    happened: 'no',
    fault: 'configuration',
    sentence: 'The server is there, and has no realm of this name to administer.',
    next: 'Nothing took effect. Correct the realm in the connection.',
  },
  {
    name: 'account-api-missing',
    operations: account,
    status: [404],
    happened: 'no',
    fault: 'configuration',
    sentence: 'The server does not offer its list of sessions to users.',
    next: 'Nothing took effect. Signing in, refreshing and logging out work without it.',
  },
  {
    name: 'admin-api-missing',
    operations: admin,
    status: [404],
    happened: 'no',
    fault: 'configuration',
    sentence: 'The server does not offer its administration here.',
    next: 'Nothing took effect. One’s own sessions can be counted without it.',
  },
  {
    name: 'access-token-refused',
    operations: account,
    status: [401],
    happened: 'no',
    fault: 'access',
    sentence:
      'The server did not accept the access token: it ended, or the client’s tokens are not made for the account API.',
    next: 'Nothing took effect. Refresh the session; if the answer stays, the client lacks the audience “account”, or the user every role of the account API (“view-profile”, “manage-account”).',
  },
  {
    name: 'admin-token-refused',
    operations: admin,
    status: [401],
    happened: 'no',
    fault: 'access',
    sentence: 'The server did not accept the access token.',
    next: 'Nothing took effect. Refresh the session, or sign in again.',
  },
  {
    name: 'account-not-allowed',
    operations: account,
    status: [403],
    happened: 'no',
    fault: 'permission',
    sentence: 'This user may not see or end sessions through the account API.',
    next: 'Nothing took effect. An administrator grants the role “view-profile” to see them, “manage-account” to end them.',
  },
  {
    name: 'others-not-seen',
    operations: reading,
    status: [403],
    happened: 'no',
    fault: 'permission',
    sentence: 'This user may not look at other people’s sessions.',
    next: 'Nothing took effect. An administrator grants the role “view-users”.',
  },
  {
    name: 'others-not-ended',
    operations: changing,
    status: [403],
    happened: 'no',
    fault: 'permission',
    sentence: 'This user may not end or unlock anything of other people.',
    next: 'Nothing took effect. An administrator grants the role “manage-users”.',
  },
];
