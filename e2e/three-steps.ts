/** Signing in at Perforce ALM and Tuleap, each on its own page, as far as a console in use needs it. */
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import { answer, field, submitButton } from './steps.ts';

const ways = (page: Page): Locator => page.getByRole('group', { name: 'Way to sign in' });

/** Opens the ways in where they are closed, and chooses one by the beginning of its name. */
export async function showWay(page: Page, way: string): Promise<void> {
  const button = page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true });
  await expect(ways(page).or(button).first()).toBeVisible();
  if (await ways(page).isHidden()) await button.click();
  await ways(page)
    .getByText(new RegExp(`^${way}`))
    .click();
}

/** On the page of Perforce ALM: the list of projects that the key opens. */
export async function listProjects(page: Page, apiKey: string): Promise<Locator> {
  await showWay(page, 'API key');
  await field(page, 'API key').fill(apiKey);
  await page.getByRole('button', { name: 'List projects' }).click();
  const list = page.getByRole('region', { name: /opens \d+ projects?$/ });
  await expect(list).toBeVisible();
  return list;
}

/** In the list of projects. */
export async function mintFor(list: Locator, project: string): Promise<void> {
  await list.getByRole('button', { name: `Get a token for ${project}`, exact: true }).click();
  await expect(list.getByText(/^Token minted, /)).not.toHaveCount(0);
}

/** On the page of Tuleap. */
export async function signInWithAccessKey(page: Page, accessKey: string): Promise<void> {
  await showWay(page, 'Personal access key');
  await field(page, 'Access key').fill(accessKey);
  await submitButton(page).click();
  await expect(answer(page)).toContainText('Signed in as');
}

/** On the page of Tuleap; whatever comes of it. */
export async function submitTuleapPassword(page: Page, username: string, password: string): Promise<void> {
  await showWay(page, 'User name and password');
  await field(page, 'User name').fill(username);
  await field(page, 'Password').fill(password);
  await submitButton(page).click();
}

/** On the page of Tuleap, and in a tab on Tuleap's own; gives that tab. */
export async function signInWithOAuth2(
  page: Page,
  context: BrowserContext,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<Page> {
  await showWay(page, 'OAuth2');
  const link = page.getByRole('link', { name: 'Authorize at Tuleap' });
  const [tab] = await Promise.all([context.waitForEvent('page'), link.click()]);
  await tab.getByLabel('Username').fill(username);
  await tab.getByLabel('Password').fill(password);
  await tab.getByRole('button', { name: 'Log in' }).click();
  await tab.getByRole('button', { name: 'Authorize' }).click();
  await expect(answer(page)).toContainText('Signed in as');
  return tab;
}
