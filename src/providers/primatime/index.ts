/**
 * PrimaTime, time tracking. Facts and sources: docs/vendors/primatime.md.
 *
 * Hidden behind this face, and nobody else's business:
 * - the application key, the token and the refresh token ride in the query string;
 * - times arrive as `/Date(1393858439151)/`, by the server's clock;
 * - a refresh token dies on first use, so losing the answer loses the session;
 * - an error may come with status 200.
 */
import { defineProvider } from '../contract.ts';
import type { SessionFace } from '../session-face.ts';
import { sessionFaces } from '../session-faces.ts';
import { doctor } from './doctor.ts';
import { errors, readError } from './errors.ts';
import { manifest } from './manifest.ts';
import { operations } from './operations.ts';
import { present } from './present.ts';
import { probe } from './probe.ts';
import { refresh, refreshOrSignIn } from './refresh.ts';
import { settings } from './settings.ts';
import { signInWithPassword, signInWithSecretKey } from './sign-in.ts';

/** Both ways in end in the same kind of session. */
const session = {
  refresh,
  // No `logOut`: no revision of the vendor's documentation has such a call.
  forgetting:
    'PrimaTime has no call that logs out. Forgetting drops the session here; whoever holds its token can use it until it ends, at most an hour after it was made, and whoever holds its refresh token for up to seven days.',
  credential: ({ accessToken }) => ({ token: accessToken }),
  present,
  probe,
} satisfies SessionFace;

export const primatime = defineProvider({
  ...manifest,
  words: { key: 'secret key', token: 'token', session: 'session' },
  operations,
  settings,
  errors,
  readError,
  signIn: [signInWithSecretKey, signInWithPassword],
  sessionFace: sessionFaces(manifest.name, {
    [signInWithSecretKey.id]: {
      ...session,
      refresh: refreshOrSignIn,
      endsAt: {
        words:
          'If somebody else may have the secret key, delete it at PrimaTime: My profile, Security, where it is called an access token. Whether that ends the tokens that it made is not documented.',
      },
    },
    [signInWithPassword.id]: {
      ...session,
      endsAt: {
        words:
          'If somebody else may have the password, change it at PrimaTime. Whether that ends the tokens that it made is not documented.',
      },
    },
  }),
  slots: null,
  doctor,
  keys: async () => (await import('./keys.ts')).keys,
  limits: { inFlightMax: 3, documented: '500 calls in 10 seconds for each network address and account.' },
});
