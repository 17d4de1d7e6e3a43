/** Settings: connections with what can be told of them, and the theme. Activity: the last calls, without secrets. */
import { writeFileSync } from 'node:fs';
import { readClipboard } from './clipboard.ts';
import { expect, test } from './fixtures.ts';
import { addConnections } from './operator.ts';
import { answer, fillInOcp, goTo, notices, signInToOcp, submitButton } from './steps.ts';

test('every connection is examined by a harmless call, and what is wrong is said with its mend', async ({
  page,
  keyward,
}) => {
  const [own] = keyward.ocp.connections;
  if (!own) throw new Error('The stand-in brings no connection.');
  const { provider, settings, baseUrl } = own;
  await addConnections(keyward, [
    { id: 'wrong-realm', name: 'Wrong realm', provider, baseUrl, settings: { ...settings, realm: 'nowhere' } },
    { id: 'no-auth', name: 'Without its path', provider, baseUrl: baseUrl.replace(/\/auth$/, ''), settings },
    { id: 'dead', name: 'Dead', provider, baseUrl: 'http://127.0.0.1:9/auth', settings },
  ]);
  keyward.primatime.control.clock({ offsetMs: 90_000 });
  await page.goto('/settings');
  const card = (name: string) => page.getByRole('region', { name: new RegExp(`^${name}`) });
  await expect(card('OCP \\(demo\\)')).toContainText('No fault found');
  await expect(card('OCP \\(demo\\)')).toContainText(/yes, HTTP 200 after \d+ ms/);
  await expect(card('OCP \\(demo\\)')).toContainText('plain http');
  await expect(card('PrimaTime \\(demo\\)')).toContainText(/(89|9\d) s ahead of this machine/);
  await expect(card('PrimaTime \\(demo\\)')).toContainText('kept by the gateway');
  await expect(card('Wrong realm')).toContainText('Attention');
  await expect(card('Wrong realm')).toContainText('realm');
  await expect(card('Without its path')).toContainText('/auth');
  await expect(card('Dead')).toContainText('no, nothing was sent');
  // Nothing that could sign anybody in was sent.
  expect(keyward.ocp.control.ledger({ operation: 'sign-in' })).toHaveLength(0);
  for (const { formNames, headerNames } of keyward.ocp.control.ledger()) {
    expect([...formNames, ...headerNames]).not.toEqual(expect.arrayContaining(['authorization']));
  }
});

test('a change of the operator’s file is picked up, and a fault in it is said while the old one counts', async ({
  page,
  keyward,
}) => {
  const [own] = keyward.ocp.connections;
  if (!own) throw new Error('The stand-in brings no connection.');
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Sign in to OCP (demo)' })).toBeVisible();
  await addConnections(keyward, [{ ...own, id: 'second', name: 'OCP second' }]);
  await page.reload();
  await expect(page.getByRole('link', { name: 'Sign in to OCP second' })).toBeVisible();

  writeFileSync(keyward.config, '{ "connections": [ { "id": "x" } ] }');
  await expect.poll(() => keyward.log()).toContain('The connections stay as they were.');
  await page.reload();
  await expect(page.getByText('The changed configuration file was not taken over.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Sign in to OCP second' })).toBeVisible();
});

test('the theme is chosen in three ways, kept, and never flashes', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/settings');
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await ground();
  const choose = (name: string) => page.getByRole('main').getByText(name, { exact: true }).first().click();
  await choose('Light');
  const light = await ground();
  expect(light).not.toBe(dark);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  expect(await ground()).toBe(light);
  await choose('Dark');
  expect(await ground()).toBe(dark);
  await choose('System');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(ground).toBe(light);
});

test(
  'activity lists each call with time, provider, operation, phase, status, milliseconds and cause',
  { tag: '@window' },
  async ({ page, context, keyward: { ocp } }) => {
    await page.goto('/ocp');
    await fillInOcp(page, { username: 'alice', password: 'not-a-real-password' });
    await submitButton(page).click();
    await expect(answer(page)).toContainText('did not accept');
    await signInToOcp(page, { username: 'alice' });
    ocp.control.fault({ operation: 'refresh', kind: 'reset', when: 'after' });
    await page.getByRole('button', { name: /^More for alice/ }).click();
    await page.getByRole('menuitem', { name: /^Refresh/ }).click();
    await goTo(page, 'Activity');
    const rows = page.getByRole('table', { name: 'Last calls' }).getByRole('row');
    // The console counts the slots beside them, as often as it is looked at.
    const asked = rows.filter({ hasText: /refresh|sign in/ });
    await expect(asked).toHaveCount(3);
    await expect(asked.nth(0)).toContainText(
      /\d\d:\d\d:\d\d.*refresh.*OCP · OCP \(demo\).*sent, outcome unknown.*The answer broke off/s,
    );
    await expect(asked.nth(1)).toContainText(/sign in.*answered.*200.*\d+.*Done\./s);
    await expect(asked.nth(2)).toContainText(/sign in.*answered.*400.*\d+/s);
    await expect(rows.filter({ hasText: 'list own sessions' }).first()).toContainText(/answered.*200.*Done\./s);

    await page.getByRole('button', { name: 'Copy as text' }).click();
    await expect(notices(page)).toContainText(/\d calls copied as text\./);
    const text = await readClipboard(context);
    expect(text.trim().split('\n')).toHaveLength(await rows.count());
    expect(text).toContain('OCP (demo)\tsign in\tanswered\t200');
    expect(text).not.toContain('password');

    await page.getByRole('combobox', { name: 'Provider' }).selectOption({ label: 'PrimaTime' });
    await expect(page.getByText('No call to this provider yet')).toBeVisible();
  },
);
