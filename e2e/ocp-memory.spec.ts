/** Sessions in a page's memory alone: what the page leaves open when it goes is told by the next page of the same browser. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { goTo, notices, signInToOcp } from './steps.ts';
import { keepSessions } from './vault-steps.ts';

const held = (page: Page) => page.getByText(/possibly held until/);
const ofGonePage = /A session of a page that is gone, opened .*possibly held until \d\d:\d\d:\d\d; its tokens went/;

async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
}

const stored = (page: Page) => page.evaluate(() => JSON.stringify(Object.entries(localStorage)));

test('a killed page leaves its session in the next one’s list, with the time until which it may be held', async ({
  page,
  context,
  keyward,
}) => {
  const { control } = keyward.ocp;
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'alice' });
  const other = await context.newPage();
  await other.goto('/ocp');
  await signInToOcp(other, { username: 'bob' });
  await expect(held(other)).toHaveCount(0);
  const [session] = control.sessions({ username: 'alice' });
  const left = await stored(page);
  expect(left).toContain('keyward.left.');
  expect(left).not.toContain('alice');
  expect(left).not.toContain(session?.id);
  expect(left).not.toMatch(/[\w-]{30}/);

  await crash(page);
  const next = await context.newPage();
  await next.goto('/ocp');
  await expect(next.getByText(ofGonePage)).toBeVisible();
  // What another page still has is no loss.
  await expect(held(next)).toHaveCount(1);
  expect(control.sessions({ username: 'alice' })).toHaveLength(1);
  await next.reload();
  await expect(next.getByText(ofGonePage)).toBeVisible();
  // The page that stood beside it tells as well, once somebody looks at it.
  await other.evaluate(() => dispatchEvent(new Event('focus')));
  await expect(other.getByText(ofGonePage)).toBeVisible();

  await next.getByRole('button', { name: /^It opened nothing, or is ended/ }).click();
  await expect(held(next)).toHaveCount(0);
  await expect(held(other)).toHaveCount(0);
  await next.reload();
  await expect(next.getByRole('button', { name: 'Sign in' }).first()).toBeVisible();
  await expect(held(next)).toHaveCount(0);
});

test('a log out on leaving that the vendor refused is told, one that took effect is not', async ({ page, keyward }) => {
  const { control } = keyward.ocp;
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'alice' });
  await page.reload();
  await expect.poll(() => control.sessions({ username: 'alice' })).toHaveLength(0);
  await expect.poll(() => stored(page)).not.toContain('keyward.left.');
  await expect(held(page)).toHaveCount(0);

  await signInToOcp(page, { username: 'alice' });
  control.fault({ operation: 'log-out', kind: 'reply', status: 503, body: '', times: 1 });
  await page.reload();
  await expect(page.getByText(ofGonePage)).toBeVisible();
  await expect(notices(page)).toContainText('that its log out took effect is not certain');
  expect(control.sessions({ username: 'alice' })).toHaveLength(1);
});

test('a session that was logged out, or moved into the vault, leaves nothing behind', async ({ page, context }) => {
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'alice' });
  expect(await stored(page)).toContain('keyward.left.');
  await page
    .getByRole('button', { name: /^Log out alice/ })
    .first()
    .click();
  await expect.poll(() => stored(page)).not.toContain('keyward.left.');

  await signInToOcp(page, { username: 'alice' });
  await goTo(page, 'Overview');
  await keepSessions(page);
  await expect.poll(() => stored(page)).not.toContain('keyward.left.');
  await goTo(page, 'OCP');
  await expect(held(page)).toHaveCount(0);
  const second = await context.newPage();
  await second.goto('/ocp');
  await expect(second.getByRole('heading', { name: 'Slots of alice' })).toBeVisible();
  await expect(held(second)).toHaveCount(0);
});
