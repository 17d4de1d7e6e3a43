/** A run through Perforce ALM, Tuleap and P4OAuth with marked secrets: afterwards they are at the vendor and nowhere else. */
import type { Page } from '@playwright/test';
import { readClipboard } from './clipboard.ts';
import { expect, test } from './fixtures.ts';
import { keepTokens, leaksIn, listen } from './leaks.ts';
import { leaveForServer, submitLogin } from './p4oauth-steps.ts';
import { three } from './scene-of-three.ts';
import type { ServedConsole } from './serve.ts';
import { answer, chooseFromMenu, field, goTo, notices, rowsOf } from './steps.ts';
import {
  listProjects,
  mintFor,
  showWay,
  signInWithAccessKey,
  signInWithOAuth2,
  submitTuleapPassword,
} from './three-steps.ts';

test.use({ vendors: three });

const password = 'canary-password-5b81d3e6';
/** Looks like no secret: only who knows what was sent can tell that it is one. */
const wrongPassword = 'canary sesame';
const keySecret = 'canary-alm-secret-c94e20';
const wrongKeySecret = 'canary-wrong-secret-77ab31';
const wrongAccessKey = 'tlp-k1-99.canary0123456789abcdef0123456789abcdef';

type Look = (page: Page) => Promise<void>;

/** A server that quotes what it was sent. */
const quoting = (...sent: readonly string[]) =>
  JSON.stringify({ error: { code: 401, message: `No: ${sent.join(' ')}` } });

async function throughAlm(page: Page, { alm }: ServedConsole, look: Look): Promise<void> {
  alm.control.putKey({ id: 'marked', secret: keySecret, username: 'alice' });
  const [first, second] = alm.control.projects().map(({ name }) => name);
  if (first === undefined || second === undefined) throw new Error('The stand-in has no two projects.');
  await page.goto('/alm');
  const body = JSON.stringify({
    message: `marked:${wrongKeySecret} is not valid`,
    statusCode: 401,
    code: 'Unauthorized',
  });
  for (const answered of [
    { kind: 'reply', status: 401, body },
    { kind: 'reply', status: 500, body },
  ] as const) {
    alm.control.fault({ operation: 'projects', ...answered });
    await showWay(page, 'API key');
    await field(page, 'API key').fill(`marked:${wrongKeySecret}`);
    await page.getByRole('button', { name: 'List projects' }).click();
    await expect(answer(page)).toContainText('no token was made');
    await look(page);
  }
  await page.getByRole('checkbox', { name: /^Keep this API key/ }).check();
  const list = await listProjects(page, `ApiKey marked:${keySecret}`);
  await look(page);
  await mintFor(list, first);
  alm.control.fault({ operation: 'token', kind: 'reply', status: 403, body: body.replace(wrongKeySecret, keySecret) });
  await list.getByRole('button', { name: `Get a token for ${second}`, exact: true }).click();
  await expect(list.getByText(/The server said|does not|refused/).first()).toBeVisible();
  await mintFor(list, second);
  await look(page);
  await list.getByRole('button', { name: 'Close the list' }).click();
  alm.control.restart();
  await page.getByRole('button', { name: `Try the token of ${first}` }).click();
  await expect.poll(() => alm.control.tokens().length).toBeGreaterThan(0);
  await look(page);
}

async function throughTuleap(page: Page, { tuleap }: ServedConsole, look: Look, accessKey: string): Promise<void> {
  await goTo(page, 'Tuleap');
  await showWay(page, 'Personal access key');
  await field(page, 'Access key').fill(wrongAccessKey);
  await page.locator('form').getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(answer(page)).toContainText('no session was opened');
  await look(page);
  for (const [status, sent] of [
    [401, wrongPassword],
    [500, Buffer.from(`alice:${wrongPassword}`).toString('base64')],
  ] as const) {
    tuleap.control.fault({ path: '/api/tokens', kind: 'reply', status, body: quoting('alice', sent) });
    await submitTuleapPassword(page, 'alice', wrongPassword);
    await expect(answer(page)).toContainText(/no session was opened|a session may be open/);
    await look(page);
  }
  tuleap.control.fault({ path: '/api/users/self', kind: 'reply', status: 401, body: quoting(wrongPassword) });
  await showWay(page, 'HTTP Basic');
  await field(page, 'User name').fill('alice');
  await field(page, 'Password').fill(wrongPassword);
  await page.locator('form').getByRole('button', { name: 'Check', exact: true }).click();
  await expect(answer(page)).toContainText('nothing was kept');
  await look(page);
  await field(page, 'User name').fill('bob');
  await field(page, 'Password').fill(password);
  await page.locator('form').getByRole('button', { name: 'Check', exact: true }).click();
  await expect(answer(page)).toContainText('Tuleap accepts it');
  await look(page);

  await signInWithAccessKey(page, `X-Auth-AccessKey: ${accessKey}`);
  await look(page);
  const row = rowsOf(page, 'alice').first();
  await row.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: /^Details/ }).click();
  await look(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
}

async function throughOAuth2(page: Page, look: Look): Promise<void> {
  const tab = await signInWithOAuth2(page, page.context(), { username: 'bob', password });
  await look(page);
  await look(tab);
  await tab.close();
  const row = rowsOf(page, 'bob');
  await chooseFromMenu(page, row.getByRole('button', { name: /^More for/ }), /^Refresh/);
  await expect(notices(page)).toContainText('Refreshed');
  await row.getByRole('button', { name: /^Log out bob/ }).click();
  await expect(notices(page)).toContainText('Logged out bob');
  await look(page);
}

async function throughP4oauth(page: Page, { p4oauth, url }: ServedConsole, look: Look): Promise<void> {
  await goTo(page, 'P4OAuth');
  const error_description = `${wrongPassword} is not the password of alice`;
  const body = JSON.stringify({ error: 'invalid_request', error_description });
  p4oauth.control.fault({ operation: 'password-grant', kind: 'reply', status: 400, body });
  await submitLogin(page, 'alice', wrongPassword);
  await expect(answer(page)).toContainText('no session was opened');
  await look(page);
  const location = `https://elsewhere.example/?password=${encodeURIComponent(wrongPassword)}`;
  p4oauth.control.fault({ operation: 'password-grant', kind: 'redirect', location });
  await submitLogin(page, 'alice', wrongPassword);
  await expect(answer(page)).toContainText('a redirect that is not the one to this console');
  await look(page);

  await submitLogin(page, 'alice', password);
  await expect(answer(page)).toContainText('Signed in as alice');
  await expect(page.getByText('Shown once', { exact: true })).toBeVisible();
  await look(page);
  await page.getByRole('button', { name: 'Fetch a ticket' }).click();
  await expect(page.getByRole('group', { name: 'The fetched ticket' })).toBeVisible();
  await look(page);
  // A ticket in place of an error, and an error in place of a ticket.
  p4oauth.control.fault({ operation: 'p4token', kind: 'reply', status: 400, body: `No ticket for ${password}` });
  await page.getByRole('button', { name: 'Fetch a ticket' }).click();
  await expect(page.getByRole('alert')).toBeVisible();

  const tab = await leaveForServer(page, page.context());
  await tab.goto(`${url}/callback/p4oauth-demo?code=canary-foreign-code-31c0&state=${'B'.repeat(22)}`);
  await expect(tab.getByRole('heading', { level: 1 })).toBeVisible();
  await look(tab);
  await tab.close();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await look(page);
}

test(
  'no log, URL, storage, error text, query key or broadcast holds a secret of Perforce ALM, Tuleap or P4OAuth',
  { tag: '@window' },
  async ({ page, context, keyward }) => {
    test.setTimeout(120_000);
    const { tuleap, p4oauth } = keyward;
    const heard = await listen(context);
    const look: Look = (seen) => heard.look(seen);
    const tokens = keepTokens(page);
    for (const username of ['alice', 'bob']) tuleap.control.putPerson({ username, password });
    p4oauth.control.putPerson({ login: 'alice', password });
    const accessKey = tuleap.control.addKey({
      username: 'alice',
      description: 'Canary',
      scopes: ['write:rest'],
    }).identifier;
    const operators = [...Object.values(tuleap.env), ...Object.values(p4oauth.env)];
    const secrets = [password, wrongPassword, keySecret, wrongKeySecret, wrongAccessKey, accessKey, ...operators];

    await throughAlm(page, keyward, look);
    await throughTuleap(page, keyward, look, accessKey);
    await throughOAuth2(page, look);
    await throughP4oauth(page, keyward, look);
    for (const name of ['Overview', 'Settings', 'Activity']) {
      await goTo(page, name);
      await look(page);
    }
    await page.getByRole('button', { name: 'Copy as text' }).click();
    await expect(notices(page)).toContainText('calls copied as text.');
    heard.places.push({ where: 'activity as text', text: await readClipboard(context) });
    await page.reload();
    await look(page);
    heard.places.push({ where: 'log of the gateway', text: keyward.log() });

    // What was heard is what there was to hear.
    const heardAt = (where: string) => heard.places.filter((place) => place.where === where).map(({ text }) => text);
    expect(tokens.length).toBeGreaterThanOrEqual(9);
    for (const id of three) {
      expect(heardAt('query key').join()).toContain(`${id}-demo`);
      expect(heardAt('URL').join()).toContain(`/gw/v1/call/${id}-demo/`);
      expect(keyward.log()).toContain(`${id}-demo`);
    }
    // A code is in one address, once: the one that the vendor sends the browser to.
    const callbacks = heardAt('URL').filter((url) => url.includes('code='));
    expect(callbacks.map((url) => new URL(url).pathname)).toEqual(['/callback/tuleap-demo', '/callback/p4oauth-demo']);
    const codes = callbacks.map((url) => new URL(url).searchParams.get('code') ?? '');
    const elsewhere = heard.places.filter(({ where, text }) => where !== 'URL' || !callbacks.includes(text));
    expect(leaksIn(elsewhere, [...secrets, ...tokens, ...codes])).toEqual([]);
    expect(leaksIn(heard.places, [...secrets, ...tokens])).toEqual([]);
  },
);
