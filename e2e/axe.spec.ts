/** axe finds nothing: every page, both themes, wide and narrow, with and without sessions, and what opens over a page. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { openEveryState, pages, routes } from './scene.ts';
import { answer, fillInOcp, goTo, rowsOf, submitButton } from './steps.ts';

const widths = [1280, 390] as const;
const themes = ['light', 'dark'] as const;

interface Look {
  readonly where: string;
  readonly theme: 'light' | 'dark';
  /** Only this part of the page; the whole of it where left out. */
  readonly within?: string;
}

/** What colour decides. The rest is the same in both themes, and judged in one. */
const ofColour = ['color-contrast', 'link-in-text-block'];

async function findings(page: Page, { where, theme, within }: Look): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  const builder = new AxeBuilder({ page });
  if (within !== undefined) builder.include(within);
  if (theme === 'dark') builder.withRules(ofColour);
  const { violations, passes } = await builder.analyze();
  // A place without text would pass everything.
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${where}: ${id} at ${target.join(' ')}`));
}

/** In both themes and at both widths. */
async function everyLook(page: Page, place: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    for (const theme of themes) {
      found.push(...(await findings(page, { where: `${place}, ${theme}, ${width}`, theme })));
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  return found;
}

/** What lies over the page, in both themes. */
async function overlay(page: Page, place: string, within: string): Promise<readonly string[]> {
  await expect(page.locator(within)).toBeVisible();
  const found: string[] = [];
  for (const theme of themes) found.push(...(await findings(page, { where: `${place}, ${theme}`, theme, within })));
  return found;
}

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
  await expect(answer(page)).toContainText('What can free a place');
  expect(await everyLook(page, 'refused for the limit')).toEqual([]);

  keyward.ocp.control.dropSessions({ username: 'crowded' });
  await fillInOcp(page, { username: 'alice' });
  await submitButton(page).click();
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
