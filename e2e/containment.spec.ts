/** What an administrator can do on the incident board about an account as a whole, and the way back. */
import type { Locator, Page } from '@playwright/test';
import { demo as tuleapDemo } from '../stand-ins/tuleap/world.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import { card } from './incident-steps.ts';
import { goTo, signInToOcp } from './steps.ts';
import { signInWithAccessKey } from './three-steps.ts';

test.use({ vendors: ['tuleap', 'ocp'] });

const dialog = (page: Page): Locator => page.getByRole('dialog');

async function find(page: Page, name: string): Promise<Locator> {
  const panel = page.getByRole('region', { name: 'Contain an account' });
  await panel.getByRole('textbox', { name: 'User name' }).fill(name);
  await panel.getByRole('button', { name: 'Find' }).click();
  return panel.getByRole('list', { name: 'Accounts found' }).getByRole('listitem').filter({ hasText: name });
}

test('a Tuleap account is suspended, which its key feels, and let in again', async ({ page, keyward }) => {
  const answer = async (): Promise<number> => {
    const headers = { 'X-Auth-AccessKey': tuleapDemo.aliceKey };
    return (await fetch(`${keyward.tuleap.url}/api/access_keys/self`, { headers })).status;
  };
  await page.goto('/tuleap');
  await signInWithAccessKey(page, tuleapDemo.adminKey);
  await goTo(page, 'Incidents');
  const found = await find(page, 'alice');
  await found.getByRole('button', { name: 'Suspend an account…' }).click();
  await expect(dialog(page)).toContainText(/PATCH \S+\/api\/users\/\d+/);
  await dialog(page).getByRole('button', { name: 'Suspend the account' }).click();
  const one = card(page, 'alice');
  await expect(one).toContainText(/Proven dead, while the account is suspended \d\d:\d\d:\d\d/);
  expect(await answer()).toBe(403);

  await one.getByRole('button', { name: /^Let it in again/ }).click();
  await dialog(page)
    .getByRole('button', { name: /^Let it in again/ })
    .click();
  await expect(page.getByText(/^Proven: let in again/)).toBeVisible();
  expect(await answer()).toBe(200);
});

test('all OCP sessions of a person are ended and counted again', async ({ page, keyward }) => {
  keyward.ocp.control.openSessions({ username: 'bob', count: 3 });
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'support' });
  await goTo(page, 'Incidents');
  const found = await find(page, 'bob');
  await found.getByRole('button', { name: 'End all sessions of a person…' }).click();
  await expect(dialog(page)).toContainText(/POST \S+\/logout/);
  await expect(dialog(page)).toContainText('The password, and personal tokens: whoever has one gets in again.');
  await dialog(page).getByRole('button', { name: 'End all sessions of bob' }).click();
  await expect(card(page, 'bob')).toContainText('Proven dead, until somebody signs in again');
  expect(keyward.ocp.control.sessions({ username: 'bob' })).toEqual([]);
  // The administrator's own is another person's.
  expect(keyward.ocp.control.sessions({ username: 'support' })).toHaveLength(1);
});
