/** What goes wrong on the way through Tuleap's page, what the callback does not take, and what must be registered first. */
import type { BrowserContext, Page } from '@playwright/test';
import { readClipboard } from './clipboard.ts';
import { expect, test } from './fixtures.ts';
import { addConnections } from './operator.ts';
import type { ServedConsole } from './serve.ts';
import { answer, notices, rowsOf } from './steps.ts';
import {
  departure,
  leaveForTuleap,
  logInThere,
  showWay,
  signInAtTuleap,
  signInWithAccessKey,
  waiting,
} from './tuleap-steps.ts';

test.use({ vendors: ['tuleap'] });

const calls = ({ tuleap }: ServedConsole, operation: string) => tuleap.control.ledger({ operation });

/** Where Tuleap sends the browser, as long as this is listened to. */
function hearCallbacks(context: BrowserContext): readonly string[] {
  const heard: string[] = [];
  context.on('request', (request) => {
    if (request.url().includes('/callback/')) heard.push(request.url());
  });
  return heard;
}

const allow = (tab: Page) => tab.getByRole('button', { name: 'Authorize', exact: true }).click();

/** The page on which a callback lands that nobody waits for, with nothing of it in the address or the history. */
async function isNotTaken(tab: Page): Promise<void> {
  await expect(tab.getByRole('heading', { name: 'This sign-in was not taken' })).toBeVisible();
  await expect(tab.getByRole('main')).toContainText('Nothing was signed in by it');
  const session = await tab.context().newCDPSession(tab);
  const { entries } = await session.send('Page.getNavigationHistory');
  expect(entries.filter(({ url }) => url.includes('/callback/') || url.includes('code='))).toEqual([]);
}

test.beforeEach(async ({ page }) => {
  await page.goto('/tuleap');
});
test.afterEach(({ keyward }) => {
  for (const times of Object.values(keyward.tuleap.control.spends())) expect(times).toBe(1);
});

test.describe('a visit that ends without a session', () => {
  test('refused by the person: said where the tab lands and on the page that waits', async ({
    page,
    context,
    keyward,
  }) => {
    const { identifier } = keyward.tuleap.control.addKey({ username: 'bob' });
    await signInWithAccessKey(page, identifier, 'bob');
    const tab = await leaveForTuleap(page, context);
    await logInThere(tab);
    await tab.getByRole('button', { name: 'Deny' }).click();
    await expect(tab.getByRole('heading', { name: 'Not signed in' })).toBeVisible();
    await expect(tab.getByRole('main')).toContainText('The tab of Keyward in which you began says why');
    expect(tab.url()).not.toMatch(/error|state/);
    await expect(answer(page)).toContainText('The access was not allowed on Tuleap’s page.');
    await expect(answer(page)).toContainText('no session was opened');
    await expect(departure(page)).toBeVisible();
    await expect(rowsOf(page, 'bob')).toContainText('Ready');
    expect(calls(keyward, 'exchange-code')).toEqual([]);
  });

  test('with a client secret that is wrong: what the operator must compare, and the secret nowhere', async ({
    page,
    context,
    keyward,
  }) => {
    keyward.tuleap.control.putApp({ name: 'Keyward', secret: `tlp-oauth2-c1-1.${'0'.repeat(64)}` });
    const tab = await leaveForTuleap(page, context);
    await logInThere(tab);
    await allow(tab);
    await expect(answer(page)).toContainText('Tuleap does not accept the client of this connection');
    await expect(answer(page)).toContainText('Compare clientId in the operator’s file');
    await expect(answer(page)).toContainText('no session was opened');
    const [secret = ''] = Object.values(keyward.tuleap.env);
    expect(secret).toMatch(/^tlp-oauth2-c1-/);
    const hello = await page.evaluate(async () =>
      (await fetch('/gw/v1/hello', { headers: { 'x-keyward': '1' } })).text(),
    );
    expect(hello).toContain('tlp-client-id-1');
    for (const place of [hello, await page.content(), keyward.log()]) expect(place).not.toContain(secret);
  });

  test('with a code that is traded too late: it is good for a minute', async ({ page, context, keyward }) => {
    const tab = await leaveForTuleap(page, context);
    await logInThere(tab);
    // Tuleap’s clock moves on between the code and its trade.
    keyward.tuleap.control.fault({ operation: 'exchange-code', kind: 'latency', ms: 4_000 });
    await allow(tab);
    await expect(tab.getByRole('heading', { name: 'You can close this tab' })).toBeVisible();
    keyward.tuleap.control.clock({ advanceMs: 61_000 });
    await expect(answer(page)).toContainText('it is good once and for one minute', { timeout: 10_000 });
    expect(calls(keyward, 'exchange-code').map(({ status }) => status)).toEqual([400]);
  });

  test('at an unknown client, another redirect URI or without the plugin ends on Tuleap’s page; the wait is cancelled here', async ({
    page,
    context,
    keyward,
    complaints,
  }) => {
    complaints.expect(/Failed to load resource: the server responded with a status of 40[34]/);
    keyward.tuleap.control.setRedirectUri({ redirectUri: 'http://localhost:9/elsewhere' });
    const tab = await leaveForTuleap(page, context);
    await expect(tab.getByRole('heading', { name: 'Forbidden' })).toBeVisible();
    await expect(waiting(page)).toBeVisible();
    await expect(page.getByRole('region', { name: 'What must be registered first' })).toContainText(
      'Tuleap’s tab says that you are not allowed to see the page, and nothing comes back here.',
    );
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Given up: nothing was signed in.')).toBeVisible();

    keyward.tuleap.control.configure({ oauth2Plugin: false });
    const another = await leaveForTuleap(page, context);
    await expect(another.getByRole('heading', { name: 'Not found' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'What must be registered first' })).toContainText(
      'OAuth2 is part of Tuleap Enterprise.',
    );
    expect(calls(keyward, 'exchange-code')).toEqual([]);
  });

  test('at a connection that names no client does not begin', async ({ page, keyward }) => {
    const [own] = keyward.tuleap.connections;
    if (!own) throw new Error('The stand-in brings no connection.');
    await addConnections(keyward, [{ ...own, id: 'bare', name: 'Tuleap without a client', settings: {} }]);
    await page.goto('/tuleap?connection=bare');
    await showWay(page, 'OAuth2');
    await expect(page.getByText('This connection names no OAuth2 client.')).toBeVisible();
    await expect(departure(page)).toHaveCount(0);
  });
});

test.describe('a callback that is not the one that is waited for', () => {
  test('with a foreign state is refused, and takes nothing from the one that waits', async ({
    page,
    context,
    keyward,
  }) => {
    const callbacks = hearCallbacks(context);
    const tab = await leaveForTuleap(page, context);
    await logInThere(tab);
    const other = await context.newPage();
    await other.goto(`${keyward.url}/callback/tuleap-demo?code=not-a-real-code&state=${'B'.repeat(22)}`);
    await isNotTaken(other);
    await expect(waiting(page)).toBeVisible();
    await allow(tab);
    await expect(answer(page)).toContainText('Signed in as alice');
    expect(callbacks).toHaveLength(2);
    expect(calls(keyward, 'exchange-code')).toHaveLength(1);
  });

  test('that comes a second time is refused, and the session of the first stays', async ({
    page,
    context,
    keyward,
  }) => {
    const callbacks = hearCallbacks(context);
    const tab = await signInAtTuleap(page, context);
    await tab.goto(callbacks[0] ?? '');
    await isNotTaken(tab);
    await expect(rowsOf(page, 'alice')).toContainText('Ready');
    expect(calls(keyward, 'exchange-code')).toHaveLength(1);
    expect(keyward.tuleap.control.grants()).toHaveLength(1);
  });

  test('that comes after the person cancelled is refused', async ({ page, context, keyward }) => {
    const tab = await leaveForTuleap(page, context);
    await logInThere(tab);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Given up: nothing was signed in.')).toBeVisible();
    await allow(tab);
    await isNotTaken(tab);
    await expect(page.getByRole('table', { name: 'Sessions' })).toHaveCount(0);
    expect(calls(keyward, 'exchange-code')).toEqual([]);
  });

  test('whose announcement the gateway has lost is refused, and the page that waits is told', async ({
    page,
    context,
    keyward,
    complaints,
  }) => {
    complaints.expect(/Failed to load resource/);
    const { identifier } = keyward.tuleap.control.addKey({ username: 'bob' });
    await signInWithAccessKey(page, identifier, 'bob');
    const tab = await leaveForTuleap(page, context);
    await logInThere(tab);
    await keyward.kill();
    await keyward.restart();
    await allow(tab);
    await isNotTaken(tab);
    await expect(answer(page)).toContainText('took too long, or the gateway was started anew meanwhile');
    await expect(rowsOf(page, 'bob')).toContainText('Ready');
    await expect(departure(page)).toBeVisible();
  });
});

test.describe('a page that is reloaded', () => {
  const notes = (page: Page) => page.evaluate(() => sessionStorage.getItem('keyward.sign-ins-under-way'));

  test('while it waits says that nothing was signed in and what to do, and takes nothing that comes after', async ({
    page,
    context,
    keyward,
  }) => {
    const tab = await leaveForTuleap(page, context);
    await expect(waiting(page)).toBeVisible();
    const state = new URL(tab.url()).searchParams.get('state') ?? '';
    const note = (await notes(page)) ?? '';
    expect(note).toContain('tuleap-demo');
    if (state !== '') expect(note).not.toContain(state);
    await page.reload();
    await expect(notices(page)).toContainText(
      'This page was left or locked while it waited for the sign-in page of Tuleap (demo).',
    );
    await expect(notices(page)).toContainText('Nothing was signed in here');
    await expect(notices(page)).toContainText('Sign in again');
    expect(await notes(page)).toBeNull();

    await logInThere(tab);
    await allow(tab);
    await expect(tab.getByRole('main')).toContainText('the code that came back is of no use to anybody', {
      timeout: 10_000,
    });
    expect(calls(keyward, 'exchange-code')).toEqual([]);
    // It is said once, and another sign-in goes its way.
    await page.reload();
    await showWay(page, 'OAuth2');
    await expect(departure(page)).toBeVisible();
    await expect(notices(page)).toBeEmpty();
  });

  test('while its code is traded ends what the trade opened', async ({ page, context, keyward }) => {
    keyward.tuleap.control.fault({ operation: 'exchange-code', kind: 'latency', ms: 1_500, when: 'after' });
    const tab = await leaveForTuleap(page, context);
    await logInThere(tab);
    await allow(tab);
    await expect.poll(() => calls(keyward, 'exchange-code').length).toBe(1);
    await page.reload();
    await expect(notices(page)).toContainText(
      'This page was left during a sign-in at Tuleap (demo). The session that it opened was logged out.',
    );
    expect(calls(keyward, 'exchange-code')).toHaveLength(1);
    expect(calls(keyward, 'revoke')).toHaveLength(1);
    await expect(notices(page)).not.toContainText('while it waited');
  });

  test('after the person cancelled has nothing to say', async ({ page, context }) => {
    await leaveForTuleap(page, context);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(departure(page)).toBeVisible();
    expect(await notes(page)).toBeNull();
  });
});

test('a gateway that was started anew before the link is followed hears of the sign-in once more', async ({
  page,
  context,
  keyward,
  complaints,
}) => {
  complaints.expect(/Failed to load resource/);
  await showWay(page, 'OAuth2');
  await expect(departure(page)).toBeVisible();
  await keyward.kill();
  await keyward.restart();
  await signInAtTuleap(page, context);
  await expect(rowsOf(page, 'alice')).toContainText('Ready');
});

test(
  'the panel shows what to register: the redirect URI to copy, and the page of the project or of the site',
  { tag: '@window' },
  async ({ page, context, keyward }) => {
    await showWay(page, 'OAuth2');
    const panel = page.getByRole('region', { name: 'What must be registered first' });
    const redirectUri = `${keyward.url}/callback/tuleap-demo`;
    await expect(panel).toContainText(redirectUri);
    await panel.getByRole('button', { name: 'Copy the redirect URI' }).click();
    await expect(notices(page)).toContainText('Copied the redirect URI');
    expect(await readClipboard(context)).toBe(redirectUri);

    const number = panel.getByLabel('Number of the project');
    const ofProject = panel.getByRole('link', { name: /of project/ });
    for (const typed of ['', 'keyward-demo', '0']) {
      await number.fill(typed);
      await expect(ofProject).toHaveCount(0);
    }
    await number.fill('101');
    await expect(ofProject).toHaveAttribute('href', `${keyward.tuleap.url}/plugins/oauth2_server/project/101/admin`);
    for (const link of [ofProject, panel.getByRole('link', { name: /whole site/ })]) {
      const [tab] = await Promise.all([context.waitForEvent('page'), link.click()]);
      // What is registered there is what the panel shows.
      await expect(tab.getByRole('cell', { name: redirectUri })).toBeVisible();
      expect(await tab.evaluate(() => window.opener === null)).toBe(true);
      await tab.close();
    }
  },
);
