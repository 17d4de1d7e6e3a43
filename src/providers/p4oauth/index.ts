/**
 * P4OAuth, single sign-on for Perforce applications. Facts and sources: docs/vendors/p4oauth.md.
 *
 * Hidden behind this face, and nobody else's business:
 * - both grants end at the registered redirect URI, the one for login and password too;
 * - `client_id` is the user's login, and the redirect URI names the application;
 * - two things come back: an access token to keep, and a ticket that is for one host;
 * - no lifetime is reported, nothing refreshes and nothing logs out.
 */
import { defineProvider } from '../contract.ts';
import { doctor } from './doctor.ts';
import { errors, readError } from './errors.ts';
import { manifest } from './manifest.ts';
import { operations } from './operations.ts';
import { sessionFace } from './sessions.ts';
import { settings } from './settings.ts';
import { signInOnPage, signInWithPassword } from './sign-in.ts';

export const p4oauth = defineProvider({
  ...manifest,
  words: { key: 'password', token: 'access token', session: 'access token' },
  operations,
  settings,
  errors,
  readError,
  signIn: [signInOnPage, signInWithPassword],
  sessionFace,
  slots: null,
  doctor,
  keys: async () => (await import('./keys.ts')).keys,
  limits: { inFlightMax: 3, documented: 'The vendor documents no limit of calls.' },
});
