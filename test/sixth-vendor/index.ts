/** The least that a vendor can be: one way in, a token that lives for a while, no refresh and no log out. */
import type { Reply } from '../../src/http/call.ts';
import type { ErrorFacts, ErrorRow } from '../../src/http/failure.ts';
import { fail, succeed } from '../../src/lib/result.ts';
import { defineProvider } from '../../src/providers/contract.ts';
import { explain } from '../../src/providers/explain.ts';
import type { SessionFace } from '../../src/providers/session-face.ts';
import type { FormSignIn } from '../../src/providers/sign-in-way.ts';
import { manifest } from './manifest.ts';
import { operations } from './operations.ts';
import { settings } from './settings.ts';

const errors = [
  {
    name: 'wrong-password',
    operations: ['signIn'],
    status: [401],
    happened: 'no',
    fault: 'credential',
    sentence: 'The server does not know this user with this password.',
    next: 'Nothing was signed in. Type it again.',
  },
] as const satisfies readonly ErrorRow[];

const readError = (_reply: Reply): ErrorFacts => ({});

const member = (json: unknown, name: string): unknown =>
  typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[name] : undefined; // any object has names

const signIn: FormSignIn = {
  kind: 'form',
  id: 'password',
  label: 'User name and password',
  standing: 'accepted',
  reason: 'The only way in.',
  sends: 'Sends POST /login',
  fields: [
    { name: 'user', label: 'User name', autoComplete: 'username', kind: 'text', required: true },
    { name: 'password', label: 'Password', autoComplete: 'current-password', kind: 'secret', required: true },
  ],
  operation: 'signIn',
  request: ({ user = '', password = '' }) => succeed({ user, password }),
  read(reply, { user = '' }) {
    const [token, seconds] = [member(reply.json, 'token'), member(reply.json, 'seconds')];
    if (reply.envelope.status !== 200 || typeof token !== 'string' || typeof seconds !== 'number') {
      return fail(explain({ errors, readError }, reply, 'signIn'));
    }
    const accessExpiry = { kind: 'relative', lifeMs: seconds * 1_000, anchorMs: reply.startedAtMs } as const;
    return succeed({ tokens: { accessToken: token, accessExpiry, facts: [] }, identity: { name: user } });
  },
};

const sessionFace = {
  forgetting: 'The server has no log out. The token lives on until it ends.',
  credential: ({ accessToken }) => ({ token: accessToken }),
  present: ({ accessToken }, { baseUrl }) => ({
    method: 'GET',
    url: `${baseUrl}/me`,
    headers: [{ name: 'Authorization', value: ['Bearer ', { secret: accessToken }] }],
    query: [],
    token: [{ secret: accessToken }],
    header: ['Authorization: Bearer ', { secret: accessToken }],
    variables: [{ name: 'SIXTH_TOKEN', value: accessToken }],
  }),
  probe: {
    operation: 'me',
    params: ({ accessToken }) => ({ token: accessToken }),
    read: ({ envelope: { status } }) => ({
      verdict: status === 200 ? 'live' : status === 401 ? 'dead' : 'unknown',
      evidence: `The server answered ${String(status)}.`,
    }),
  },
} satisfies SessionFace;

export const sixth = defineProvider({
  ...manifest,
  words: { key: 'key', token: 'token', session: 'session' },
  operations,
  settings,
  errors,
  readError,
  signIn: [signIn],
  sessionFace: () => sessionFace,
  slots: null,
  doctor: {
    operation: 'hello',
    params: {},
    read: ({ envelope: { status } }) =>
      status === 200
        ? { standing: 'clear', sentence: 'The server answered.' }
        : { standing: 'attention', sentence: 'The server did not answer as expected.' },
  },
  limits: { inFlightMax: 3, documented: 'None.' },
});
