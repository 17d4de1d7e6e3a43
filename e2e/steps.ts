/** What a person does in the console, in the words that they see. */
import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';

export interface OcpCredentials {
  readonly username: string;
  readonly password?: string;
  readonly otp?: string;
}

const main = (page: Page): Locator => page.getByRole('main');

/** The button that sends a form; the one in the bar opens a menu, and the one in a page's head opens the form. */
export const submitButton = (page: Page): Locator =>
  page.locator('form').getByRole('button', { name: 'Sign in', exact: true });

/** A field of the form by its whole label; of an optional one, without the word that says so. */
export const field = (page: Page, label: string): Locator =>
  page.locator('form').getByLabel(new RegExp(`^${label}\\s*(\\(optional\\))?\\s*$`));

/** What became of the last press of the button. */
export const answer = (page: Page): Locator => main(page).getByRole('group', { name: /^Answer of \d\d:\d\d:\d\d$/ });

/** The rows of the sessions' table that name this person. */
export const rowsOf = (page: Page, name: string): Locator =>
  page
    .getByRole('table', { name: 'Sessions' })
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) });

/** The table of sessions; what went wrong with a session stands under its row. */
export const sessionTable = (page: Page): Locator => page.getByRole('table', { name: 'Sessions' });

/** Short answers at the foot of the window. */
export const notices = (page: Page): Locator => page.locator('.notices');

async function showForm(page: Page): Promise<void> {
  await expect(main(page).getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  if (await submitButton(page).isHidden())
    await main(page).getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(submitButton(page)).toBeVisible();
}

/** On the page of OCP, without sending it. */
export async function fillInOcp(page: Page, { username, password, otp }: OcpCredentials): Promise<void> {
  await showForm(page);
  await field(page, 'User name').fill(username);
  await field(page, 'Password').fill(password ?? `${username}-demo-password`);
  await field(page, 'One-time code').fill(otp ?? '');
}

/** On the page of OCP. Where a session of this person is open already, opens another one beside it. */
export async function signInToOcp(page: Page, credentials: OcpCredentials): Promise<void> {
  await fillInOcp(page, credentials);
  await submitButton(page).click();
  const anyway = page.getByRole('button', { name: 'Sign in anyway' });
  await expect(answer(page).or(anyway)).toBeVisible();
  if (await anyway.isVisible()) await anyway.click();
  await expect(answer(page)).toContainText(`Signed in as ${credentials.username}`);
}

export const demoKey = '00000000-0000-4000-8000-0000000005ec';

const chooseWay = (page: Page, way: string): Promise<void> =>
  page
    .getByRole('group', { name: 'Way to sign in' })
    .getByText(new RegExp(`^${way}`))
    .click();

/** On the page of PrimaTime, whatever comes of it. */
export async function submitKey(page: Page, secretKey: string): Promise<void> {
  await showForm(page);
  await chooseWay(page, 'Secret key');
  await field(page, 'Secret key').fill(secretKey);
  await submitButton(page).click();
}

/** On the page of PrimaTime, whatever comes of it. */
export async function submitEmail(page: Page, email: string, password: string): Promise<void> {
  await showForm(page);
  await chooseWay(page, 'E-mail and password');
  await field(page, 'E-mail').fill(email);
  await field(page, 'Password').fill(password);
  await submitButton(page).click();
}

/** On the page of PrimaTime. The answer takes the focus, so nothing else is pressed before it is there. */
export async function signInWithKey(page: Page): Promise<void> {
  await submitKey(page, demoKey);
  await expect(answer(page)).toContainText('Signed in as');
}

/** On the page of PrimaTime; the stand-in's people have `<name>-demo-password`. */
export async function signInWithEmail(page: Page, name: string): Promise<void> {
  await submitEmail(page, `${name}@acme.example`, `${name}-demo-password`);
  await expect(answer(page)).toContainText(`Signed in as ${name}@acme.example`);
}

/** Goes to another page of the console as a person does: a reload would forget every session. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

export async function chooseFromMenu(page: Page, opener: Locator, item: string | RegExp): Promise<void> {
  await opener.click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Seconds that a countdown shows: `4:58` is 298. */
export async function secondsShown(timer: Locator): Promise<number> {
  const [, minutes = '', seconds = ''] = /^(\d+):(\d\d)$/.exec((await timer.textContent()) ?? '') ?? [];
  return Number(minutes) * 60 + Number(seconds);
}
