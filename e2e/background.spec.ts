/** Tokens are refreshed while nobody does anything. */
import type { Page } from '@playwright/test';
import { watchCalls } from './calls-under-way.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import { rowsOf, secondsShown, signInToOcp } from './steps.ts';

test('a session is refreshed before it ends, at the time that the shell says', async ({ page, keyward: { ocp } }) => {
  test.setTimeout(60_000);
  ocp.control.configureRealm({ accessTokenSeconds: 32 });
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'alice' });
  const foot = page.getByRole('contentinfo');
  await expect(foot).toContainText(/Next refresh \d\d:\d\d:\d\d/);
  const said = /Next refresh (\d\d:\d\d:\d\d)/.exec((await foot.textContent()) ?? '')?.[1] ?? '';

  const timer = rowsOf(page, 'alice').getByRole('timer');
  let least = Infinity;
  await expect
    .poll(
      async () => {
        least = Math.min(least, await secondsShown(timer));
        return ocp.control.ledger({ operation: 'refresh' }).length;
      },
      { timeout: 32_000, intervals: [250] },
    )
    .toBe(1);
  // At most half of its life was left, and never nothing.
  expect(least).toBeGreaterThan(10);
  expect(least).toBeLessThanOrEqual(21);
  const sentAtMs = ocp.control.ledger({ operation: 'refresh' })[0]?.atMs ?? 0;
  const saidAtMs = Date.parse(`${new Date(sentAtMs).toISOString().slice(0, 10)}T${said}Z`);
  expect(Math.abs(sentAtMs - saidAtMs)).toBeLessThan(2_500);

  await expect.poll(() => secondsShown(timer)).toBeGreaterThan(25);
  await expect(foot).not.toContainText(said);
  await expect(foot).toContainText(/Next refresh \d\d:\d\d:\d\d/);
  expect(ocp.control.ledger({ operation: 'sign-in' })).toHaveLength(1);
});

test('a token that lives less than half a minute is left alone: it would be a loop', async ({
  page,
  keyward: { ocp },
}) => {
  ocp.control.configureRealm({ accessTokenSeconds: 6 });
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'alice' });
  await expect(page.getByRole('contentinfo')).toContainText('No refresh is due');
  await expect(page.getByRole('main')).toContainText('Lives too shortly to be refreshed by itself.');
  await expect(rowsOf(page, 'alice').getByRole('timer')).toHaveText('ended', { timeout: 10_000 });
  expect(ocp.control.ledger({ operation: 'refresh' })).toHaveLength(0);
});

const SHORT_OF_MS = 2_000;

/** From what the shell says, to the second. */
async function msToNextRefresh(page: Page): Promise<number> {
  const foot = page.getByRole('contentinfo');
  await expect(foot).toContainText(/Next refresh \d\d:\d\d:\d\d/);
  const [, said = ''] = /Next refresh (\d\d:\d\d:\d\d)/.exec((await foot.textContent()) ?? '') ?? [];
  const nowMs = await page.evaluate(() => Date.now());
  const atMs = Date.parse(`${new Date(nowMs).toISOString().slice(0, 10)}T${said}Z`);
  return atMs < nowMs ? atMs + 86_400_000 - nowMs : atMs - nowMs;
}

test(
  'with nobody at the console a session that holds a slot is left to lapse, and that is said',
  { tag: '@window' },
  async ({ page, context, keyward: { ocp } }) => {
    const noCallUnderWay = watchCalls(context);
    await page.clock.install();
    await page.goto('/ocp');
    await signInToOcp(page, { username: 'alice' });
    const lapses = page
      .getByRole('table', { name: 'Sessions' })
      .getByText('Nobody was at the console, so it is left to lapse: slot held');
    const refreshes = () => ocp.control.ledger({ operation: 'refresh' }).length;
    // Time runs for the page alone, and its calls take the time that they take: so each refresh is waited for, and time
    // that is set forward stops short of it.
    let count = 0;
    while (!(await lapses.isVisible())) {
      await noCallUnderWay();
      await page.clock.runFor((await msToNextRefresh(page)) - SHORT_OF_MS);
      await expect
        .poll(async () => refreshes() === count + 1 || (await lapses.isVisible()), { timeout: 25_000 })
        .toBe(true);
      count = refreshes();
      await expect(rowsOf(page, 'alice')).toContainText('Ready');
    }
    // One every three and a half to four minutes, in a quarter of an hour.
    expect([3, 4]).toContain(count);
    await expect(page.getByRole('contentinfo')).toContainText('No refresh is due');
    await expect(rowsOf(page, 'alice')).not.toContainText('Refreshing');
    await page.clock.runFor(10 * 60_000);
    expect(refreshes()).toBe(count);
    expect(ocp.control.ledger({ operation: 'log-out' })).toHaveLength(0);
  },
);
