/** Everything by keyboard alone: a pointer at most brings about what is then judged without one. */
import type { Page } from '@playwright/test';
import { expect, sharedTest as test } from './fixtures.ts';
import { expectAllReached } from './focus-shows.ts';
import { openEveryState, pages } from './scene.ts';
import { answer, field, goTo, notices, rowsOf, signInToOcp, submitButton } from './steps.ts';
import { tabTo } from './tab-to.ts';

const goWithKeys = async (page: Page, name: string): Promise<void> => {
  await tabTo(
    page,
    page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: new RegExp(`^${name}`) }),
  );
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name })).toBeFocused();
};

test('sign in, copy, refresh, details, log out', { tag: '@window' }, async ({ page, keyward: { ocp } }) => {
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Sign in to OCP (demo)' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
  await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeInViewport();
  await goWithKeys(page, 'OCP');

  await tabTo(page, field(page, 'User name'));
  await page.keyboard.type('alice');
  await page.keyboard.press('Tab');
  await expect(field(page, 'Password')).toBeFocused();
  await page.keyboard.type('alice-demo-password');
  await tabTo(page, submitButton(page));
  await page.keyboard.press('Space');
  await expect(answer(page)).toBeFocused();
  await expect(answer(page)).toContainText('Signed in as alice');

  const row = rowsOf(page, 'alice');
  const copy = row.getByRole('button', { name: 'Copy OCP access token', exact: true });
  await tabTo(page, copy);
  await page.keyboard.press('Enter');
  await expect(notices(page)).toContainText('Copied, valid');
  await expect(copy).toBeFocused();

  const shapes = row.getByRole('button', { name: 'Copy OCP access token as' });
  await tabTo(page, shapes);
  await page.keyboard.press('ArrowDown');
  const menu = page.getByRole('menu', { name: 'Copy OCP access token as' });
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(shapes).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await expect(menu.getByRole('menuitem').last()).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('c');
  await expect(menu.getByRole('menuitem', { name: 'curl' }).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(notices(page)).toContainText('Copied as curl');
  await expect(page.locator(':focus')).toHaveAccessibleName(/access token as$/);

  const more = row.getByRole('button', { name: /^More for alice/ });
  await tabTo(page, more);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: /^Refresh/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(notices(page)).toContainText('Refreshed, valid');
  await expect(more).toBeFocused();
  expect(ocp.control.ledger({ operation: 'refresh' })).toHaveLength(1);

  await page.keyboard.press('Enter');
  await page.keyboard.press('d');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'alice, OCP (demo)' });
  await expect(dialog).toBeVisible();
  await expect(dialog.locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(more).toBeFocused();

  await tabTo(page, row.getByRole('switch', { name: /^Keep alice/ }));
  await page.keyboard.press('Space');
  await expect(row.getByRole('switch')).not.toBeChecked();

  await tabTo(page, row.getByRole('button', { name: /^Log out alice/ }));
  await page.keyboard.press('Enter');
  await expect(notices(page)).toContainText('The server answered 204.');
  expect(ocp.control.sessions({ username: 'alice' })).toHaveLength(0);
});

for (const name of ['Overview', 'OCP']) {
  test(`${name}: a row that leaves does not take the focus along, the last one neither`, async ({ page }) => {
    await page.goto('/ocp');
    for (const username of ['alice', 'bob']) await signInToOcp(page, { username });
    await goTo(page, name);
    for (const username of ['alice', 'bob']) {
      await tabTo(page, rowsOf(page, username).getByRole('button', { name: /^Log out/ }));
      await page.keyboard.press('Enter');
      await expect(rowsOf(page, username)).toHaveCount(0);
      // Else a person without a mouse is thrown back to the top of the page.
      await expect(page.getByRole('main').locator(':focus')).toHaveCount(1);
    }
  });
}

test('both ways in of PrimaTime, and forget with its question', async ({ page, keyward: { primatime } }) => {
  await page.goto('/primatime');
  await tabTo(page, page.getByRole('radio', { name: /^Secret key/ }));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /^E-mail and password/ })).toBeChecked();
  await tabTo(page, field(page, 'E-mail'));
  await page.keyboard.type('ada@acme.example');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ada-demo-password');
  await page.keyboard.press('Enter');
  await expect(answer(page)).toBeFocused();
  const forget = rowsOf(page, 'ada@acme.example').getByRole('button', { name: /^Forget ada/ });
  await tabTo(page, forget);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Forget ada/ });
  await tabTo(page, dialog.getByRole('button', { name: 'Keep it' }));
  await page.keyboard.press('Enter');
  await expect(forget).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByRole('button', { name: 'Forget', exact: true }));
  await page.keyboard.press('Enter');
  await expect(rowsOf(page, 'ada@acme.example')).toHaveCount(0);
  expect(primatime.control.sessions()).toHaveLength(1);
});

test('the keys that stand in the list of shortcuts, off while typing and when switched off', async ({ page }) => {
  await page.goto('/settings');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await goWithKeys(page, 'OCP');
  await tabTo(page, field(page, 'User name'));
  await page.keyboard.type('?');
  await expect(help).toBeHidden();
  await expect(field(page, 'User name')).toHaveValue('?');
  await goWithKeys(page, 'Settings');
  await tabTo(page, page.getByRole('switch', { name: /^Single-key shortcuts/ }));
  await page.keyboard.press('Space');
  await page.keyboard.press('?');
  await expect(help).toBeHidden();
});

test('whatever Tab reaches shows that it has the focus, and Tab reaches all there is', async ({ page, keyward }) => {
  test.setTimeout(60_000);
  await openEveryState(page, keyward);
  for (const name of pages) {
    await goTo(page, name);
    await expectAllReached(page, name);
  }
});
