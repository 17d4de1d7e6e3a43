/** From a telephone to a wall: no page is ever wider than its window. */
import { expect, sharedTest as test } from './fixtures.ts';
import { openEveryState, pages, routes } from './scene.ts';
import { goTo } from './steps.ts';
import { expectNoneTooWide } from './too-wide.ts';

test('without sessions', async ({ page }) => {
  for (const route of routes) {
    await page.goto(route);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectNoneTooWide(page, route);
  }
});

test('with sessions in every state, and names as long as they come', async ({ page, keyward }) => {
  const long = `${'m'.repeat(60)}-${'w'.repeat(60)}`;
  keyward.ocp.control.putUser({ username: long, password: `${long}-demo-password` });
  await openEveryState(page, keyward);
  await goTo(page, 'OCP');
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).first().click();
  await page
    .locator('form')
    .getByRole('textbox', { name: /^User name/ })
    .fill(long);
  await page.locator('form').getByLabel('Password', { exact: true }).fill(`${long}-demo-password`);
  await page.locator('form').getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Sessions' })).toContainText(long);
  for (const name of pages) {
    await goTo(page, name);
    await expectNoneTooWide(page, name);
  }
});

test('a band keeps its words in their width on a telephone: what it offers stands under them', async ({ page }) => {
  await page.goto('/');
  const words = page.getByText('They live in the memory of this page.');
  const offer = page.getByRole('button', { name: 'Choose what is kept' });
  for (const [width, least] of [
    [360, 250],
    [390, 250],
    [1280, 600],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    const [text, button] = [await words.boundingBox(), await offer.boundingBox()];
    expect(text?.width, String(width)).toBeGreaterThan(least);
    const beside = (button?.y ?? 0) < (text?.y ?? 0) + (text?.height ?? 0);
    expect(beside, String(width)).toBe(width === 1280);
  }
});
