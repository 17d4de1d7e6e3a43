/** Tokens are refreshed while nobody does anything. */
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

/** Shorter than any time limit of a call. */
const STEP_MS = 8_000;

test(
  'with nobody at the console a session that holds a slot is left to lapse, and that is said',
  { tag: '@window' },
  async ({ page, context, keyward: { ocp } }) => {
    test.setTimeout(180_000);
    const noCallUnderWay = watchCalls(context);
    await page.clock.install();
    await page.goto('/ocp');
    await signInToOcp(page, { username: 'alice' });
    const row = rowsOf(page, 'alice');
    await expect(row).toContainText('Ready');
    const lapses = page
      .getByRole('table', { name: 'Sessions' })
      .getByText('Nobody was at the console, so it is left to lapse: slot held');
    const refreshes = () => ocp.control.ledger({ operation: 'refresh' }).length;
    // Its clock goes only while no call is under way, so that none runs into its time limit however busy the machine is.
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + STEP_MS);
    const step = async (): Promise<void> => {
      await noCallUnderWay();
      await page.clock.runFor(STEP_MS);
    };
    const steps = (minutes: number) => (minutes * 60_000) / STEP_MS;
    const foot = page.getByRole('contentinfo');
    const rests = async () =>
      (await lapses.isVisible()) && ((await foot.textContent()) ?? '').includes('No refresh is due');
    for (let left = steps(25); left > 0 && !(await rests()); left -= 1) await step();
    await expect(lapses).toBeVisible();
    // One every three and a half to four minutes, in a quarter of an hour.
    const count = refreshes();
    expect([3, 4]).toContain(count);
    await expect(foot).toContainText('No refresh is due');
    await expect(row).not.toContainText('Refreshing');
    for (let left = steps(5); left > 0; left -= 1) await step();
    await expect(foot).toContainText('No refresh is due');
    expect(refreshes()).toBe(count);
    expect(ocp.control.ledger({ operation: 'log-out' })).toHaveLength(0);
  },
);
