/** P4OAuth's ways in: two that end at the same callback, which takes what is waited for and nothing else. */
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { addConnections } from './operator.ts';
import {
  departure,
  leaveForServer,
  logInThere,
  signInByPassword,
  signInOnServersPage,
  submitLogin,
} from './p4oauth-steps.ts';
import type { ServedConsole } from './serve.ts';
import { answer, field, goTo, rowsOf, submitButton } from './steps.ts';

test.use({ vendors: ['p4oauth'] });

const sent = ({ p4oauth }: ServedConsole, operation: string) => p4oauth.control.ledger({ operation }).length;

/** Where the server sends the browser, as long as this is listened to. */
function hearCallbacks(context: BrowserContext): readonly string[] {
  const heard: string[] = [];
  context.on('request', (request) => {
    if (request.url().includes('/callback/')) heard.push(request.url());
  });
  return heard;
}

const anotherConnection = ({ p4oauth }: ServedConsole, id: string, change: object) => {
  const [own] = p4oauth.connections;
  if (!own) throw new Error('The stand-in brings no connection.');
  return { ...own, id, name: `P4OAuth ${id}`, ...change };
};

const near = (page: Page) => page.getByRole('group', { name: 'Session of alice' });

test.beforeEach(async ({ page }) => {
  await page.goto('/p4oauth');
});

test.describe('on the server’s page', () => {
  test('signs in by a tab of its own; the code is in no address that stays, and the waiting page keeps its sessions', async ({
    page,
    context,
    keyward,
  }) => {
    await signInByPassword(page, 'bob');
    const callbacks = hearCallbacks(context);
    const tab = await leaveForServer(page, context);
    await expect(page.getByText('Waiting for P4OAuth in the other tab…')).toBeVisible();
    expect(await tab.evaluate(() => window.opener === null)).toBe(true);
    await logInThere(tab);
    await expect(tab.getByRole('heading', { name: 'You can close this tab' })).toBeVisible();
    await expect(tab.getByRole('main')).toContainText('Signed in at the vendor.');
    expect(tab.url()).toBe(`${keyward.url}/signed-in?outcome=taken`);
    await tab.goBack();
    expect(tab.url()).not.toContain('code=');

    // Bob’s ticket, which is shown once, stays above it until it is closed.
    await expect(answer(page)).toHaveCount(2);
    await expect(answer(page).first()).toContainText('Signed in as bob');
    await expect(answer(page).last()).toContainText('Signed in as alice at P4OAuth (demo)');
    await expect(rowsOf(page, 'alice')).toContainText('On the server’s page');
    await expect(rowsOf(page, 'bob')).toContainText('Login and password');
    expect(callbacks).toHaveLength(1);
    expect(keyward.log()).toContain('p4oauth-demo callback: a code');
    expect(keyward.log()).not.toContain(new URL(callbacks[0] ?? '').searchParams.get('code'));
    expect(sent(keyward, 'token')).toBe(2);
  });

  test('says what was missing when it is called off there', async ({ page, context, keyward }) => {
    const tab = await leaveForServer(page, context);
    await tab.getByRole('button', { name: 'Cancel' }).click();
    await expect(tab.getByRole('heading', { name: 'Not signed in' })).toBeVisible();
    expect(tab.url()).not.toContain('error=');
    await expect(answer(page)).toContainText('it was called off, or login and password do not belong together.');
    await expect(answer(page)).toContainText('no session was opened');
    expect(sent(keyward, 'token')).toBe(0);
    await expect(departure(page)).toBeVisible();
  });

  test('a wrong password is the server’s own to refuse; the page goes on waiting', async ({ page, context }) => {
    const tab = await leaveForServer(page, context);
    await tab.getByLabel('Password').fill('not-a-real-password');
    await tab.getByRole('button', { name: 'Log in' }).click();
    await expect(tab.getByRole('alert')).toContainText('do not match');
    await expect(page.getByText('Waiting for P4OAuth in the other tab…')).toBeVisible();
    await logInThere(tab);
    await expect(answer(page)).toContainText('Signed in as alice');
  });
});

test.describe('a callback that is not the one that is waited for', () => {
  const refused = async (tab: Page) => {
    await expect(tab.getByRole('heading', { name: 'This sign-in was not taken' })).toBeVisible();
    await expect(tab.getByRole('main')).toContainText('Nothing was signed in by it');
    expect(tab.url()).toMatch(/\/signed-in\?outcome=unknown$/);
    await tab.goBack();
    expect(tab.url()).not.toContain('code=');
  };

  test('with a foreign state is refused and explained where it lands, and takes nothing from the one that waits', async ({
    page,
    context,
    keyward,
  }) => {
    const tab = await leaveForServer(page, context);
    const other = await context.newPage();
    await other.goto('about:blank');
    // A code that the server would take: only the state is not this console's.
    const { code } = keyward.p4oauth.control.openCode({
      login: 'bob',
      redirectUri: `${keyward.url}/callback/p4oauth-demo`,
    });
    await other.goto(`${keyward.url}/callback/p4oauth-demo?code=${code}&state=${'B'.repeat(22)}`);
    await refused(other);
    await expect(page.getByText('Waiting for P4OAuth in the other tab…')).toBeVisible();
    expect(sent(keyward, 'token')).toBe(0);
    await logInThere(tab);
    await expect(answer(page)).toContainText('Signed in as alice');
    await expect(rowsOf(page, 'bob')).toHaveCount(0);
  });

  test('that comes a second time is refused, and the session of the first stays', async ({
    page,
    context,
    keyward,
  }) => {
    const callbacks = hearCallbacks(context);
    const tab = await signInOnServersPage(page, context);
    await tab.goto(callbacks[0] ?? '');
    await refused(tab);
    await expect(near(page)).toContainText('expiry not reported');
    expect(sent(keyward, 'token')).toBe(1);
  });

  test('that comes after the person cancelled is refused', async ({ page, context, keyward }) => {
    const tab = await leaveForServer(page, context);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Given up: nothing was signed in.')).toBeVisible();
    await logInThere(tab);
    await refused(tab);
    expect(sent(keyward, 'token')).toBe(0);
    await expect(rowsOf(page, 'alice')).toHaveCount(0);
  });

  test('that comes when the gateway knows nothing of it any more is refused, and the waiting page says so', async ({
    page,
    context,
    keyward,
    complaints,
  }) => {
    complaints.expect(/Failed to load resource: net::ERR_CONNECTION/);
    const tab = await leaveForServer(page, context);
    await keyward.kill();
    await keyward.restart();
    await logInThere(tab);
    await refused(tab);
    await expect(answer(page)).toContainText('took too long, or the gateway was started anew meanwhile.');
    expect(sent(keyward, 'token')).toBe(0);
    await expect(departure(page)).toBeVisible();
  });
});

test('waits until that has arrived with which the code is traded', async ({ page, context, complaints }) => {
  complaints.expect(/Failed to load resource: net::ERR_FAILED/);
  const part = '**/assets/code-sign-in-*.js';
  let kept = 0;
  await page.route(part, async (route) => {
    kept += 1;
    await route.abort();
  });
  const tab = await leaveForServer(page, context);
  const before = kept;
  await expect.poll(() => kept).toBeGreaterThan(before);
  await page.unroute(part);
  await logInThere(tab);
  await expect(answer(page)).toContainText('Signed in as alice');
});

test.describe('with login and password', () => {
  test('goes through the registered callback too, without the browser going anywhere', async ({
    page,
    context,
    keyward,
  }) => {
    const callbacks = hearCallbacks(context);
    const asked: string[] = [];
    context.on('request', (request) => asked.push(new URL(request.url()).origin));
    await signInByPassword(page);
    expect(keyward.p4oauth.control.ledger().map(({ operation }) => operation)).toEqual(['password-grant', 'token']);
    expect(callbacks).toEqual([]);
    expect([...new Set(asked)]).toEqual([keyward.url]);
    await expect(field(page, 'Password')).toHaveValue('');
    await expect(rowsOf(page, 'alice')).toBeVisible();
  });

  for (const [refusal, words] of [
    ['redirect', 'login and password do not belong together.'],
    ['status', 'The server did not accept login and password.'],
  ] as const) {
    test(`a wrong password, refused by ${refusal}`, async ({ page, keyward }) => {
      keyward.p4oauth.control.configure({ refusal });
      await submitLogin(page, 'alice', 'not-a-real-password');
      await expect(answer(page)).toContainText(words);
      await expect(answer(page)).toContainText('no session was opened');
      expect(sent(keyward, 'password-grant')).toBe(1);
      expect(sent(keyward, 'token')).toBe(0);
    });
  }

  test('is said not to be there where the server does not have it', async ({ page, keyward }) => {
    await expect(page.getByRole('group', { name: 'Way to sign in' })).toContainText('some servers do not offer it.');
    keyward.p4oauth.control.configure({ passwordGrant: false });
    await submitLogin(page);
    await expect(answer(page)).toContainText('The password grant is not offered by this server');
    await expect(answer(page)).toContainText('Sign in on the server’s own page instead.');
  });

  test('is refused over plain http to another machine, with the reason; loopback is excepted', async ({
    page,
    keyward,
  }) => {
    const baseUrl = 'http://p4oauth.example.test';
    await addConnections(keyward, [anotherConnection(keyward, 'plain', { baseUrl, allowInsecure: true })]);
    await page.goto('/p4oauth?connection=plain');
    await page.getByText('Login and password').click();
    await expect(page.getByRole('main')).toContainText('speaks plain http, and a password is never sent over that.');
    await expect(page.getByRole('main')).toContainText('Use https');
    await expect(submitButton(page)).toBeDisabled();
    await goTo(page, 'Activity');
    await expect(page.getByRole('main')).not.toContainText('send login and password');

    expect(keyward.p4oauth.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:/);
    await page.goto('/p4oauth?connection=p4oauth-demo');
    await signInByPassword(page);
  });

  test('does not wait for a gateway that is gone with the code: it says so, and can begin anew', async ({
    page,
    keyward,
    complaints,
  }) => {
    complaints.expect(/Failed to load resource: net::ERR_/);
    let gone = false;
    page.on('response', (response) => {
      gone ||= response.url().endsWith('/passwordGrant');
    });
    await page.route('**/gw/v1/park', (route) => (gone ? route.abort() : route.continue()));
    await submitLogin(page);
    await expect(answer(page)).toContainText('The gateway went away before it handed over', { timeout: 15_000 });
    await expect(answer(page)).toContainText('no session was opened');
    await expect(answer(page)).toContainText('sign in again');
    await page.unrouteAll();
    await expect(field(page, 'Password')).not.toHaveValue('');
    await submitButton(page).click();
    await expect(answer(page)).toContainText('Signed in as alice');
    expect(keyward.p4oauth.control.ledger({ operation: 'token' })).toHaveLength(1);
  });

  test('shows the exact address where the server does not have it on its whitelist', async ({ page, keyward }) => {
    const redirectUri = `${keyward.url}/callback/p4oauth-demo`;
    keyward.p4oauth.control.unregister({ redirectUri });
    await submitLogin(page);
    await expect(answer(page)).toContainText('Most likely the redirect URI of this console is not on its whitelist.');
    const registration = page.getByRole('region', { name: 'What must be registered first' });
    await expect(registration.getByText(redirectUri, { exact: true })).toBeVisible();
  });
});

test.describe('client authentication', () => {
  const basic = { clientAuthentication: 'basic', clientSecret: { env: 'KEYWARD_DEMO_P4OAUTH_CLIENT_SECRET' } };

  test('is HTTP Basic where the connection says so, at the exchange alone', async ({ page, context, keyward }) => {
    keyward.p4oauth.control.configure({ clientAuthentication: 'basic' });
    await addConnections(keyward, [anotherConnection(keyward, 'basic', { settings: basic })]);
    keyward.p4oauth.control.register({ redirectUri: `${keyward.url}/callback/basic` });
    await page.goto('/p4oauth?connection=basic');
    await expect(page.getByRole('main')).toContainText('client authentication by HTTP Basic');
    await signInOnServersPage(page, context);
    const headers = keyward.p4oauth.control
      .ledger()
      .map(({ operation, headerNames }) => [operation, headerNames.includes('authorization')]);
    expect(headers).toEqual([
      ['authorize', false],
      ['log-in', false],
      ['token', true],
    ]);
  });

  test('is named where the server asks for it and the connection has none', async ({ page, keyward }) => {
    await expect(page.getByRole('main')).toContainText('no client authentication');
    keyward.p4oauth.control.configure({ clientAuthentication: 'basic' });
    await submitLogin(page);
    await expect(answer(page)).toContainText('does not accept how this console identifies itself');
    await expect(answer(page)).toContainText('Check clientAuthentication and clientSecret in the operator’s file');
    await expect(answer(page)).toContainText('no session was opened');
  });

  test('without the operator’s secret is a fault of the file that the page shows, and changes nothing', async ({
    page,
    keyward,
  }) => {
    const faulty = anotherConnection(keyward, 'basic', { settings: { clientAuthentication: 'basic' } });
    await expect(addConnections(keyward, [faulty])).rejects.toThrow(/clientSecret: is missing/);
    await page.goto('/settings');
    await expect(page.getByRole('main')).toContainText(
      'settings.clientSecret: is missing (Client secret). It is needed because clientAuthentication is "basic".',
    );
    await goTo(page, 'P4OAuth');
    await signInByPassword(page);
  });
});

test.describe('a server that is down', () => {
  test.beforeEach(async ({ keyward }) => {
    await keyward.p4oauth.close();
  });

  test('is named, and nothing was opened', async ({ page }) => {
    await submitLogin(page);
    await expect(answer(page)).toContainText('nothing listens at this port');
    await expect(answer(page)).toContainText('no session was opened');
    await expect(field(page, 'Password')).toHaveValue('alice-demo-password');
  });

  test('leaves the page waiting until it is cancelled', async ({ page, context, complaints }) => {
    complaints.expect(/Failed to load resource/);
    await field(page, 'Login').fill('alice');
    await Promise.all([context.waitForEvent('page'), departure(page).click()]);
    await expect(page.getByText('Waiting for P4OAuth in the other tab…')).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(departure(page)).toBeVisible();
  });
});
