/** From a telephone to a wall: no page is ever wider than its window. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { openEveryState, pages, routes } from './scene.ts';
import { goTo } from './steps.ts';

const widths = [360, 390, 1280, 2560] as const;

/** What reaches beyond the right edge of the window, if the page can be moved sideways. */
const tooWide = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const reachesOut = (element: Element): boolean => element.getBoundingClientRect().right > clientWidth + 0.5;
    const innermost = [...document.querySelectorAll('body *')].filter(
      (element) => reachesOut(element) && ![...element.children].some(reachesOut),
    );
    return [
      `${scrollWidth} in ${clientWidth}`,
      ...innermost.slice(0, 5).map(({ outerHTML }) => outerHTML.slice(0, 120)),
    ];
  });

async function expectNoneTooWide(page: Page, where: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    expect(await tooWide(page), `${where} at ${width}`).toEqual([]);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

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
