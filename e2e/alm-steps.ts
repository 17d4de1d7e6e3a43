/** What a person does on the page of Perforce ALM. */
import type { Locator, Page } from '@playwright/test';
import { demo } from '../stand-ins/alm/world.ts';
import { expect } from './fixtures.ts';
import type { ServedConsole } from './serve.ts';
import { field, submitButton } from './steps.ts';

export type Alm = ServedConsole['alm']['control'];

export const aliceKey = `${demo.keyId}:${demo.keySecret}`;
export const secondKey = `${demo.secondKeyId}:${demo.secondKeySecret}`;
/** As the screen names them. */
export const aliceKeyName = 'API key demo-key…-alice';
export const secondKeyName = 'API key demo-key…colons';

export const listButton = (page: Page): Locator =>
  page.locator('form').getByRole('button', { name: 'List projects', exact: true });

export const keepBox = (page: Page): Locator => page.getByRole('checkbox', { name: /^Keep this API key/ });

/** What the credential opens. */
export const projects = (page: Page): Locator => page.getByRole('list', { name: 'projects' });

export const projectRow = (page: Page, name: string): Locator =>
  projects(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: `Get a token for ${name}`, exact: true }) });

/** The tokens under the credential that minted them. */
export const mintedWith = (page: Page, credential: string): Locator =>
  page.getByRole('region', { name: `Minted with ${credential}`, exact: true });

export const near = (page: Page, project: string): Locator =>
  page.getByRole('group', { name: `Session of ${project}`, exact: true });

/** Whatever comes of it. */
export async function submitKey(page: Page, apiKey = aliceKey, { keep = false } = {}): Promise<void> {
  await showForm(page);
  await chooseWay(page, 'API key');
  await field(page, 'API key').fill(apiKey);
  await keepBox(page).setChecked(keep);
  await listButton(page).click();
}

/** Whatever comes of it. */
export async function submitPassword(page: Page, username: string, password: string): Promise<void> {
  await showForm(page);
  await chooseWay(page, 'User name and password');
  await field(page, 'User name').fill(username);
  await field(page, 'Password').fill(password);
  await listButton(page).click();
}

/** From the open list. */
export async function mint(page: Page, project: string): Promise<void> {
  const row = projectRow(page, project);
  await row.getByRole('button', { name: /^Get a token for / }).click();
  await expect(row).toContainText('Token minted, ');
}

export async function closeList(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Close the list' }).click();
  await expect(projects(page)).toHaveCount(0);
}

/** A token for each of these projects, and the list closed again. */
export async function mintWithKey(
  page: Page,
  names: readonly string[],
  { key = aliceKey, keep = false } = {},
): Promise<void> {
  await submitKey(page, key, { keep });
  for (const name of names) await mint(page, name);
  await closeList(page);
}

export async function mintWithPassword(page: Page, names: readonly string[], username = 'alice'): Promise<void> {
  await submitPassword(page, username, `${username}-demo-password`);
  for (const name of names) await mint(page, name);
  await closeList(page);
}

export const tryIt = (page: Page, project: string): Promise<void> =>
  page.getByRole('button', { name: `Try the token of ${project}`, exact: true }).click();

/** The calls that the server saw, oldest first: `token 200`. */
export const callsOf = (alm: Alm): readonly string[] =>
  alm.ledger().map(({ operation, status }) => `${operation} ${String(status)}`);

const chooseWay = (page: Page, way: string): Promise<void> =>
  page
    .getByRole('group', { name: 'Way to sign in' })
    .getByText(new RegExp(`^${way}`))
    .click();

async function showForm(page: Page): Promise<void> {
  const main = page.getByRole('main');
  const opens = main.getByRole('button', { name: 'Sign in', exact: true });
  await expect(listButton(page).or(opens).first()).toBeVisible();
  if (await listButton(page).isHidden()) await opens.click();
  await expect(listButton(page).or(submitButton(page))).toBeVisible();
}
