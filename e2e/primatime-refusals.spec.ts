/** PrimaTime's refusals: the region, the tenant, and the trash of shapes in which an error may come. */
import { expect, sharedTest, test } from './fixtures.ts';
import type { ServedConsole } from './serve.ts';
import { answer, chooseFromMenu, rowsOf, signInWithKey, submitEmail } from './steps.ts';

type Primatime = ServedConsole['primatime']['control'];

interface Refusal {
  readonly name: string;
  readonly words: string;
  readonly effect?: 'no session was opened' | 'a session may be open';
  readonly next: string;
  readonly arrange?: (primatime: Primatime) => unknown;
  readonly email?: string;
  readonly password?: string;
}

const signIn = { operation: 'sign-in' } as const;
const error = (status: number, code: string, more: object = {}) =>
  JSON.stringify({ status, code, message: 'Message', description: 'Described', constraintViolations: null, ...more });
const xml = '<?xml version="1.0"?><response><status>401</status><code>PE01-1001</code><message>No</message></response>';

const refusals: readonly Refusal[] = [
  {
    name: 'a tenant of another region, 301 and PE01-1012',
    arrange: (primatime) => primatime.configure({ tenant: 'other-endpoint' }),
    words: 'The tenant is registered in another region than the one that was asked: http://acme.api.us.primatime.test',
    next: 'Set the connection’s region to Europe or United States',
  },
  {
    name: 'a redirect without a code',
    arrange: (primatime) =>
      primatime.fault({ ...signIn, kind: 'redirect', location: 'https://acme.api.eu.primatime.test/v1/', status: 301 }),
    words: 'Most likely the tenant is registered in another region',
    next: 'Nothing was sent there',
  },
  {
    name: 'an unknown tenant',
    arrange: (primatime) => primatime.configure({ tenant: 'unknown' }),
    words: 'The server does not know the tenant.',
    next: 'Correct the tenant in the connection',
  },
  {
    name: 'no tenant',
    arrange: (primatime) => primatime.configure({ tenant: 'missing' }),
    words: 'The address names no tenant.',
    next: 'Name the tenant in the connection',
  },
  {
    name: 'a tenant that does not fit the credential',
    arrange: (primatime) => primatime.configure({ tenant: 'conflict' }),
    words: 'The address and the credential name different tenants.',
    next: 'sign in with a credential of that tenant',
  },
  {
    name: 'a wrong password',
    password: 'not-a-real-password',
    words: 'did not accept the e-mail and password, or the secret key',
    next: 'Check what was typed',
  },
  {
    name: 'an account that was never confirmed',
    email: 'unconfirmed@acme.example',
    words: 'The account was never confirmed.',
    next: 'Follow the link in the e-mail',
  },
  {
    name: 'an account without access',
    email: 'inactive@acme.example',
    words: 'The server denies this user access.',
    next: 'Ask an administrator of the tenant',
  },
  {
    name: 'too many users',
    arrange: (primatime) => primatime.configure({ userLimitReached: true }),
    words: 'as many users as it may have',
    next: 'Its owner has to raise the number',
  },
  {
    name: 'a rate limit',
    arrange: (primatime) => primatime.refuse({ code: 'PE01-9002' }),
    words: 'Too many calls came from this network address',
    next: 'Wait a minute',
  },
  {
    name: 'a fault of the server',
    arrange: (primatime) => primatime.refuse({ code: 'PE01-9001' }),
    words: 'The server failed while it handled the call.',
    effect: 'a session may be open',
    next: 'tell PrimaTime’s support',
  },
  {
    name: 'an error inside a 200',
    arrange: (primatime) => primatime.fault({ ...signIn, kind: 'reply', status: 200, body: error(401, 'PE01-1001') }),
    words: 'did not accept the e-mail and password, or the secret key',
    next: 'the connection’s application key is wrong',
  },
  {
    name: 'an error inside a 200 without a code',
    arrange: (primatime) =>
      primatime.fault({ ...signIn, kind: 'reply', status: 200, body: '{"status":500,"message":"Odd"}' }),
    words: 'The server said yes and sent an error along.',
    effect: 'a session may be open',
    next: 'The server said: “Odd”',
  },
  {
    name: 'an error in XML',
    arrange: (primatime) =>
      primatime.fault({
        ...signIn,
        kind: 'reply',
        status: 401,
        body: xml,
        headers: { 'content-type': 'application/xml' },
      }),
    words: 'did not accept the e-mail and password, or the secret key',
    next: 'Check what was typed',
  },
  {
    name: 'an error wrapped into a script call',
    arrange: (primatime) =>
      primatime.fault({ ...signIn, kind: 'reply', status: 200, body: `call(${error(401, 'PE01-1007')});` }),
    words: 'The account was never confirmed.',
    next: 'Follow the link in the e-mail',
  },
  {
    name: 'a violation spelt in the singular',
    arrange: (primatime) =>
      primatime.fault({
        ...signIn,
        kind: 'reply',
        status: 412,
        body: error(412, 'PE01-1104', { constraintViolation: [] }),
      }),
    words: 'found one that cannot be',
    next: 'Correct it and try again',
  },
  {
    name: 'a 401 without any reason',
    arrange: (primatime) => primatime.fault({ ...signIn, kind: 'reply', status: 401, body: '' }),
    words: 'The sign-in was refused without a reason',
    next: 'application key and base URL',
  },
  {
    name: 'a web page with 200',
    arrange: (primatime) => primatime.fault({ ...signIn, kind: 'html' }),
    words: 'a web page instead of the API',
    effect: 'a session may be open',
    next: 'Check the base URL',
  },
  {
    name: 'an answer that was cut',
    arrange: (primatime) => primatime.fault({ ...signIn, kind: 'cut' }),
    words: 'its answer was lost on the way',
    effect: 'a session may be open',
    next: 'A token may have been made that nobody holds',
  },
];

sharedTest.describe('a sign-in that brings no session', () => {
  for (const { name, words, effect = 'no session was opened', next, arrange, email, password } of refusals) {
    sharedTest(name, async ({ page, keyward: { primatime } }) => {
      arrange?.(primatime.control);
      await page.goto('/primatime');
      const user = email ?? 'ada@acme.example';
      await submitEmail(page, user, password ?? `${user.split('@')[0] ?? ''}-demo-password`);
      for (const said of [words, effect, next]) await expect(answer(page)).toContainText(said);
      expect(primatime.control.ledger(signIn)).toHaveLength(1);
      if (effect === 'no session was opened') expect(primatime.control.sessions()).toHaveLength(0);
      await expect(page.getByRole('table', { name: 'Sessions' })).toHaveCount(0);
    });
  }
});

test.describe('an odd date', () => {
  const dates = [
    { name: 'with an offset', value: (atMs: number) => `/Date(${atMs}+0200)/`, shows: /60:0\d|59:\d\d/ },
    { name: 'as a bare number', value: (atMs: number) => atMs, shows: /60:0\d|59:\d\d/ },
    { name: 'as ISO 8601', value: (atMs: number) => new Date(atMs).toISOString(), shows: /60:0\d|59:\d\d/ },
    { name: 'that is none', value: () => 'soon', shows: /not reported/ },
    { name: 'that is missing', value: () => null, shows: /not reported/ },
  ];
  for (const { name, value, shows } of dates) {
    test(name, async ({ page, keyward: { primatime } }) => {
      primatime.control.fault({ ...signIn, kind: 'edit', set: { expiration: value(Date.now() + 3_600_000) } });
      await page.goto('/primatime');
      await signInWithKey(page);
      await expect(rowsOf(page, 'ada@acme.example')).toContainText(shows);
    });
  }
});

test('a server that is ten minutes off shows the same life, and says how far the clocks are apart', async ({
  page,
  keyward: { primatime },
}) => {
  primatime.control.clock({ offsetMs: 600_000 });
  await page.goto('/primatime');
  await signInWithKey(page);
  const row = rowsOf(page, 'ada@acme.example');
  await expect(row).toContainText(/(60:0\d|59:\d\d)/);
  await chooseFromMenu(page, row.getByRole('button', { name: /^More for/ }), /^Refresh/);
  await expect(page.getByRole('contentinfo')).toContainText(/Clock of PrimaTime \(demo\): (9|10) min ahead/);
});
