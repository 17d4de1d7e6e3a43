/** What a person does on P4OAuth's page, and on the page of its server. */
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import { answer, field, submitButton } from './steps.ts';
import { showWay } from './three-steps.ts';

const passwordOf = (login: string): string => `${login}-demo-password`;

export const departure = (page: Page): Locator => page.getByRole('link', { name: 'Authorize at P4OAuth' });

/** Follows the link; gives the tab in which the server asks for login and password. */
export async function leaveForServer(page: Page, context: BrowserContext, login = 'alice'): Promise<Page> {
  await showWay(page, 'On the server’s page');
  await field(page, 'Login').fill(login);
  const [tab] = await Promise.all([context.waitForEvent('page'), departure(page).click()]);
  await expect(tab.getByRole('heading', { name: 'Log in to Perforce' })).toBeVisible();
  return tab;
}

/** In the tab of the server, which sends it on to the console. */
export async function logInThere(tab: Page, login = 'alice'): Promise<void> {
  await tab.getByLabel('Password').fill(passwordOf(login));
  await tab.getByRole('button', { name: 'Log in' }).click();
}

/** Gives the tab where it has landed. */
export async function signInOnServersPage(page: Page, context: BrowserContext, login = 'alice'): Promise<Page> {
  const tab = await leaveForServer(page, context, login);
  await logInThere(tab, login);
  await expect(answer(page)).toContainText(`Signed in as ${login}`);
  return tab;
}

/** Whatever comes of it. */
export async function submitLogin(page: Page, login = 'alice', password = passwordOf(login)): Promise<void> {
  await showWay(page, 'Login and password');
  await field(page, 'Login').fill(login);
  await field(page, 'Password').fill(password);
  await submitButton(page).click();
}

/** The answer of another way stays beside it: what it shows once must not go by itself. */
export async function signInByPassword(page: Page, login = 'alice'): Promise<void> {
  await submitLogin(page, login);
  await expect(answer(page).filter({ hasText: `Signed in as ${login}` })).toBeVisible();
}
