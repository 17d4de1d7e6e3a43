/** The line is taken away, in Chromium itself. */
import { expect, sharedTest as test } from './fixtures.ts';
import { rowsOf, signInToOcp } from './steps.ts';

test('offline: the line says since when, nothing is sent, and what is overdue is refreshed once it is back', async ({
  page,
  context,
  complaints,
  keyward: { ocp },
}) => {
  complaints.expect(/ERR_INTERNET_DISCONNECTED/);
  const refreshes = (): number => ocp.control.ledger({ operation: 'refresh' }).length;
  await page.clock.install();
  ocp.control.configureRealm({ accessTokenSeconds: 60 });
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'alice' });
  const foot = page.getByRole('contentinfo');
  await expect(foot).toContainText(/Next refresh \d\d:\d\d:\d\d/);

  await context.setOffline(true);
  await expect(foot).toContainText(/Offline since \d\d:\d\d:\d\d: nothing is sent by itself/);
  const said = await foot.textContent();
  await expect(page.getByRole('alert').filter({ hasText: 'This browser is offline.' })).toContainText(
    'Nothing is refreshed until it is back.',
  );
  await page.clock.runFor(90_000);
  await expect(rowsOf(page, 'alice')).toContainText('Waiting');
  // The same moment still, with the refresh overdue.
  expect((await foot.textContent())?.slice(0, 22)).toBe(said?.slice(0, 22));
  expect(refreshes()).toBe(0);

  await context.setOffline(false);
  await expect.poll(refreshes).toBe(1);
  await expect(rowsOf(page, 'alice')).toContainText('Ready');
  await expect(foot).toContainText(/Next refresh \d\d:\d\d:\d\d/);
});
