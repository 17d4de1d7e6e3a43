/**
 * Tuleap. Facts and sources: docs/vendors/tuleap.md.
 *
 * Hidden behind this face, and nobody else's business:
 * - of several credentials the first present decides, and without any the server may still answer 200, as to nobody;
 * - the deprecated token travels in two headers, and is nothing without the second;
 * - refresh tokens of OAuth2 work once, and a second use ends the whole access;
 * - errors come in four shapes, and the REST API has no codes for them.
 */
import { defineProvider } from '../contract.ts';
import { checkBasic } from './check-basic.ts';
import { doctor } from './doctor.ts';
import { errors, readError } from './errors.ts';
import { manifest } from './manifest.ts';
import { operations } from './operations.ts';
import { sessionFace } from './sessions.ts';
import { settings } from './settings.ts';
import { signInWithAccessKey } from './sign-in-access-key.ts';
import { signInWithOAuth2 } from './sign-in-oauth2.ts';
import { signInWithPassword } from './sign-in-password.ts';

export const tuleap = defineProvider({
  ...manifest,
  words: { key: 'access key', token: 'token', session: 'session' },
  operations,
  settings,
  errors,
  readError,
  signIn: [signInWithAccessKey, signInWithOAuth2, signInWithPassword, checkBasic],
  sessionFace,
  slots: null,
  doctor,
  keys: async () => (await import('./keys.ts')).keys,
  limits: { inFlightMax: 3, documented: 'Tuleap documents no general limit of calls.' },
});
