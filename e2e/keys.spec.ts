/** The page of keys: every key in one table, made, shown once, rotated to a proof, renamed and brought back. */
import type { Locator, Page } from '@playwright/test';
import { demo as primatimeDemo } from '../stand-ins/primatime/account.ts';
import { everyLook, overlay } from './axe-findings.ts';
import { readClipboard } from './clipboard.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import { addKey, openKeys, rowOf, signInToBoth } from './keys-steps.ts';
import type { ServedConsole } from './serve.ts';
import { goTo, notices } from './steps.ts';
import { tabTo } from './tab-to.ts';
import { signInWithAccessKey } from './three-steps.ts';
import { expectNoneTooWide } from './too-wide.ts';
import { keepSessions, locked, stored, unlock } from './vault-steps.ts';

test.use({ vendors: ['tuleap', 'primatime'] });

const aDaySeconds = 86_400;

const choose = async (page: Page, name: string, item: RegExp): Promise<void> => {
  await rowOf(page, name)
    .getByRole('button', { name: /^More for/ })
    .click();
  await page.getByRole('menuitem', { name: item }).click();
};

const created = ({ tuleap }: ServedConsole, description: string) =>
  tuleap.control.keys({ username: 'alice' }).filter((key) => key.description === description);

/** The form for a new key at that provider. */
async function beginCreating(page: Page, provider: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Create key' }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${provider}`) }).click();
  return page.getByRole('dialog', { name: /^Create/ });
}

const createAtTuleap = async (page: Page, description: string): Promise<Locator> => {
  const form = await beginCreating(page, 'Tuleap');
  await form.getByRole('textbox', { name: 'Description' }).fill(description);
  await form.getByRole('button', { name: 'Create' }).click();
  return page.getByRole('dialog', { name: /^New access key of alice/ });
};

test('the keys of both vendors stand in one table, found, filtered and sorted by the address', async ({
  page,
  keyward,
}) => {
  addKey(keyward, 'weekly', { expiresInSeconds: 20 * aDaySeconds });
  await openKeys(page, keyward);
  await expect(rowOf(page, 'Demo key')).toContainText(/secret key.*not reported/);
  await expect(rowOf(page, 'weekly')).toContainText('Expiring');
  await page.getByRole('button', { name: 'Expiring within 30 days' }).click();
  await page.getByRole('searchbox', { name: 'Search the keys' }).fill('weekly');
  await page.getByRole('columnheader', { name: 'Last used' }).getByRole('button').click();
  await expect(page).toHaveURL(/\/keys\?q=weekly&show=expiring&sort=used$/);
  await expect(rowOf(page, 'console')).toHaveCount(0);
  // The address alone gives the same again.
  await goTo(page, 'Activity');
  await page.goBack();
  await expect(rowOf(page, 'weekly')).toBeVisible();
  await expect(rowOf(page, 'console')).toHaveCount(0);
  await expect(page.getByRole('columnheader', { name: 'Last used' })).toHaveAttribute('aria-sort', 'ascending');
});

test('what is pasted into the search never gets into the address or the history', async ({ page, keyward }) => {
  await openKeys(page, keyward);
  const search = page.getByRole('searchbox', { name: 'Search the keys' });
  for (const secret of [addKey(keyward, 'leaked'), primatimeDemo.secretKey]) {
    await search.fill(secret);
    await expect(page.getByText('No key matches')).toBeVisible();
    await expect(page).toHaveURL(/\/keys$/);
    expect(await page.evaluate(() => JSON.stringify(history.state))).not.toContain(secret);
  }
});

test(
  'a key of Tuleap is shown once: neither Escape nor a click outside nor Done loses it before it is copied',
  { tag: '@window' },
  async ({ page, context, keyward }) => {
    await openKeys(page, keyward);
    const shown = await createAtTuleap(page, 'fresh');
    const done = shown.getByRole('button', { name: 'Done' });
    await expect(done).toBeDisabled();
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Escape');
    await page.mouse.click(4, 4);
    await expect(shown).toBeVisible();
    await shown.getByRole('button', { name: 'Copy the new access key' }).click();
    await expect(shown).toContainText('Copied');
    expect(await readClipboard(context)).toMatch(/^tlp-k1-\d+\.[0-9a-f]{64}$/);
    await done.click();
    await expect(shown).toBeHidden();
    await expect(rowOf(page, 'fresh')).toBeVisible();
    expect(created(keyward, 'fresh')).toHaveLength(1);
  },
);

test('in memory alone, the browser asks before a reload would lose what is shown', async ({ page, keyward }) => {
  await openKeys(page, keyward);
  const shown = await createAtTuleap(page, 'fresh');
  await expect(shown.getByRole('button', { name: 'Done' })).toBeVisible();
  const asked = page.waitForEvent('dialog');
  // What the person answers ends the reload, so nobody waits for it.
  void page.reload().catch(() => undefined);
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await expect(shown).toBeVisible();
});

test('kept in the vault, what is shown once outlives a reload, sealed, and is dropped when it is saved', async ({
  page,
  keyward,
}) => {
  await signInToBoth(page, keyward);
  await goTo(page, 'Overview');
  await keepSessions(page);
  await goTo(page, 'Keys');
  const shown = await createAtTuleap(page, 'fresh');
  await shown.getByRole('button', { name: /^Reveal/ }).click();
  const secret = /tlp-k1-\d+\.[0-9a-f]{64}/.exec((await shown.textContent()) ?? '')?.[0] ?? '';
  expect(secret).not.toBe('');
  await shown.getByRole('button', { name: /^Reveal/ }).click();

  await page.reload();
  await expect(locked(page)).toBeVisible();
  for (const { where, text } of await stored(page)) expect(text, where).not.toContain(secret);
  await unlock(page);
  await shown.getByRole('button', { name: /^Reveal/ }).click();
  await expect(shown).toContainText(secret);
  expect(created(keyward, 'fresh')).toHaveLength(1);
  await shown.getByRole('checkbox', { name: 'I saved it' }).check();
  await shown.getByRole('button', { name: 'Done' }).click();
  await expect(shown).toBeHidden();
  await expect(rowOf(page, 'fresh')).toBeVisible();

  await page.reload();
  await unlock(page);
  await expect(rowOf(page, 'fresh')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a key of PrimaTime, whose answer is lost, is found by the id that the console chose', async ({
  page,
  keyward,
}) => {
  await openKeys(page, keyward);
  keyward.primatime.control.fault({ operation: 'create-key', kind: 'reset', when: 'after' });
  const form = await beginCreating(page, 'PrimaTime');
  await form.getByRole('textbox', { name: 'Name' }).fill('Backup');
  await form.getByRole('button', { name: 'Create' }).click();
  const shown = page.getByRole('dialog', { name: /^New secret key/ });
  await expect(shown).toContainText('A key was made, and the answer with its secret is lost.');
  await expect(shown.getByRole('button', { name: 'Revoke it' })).toBeVisible();
  expect(keyward.primatime.control.ledger({ operation: 'create-key' })).toHaveLength(1);
  await shown.getByRole('button', { name: 'Close' }).click();
  await expect(rowOf(page, 'Backup')).toBeVisible();
});

test(
  'a rotation at Tuleap goes on over a reload, to the proof that the old key is dead',
  { tag: '@window' },
  async ({ page, keyward }) => {
    const old = addKey(keyward, 'deploy');
    await signInToBoth(page, keyward);
    await goTo(page, 'Overview');
    await keepSessions(page);
    await goTo(page, 'Keys');
    await choose(page, 'deploy', /^Rotate/);
    await page.getByRole('dialog').getByRole('button', { name: 'Begin' }).click();
    const strip = page.getByRole('region', { name: /^Rotate no\. \d+ “deploy”/ });
    await expect(strip).toContainText('Your turn');

    await page.reload();
    await unlock(page);
    await expect(strip).toContainText('Your turn');
    await strip.getByRole('button', { name: 'Copy the new access key' }).click();
    await strip.getByRole('button', { name: 'I have copied it' }).click();
    await strip.getByRole('button', { name: 'Nothing uses it any more' }).click();
    await expect(strip).toContainText(/The old key is proven dead/);
    expect(keyward.tuleap.control.ledger({ operation: 'delete-key' })).toHaveLength(1);
    const answer = await fetch(`${keyward.tuleap.url}/api/access_keys/self`, { headers: { 'X-Auth-AccessKey': old } });
    expect(answer.status).toBe(401);
    await strip.getByRole('button', { name: 'Close' }).click();
    await expect(strip).toHaveCount(0);
    await expect(rowOf(page, 'deploy')).toHaveCount(1);
  },
);

test('a key of PrimaTime is renamed, and one comes back from the trash', async ({ page, keyward }) => {
  keyward.primatime.control.addKey({ email: primatimeDemo.email, name: 'Dropped', trashItemId: 'trash-1' });
  await openKeys(page, keyward);
  await choose(page, 'Demo key', /^Rename/);
  await page.getByRole('textbox', { name: 'Name' }).fill('Robot');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await expect(rowOf(page, 'Robot')).toBeVisible();
  await expect(notices(page)).toContainText('Renamed');
  await page.getByRole('button', { name: 'Look into it' }).click();
  await page.getByRole('button', { name: 'Restore “Dropped”' }).click();
  await expect(rowOf(page, 'Dropped')).toBeVisible();
});

test('the page of a provider shows its keys where somebody asks, and leads to all of them', async ({
  page,
  keyward,
}) => {
  await page.goto('/tuleap');
  await signInWithAccessKey(page, addKey(keyward, 'console'));
  expect(keyward.tuleap.control.ledger({ operation: 'list-keys' })).toEqual([]);
  await page.getByRole('button', { name: 'Show keys' }).click();
  await expect(rowOf(page, 'console')).toBeVisible();
  await page.getByRole('link', { name: 'All keys' }).click();
  await expect(page).toHaveURL(/\/keys\?connection=tuleap-demo$/);
  await expect(rowOf(page, 'console')).toBeVisible();
});

test('without a mouse: to a row, selected with x, on with an arrow, and back from a dialog', async ({
  page,
  keyward,
}) => {
  await openKeys(page, keyward);
  const first = page.getByRole('table', { name: 'Keys' }).locator('tbody').getByRole('checkbox').first();
  await tabTo(page, first);
  await page.keyboard.press('x');
  await expect(first).toBeChecked();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Revoke 2…' })).toBeVisible();
  const more = rowOf(page, 'console').getByRole('button', { name: /^More for/ });
  await tabTo(page, more);
  await page.keyboard.press('Enter');
  await page.keyboard.press('d');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(more).toBeFocused();
});

test('axe finds nothing, and nothing is wider than the window', async ({ page, keyward }) => {
  test.setTimeout(120_000);
  addKey(keyward, `${'w'.repeat(120)} ${'m'.repeat(120)}`);
  addKey(keyward, 'weekly', { expiresInSeconds: 20 * aDaySeconds });
  await openKeys(page, keyward);
  await rowOf(page, 'weekly').getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Look into it' }).click();
  expect(await everyLook(page, 'keys')).toEqual([]);
  await expectNoneTooWide(page, 'keys');

  await beginCreating(page, 'Tuleap');
  expect(await overlay(page, 'create', 'dialog[open]')).toEqual([]);
  await page.keyboard.press('Escape');
  await choose(page, 'weekly', /^Rotate/);
  expect(await overlay(page, 'rotate', 'dialog[open]')).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Begin' }).click();
  await expect(page.getByText('Your turn')).toBeVisible();
  expect(await everyLook(page, 'rotation')).toEqual([]);
  await expectNoneTooWide(page, 'rotation');
  await createAtTuleap(page, 'fresh');
  await expect(page.getByRole('button', { name: 'Done' })).toBeVisible();
  expect(await overlay(page, 'shown once', 'dialog[open]')).toEqual([]);
});
