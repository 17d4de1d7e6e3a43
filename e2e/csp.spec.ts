/** The policy of the page: in force on every page, and watched in every test of this folder. */
import { expect, sharedTest as test } from './fixtures.ts';
import { openEveryState, pages, routes } from './scene.ts';
import { goTo } from './steps.ts';

test('every address carries the policy, and no page breaks it or complains', async ({ page, complaints }) => {
  for (const route of routes) {
    const response = await page.goto(route);
    const policy = response?.headers()['content-security-policy'] ?? '';
    for (const directive of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]) {
      expect(policy, route).toContain(directive);
    }
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  expect(complaints.all).toEqual([]);
});

test('a console in use, from page to page, breaks nothing', async ({ page, keyward, complaints }) => {
  await openEveryState(page, keyward);
  for (const name of [...pages, ...pages]) await goTo(page, name);
  expect(complaints.all).toEqual([]);
});

test('what the policy forbids does not work, and would have been seen', async ({ page, keyward, complaints }) => {
  complaints.expect(/Content Security Policy|Trusted|Refused|violates/);
  await page.goto('/');
  const tried = await page.evaluate(async (foreign) => {
    // A turn of its own: what the browser runs for a test may evaluate whatever it likes.
    await new Promise((resolve) => setTimeout(resolve));
    const outcome = (work: () => unknown): string => {
      try {
        work();
        return 'worked';
      } catch (error) {
        return error instanceof Error ? error.name : 'failed';
      }
    };
    const fetched = fetch(foreign).then(
      () => 'worked',
      () => 'failed',
    );
    return {
      evaluated: outcome(() => (0, eval)('1 + 1')),
      parsed: outcome(() => (document.createElement('div').innerHTML = '<b>text</b>')),
      fetched: await fetched,
    };
  }, keyward.ocp.url);
  expect(tried).toEqual({ evaluated: 'EvalError', parsed: 'TypeError', fetched: 'failed' });
  expect(complaints.all.length).toBeGreaterThanOrEqual(3);
  // A page of the test before may still be logging out as it leaves.
  const heard = keyward.ocp.control.ledger().filter(({ operation }) => operation !== 'log-out');
  expect(heard).toEqual([]);
});
