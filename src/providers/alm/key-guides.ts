/** The three places where a key is made and deleted: no call of the API does it. Menus: docs/vendors/alm.md. */
import type { Connection } from '../../http/envelope.ts';
import type { Guide } from '../guide.ts';

interface Place {
  readonly id: string;
  readonly label: string;
  readonly reason: string;
  readonly open: string;
}

export const places: readonly Place[] = [
  {
    id: 'web-client',
    label: 'in the web client',
    reason: 'For your own keys, without installing anything.',
    open: 'Sign in to the ALM web client, open the user menu and choose Manage API Keys.',
  },
  {
    id: 'desktop-client',
    label: 'in the desktop client',
    reason: 'For your own keys.',
    open: 'Start the ALM client, and choose Tools, then Manage API Keys.',
  },
  {
    id: 'license-server',
    label: 'in the License Server Admin Utility',
    reason: 'For anybody’s keys: an administrator filters them by owner.',
    open: 'Start the License Server Admin Utility as an administrator, and choose View, then Manage API Keys. Filter by Owner.',
  },
];

const NEEDS = 'Your security group needs “Allow Login Via SOAP”, or the license server an administrator of yours.';

/** `name`: of the key, as it is shown here; never a part of its secret. */
export const deleteIn = ({ label, open }: Place, name: string, isTried: boolean): Guide => ({
  title: `Delete it ${label}`,
  steps: [open, `Find the key: ${name}.`, 'Delete it, and confirm that.', NEEDS],
  proof: isTried
    ? 'Keyward tries the key, and each token that was made with it here, until ALM refuses them.'
    : 'Keyward tries each token that was made with it here. One that lives shows that it was not deleted; that they die proves its end only while an older token of another key or password lives here.',
});

export const createIn = (_connection: Connection): Guide => ({
  title: 'Add a key in ALM',
  steps: [
    ...places.map(({ label, open }) => `${label.charAt(0).toUpperCase()}${label.slice(1)}: ${open}`),
    'Add a key, and give it a name that says what it is for.',
    'Copy its id and its secret before the dialog closes: the secret is shown once.',
    'Come back, and sign in with both as id:secret. That tries the key.',
    NEEDS,
  ],
  proof: 'A sign-in with it lists your projects.',
});

export const keyRoute: Guide = {
  title: 'Have it deleted in ALM',
  steps: [...places.map(({ open }) => open), 'Find the key by its id, and delete it.'],
  proof: 'Without its secret, and without a token that was made with it, nothing here can tell whether it is gone.',
};

export const tokenRoutes: readonly Guide[] = [
  {
    title: 'Delete the API key that made it',
    steps: [...places.map(({ open }) => open), 'Delete the key. Every token that was made with it dies at once.'],
    proof: 'Keyward tries the token until ALM refuses it.',
  },
  {
    title: 'Restart the ALM Server',
    steps: ['Ask whoever runs it to restart the ALM Server.', 'Every token of everybody dies with that.'],
    proof: 'Keyward tries the token until ALM refuses it.',
  },
];
