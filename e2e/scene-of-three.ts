/** A console in use at Perforce ALM, Tuleap and P4OAuth: every way in, and sessions that are well and that are not. */
import type { BrowserContext, Page } from '@playwright/test';
import { demo as alm } from '../stand-ins/alm/world.ts';
import { demo as tuleap } from '../stand-ins/tuleap/world.ts';
import { expect } from './fixtures.ts';
import { signInByPassword, signInOnServersPage } from './p4oauth-steps.ts';
import type { ServedConsole } from './serve.ts';
import { answer, chooseFromMenu, goTo, rowsOf } from './steps.ts';
import {
  listProjects,
  mintFor,
  showWay,
  signInWithAccessKey,
  signInWithOAuth2,
  submitTuleapPassword,
} from './three-steps.ts';

export const three = ['alm', 'tuleap', 'p4oauth'] as const;

/** Their pages by name, and those that show what is open at all of them. */
export const pagesOfThree = ['Perforce ALM', 'Tuleap', 'P4OAuth', 'Overview', 'Activity', 'Settings'];

/** By page, the beginning of the name of each way in. */
export const waysOfThree = {
  '/alm': ['API key', 'User name and password'],
  '/tuleap': ['Personal access key', 'OAuth2', 'User name and password', 'HTTP Basic'],
  '/p4oauth': ['On the server’s page', 'Login and password'],
} as const;

export async function openThree(page: Page, context: BrowserContext, keyward: ServedConsole): Promise<void> {
  await page.goto('/alm');
  await openAlm(page, keyward);
  await goTo(page, 'Tuleap');
  await openTuleap(page, context, keyward);
  await goTo(page, 'P4OAuth');
  await openP4oauth(page, context, keyward);
}

/** A token of a kept key, one of a key that is not, and one that died with its key; the list of projects stays open. */
async function openAlm(page: Page, keyward: ServedConsole): Promise<void> {
  const [first, second] = keyward.alm.control.fillProjects({ count: 40 }).map(({ name }) => name);
  if (first === undefined || second === undefined) throw new Error('The stand-in has no two projects.');
  const dying = await listProjects(page, `${alm.secondKeyId}:${alm.secondKeySecret}`);
  await mintFor(dying, second);
  await dying.getByRole('button', { name: 'Close the list' }).click();
  keyward.alm.control.deleteKey({ id: alm.secondKeyId });
  await page.getByRole('button', { name: `Try the token of ${second}` }).click();
  await expect(rowsOf(page, second)).toContainText('Sign in again');

  await page.getByRole('checkbox', { name: /^Keep this API key/ }).check();
  const list = await listProjects(page, `${alm.keyId}:${alm.keySecret}`);
  await mintFor(list, first);
  await mintFor(list, second);
}

/** An access key, a grant and a deprecated token, which the server asks for anew. */
async function openTuleap(page: Page, context: BrowserContext, keyward: ServedConsole): Promise<void> {
  await signInWithAccessKey(page, tuleap.aliceKey);
  await page.getByRole('button', { name: 'Ask Tuleap' }).click();
  await expect(page.getByText('Signed in as alice, and not anonymous.')).toBeVisible();
  await (await signInWithOAuth2(page, context, { username: 'bob', password: 'bob-demo-password' })).close();
  await submitTuleapPassword(page, 'admin', 'admin-demo-password');
  await expect(answer(page)).toContainText('Signed in as');
  keyward.tuleap.control.endGrants({ username: 'bob' });
}

/** A token that is dead, one that lives with its ticket in sight, and one more that was fetched. */
async function openP4oauth(page: Page, context: BrowserContext, keyward: ServedConsole): Promise<void> {
  await (await signInOnServersPage(page, context, 'bob')).close();
  keyward.p4oauth.control.endAccessTokens({ login: 'bob' });
  await page.getByRole('button', { name: 'Fetch a ticket' }).click();
  await expect(rowsOf(page, 'bob')).toContainText('Sign in again');
  await showWay(page, 'Login and password');
  await page.getByRole('button', { name: 'Dismiss the answer of “On the server’s page”' }).click();
  await signInByPassword(page, 'alice');
  await page.getByRole('button', { name: 'Fetch a ticket' }).click();
  await expect(page.getByRole('group', { name: 'The fetched ticket' })).toBeVisible();
  await chooseFromMenu(page, rowsOf(page, 'alice').getByRole('button', { name: /^More for/ }), /^Check/);
}
