/** Perforce ALM's own trouble: tokens that die with the server or with the key, and projects that go. */
import { demo } from '../stand-ins/alm/world.ts';
import {
  aliceKeyName,
  callsOf,
  mintedWith,
  mintWithKey,
  mintWithPassword,
  near,
  secondKey,
  secondKeyName,
  tryIt,
} from './alm-steps.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import { answer, chooseFromMenu, goTo, notices, rowsOf, sessionTable } from './steps.ts';

test.use({ vendors: ['alm'] });

const firmware = 'Firmware / Bootloader';

test.beforeEach(async ({ page }) => {
  await page.goto('/alm');
});

test('a restart is recognised, said once, and what can be is minted again, once each', async ({
  page,
  keyward: { alm },
}) => {
  await mintWithKey(page, ['Payments', firmware], { keep: true });
  await mintWithPassword(page, ['Rocket 🚀 "Alpha"']);
  expect(alm.control.restart()).toEqual({ tokensEnded: 3 });
  alm.control.clearLedger();
  await tryIt(page, 'Payments');
  await expect(mintedWith(page, aliceKeyName)).toContainText('The token was dead. A new one was minted with the kept');
  const said = 'most likely the ALM Server was restarted. 3 tokens died: 2 were minted again, 1 needs a sign-in.';
  await expect(notices(page).getByText(said)).toHaveCount(1);
  await expect(rowsOf(page, 'Rocket 🚀 "Alpha"')).toContainText('Sign in again');
  await expect(page.getByRole('main')).toContainText('One token is dead and takes a new sign-in.');
  for (const name of ['Payments', firmware]) await expect(rowsOf(page, name)).toContainText('Ready');
  const calls = callsOf(alm.control);
  expect(calls.filter((call) => call === 'token 200')).toHaveLength(2);
  expect(calls.filter((call) => call === 'issues 401')).toHaveLength(3);

  for (const name of ['Payments', firmware]) {
    await tryIt(page, name);
    await expect(
      page.getByRole('listitem').filter({ hasText: name }).filter({ hasText: 'The token works.' }),
    ).toBeVisible();
  }
  expect(alm.control.ledger({ operation: 'token' })).toHaveLength(2);
  await expect(notices(page).getByText('restarted')).toHaveCount(1);
  await page.getByRole('button', { name: /^Dismiss: Perforce ALM no longer knew/ }).click();
  await goTo(page, 'Overview');
  await goTo(page, 'Perforce ALM');
  await expect(notices(page).getByText('restarted')).toHaveCount(0);
});

test('a restart that has not loaded its projects yet: nothing dead is copied, and minting is tried again', async ({
  page,
  keyward: { alm },
}) => {
  test.setTimeout(180_000);
  await mintWithKey(page, ['Payments'], { keep: true });
  alm.control.restart();
  alm.control.configure({ projectsLoading: 4 });
  await tryIt(page, 'Payments');
  await expect(mintedWith(page, aliceKeyName)).toContainText(
    'The token is dead. The server is still loading 4 projects',
  );
  const row = rowsOf(page, 'Payments');
  await expect(row).toContainText('ended');
  await row.getByRole('button', { name: 'Copy Perforce ALM access token', exact: true }).click();
  await expect(row.or(notices(page)).filter({ hasText: 'Copied' })).toHaveCount(0);
  alm.control.configure({ projectsLoading: 0 });
  // Nobody presses anything. It failed a few times by now, so its rest is a share of up to a minute.
  await expect(row).toContainText('Ready', { timeout: 120_000 });
  expect(alm.control.tokens()).toHaveLength(1);
});

test('a deleted key ends all its tokens at once, is dropped here, and no others', async ({
  page,
  keyward: { alm },
}) => {
  await mintWithKey(page, ['Payments', firmware], { keep: true });
  await mintWithKey(page, ['Payments'], { key: secondKey, keep: true });
  expect(alm.control.deleteKey({ id: demo.keyId })).toEqual({ tokensEnded: 2 });
  alm.control.clearLedger();
  await chooseFromMenu(page, rowsOf(page, firmware).getByRole('button', { name: /^More for/ }), /^Refresh/);
  await expect(sessionTable(page)).toContainText('The server does not accept this API key');
  await expect(sessionTable(page)).toContainText(
    'The server said: “The Perforce ALM License Server prevented this action.',
  );
  await expect(mintedWith(page, aliceKeyName)).toContainText('(removed here: the server refused it)');
  const ofFirst = rowsOf(page, 'Payments').filter({ hasText: aliceKeyName });
  for (const row of [rowsOf(page, firmware), ofFirst]) {
    await expect(row).toContainText('Sign in again');
    await expect(row.getByRole('button', { name: /^Copy/ })).toHaveCount(0);
  }
  await expect(page.getByRole('main')).toContainText('2 tokens are dead and take a new sign-in.');
  await expect(rowsOf(page, 'Payments').filter({ hasText: secondKeyName })).toContainText('Ready');
  await expect(page.getByRole('button', { name: `List what ${aliceKeyName} opens` })).toHaveCount(0);
  await expect(page.getByRole('button', { name: `List what ${secondKeyName} opens` })).toBeVisible();
  expect(callsOf(alm.control)).toEqual(['token 500', 'issues 401', 'issues 401']);
  await expect(answer(page)).toHaveCount(0);
});

test('a project that is gone is not asked for again and again', async ({ page, keyward: { alm } }) => {
  await mintWithKey(page, ['Payments'], { keep: true });
  alm.control.fillProjects({ count: 2 });
  alm.control.clearLedger();
  await near(page, 'Payments')
    .getByRole('button', { name: /^Refresh/ })
    .click();
  await expect(near(page, 'Payments')).toContainText('The server no longer lists this project for the API key');
  await expect(near(page, 'Payments')).toContainText('Waits for you: Refresh tries again.');
  expect(callsOf(alm.control)).toEqual(['token 404', 'projects 200']);
});
