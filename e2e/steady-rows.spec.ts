/** What a row offers stays under the finger: nothing that arrives later moves the row, or takes away what it has opened. */
import type { CDPSession, Page } from '@playwright/test';
import { expect, sharedTest as test } from './fixtures.ts';
import { demoKey, goTo, rowsOf, signInWithKey, submitKey } from './steps.ts';
import { keepSessions, locked, unlock } from './vault-steps.ts';

const ada = 'ada@acme.example';
/** Longer than React holds back what a boundary reveals, with the processor slowed down. */
const WATCHED_MS = 2_500;

declare global {
  // Where the page's own script leaves it.
  var rowTops: Set<number> | undefined;
}

/** As slow as a busy machine: what comes in two steps is seen to come in two steps. */
async function slowDown(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  return session;
}

/** Notes in every frame where on the page the first row of sessions is. */
const watchRow = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const tops = new Set<number>();
    globalThis.rowTops = tops;
    const look = (): void => {
      const row = document.querySelector('tr[data-session]');
      if (row) tops.add(Math.round(row.getBoundingClientRect().top + scrollY));
      requestAnimationFrame(look);
    };
    look();
  });

const rowTops = (page: Page): Promise<readonly number[]> => page.evaluate(() => [...(globalThis.rowTops ?? [])]);

const moreButton = (page: Page) => rowsOf(page, ada).getByRole('button', { name: /^More for/ });

test('a menu that is opened as soon as the row shows stays open, beside its button', async ({ page }) => {
  await page.goto('/primatime');
  await slowDown(page);
  await watchRow(page);
  await submitKey(page, demoKey);
  await moreButton(page).click();
  const menu = page.getByRole('menu', { name: /^More for/ });
  await expect(menu).toBeVisible();
  await page.waitForTimeout(WATCHED_MS);
  await expect(menu).toBeVisible();
  expect(await rowTops(page)).toHaveLength(1);
  await page.getByRole('menuitem', { name: /^Details/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('a button that is pressed as soon as the row shows opens its dialog, however long it is held down', async ({
  page,
}) => {
  await page.goto('/primatime');
  await slowDown(page);
  await watchRow(page);
  await submitKey(page, demoKey);
  const forget = rowsOf(page, ada).getByRole('button', { name: /^Forget/ });
  await forget.hover();
  await page.mouse.down();
  await page.waitForTimeout(WATCHED_MS);
  await page.mouse.up();
  const dialog = page.getByRole('dialog', { name: /^Forget/ });
  await expect(dialog).toBeVisible();
  await page.waitForTimeout(WATCHED_MS);
  await expect(dialog).toBeVisible();
  expect(await rowTops(page)).toHaveLength(1);
});

/** On the overview, with a session that a vault brought back. */
async function comeBackToVault(page: Page): Promise<void> {
  await page.goto('/primatime');
  await signInWithKey(page);
  await goTo(page, 'Overview');
  await keepSessions(page);
  await page.reload();
  await expect(locked(page)).toBeVisible();
  await unlock(page);
  await expect(rowsOf(page, ada)).toBeVisible();
}

/** What draws a session from near. */
const sceneFiles = '**/assets/scene-*.js';

test('a row that a vault brought back waits for what stands above it', async ({ page }) => {
  await comeBackToVault(page);
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(sceneFiles, async (route) => {
    await released;
    await route.continue();
  });
  const asked = page.waitForRequest(sceneFiles);
  await goTo(page, 'PrimaTime');
  await watchRow(page);
  await asked;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('PrimaTime');
  await expect(rowsOf(page, ada)).toHaveCount(0);
  release();
  await moreButton(page).click();
  await expect(page.getByRole('menu', { name: /^More for/ })).toBeVisible();
  await expect(page.getByRole('group', { name: `Session of ${ada}` })).toBeVisible();
  expect(await rowTops(page)).toHaveLength(1);
});

test('the ways in come when somebody asks, take nothing away meanwhile, and then take the focus', async ({ page }) => {
  await comeBackToVault(page);
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/assets/form-*.js', async (route) => {
    await released;
    await route.continue();
  });
  await goTo(page, 'PrimaTime');
  await expect(page.getByRole('group', { name: `Session of ${ada}` })).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('group', { name: `Session of ${ada}` })).toBeVisible();
  await expect(rowsOf(page, ada)).toBeVisible();
  release();
  await expect(page.getByRole('main').locator('form input').first()).toBeFocused();
  await expect(rowsOf(page, ada)).toBeVisible();
});

test('a row that a vault brought back shows alone where what stands above it does not arrive', async ({
  page,
  complaints,
}) => {
  complaints.expect(/Failed to load resource: net::ERR_/);
  await comeBackToVault(page);
  await page.route(sceneFiles, (route) => route.abort());
  await goTo(page, 'PrimaTime');
  await expect(rowsOf(page, ada)).toBeVisible();
  await expect(page.getByRole('group', { name: `Session of ${ada}` })).toHaveCount(0);
});
