/** From the page of keys: several keys of two vendors in one go, over a reload in the middle, each to its proof. */
import { demo as primatimeDemo } from '../stand-ins/primatime/account.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import { card, confirmButton, sheet } from './incident-steps.ts';
import { addKey, keyTable, rowOf, signInToBoth } from './keys-steps.ts';
import { TASK_MAX_MS, tasksDuring } from './main-thread.ts';
import type { ServedConsole } from './serve.ts';
import { goTo } from './steps.ts';
import { keepSessions, locked, unlock } from './vault-steps.ts';

test.use({ vendors: ['tuleap', 'primatime'] });

/** Of a key whose secret is not at hand: its row, the end, its row again, and at PrimaTime the trash. */
const CALLS_AT_TULEAP = 3;
const CALLS_AT_PRIMATIME = 4;

const addSecretKey = ({ primatime }: ServedConsole, name: string) =>
  primatime.control.addKey({ email: primatimeDemo.email, name });

/** Of both servers, in the order in which they came to each. */
const deletedPaths = ({ tuleap, primatime }: ServedConsole): readonly string[] =>
  [tuleap, primatime].flatMap(({ control }) => control.ledger({ method: 'DELETE' }).map(({ path }) => path));

test('each is named with what dies and what survives, goes on over a reload, and nothing is done twice', async ({
  page,
  keyward,
}) => {
  const names = ['first', 'second'];
  for (const name of names) addKey(keyward, name);
  addSecretKey(keyward, 'Leaked');
  await signInToBoth(page, keyward);
  await goTo(page, 'Overview');
  await keepSessions(page);
  await goTo(page, 'Keys');
  for (const name of ['console', ...names, 'Leaked']) await rowOf(page, name).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Revoke 4…' }).click();

  const items = sheet(page).locator('ul > li:has(h3)');
  await expect(items).toHaveCount(4);
  const item = (name: string) => items.filter({ hasText: `“${name}”` });
  await expect(item('first')).toContainText('Tuleap access key no.');
  await expect(item('first')).toContainText(/DELETE …\/api\/access_keys\/\d+/);
  await expect(item('Leaked')).toContainText('PrimaTime secret key');
  await expect(item('Leaked')).toContainText(/DELETE \S+\?hard=true/);
  for (const name of [...names, 'Leaked']) await expect(item(name)).toContainText('Survives');
  await expect(sheet(page).getByText('this console uses it: goes last')).toHaveCount(1);
  await expect(items.filter({ hasText: 'this console uses it: goes last' })).toContainText('Tuleap access key');
  await confirmButton(page).click();
  await expect(sheet(page)).toContainText('Type 4 to say that you mean all of them.');
  expect(deletedPaths(keyward)).toEqual([]);

  // Some are ended and some are not when the page goes.
  keyward.tuleap.control.fault({ method: 'DELETE', kind: 'latency', ms: 1_000, times: 2 });
  await sheet(page)
    .getByRole('textbox', { name: /^How many are ended/ })
    .fill('4');
  const sent = page.waitForRequest(/\/deleteKey$/);
  await confirmButton(page).click();
  await sent;
  await page.reload();
  await expect(locked(page)).toBeVisible();
  await unlock(page);
  for (const name of [...names, 'Leaked']) {
    await expect(card(page, `“${name}”`)).toContainText(/Proven dead.* \d\d:\d\d:\d\d/, { timeout: 20_000 });
    await expect(card(page, `“${name}”`)).toContainText(/Evidence kept \d\d:\d\d:\d\d, before anything was touched/);
  }
  await expect(page.getByRole('article')).toHaveCount(4);
  await expect(page.getByText('4 of 4 proven dead')).toBeVisible();
  const paths = deletedPaths(keyward);
  expect(paths).toHaveLength(4);
  expect(new Set(paths).size).toBe(4);
  // The console's own went last, and its session with it.
  const own = keyward.tuleap.control.ledger({ method: 'DELETE' }).at(-1)?.path;
  await expect(page.getByRole('article').last()).toContainText(`no. ${own?.split('/').at(-1) ?? ''}`);

  // One more that belongs to it.
  addSecretKey(keyward, 'Overlooked');
  await page.getByRole('link', { name: 'Add a key…' }).click();
  await expect(page.getByText(/^What you revoke here joins the incident/)).toBeVisible();
  await rowOf(page, 'Overlooked').getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Revoke 1…' }).click();
  await expect(sheet(page)).toContainText('Joins the incident “4 things at Tuleap, PrimaTime”.');
  await confirmButton(page).click();
  await expect(page.getByText('5 of 5 proven dead')).toBeVisible();
});

test('fifty of them: no task of the page is long while they are ended', async ({ page, browser, keyward }) => {
  test.setTimeout(120_000);
  for (let n = 0; n < 25; n += 1) {
    addKey(keyward, `leaked ${n}`);
    addSecretKey(keyward, `leaked ${n}`);
  }
  await signInToBoth(page, keyward);
  // Each step of each is sealed before the next.
  await goTo(page, 'Overview');
  await keepSessions(page);
  await goTo(page, 'Keys');
  await page.getByRole('searchbox', { name: 'Search the keys' }).fill('leaked');
  await expect(keyTable(page).getByRole('row')).toHaveCount(1 + 25);
  await keyTable(page).getByRole('checkbox', { name: 'Select all 50 that are shown' }).check();
  // While the page is looked at, nobody asks it anything: what a test runs in a page would be measured with it.
  await page.getByRole('button', { name: 'Revoke 50…' }).focus();
  const opening = await tasksDuring(browser, page, async () => {
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('dialog[open] li h3').length === 50);
  });
  await sheet(page)
    .getByRole('textbox', { name: /^How many are ended/ })
    .fill('50');
  await confirmButton(page).focus();
  const servers = [keyward.tuleap, keyward.primatime];
  for (const { control } of servers) {
    control.fault({ kind: 'latency', ms: 50, times: 'always' });
    control.clearLedger();
  }
  const ending = await tasksDuring(browser, page, async () => {
    await page.keyboard.press('Enter');
    const calls = () => servers.reduce((all, { control }) => all + control.ledger().length, 0);
    await expect.poll(calls, { timeout: 60_000 }).toBeGreaterThanOrEqual(25 * (CALLS_AT_TULEAP + CALLS_AT_PRIMATIME));
  });
  await expect(page.getByText('50 of 50 proven dead')).toBeVisible();
  expect(deletedPaths(keyward)).toHaveLength(50);
  const [open, end] = [Math.max(...opening), Math.max(...ending)];
  console.log(
    `50 keys: the longest task took ${open.toFixed(1)} ms to the sheet, ${end.toFixed(1)} ms while they were ended`,
  );
  expect(open).toBeLessThan(TASK_MAX_MS);
  expect(end).toBeLessThan(TASK_MAX_MS);
});
