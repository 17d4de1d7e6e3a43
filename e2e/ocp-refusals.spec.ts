/** Every way in which OCP refuses or spoils a sign-in that the stand-in can be made to show, and the words for it. */
import type { ConnectionEntry } from '../stand-ins/stand-in.ts';
import { expect, sharedTest, test } from './fixtures.ts';
import { addConnections } from './operator.ts';
import type { ServedConsole } from './serve.ts';
import { answer, field, fillInOcp, rowsOf, signInToOcp, submitButton, type OcpCredentials } from './steps.ts';

type Ocp = ServedConsole['ocp']['control'];

interface Refusal {
  readonly name: string;
  readonly words: string;
  /** Whether a session may be open at the vendor now. */
  readonly effect: 'no session was opened' | 'a session may be open';
  /** The next step that is advised. */
  readonly next: string;
  readonly who?: OcpCredentials;
  readonly arrange?: (ocp: Ocp) => unknown;
  /** What the operator's file says differently. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly baseUrl?: (own: string) => string;
  /** How many sign-ins the server sees; 1 where left out. */
  readonly sent?: number;
}

const no = 'no session was opened';
const perhaps = 'a session may be open';
const crowded = { username: 'crowded' };
const credentials = 'did not accept the user name, the password or the one-time code';
const locking = 'further ones can lock the account';

const refusals: readonly Refusal[] = [
  {
    name: 'a wrong password',
    who: { username: 'alice', password: 'not-a-real-password' },
    words: credentials,
    effect: no,
    next: locking,
  },
  { name: 'an unknown user', who: { username: 'nobody' }, words: credentials, effect: no, next: locking },
  {
    name: 'a locked account',
    who: { username: 'locked' },
    words: 'It answers alike when the account is locked',
    effect: no,
    next: locking,
  },
  {
    name: 'a missing one-time code',
    who: { username: 'otto' },
    words: credentials,
    effect: no,
    next: 'Check all three',
  },
  {
    name: 'a wrong one-time code',
    who: { username: 'otto', otp: '000000' },
    words: credentials,
    effect: no,
    next: 'Check all three',
  },
  {
    name: 'a disabled account',
    who: { username: 'disabled' },
    words: 'The account is disabled.',
    effect: no,
    next: 'An administrator has to enable it',
  },
  {
    name: 'a required action',
    who: { username: 'newcomer' },
    words: 'still has a step to take in the browser',
    effect: no,
    next: 'account console',
  },

  {
    name: 'the limit, as 403 with a code of its own',
    who: crowded,
    words: 'Too many sessions are open for this user',
    effect: no,
    next: 'Log out a session here',
  },
  {
    name: 'the limit, as 401 generic_authentication_error',
    who: crowded,
    arrange: (ocp) => ocp.configure({ version: '22' }),
    words: 'Too many sessions are open for this user',
    effect: no,
    next: 'Log out a session here',
  },
  {
    name: 'the limit, as 500 unknown_error',
    who: crowded,
    arrange: (ocp) => ocp.configure({ version: '17' }),
    words: 'older versions refuse a session too many',
    effect: perhaps,
    next: 'Log out a session here',
  },
  {
    name: 'the limit, as a web page with 403',
    arrange: (ocp) => ocp.fault({ operation: 'sign-in', kind: 'html', status: 403 }),
    words: 'refused the sign-in with a web page',
    effect: no,
    next: 'Log out a session here',
  },

  {
    name: 'an unknown client',
    settings: { clientId: 'nowhere' },
    words: 'does not know the client, or it is disabled',
    effect: no,
    next: 'Correct the client in the connection',
  },
  {
    name: 'a disabled client',
    settings: { clientId: 'retired' },
    words: 'does not know the client, or it is disabled',
    effect: no,
    next: 'have it enabled',
  },
  {
    name: 'a client with a secret',
    settings: { clientId: 'reports' },
    words: 'The client is not a public one: it has a secret of its own',
    effect: no,
    next: 'Name a public client',
  },
  {
    name: 'a client without the password grant',
    settings: { clientId: 'web-only' },
    words: 'may not sign in with user name and password',
    effect: no,
    next: 'direct access grants',
  },
  {
    name: 'a client that asks for consent',
    settings: { clientId: 'partner' },
    words: 'asks for the user’s consent',
    effect: no,
    next: 'consent required',
  },
  {
    name: 'a client that only checks tokens',
    settings: { clientId: 'orders-api' },
    words: 'or only checks tokens',
    effect: no,
    next: 'Name a public client',
  },
  {
    name: 'a wrong realm',
    settings: { realm: 'nowhere' },
    words: 'has no realm of this name',
    effect: no,
    next: 'Correct the realm in the connection',
  },
  {
    name: 'a base URL without /auth',
    baseUrl: (own) => own.replace(/\/auth$/, ''),
    words: 'has no IAM at this path',
    effect: no,
    next: 'Add /auth to the base URL',
    sent: 0,
  },
  {
    name: 'a realm that is switched off',
    arrange: (ocp) => ocp.configureRealm({ enabled: false }),
    words: 'The realm is switched off',
    effect: no,
    next: 'Ask the server’s operator',
  },
  {
    name: 'a realm for https alone',
    arrange: (ocp) => ocp.configureRealm({ sslRequired: 'all' }),
    words: 'takes encrypted connections only',
    effect: no,
    next: 'Use https',
  },
  {
    name: 'a refused origin',
    arrange: (ocp) =>
      ocp.fault({ operation: 'sign-in', kind: 'reply', status: 403, body: '{"error":"Invalid origin"}' }),
    words: 'refused the web origin of the call',
    effect: no,
    next: 'A proxy on the way adds an Origin header',
  },
  {
    name: 'a port where nothing listens',
    baseUrl: () => 'http://127.0.0.1:9/auth',
    words: 'nothing listens at this port',
    effect: no,
    next: 'Check the port in the base URL',
    sent: 0,
  },
  {
    name: 'a host that does not exist',
    baseUrl: () => 'https://iam.invalid/auth',
    words: 'name could not be found',
    effect: no,
    next: 'Check the host name',
    sent: 0,
  },

  {
    name: 'a web page with 200',
    arrange: (ocp) => ocp.fault({ operation: 'sign-in', kind: 'html' }),
    words: 'a web page instead of the API',
    effect: perhaps,
    next: 'Check the base URL',
  },
  {
    name: 'an answer that was cut',
    arrange: (ocp) => ocp.fault({ operation: 'sign-in', kind: 'cut' }),
    words: 'its answer was lost on the way',
    effect: perhaps,
    next: 'Nothing is sent again by itself',
  },
  {
    name: 'a connection that was reset',
    arrange: (ocp) => ocp.fault({ operation: 'sign-in', kind: 'reset', when: 'after' }),
    words: 'its answer was lost on the way',
    effect: perhaps,
    next: 'Nothing is sent again by itself',
  },
  {
    name: 'bytes that are not HTTP',
    arrange: (ocp) => ocp.fault({ operation: 'sign-in', kind: 'garbage' }),
    words: 'its answer was lost on the way',
    effect: perhaps,
    next: 'Nothing is sent again by itself',
  },
  {
    name: 'a server that fails',
    arrange: (ocp) => ocp.fault({ operation: 'sign-in', kind: 'reply', status: 502, body: '' }),
    words: 'The server failed while it handled the sign-in (status 502)',
    effect: perhaps,
    next: 'Nothing is sent again by itself',
  },
  {
    name: 'a yes without a token',
    arrange: (ocp) => ocp.fault({ operation: 'sign-in', kind: 'edit', remove: ['access_token'] }),
    words: 'its answer lacks what it should contain',
    effect: perhaps,
    next: 'Look before you try again',
  },
  {
    name: 'a redirect',
    arrange: (ocp) =>
      ocp.fault({ operation: 'sign-in', kind: 'redirect', location: 'https://elsewhere.example/login' }),
    words: 'pointed to another address: https://elsewhere.example',
    effect: no,
    next: 'Nothing was sent there',
  },
  {
    name: 'a request to wait',
    arrange: (ocp) =>
      ocp.fault({ operation: 'sign-in', kind: 'reply', status: 429, headers: { 'retry-after': '120' } }),
    words: 'asks to be left alone',
    effect: no,
    next: 'Try again later',
  },
];

const idOf = ({ name }: Refusal): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** The connection of a row that the operator's file has to say something else for. */
const connectionOf = (refusal: Refusal, own: ConnectionEntry): ConnectionEntry => ({
  ...own,
  id: idOf(refusal),
  name: 'Judged',
  baseUrl: refusal.baseUrl?.(own.baseUrl) ?? own.baseUrl,
  settings: { ...own.settings, ...refusal.settings },
});

sharedTest.describe('a sign-in that brings no session', () => {
  const ownConnection = ({ ocp }: ServedConsole): ConnectionEntry => {
    const [own] = ocp.connections;
    if (!own) throw new Error('The stand-in brings no connection.');
    return own;
  };

  sharedTest.beforeAll(async ({ shared }) => {
    await addConnections(
      shared,
      refusals.map((refusal) => connectionOf(refusal, ownConnection(shared))),
    );
  });

  for (const refusal of refusals) {
    const { name, words, effect, next, who = { username: 'alice' }, arrange, sent = 1 } = refusal;
    sharedTest(name, async ({ page, keyward: { ocp } }) => {
      arrange?.(ocp.control);
      const before = ocp.control.sessions().length;
      await page.goto(`/ocp?connection=${idOf(refusal)}`);
      await fillInOcp(page, who);
      await submitButton(page).click();
      for (const said of [words, effect, next]) await expect(answer(page)).toContainText(said);
      await expect(answer(page)).toBeFocused();
      // Sent once whatever came of it, and nothing that was typed is lost.
      expect(ocp.control.ledger({ operation: 'sign-in' })).toHaveLength(sent);
      await expect(field(page, 'User name')).toHaveValue(who.username);
      if (effect === no) expect(ocp.control.sessions()).toHaveLength(before);
    });
  }
});

test.describe('a sign-in with an odd life', () => {
  const lives: readonly {
    readonly name: string;
    readonly arrange: (ocp: Ocp) => unknown;
    readonly shows: RegExp;
    readonly state: string;
  }[] = [
    {
      name: 'no expires_in',
      arrange: (ocp) => ocp.fault({ operation: 'sign-in', kind: 'edit', remove: ['expires_in'] }),
      shows: /—\s*expiry not reported/,
      state: 'No expiry known',
    },
    {
      name: 'expires_in of 0',
      arrange: (ocp) => ocp.fault({ operation: 'sign-in', kind: 'edit', set: { expires_in: 0 } }),
      shows: /ended/,
      state: '',
    },
    {
      name: 'expires_in of 30 days',
      arrange: (ocp) => ocp.fault({ operation: 'sign-in', kind: 'edit', set: { expires_in: 2_592_000 } }),
      shows: /(30 d|29 d 23 h)/,
      state: 'Ready',
    },
    {
      name: 'no refresh token',
      arrange: (ocp) =>
        ocp.fault({ operation: 'sign-in', kind: 'edit', remove: ['refresh_token', 'refresh_expires_in'] }),
      shows: /cannot be refreshed/,
      state: 'Ready',
    },
    {
      name: 'a refresh token without end',
      arrange: (ocp) => ocp.fault({ operation: 'sign-in', kind: 'edit', set: { refresh_expires_in: 0 } }),
      shows: /not reported/,
      state: 'Ready',
    },
  ];

  for (const { name, arrange, shows, state } of lives) {
    test(`${name} is said as what it is, and starts no loop`, async ({ page, keyward }) => {
      arrange(keyward.ocp.control);
      await page.goto('/ocp');
      await signInToOcp(page, { username: 'alice' });
      await expect(rowsOf(page, 'alice')).toContainText(shows);
      await expect(rowsOf(page, 'alice')).toContainText(state);
      await expect(rowsOf(page, 'alice').getByText('never')).toHaveCount(0);
      // A schedule that turned in circles would have sent within its first second.
      await page.waitForTimeout(1_500);
      expect(keyward.ocp.control.ledger({ operation: 'refresh' })).toHaveLength(0);
    });
  }
});

test('the one-time code is sent where it is typed', async ({ page, keyward }) => {
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'otto', otp: '123 456' });
  expect(keyward.ocp.control.sessions({ username: 'otto' })).toHaveLength(1);
});

test('after three refused sign-ins of one user the page asks before a fourth', async ({ page, keyward }) => {
  await page.goto('/ocp');
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await fillInOcp(page, { username: 'alice', password: `not-a-real-password-${attempt}` });
    await submitButton(page).click();
    await expect.poll(() => keyward.ocp.control.ledger({ operation: 'sign-in' }).length).toBe(attempt);
    await expect(answer(page)).toContainText(credentials);
  }
  await submitButton(page).click();
  await expect(page.getByRole('main')).toContainText('3 sign-ins in a row failed for alice.');
  expect(keyward.ocp.control.ledger({ operation: 'sign-in' })).toHaveLength(3);
});
