/** Perforce ALM's page: two ways in, a token for each project, no log out, and tokens that die with the server or the key. */
import { fingerprint } from '../stand-ins/ledger.ts';
import { demo } from '../stand-ins/alm/world.ts';
import {
  aliceKey,
  aliceKeyName,
  callsOf,
  closeList,
  keepBox,
  listButton,
  mint,
  mintedWith,
  mintWithKey,
  mintWithPassword,
  near,
  projectRow,
  projects,
  secondKey,
  secondKeyName,
  submitKey,
  submitPassword,
  tryIt,
} from './alm-steps.ts';
import { readClipboard } from './clipboard.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import { tabTo } from './tab-to.ts';
import { chooseFromMenu, field, goTo, notices, rowsOf } from './steps.ts';

test.use({ vendors: ['alm'] });

const firmware = 'Firmware / Bootloader';
const weekLeft = /^(7 d 00 h|6 d 23 h)$/;

test.beforeEach(async ({ page }) => {
  await page.goto('/alm');
});

test.describe('sign in', () => {
  test(
    'with an API key: its projects, then a token for one of them by its uuid, counted down and copied',
    { tag: '@window' },
    async ({ page, context, keyward: { alm } }) => {
      const ways = page.getByRole('group', { name: 'Way to sign in' });
      for (const reason of ['long and random', 'logs in to no ALM client', 'deleted without breaking the others']) {
        await expect(ways).toContainText(reason);
      }
      await submitKey(page, ` "ApiKey ${aliceKey}"\n`);
      await expect(page.getByRole('region', { name: `${aliceKeyName} opens 4 projects` })).toBeFocused();
      expect(callsOf(alm.control)).toEqual(['projects 200']);

      await mint(page, firmware);
      await expect(projectRow(page, firmware)).toContainText('token open');
      const { uuid } = alm.control.projects().find(({ name }) => name === firmware) ?? {};
      expect(alm.control.ledger({ operation: 'token' }).map(({ path }) => path)).toEqual([
        `/perforce-alm/api/v0/${encodeURIComponent(uuid ?? '')}/token`,
      ]);
      await closeList(page);
      const session = near(page, firmware);
      await expect(session.getByRole('timer', { name: `Access token of ${firmware}` })).toHaveText(weekLeft);
      await expect(session).toContainText(uuid ?? 'no uuid');

      await session.getByRole('button', { name: 'Copy Perforce ALM access token', exact: true }).click();
      await expect(notices(page)).toContainText(/Copied, valid (7 d 00 h|6 d 23 h)/);
      const token = await readClipboard(context);
      expect(alm.control.tokens()).toMatchObject([
        { fingerprint: fingerprint(token), project: firmware, keyId: demo.keyId },
      ]);
      const issues = await fetch(`${alm.url}/perforce-alm/api/v0/${encodeURIComponent(uuid ?? '')}/issues?per_page=1`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(issues.status).toBe(200);
    },
  );

  test('with user name and password, whatever is in it; and with none, for an account without one', async ({
    page,
    keyward: { alm },
  }) => {
    await submitPassword(page, 'jürgen', 'Paßwort-für-die-Demo-🔑');
    await mint(page, 'Payments');
    await closeList(page);
    await expect(mintedWith(page, 'Password of jürgen')).toContainText('Payments');
    await submitPassword(page, 'Administrator', '');
    await mint(page, firmware);
    await closeList(page);
    await expect(mintedWith(page, 'Password of Administrator')).toContainText(firmware);
    expect(alm.control.tokens()).toMatchObject([{ keyId: null }, { keyId: null }]);
  });

  test('by keyboard alone, from the way in to the token and to forgetting it', async ({ page, keyward: { alm } }) => {
    await tabTo(page, page.getByRole('radio', { name: /^API key/ }));
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('radio', { name: /^User name and password/ })).toBeChecked();
    await page.keyboard.press('ArrowUp');
    await expect(page.getByRole('radio', { name: /^API key/ })).toBeChecked();
    await tabTo(page, field(page, 'API key'));
    await page.keyboard.type(aliceKey);
    await tabTo(page, keepBox(page));
    await page.keyboard.press('Space');
    await tabTo(page, listButton(page));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: /opens 4 projects$/ })).toBeFocused();
    const get = projectRow(page, 'Payments').getByRole('button', { name: /^Get a token for / });
    await tabTo(page, get);
    await page.keyboard.press('Space');
    await expect(projectRow(page, 'Payments')).toContainText('Token minted');
    await expect(get).toBeFocused();
    await tabTo(page, page.getByRole('button', { name: 'Close the list' }));
    await page.keyboard.press('Enter');
    await expect(projects(page)).toHaveCount(0);
    // Not back at the top of the page.
    await expect(page.getByRole('main').locator(':focus')).toHaveCount(1);
    const trial = page.getByRole('button', { name: 'Try the token of Payments' });
    await tabTo(page, trial);
    await page.keyboard.press('Enter');
    await expect(mintedWith(page, aliceKeyName)).toContainText('The token works.');
    await tabTo(page, rowsOf(page, 'Payments').getByRole('button', { name: /^Forget Payments/ }));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: /^Forget Payments/ });
    await tabTo(page, dialog.getByRole('button', { name: 'Forget', exact: true }));
    await page.keyboard.press('Enter');
    await expect(rowsOf(page, 'Payments')).toHaveCount(0);
    expect(callsOf(alm.control)).toEqual(['projects 200', 'token 200', 'issues 200']);
  });
});

test('closing the list or the sign-in never loses the focus', async ({ page }) => {
  await submitKey(page);
  await page.getByRole('button', { name: 'Close the list' }).press('Enter');
  await expect(field(page, 'API key')).toBeFocused();
  await expect(field(page, 'API key')).toHaveValue('');
  await mintWithKey(page, ['Payments']);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).press('Enter');
  await expect(field(page, 'API key')).toBeFocused();
  await page.getByRole('button', { name: 'Close the sign-in' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test.describe('projects', () => {
  test('200 of them, whatever they are called: each is found, shown as it is, and has its own token', async ({
    page,
    keyward: { alm },
  }) => {
    test.setTimeout(60_000);
    const all = alm.control.fillProjects({ count: 200 });
    await submitKey(page);
    await expect(projects(page).getByRole('listitem')).toHaveCount(200);
    const search = page.getByRole('searchbox', { name: 'Search the projects' });
    // Every kind of name there is; the last one of them is also another project's number.
    for (const { name } of all.slice(0, 9)) {
      await search.fill(name);
      await expect(projectRow(page, name)).toHaveCount(1);
      await expect(projectRow(page, name)).toContainText(name);
      await mint(page, name);
    }
    const paths = alm.control.ledger({ operation: 'token' }).map(({ path }) => path);
    expect(paths).toEqual(all.slice(0, 9).map(({ uuid }) => `/perforce-alm/api/v0/${encodeURIComponent(uuid)}/token`));
    expect(alm.control.tokens().map(({ project }) => project)).toEqual(all.slice(0, 9).map(({ name }) => name));
    await search.fill('no such project');
    await expect(page.getByText('No project matches.')).toBeVisible();
    await closeList(page);
    for (const { name } of all.slice(0, 9)) await expect(rowsOf(page, name)).toHaveCount(1);
  });

  test('a list that is still loading says so, and is read again', async ({ page, keyward: { alm } }) => {
    alm.control.configure({ projectsLoading: 2 });
    await submitKey(page);
    await expect(page.getByRole('main')).toContainText(
      'The server is still loading 2 projects, so this list is not whole',
    );
    await expect(projects(page).getByRole('listitem')).toHaveCount(2);
    alm.control.configure({ projectsLoading: 0 });
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(projects(page).getByRole('listitem')).toHaveCount(4);
    await expect(page.getByText('still loading')).toHaveCount(0);
  });

  test('both path names: where the server has nothing under one, the other is tried and offered', async ({
    page,
    keyward: { alm },
  }) => {
    alm.control.configure({ version: '2022.1.0.0' });
    await submitKey(page);
    const take = page.getByRole('button', { name: 'List the projects under helix-alm' });
    await expect(take).toBeVisible();
    const seen = () =>
      alm.control.ledger().map(({ path, headerNames }) => ({
        path: path.replace('/api/v0/', ' '),
        credential: headerNames.includes('authorization'),
      }));
    const before = [
      { path: '/perforce-alm projects', credential: true },
      { path: '/helix-alm versions', credential: false },
    ];
    expect(seen()).toEqual(before);
    await expect(page.getByRole('combobox', { name: 'Path name' })).toHaveValue('perforce-alm');
    await take.click();
    await expect(projects(page)).toBeVisible();
    expect(seen()).toEqual([...before, { path: '/helix-alm projects', credential: true }]);
    await mint(page, 'Payments');
    await closeList(page);
    await expect(near(page, 'Payments')).toContainText('helix-alm');
    await tryIt(page, 'Payments');
    await expect(mintedWith(page, aliceKeyName)).toContainText('The token works.');
  });

  test('the other path name can be chosen beforehand', async ({ page, keyward: { alm } }) => {
    await page.getByRole('combobox', { name: 'Path name' }).selectOption('helix-alm');
    await submitKey(page);
    await mint(page, 'Payments');
    expect(alm.control.ledger().map(({ path }) => path.split('/')[1])).toEqual(['helix-alm', 'helix-alm']);
  });
});

test.describe('what was minted with what', () => {
  test('stands on the page, in the table, in the details, and with the kept key', async ({ page }) => {
    await mintWithKey(page, ['Payments', firmware], { keep: true });
    await mintWithKey(page, ['Payments'], { key: secondKey });
    await mintWithPassword(page, ['Rocket 🚀 "Alpha"']);
    await expect(mintedWith(page, aliceKeyName).getByRole('listitem')).toHaveCount(2);
    await expect(mintedWith(page, aliceKeyName)).toContainText('(kept here)');
    await expect(mintedWith(page, secondKeyName).getByRole('listitem')).toHaveCount(1);
    await expect(mintedWith(page, secondKeyName)).toContainText('(not kept here)');
    await expect(mintedWith(page, 'Password of alice').getByRole('listitem')).toHaveCount(1);
    await expect(rowsOf(page, 'Payments').filter({ hasText: aliceKeyName })).toHaveCount(1);
    await expect(rowsOf(page, 'Payments').filter({ hasText: secondKeyName })).toHaveCount(1);
    await chooseFromMenu(page, rowsOf(page, firmware).getByRole('button', { name: /^More for/ }), /^Details/);
    await expect(page.getByRole('dialog')).toContainText(`${aliceKeyName} (kept here)`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('main')).toContainText(`Minted Payments, ${firmware} · kept since`);
    await goTo(page, 'Overview');
    await expect(rowsOf(page, firmware)).toContainText(aliceKeyName);
  });

  test(
    'a kept key mints again; without one there is nothing to refresh with',
    { tag: '@window' },
    async ({ page, context, keyward }) => {
      const { control } = keyward.alm;
      await mintWithKey(page, ['Payments'], { keep: true });
      await mintWithKey(page, [firmware], { key: secondKey });
      await chooseFromMenu(page, rowsOf(page, 'Payments').getByRole('button', { name: /^More for/ }), /^Refresh/);
      await expect(notices(page)).toContainText(/Refreshed, valid (7 d 00 h|6 d 23 h)/);
      expect(control.tokens().map(({ project }) => project)).toEqual(['Payments', firmware, 'Payments']);
      await rowsOf(page, 'Payments')
        .getByRole('button', { name: 'Copy Perforce ALM access token', exact: true })
        .click();
      await expect(notices(page)).toContainText('Copied');
      expect(fingerprint(await readClipboard(context))).toBe(control.tokens()[2]?.fingerprint);

      const unkept = rowsOf(page, firmware);
      await expect(unkept).toContainText('cannot be refreshed');
      await unkept.getByRole('button', { name: /^More for/ }).click();
      await expect(page.getByRole('menuitem', { name: /^Refresh/ })).toHaveCount(0);
      await page.getByRole('menuitem', { name: /^Get new/ }).click();
      await expect(field(page, 'API key')).toHaveValue('');
      expect(control.ledger({ operation: 'token' })).toHaveLength(3);
    },
  );

  test('a password is never kept: nothing offers to, and nothing on the page or in the browser has it', async ({
    page,
  }) => {
    await submitPassword(page, 'alice', 'alice-demo-password');
    await expect(keepBox(page)).toHaveCount(0);
    await mint(page, 'Payments');
    await closeList(page);
    await expect(near(page, 'Payments')).toContainText('Password of alice');
    await expect(near(page, 'Payments').getByRole('button', { name: /^Refresh/ })).toHaveCount(0);
    await near(page, 'Payments')
      .getByRole('button', { name: /^Get a new token/ })
      .click();
    await page.getByRole('radio', { name: /^User name and password/ }).check({ force: true });
    await expect(field(page, 'Password')).toHaveValue('');
    const kept = await page.evaluate(async () => ({
      databases: (await indexedDB.databases()).length,
      text: JSON.stringify([
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        document.documentElement.outerHTML,
        [...document.querySelectorAll('input')].map(({ value }) => value),
        location.href,
        history.state as unknown,
      ]),
    }));
    expect(kept.text).not.toContain('alice-demo-password');
    expect(kept.databases).toBe(0);
  });

  test('a kept key is listed with, and forgotten with what that means', async ({ page, keyward: { alm } }) => {
    await mintWithKey(page, ['Payments'], { keep: true });
    await page.getByRole('button', { name: `List what ${aliceKeyName} opens` }).click();
    await mint(page, firmware);
    await closeList(page);
    const before = alm.control.ledger().length;
    await page.getByRole('button', { name: `Forget ${aliceKeyName}`, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: `Forget ${aliceKeyName}?` });
    await expect(dialog).toContainText(`not minted again when they end: Payments, ${firmware}.`);
    await expect(dialog).toContainText('delete the API key: in an ALM client under Manage API Keys');
    await dialog.getByRole('button', { name: 'Forget', exact: true }).click();
    await expect(mintedWith(page, aliceKeyName)).toContainText('(not kept here)');
    await expect(rowsOf(page, 'Payments')).toContainText('cannot be refreshed');
    expect(alm.control.ledger()).toHaveLength(before);
    expect(alm.control.tokens()).toHaveLength(2);
  });
});

test('forget says until when the token lives, sends nothing, and drops it', async ({ page, keyward: { alm } }) => {
  await mintWithKey(page, ['Payments']);
  const row = rowsOf(page, 'Payments');
  await expect(page.getByRole('button', { name: /^Log out/ })).toHaveCount(0);
  const before = alm.control.ledger().length;
  await row.getByRole('button', { name: 'Forget Payments, Perforce ALM (demo)' }).click();
  const dialog = page.getByRole('dialog', { name: 'Forget Payments, Perforce ALM (demo)?' });
  await expect(dialog).toContainText('Perforce ALM has no call that logs out.');
  await expect(dialog).toContainText('delete the API key: in an ALM client under Manage API Keys');
  const endsAt = new Date(alm.control.tokens()[0]?.endsMs ?? 0);
  const day = endsAt.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
  await expect(dialog).toContainText(`The access token lives until ${day} `);
  await dialog.getByRole('button', { name: 'Forget', exact: true }).click();
  await expect(row).toBeHidden();
  expect(alm.control.ledger()).toHaveLength(before);
  expect(alm.control.tokens()).toHaveLength(1);
});
