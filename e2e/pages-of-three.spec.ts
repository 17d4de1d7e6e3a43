/** What every page must hold, for Perforce ALM, Tuleap and P4OAuth: axe, keys, and nothing wider than the window. */
import { everyLook, overlay } from './axe-findings.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import { expectAllReached } from './focus-shows.ts';
import { leaveForServer } from './p4oauth-steps.ts';
import { openThree, pagesOfThree, three, waysOfThree } from './scene-of-three.ts';
import { answer, field, goTo, rowsOf, submitButton } from './steps.ts';
import { tabTo } from './tab-to.ts';
import { showWay } from './three-steps.ts';
import { expectNoneTooWide } from './too-wide.ts';

test.use({ vendors: three });

/** Where a vendor's page sends its tab in the end. */
const landings = ['/signed-in', '/signed-in?outcome=taken', '/signed-in?outcome=refused', '/signed-in?outcome=unknown'];

for (const [route, ways] of Object.entries(waysOfThree)) {
  for (const way of ways) {
    test(`${route}, ${way}: axe finds nothing, nothing is too wide, and keys reach all there is`, async ({ page }) => {
      await page.goto(route);
      await showWay(page, way);
      await expect(page.getByText('Loading…')).toHaveCount(0);
      await expectNoneTooWide(page, way);
      await expectAllReached(page, way);
      expect(await everyLook(page, way)).toEqual([]);
    });
  }
}

test('axe finds nothing on their pages with sessions open', async ({ page, context, keyward }) => {
  test.setTimeout(180_000);
  await openThree(page, context, keyward);
  await page.getByRole('button', { name: 'Reveal p4d ticket (perforce_token)' }).click();
  expect(await everyLook(page, 'P4OAuth, shown once')).toEqual([]);
  for (const name of ['Perforce ALM', 'Tuleap']) {
    await goTo(page, name);
    expect(await everyLook(page, name)).toEqual([]);
  }
});

test('axe finds nothing on the other pages with their sessions open, nor in what opens over them', async ({
  page,
  context,
  keyward,
}) => {
  test.setTimeout(180_000);
  await openThree(page, context, keyward);
  for (const name of ['Activity', 'Settings', 'Overview']) {
    await goTo(page, name);
    if (name === 'Settings') await expect(page.getByText('Checking')).toHaveCount(0);
    expect(await everyLook(page, name)).toEqual([]);
  }
  for (const who of ['alice', 'bob']) {
    const row = rowsOf(page, who).last();
    for (const item of [/^Details/, /^Forget/]) {
      await row.getByRole('button', { name: /^More for/ }).click();
      expect(await overlay(page, `menu of ${who}`, '[role=menu]:popover-open')).toEqual([]);
      await page.getByRole('menuitem', { name: item }).click();
      expect(await overlay(page, `dialog of ${who}`, 'dialog[open]')).toEqual([]);
      await page.keyboard.press('Escape');
    }
  }
});

test('axe finds nothing while a page waits for another tab, and where that tab lands', async ({ page, context }) => {
  await page.goto('/p4oauth');
  const tab = await leaveForServer(page, context);
  expect(await everyLook(page, 'waiting')).toEqual([]);
  for (const landing of landings) {
    await tab.goto(landing);
    await expect(tab.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await everyLook(tab, landing)).toEqual([]);
    await expectNoneTooWide(tab, landing);
  }
});

test('nothing is wider than the window, nor out of reach of a key, with sessions open', async ({
  page,
  context,
  keyward,
}) => {
  test.setTimeout(120_000);
  const long = `${'m'.repeat(60)}-${'w'.repeat(60)}`;
  await openThree(page, context, keyward);
  keyward.p4oauth.control.putPerson({ login: long });
  await showWay(page, 'Login and password');
  await field(page, 'Login').fill(long);
  await field(page, 'Password').fill(`${long}-demo-password`);
  await submitButton(page).click();
  await expect(answer(page)).toContainText(`Signed in as ${long}`);
  for (const name of ['P4OAuth', ...pagesOfThree]) {
    await goTo(page, name);
    await expectNoneTooWide(page, name);
    await expectAllReached(page, name);
  }
});

test('Perforce ALM by keys alone: from the key to a token for one project of many', async ({ page, keyward }) => {
  const [, wanted] = keyward.alm.control.fillProjects({ count: 40 });
  if (!wanted) throw new Error('The stand-in has no two projects.');
  await page.goto('/alm');
  await tabTo(page, field(page, 'API key'));
  await page.keyboard.type('demo-key-of-alice:not-a-real-key-secret');
  await page.keyboard.press('Enter');
  const list = page.getByRole('region', { name: /opens 40 projects$/ });
  await expect(list).toBeFocused();
  await tabTo(page, list.getByRole('searchbox'));
  await page.keyboard.type(wanted.name);
  const get = list.getByRole('button', { name: `Get a token for ${wanted.name}`, exact: true });
  await tabTo(page, get);
  await page.keyboard.press('Enter');
  await expect(list.getByText(/^Token minted, /)).toBeVisible();
  await expect(get).toBeFocused();
  expect(keyward.alm.control.tokens()).toMatchObject([{ project: wanted.name }]);
});

test('P4OAuth by keys alone: both ways in, the ticket that is shown once, and forget', async ({
  page,
  context,
  keyward,
}) => {
  await page.goto('/p4oauth');
  await tabTo(page, page.getByRole('radio', { name: /^On the server’s page/ }));
  await tabTo(page, field(page, 'Login'));
  await page.keyboard.type('alice');
  await tabTo(page, page.getByRole('link', { name: 'Authorize at P4OAuth' }));
  const [tab] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('Enter')]);
  await tab.getByLabel('Password').fill('alice-demo-password');
  await tab.keyboard.press('Enter');
  await expect(answer(page)).toBeFocused();
  await page.bringToFront();
  await tabTo(page, page.getByRole('button', { name: 'Copy p4d ticket (perforce_token)' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Close, and drop what is shown once' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('Shown once', { exact: true })).toBeHidden();
  // Else a person without a mouse is thrown back to the top of the page.
  await expect(page.getByRole('main').locator(':focus')).toHaveCount(1);

  await tabTo(page, page.getByRole('button', { name: 'Fetch a ticket' }));
  await page.keyboard.press('Enter');
  const ticket = page.getByRole('group', { name: 'The fetched ticket' });
  await expect(ticket).toBeVisible();
  await tabTo(page, ticket.getByRole('button', { name: 'Close, and drop the ticket' }));
  await page.keyboard.press('Enter');
  await expect(ticket).toBeHidden();
  await expect(page.getByRole('main').locator(':focus')).toHaveCount(1);

  await tabTo(page, rowsOf(page, 'alice').getByRole('button', { name: /^Forget alice/ }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Forget alice/ });
  await tabTo(page, dialog.getByRole('button', { name: 'Forget', exact: true }));
  await page.keyboard.press('Enter');
  await expect(rowsOf(page, 'alice')).toHaveCount(0);
  await expect(page.getByRole('main').locator(':focus')).toHaveCount(1);
  expect(keyward.p4oauth.control.ledger({ operation: 'p4token' })).toHaveLength(1);
});
