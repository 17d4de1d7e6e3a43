/** F40 in the page: a thousand sessions end together, and neither the calls nor the page's own work pile up. */
import type { Page, Request } from '@playwright/test';
import { submitKey } from './alm-steps.ts';
import { expect, test } from './fixtures.ts';
import { TASK_MAX_MS, tasksDuring } from './main-thread.ts';
import { goTo } from './steps.ts';

test.use({ vendors: ['alm'] });

const SESSIONS = 1_000;
/** So many refreshes are looked at. */
const TRACED = 150;

/** The most calls to vendors that the page had under way at once. */
function countFlights(page: Page): () => number {
  const underWay = new Set<Request>();
  let most = 0;
  page.on('request', (request) => {
    if (request.url().includes('/gw/v1/call/')) underWay.add(request);
    most = Math.max(most, underWay.size);
  });
  page.on('requestfinished', (request) => underWay.delete(request));
  page.on('requestfailed', (request) => underWay.delete(request));
  return () => most;
}

test('F40: no task of the page is long, and two refreshes are under way at most', async ({
  page,
  browser,
  keyward,
}) => {
  test.setTimeout(240_000);
  const { control } = keyward.alm;
  control.configure({ rateLimit: { perMinute: 1_000_000 }, tokenLifeHours: 60 / 3_600 });
  control.fillProjects({ count: SESSIONS });
  await page.goto('/alm');
  await submitKey(page, undefined, { keep: true });
  const get = page.getByRole('button', { name: /^Get a token for / });
  await expect(get).toHaveCount(SESSIONS);
  // By hand one after the other it would be over before it began.
  await page.evaluate(() => {
    for (const one of document.querySelectorAll<HTMLElement>('button[aria-label^="Get a token for "]')) one.click();
  });
  await goTo(page, 'Overview');
  await expect.poll(() => control.tokens().length, { timeout: 80_000 }).toBeGreaterThanOrEqual(SESSIONS);
  await expect(page.getByText(/^1000 sessions on 1 system\./)).toBeVisible({ timeout: 30_000 });

  const minted = () => control.ledger({ operation: 'token' }).length;
  await expect.poll(minted, { timeout: 60_000 }).toBeGreaterThan(SESSIONS);
  const most = countFlights(page);
  const tasks = await tasksDuring(browser, page, async () => {
    await expect.poll(minted, { timeout: 60_000, intervals: [250] }).toBeGreaterThan(SESSIONS + TRACED);
  });
  expect(most()).toBe(2);
  expect(tasks.length).toBeGreaterThan(TRACED);
  expect(Math.max(...tasks)).toBeLessThan(TASK_MAX_MS);
});
