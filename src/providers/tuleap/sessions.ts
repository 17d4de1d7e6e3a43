import type { SessionFace } from '../session-face.ts';
import { sessionFaces } from '../session-faces.ts';
import { deleteToken, revokeGrant } from './log-out.ts';
import { manifest } from './manifest.ts';
import { presentBearer, presentKey, presentPair } from './present.ts';
import { bearerProbe, keyProbe, pairProbe } from './probe.ts';
import { refresh } from './refresh.ts';
import { signInWithAccessKey } from './sign-in-access-key.ts';
import { signInWithOAuth2 } from './sign-in-oauth2.ts';
import { pairOf, signInWithPassword } from './sign-in-password.ts';

export const sessionFace = sessionFaces<SessionFace>(manifest.name, {
  [signInWithAccessKey.id]: {
    carries: manifest.carries['access-key'],
    // The key is the token: there is nothing to refresh, and ending it means deleting the key.
    forgetting:
      'Forgetting drops the key here and leaves it as it is at Tuleap: it opens your account until its end, if it has one, or until it is deleted on your account’s page /account/keys-tokens.',
    endsAt: {
      words: 'If somebody else may have it, delete it there:',
      page: ({ baseUrl }) => ({ label: 'your access keys at Tuleap', href: `${baseUrl}/account/keys-tokens` }),
    },
    credential: ({ accessToken }) => ({ accessKey: accessToken }),
    present: presentKey,
    probe: keyProbe,
  },
  [signInWithOAuth2.id]: {
    refresh,
    logOut: revokeGrant,
    credential: ({ accessToken }) => ({ bearer: accessToken }),
    present: presentBearer,
    probe: bearerProbe,
  },
  // No refresh: a new token takes the password, which is never kept.
  [signInWithPassword.id]: {
    logOut: deleteToken,
    credential: pairOf,
    present: presentPair,
    probe: pairProbe,
  },
});
