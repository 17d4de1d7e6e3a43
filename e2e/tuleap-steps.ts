/** What a person does on Tuleap's page, and on the pages of its server. */
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import { answer, field, notices, submitButton } from './steps.ts';

type Way = 'Personal access key' | 'OAuth2' | 'User name and password' | 'HTTP Basic, to check once';

export async function showWay(page: Page, way: Way): Promise<void> {
  const ways = page.getByRole('group', { name: 'Way to sign in' });
  const button = page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true });
  await expect(ways.or(button).first()).toBeVisible();
  if (await ways.isHidden()) await button.click();
  await ways.getByText(new RegExp(`^${way}`)).click();
  await expect(ways.getByRole('radio', { name: new RegExp(`^${way}`) })).toBeChecked();
}

/** Whatever comes of it. */
export async function submitAccessKey(page: Page, accessKey: string): Promise<void> {
  await showWay(page, 'Personal access key');
  await field(page, 'Access key').fill(accessKey);
  await submitButton(page).click();
}

export async function signInWithAccessKey(page: Page, accessKey: string, name = 'alice'): Promise<void> {
  await submitAccessKey(page, accessKey);
  await expect(answer(page)).toContainText(`Signed in as ${name}`);
}

/** Whatever comes of it. The stand-in's people have `<name>-demo-password`. */
export async function submitPassword(page: Page, name: string, password = `${name}-demo-password`): Promise<void> {
  await showWay(page, 'User name and password');
  await field(page, 'User name').fill(name);
  await field(page, 'Password').fill(password);
  await submitButton(page).click();
}

export async function signInWithPassword(page: Page, name = 'alice'): Promise<void> {
  await submitPassword(page, name);
  await expect(answer(page)).toContainText(`Signed in as ${name}`);
}

/** Whatever comes of it. */
export async function checkBasic(page: Page, name: string, password = `${name}-demo-password`): Promise<void> {
  await showWay(page, 'HTTP Basic, to check once');
  await field(page, 'User name').fill(name);
  await field(page, 'Password').fill(password);
  await page.locator('form').getByRole('button', { name: 'Check', exact: true }).click();
}

export const departure = (page: Page): Locator => page.getByRole('link', { name: 'Authorize at Tuleap' });

export const waiting = (page: Page): Locator => page.getByText('Waiting for Tuleap in the other tab…');

/** Follows the link to Tuleap, with exactly these scopes chosen, or those that are ticked at first. */
export async function leaveForTuleap(page: Page, context: BrowserContext, scopes?: readonly string[]): Promise<Page> {
  await showWay(page, 'OAuth2');
  await expect(departure(page)).toBeVisible();
  if (scopes) {
    for (const box of await page.getByRole('group', { name: 'Scopes' }).getByRole('checkbox').all()) {
      await box.setChecked(scopes.includes((await box.getAttribute('value')) ?? ''));
    }
  }
  const [tab] = await Promise.all([context.waitForEvent('page'), departure(page).click()]);
  await tab.waitForLoadState();
  return tab;
}

/** Whoever is logged in at Tuleap already is only asked for consent. */
export async function logInThere(tab: Page, name = 'alice'): Promise<void> {
  const login = tab.getByRole('heading', { name: 'Log in' });
  const consent = tab.getByRole('heading', { name: 'Authorize Keyward' });
  await expect(login.or(consent)).toBeVisible();
  if (await login.isVisible()) {
    await tab.getByLabel('Username').fill(name);
    await tab.getByLabel('Password').fill(`${name}-demo-password`);
    await tab.getByRole('button', { name: 'Log in' }).click();
  }
  await expect(consent).toBeVisible();
}

/** Gives Tuleap's tab where it has landed. */
export async function signInAtTuleap(
  page: Page,
  context: BrowserContext,
  { scopes, name = 'alice' }: { readonly scopes?: readonly string[]; readonly name?: string } = {},
): Promise<Page> {
  const tab = await leaveForTuleap(page, context, scopes);
  await logInThere(tab);
  await tab.getByRole('button', { name: 'Authorize', exact: true }).click();
  await expect(answer(page)).toContainText(`Signed in as ${name}`);
  await page.bringToFront();
  return tab;
}

/** The panel of one session, from near. */
export const near = (page: Page, name = 'alice'): Locator => page.getByRole('group', { name: `Session of ${name}` });

export const more = (page: Page, name = 'alice'): Locator =>
  page.getByRole('button', { name: new RegExp(`^More for ${name}`) });

/** Copies in that shape, with the token or key in it. */
export async function copyAs(page: Page, shape: string, what = 'access token'): Promise<void> {
  await near(page)
    .getByRole('button', { name: `Copy Tuleap ${what} as` })
    .click();
  await page
    .getByRole('group', { name: /^With the (?:token|access key)$/ })
    .getByRole('menuitem', { name: new RegExp(`^${shape}`, 'i') })
    .click();
  await expect(notices(page)).toContainText(`Copied as ${shape}`, { ignoreCase: true });
}

/** The answer of Tuleap to the question whom it takes this session for. */
export async function askTuleap(page: Page): Promise<Locator> {
  const panel = page.getByRole('region', { name: /^What Tuleap says/ });
  await panel.getByRole('button', { name: /^Ask / }).click();
  await expect(panel).toContainText(/asked \d\d:\d\d:\d\d/);
  return panel;
}
