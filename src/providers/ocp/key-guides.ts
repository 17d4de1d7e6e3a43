import type { Connection } from '../../http/envelope.ts';
import type { Ending } from '../ending.ts';
import type { Guide } from '../guide.ts';
import { realmOf } from './connection.ts';

/** One's own sessions, on the server's own page. */
const ownPage = (connection: Connection) => ({
  label: 'Open the page of one’s own sessions',
  href: `${connection.baseUrl}/realms/${encodeURIComponent(realmOf(connection))}/account/account-security/device-activity`,
});

export const endElsewhere = (connection: Connection): Guide => ({
  title: 'Have its owner or an administrator end the session',
  steps: [
    'Its owner signs out the session on the page of one’s own sessions.',
    'An administrator opens Access Management, then Users, in the OCP Console, and deactivates the user or ends the sessions.',
  ],
  page: ownPage(connection),
  proof: 'Try the token here afterwards. Where only its signature is checked it passes until it expires.',
});

export const compromisedPassword = (connection: Connection): Guide => ({
  title: 'Compromised password',
  steps: [
    'Have the password changed in OCP first, or whoever knows it signs in again.',
    'Then end every session of the user: here as an administrator, or on the page of one’s own sessions.',
    'Have the personal tokens of the user looked through: they outlive both.',
  ],
  page: ownPage(connection),
  proof: 'A sign-in with the old password is refused. Keyward does not try that: failed sign-ins lock the account.',
});

export const personalToken: Guide = {
  title: 'Revoke a personal token in the OCP Console',
  steps: [
    'Open the OCP Console, then Access Management, then Personal Tokens.',
    'Find the token by its name, and revoke it.',
  ],
  proof: 'No call for personal tokens is documented, so nothing here can try one.',
};

export const guidedPersonalToken: Ending = {
  id: 'revoke-there',
  label: personalToken.title,
  goal: 'dead',
  dies: [],
  survives: [],
  endsSessions: [],
  unprovable: 'No call for personal tokens is documented, so nothing here can try one.',
  steps: [
    { id: 'end', label: personalToken.title, kind: 'guide', stage: 'end', guide: personalToken, done: 'I revoked it' },
  ],
};
