/**
 * OCP's IAM, a Keycloak. Facts and sources: docs/vendors/ocp.md.
 *
 * Hidden behind this face, and nobody else's business:
 * - “too many sessions” looks different in almost every version of the server, and never like itself;
 * - a locked account cannot be told from a wrong password;
 * - the account API counts in seconds and the admin API in milliseconds, and a 204 of the first proves nothing;
 * - lifetimes shrink near the end of the session, and zero means “no end” for a refresh token alone.
 */
import { defineProvider } from '../contract.ts';
import type { SessionFace } from '../session-face.ts';
import { sessionFaces } from '../session-faces.ts';
import { slotsOf } from './connection.ts';
import { doctor } from './doctor.ts';
import { errors, readError } from './errors.ts';
import { logOut } from './log-out.ts';
import { manifest } from './manifest.ts';
import { operations } from './operations.ts';
import { present } from './present.ts';
import { probe } from './probe.ts';
import { refresh } from './refresh.ts';
import { settings } from './settings.ts';
import { signInWithPassword } from './sign-in.ts';

/** There is one way in, and every session behaves alike. */
const session = {
  refresh,
  logOut,
  credential: ({ accessToken }) => ({ token: accessToken }),
  present,
  probe,
} satisfies SessionFace;

export const ocp = defineProvider({
  ...manifest,
  words: { key: 'password', token: 'access token', session: 'session' },
  operations,
  settings,
  errors,
  readError,
  signIn: [signInWithPassword],
  sessionFace: sessionFaces(manifest.name, { [signInWithPassword.id]: session }),
  slots: slotsOf,
  serverSessions: async () => (await import('./server-sessions.ts')).serverSessions,
  doctor,
  keys: async () => (await import('./keys.ts')).keys,
  limits: { inFlightMax: 3, documented: 'The vendor documents no limit of calls.' },
});
