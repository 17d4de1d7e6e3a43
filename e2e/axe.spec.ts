/** axe finds nothing: every page, both themes, wide and narrow, with and without sessions, and what opens over a page. */
import { everyLook, overlay } from './axe-findings.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import { openEveryState, pages, routes } from './scene.ts';
import { answer, fillInOcp, goTo, rowsOf, submitButton } from './steps.ts';

test('without sessions', async ({ page }) => {
  test.setTimeout(120_000);
  for (const route of routes) {
    await page.goto(route);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    if (route === '/settings') await expect(page.getByText('Checking')).toHaveCount(0);
    expect(await everyLook(page, route)).toEqual([]);
  }
});

test('with sessions in every state', async ({ page, keyward }) => {
  test.setTimeout(120_000);
  await openEveryState(page, keyward);
  for (const name of pages) {
    await goTo(page, name);
    expect(await everyLook(page, name)).toEqual([]);
  }
});

test('a sign-in that was refused, and the questions before one', async ({ page, keyward }) => {
  await page.goto('/ocp');
  await fillInOcp(page, { username: 'crowded' });
  await submitButton(page).click();
  await expect(answer(page)).toContainText('What can free a slot');
  expect(await everyLook(page, 'refused for the limit')).toEqual([]);

  keyward.ocp.control.dropSessions({ username: 'crowded' });
  await fillInOcp(page, { username: 'alice' });
  expect(await everyLook(page, 'paused')).toEqual([]);
  await page.getByRole('button', { name: 'Another user: sign in now' }).click();
  await expect(answer(page)).toContainText('Signed in as alice');
  await fillInOcp(page, { username: 'alice' });
  await submitButton(page).click();
  await expect(page.getByRole('button', { name: 'Sign in anyway' })).toBeVisible();
  expect(await everyLook(page, 'asked before')).toEqual([]);
});

test('what opens over a page', async ({ page, keyward }) => {
  test.setTimeout(60_000);
  const menu = '[role=menu]:popover-open';
  const dialog = 'dialog[open]';
  await openEveryState(page, keyward);
  await goTo(page, 'Overview');
  const row = rowsOf(page, 'alice');
  for (const opener of [/access token as$/, /^More for/]) {
    await row.getByRole('button', { name: opener }).click();
    expect(await overlay(page, `menu ${String(opener)}`, menu)).toEqual([]);
    await page.keyboard.press('Escape');
  }
  await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
  expect(await overlay(page, 'menu of the bar', menu)).toEqual([]);
  await page.keyboard.press('Escape');
  for (const item of [/^Details/, /^Forget/]) {
    await row.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: item }).click();
    expect(await overlay(page, `dialog ${String(item)}`, dialog)).toEqual([]);
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('?');
  expect(await overlay(page, 'help', dialog)).toEqual([]);
});
