/**
 * Perforce ALM, formerly Helix ALM. Facts and sources: docs/vendors/alm.md.
 *
 * Hidden behind this face, and nobody else's business:
 * - the API's path has two names, and which one a server knows depends on its version;
 * - a token is for one project, is made by a GET, and all of them die when the server restarts;
 * - a deleted API key is answered with 401, 403 or 500, depending on the version.
 */
import { defineProvider } from '../contract.ts';
import { doctor } from './doctor.ts';
import { errors, readError } from './errors.ts';
import { manifest } from './manifest.ts';
import { operations } from './operations.ts';
import { sessionFace } from './sessions.ts';
import { settings } from './settings.ts';
import { signInWithKey, signInWithPassword } from './sign-in.ts';

export const alm = defineProvider({
  ...manifest,
  words: { key: 'API key', token: 'access token', session: 'project token' },
  operations,
  settings,
  errors,
  readError,
  signIn: [signInWithKey, signInWithPassword],
  sessionFace,
  slots: null,
  doctor,
  keys: async () => (await import('./keys.ts')).keys,
  limits: {
    inFlightMax: 3,
    documented:
      '30 to 240 calls a minute for each project and network address, as the server is set; 15 calls a second over all.',
  },
});
