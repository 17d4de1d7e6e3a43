/** A session of P4OAuth: an access token that is kept, and tickets that are shown once. */
import type { Page } from '@playwright/test';
import { demo } from '../stand-ins/p4oauth/world.ts';
import { readClipboard } from './clipboard.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import { signInByPassword, signInOnServersPage } from './p4oauth-steps.ts';
import type { ServedConsole } from './serve.ts';
import { chooseFromMenu, goTo, notices, rowsOf } from './steps.ts';

test.use({ vendors: ['p4oauth'] });

const sent = ({ p4oauth }: ServedConsole, operation: string) => p4oauth.control.ledger({ operation }).length;

/** The server's own word on an access token. */
async function ticketBy({ p4oauth, url }: ServedConsole, token: string): Promise<string> {
  const query = new URLSearchParams({ redirect_uri: `${url}/callback/p4oauth-demo`, client_id: 'alice' });
  const response = await fetch(`${p4oauth.baseUrl}/p4token?${query.toString()}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(200);
  return (await response.text()).trim();
}

const shownOnce = (page: Page) => page.getByRole('main').getByText('Shown once', { exact: true });
const fetched = (page: Page) => page.getByRole('group', { name: 'The fetched ticket' });
const near = (page: Page) => page.getByRole('group', { name: 'Session of alice' });

async function fetchTicket(page: Page, redirectUri?: string): Promise<void> {
  if (redirectUri !== undefined) await page.getByLabel('Redirect URI of the application').fill(redirectUri);
  await page.getByRole('button', { name: 'Fetch a ticket' }).click();
}

test.beforeEach(async ({ page }) => {
  await page.goto('/p4oauth');
});

test(
  'a session is two things with two labels: the token is copied, without countdown or log out',
  { tag: '@window' },
  async ({ page, context, keyward }) => {
    await signInByPassword(page);
    const token = page.getByRole('region', { name: 'Access token' });
    const ticket = page.getByRole('region', { name: 'p4d ticket' });
    await expect(token).toContainText('access_token');
    await expect(token).toContainText('expiry not reported');
    await expect(ticket).toContainText('perforce_token');
    await expect(ticket).toContainText('shown once, not stored');
    await expect(near(page)).toContainText('No expiry known');
    await expect(page.getByRole('timer')).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^Log out/ })).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^Refresh/ })).toHaveCount(0);

    await near(page).getByRole('button', { name: 'Copy P4OAuth access token', exact: true }).click();
    await expect(notices(page)).toContainText('Copied');
    const copied = await readClipboard(context);
    expect(await ticketBy(keyward, copied)).toMatch(/^[0-9A-F]{32}$/);

    const row = rowsOf(page, 'alice');
    await chooseFromMenu(page, row.getByRole('button', { name: /^More for/ }), /^Check/);
    await expect(notices(page)).toContainText('Live');
    keyward.p4oauth.control.endAccessTokens();
    await chooseFromMenu(page, row.getByRole('button', { name: /^More for/ }), /^Check/);
    await expect(page.getByRole('main')).toContainText('The server answered 401 to the access token.');
  },
);

test('get new brings another token by a sign-in of its own', async ({ page, context, keyward }) => {
  await signInByPassword(page);
  await page.getByRole('button', { name: 'Close the sign-in' }).click();
  await expect(page.getByRole('group', { name: 'Way to sign in' })).toBeHidden();
  await near(page).getByRole('button', { name: 'Get a new token for alice' }).click();
  await signInOnServersPage(page, context);
  await expect(rowsOf(page, 'alice')).toHaveCount(2);
  expect(sent(keyward, 'token')).toBe(2);
});

test(
  'the ticket that comes along is shown once, masked, and kept nowhere',
  { tag: '@window' },
  async ({ page, context }) => {
    await signInByPassword(page);
    await expect(shownOnce(page)).toBeVisible();
    await page.getByRole('button', { name: 'Copy p4d ticket (perforce_token)' }).click();
    await expect(notices(page)).toContainText('Copied the p4d ticket (perforce_token)');
    const ticket = await readClipboard(context);
    expect(ticket).toMatch(/^[0-9A-F]{32}$/);
    expect(await page.content()).not.toContain(ticket);
    await page.getByRole('button', { name: 'Reveal p4d ticket (perforce_token)' }).click();
    await expect(page.getByText(ticket, { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Close, and drop what is shown once' }).click();
    await expect(shownOnce(page)).toBeHidden();

    const stored = await page.evaluate(async () => [
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      document.documentElement.outerHTML,
      (await indexedDB.databases()).map(({ name }) => name),
    ]);
    expect(JSON.stringify(stored)).not.toContain(ticket);
    await goTo(page, 'Overview');
    await goTo(page, 'P4OAuth');
    await expect(near(page)).toBeVisible();
    await expect(shownOnce(page)).toBeHidden();
  },
);

test(
  'a ticket is fetched for this host and for another registered one, and for none that nobody registered',
  { tag: '@window' },
  async ({ page, context, keyward }) => {
    await signInByPassword(page);
    await expect(page.getByLabel('Redirect URI of the application')).toHaveValue(
      `${keyward.url}/callback/p4oauth-demo`,
    );
    await fetchTicket(page);
    await expect(fetched(page)).toContainText(`Ticket for ${new URL(keyward.url).host}`);
    await fetched(page).getByRole('button', { name: 'Copy p4d ticket' }).click();
    await expect(notices(page)).toContainText('Copied the p4d ticket');
    const own = await readClipboard(context);

    await fetchTicket(page, demo.otherRedirectUri);
    await expect(fetched(page)).toContainText('Ticket for reviews.example.test');
    await fetched(page).getByRole('button', { name: 'Copy p4d ticket' }).click();
    await expect.poll(() => readClipboard(context)).not.toBe(own);
    const other = await readClipboard(context);
    expect([own, other].every((ticket) => /^[0-9A-F]{32}$/.test(ticket))).toBe(true);
    await page.getByRole('button', { name: 'Close, and drop the ticket' }).click();
    await expect(fetched(page)).toBeHidden();

    await fetchTicket(page, `${demo.otherRedirectUri}/`);
    await expect(page.getByText('Most likely that redirect URI is not on its whitelist.')).toBeVisible();
    await expect(page.getByText('The server said: “redirect_uri is not on the whitelist”')).toBeVisible();
    await expect(fetched(page)).toBeHidden();
    expect(sent(keyward, 'p4token')).toBe(3);
  },
);

test('forget drops token and ticket, sends nothing, and says what lives on', async ({ page, keyward }) => {
  await signInByPassword(page);
  await fetchTicket(page);
  await expect(fetched(page)).toBeVisible();
  const before = keyward.p4oauth.control.ledger().length;
  await rowsOf(page, 'alice').getByRole('button', { name: 'Forget alice, P4OAuth (demo)' }).click();
  const dialog = page.getByRole('dialog', { name: 'Forget alice, P4OAuth (demo)?' });
  await expect(dialog).toContainText('P4OAuth documents no call that logs out');
  await expect(dialog).toContainText('p4 logout -a');
  await expect(dialog).toContainText('tell whoever runs the P4OAuth server');
  await expect(dialog).toContainText('When the access token ends is not reported.');
  await dialog.getByRole('button', { name: 'Forget', exact: true }).click();
  await expect(notices(page)).toContainText('Forgot alice, P4OAuth (demo)');
  await expect(rowsOf(page, 'alice')).toHaveCount(0);
  await expect(fetched(page)).toBeHidden();
  await expect(shownOnce(page)).toBeHidden();
  expect(keyward.p4oauth.control.ledger()).toHaveLength(before);
});

test('a ticket that cannot be fetched because the server is down leaves the token as it is', async ({
  page,
  keyward,
}) => {
  await signInByPassword(page);
  await keyward.p4oauth.close();
  await fetchTicket(page);
  await expect(page.getByRole('alert')).toContainText('nothing listens at this port');
  await expect(near(page).getByRole('button', { name: 'Copy P4OAuth access token', exact: true })).toBeEnabled();
});
