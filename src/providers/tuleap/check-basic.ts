import { succeed } from '../../lib/result.ts';
import type { CheckOnly } from '../sign-in-way.ts';
import { readUserAndPassword } from '../user-and-password.ts';
import { readWho } from './who.ts';

export const checkBasic: CheckOnly = {
  kind: 'check',
  id: 'basic',
  label: 'HTTP Basic, to check once',
  standing: 'accepted',
  reason:
    'Every call would carry the password itself. Tuleap advises against it: a personal access key lowers the risk of a leaked password, is easily revoked, and performs better.',
  warning:
    'Nothing is kept and no session is opened: this only shows whether Tuleap accepts the password, and as whom. For anything more Tuleap asks you to use a personal access key.',
  sends: 'Sends GET …/api/users/self with user name and password in the Authorization header',
  fields: [
    { name: 'username', label: 'User name', autoComplete: 'username', kind: 'text', required: true },
    { name: 'password', label: 'Password', autoComplete: 'current-password', kind: 'secret', required: true },
  ],
  operation: 'checkPassword',
  request: (values) =>
    readUserAndPassword(
      { user: values['username'], password: values['password'] },
      { noun: 'user name', inOneHeader: true },
    ),
  read(reply) {
    const who = readWho(reply, 'checkPassword');
    if (!who.ok) return who;
    const { identity, realName } = who.value;
    const called = realName === undefined || realName === identity.name ? '' : ` (${realName})`;
    return succeed(`Tuleap accepts it, for ${identity.name}${called}.`);
  },
};
