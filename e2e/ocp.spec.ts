/** OCP's page: sign in, count down, copy, refresh, log out, and the limit of sessions. */
import type { Page } from '@playwright/test';
import { readClipboard } from './clipboard.ts';
import { expect, test } from './fixtures.ts';
import { addConnections } from './operator.ts';
import type { ServedConsole } from './serve.ts';
import {
  answer,
  chooseFromMenu,
  field,
  fillInOcp,
  goTo,
  notices,
  rowsOf,
  secondsShown,
  signInToOcp,
  submitButton,
} from './steps.ts';

const alice = { username: 'alice' };
const sessionsOf = ({ ocp }: ServedConsole, username = 'alice') => ocp.control.sessions({ username });
const countOf = ({ ocp }: ServedConsole, operation: string) => ocp.control.ledger({ operation }).length;

/** The vendor's own word on an access token: whose sessions it may list, and which of them is its own. */
async function currentSessionOf(keyward: ServedConsole, token: string): Promise<string | undefined> {
  const response = await fetch(`${keyward.ocp.baseUrl}/realms/master/account/sessions`, {
    headers: { accept: 'application/json', authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(200);
  const sessions = (await response.json()) as readonly { id: string; current?: boolean }[]; // ocp.md: the account API
  return sessions.find(({ current }) => current)?.id;
}

test.beforeEach(async ({ page }) => {
  await page.goto('/ocp');
});

test.describe('sign in', () => {
  test('is sent once for a double click on a slow server', async ({ page, keyward }) => {
    keyward.ocp.control.fault({ operation: 'sign-in', kind: 'latency', ms: 800 });
    await fillInOcp(page, alice);
    await submitButton(page).dblclick();
    await expect(answer(page)).toContainText('Signed in as alice at OCP (demo)');
    expect(countOf(keyward, 'sign-in')).toBe(1);
    expect(sessionsOf(keyward)).toHaveLength(1);
  });

  test('is sent once for a double click on a fast server', { tag: '@window' }, async ({ page, keyward }) => {
    await fillInOcp(page, alice);
    await submitButton(page).dblclick({ delay: 150 });
    await expect(answer(page)).toContainText('Signed in as alice');
    // Whatever the second click did would have reached the server before a further call that is made after it.
    await page.getByRole('button', { name: 'Copy OCP access token', exact: true }).first().click();
    await expect(notices(page)).toContainText('Copied');
    expect(countOf(keyward, 'sign-in')).toBe(1);
    expect(sessionsOf(keyward)).toHaveLength(1);
  });

  test('is sent once when Enter is hit again and again, and never again for an answer that was lost', async ({
    page,
    keyward,
  }) => {
    keyward.ocp.control.fault({ operation: 'sign-in', kind: 'hold', when: 'after' });
    keyward.ocp.control.fault({ operation: 'sign-in', kind: 'cut' });
    await fillInOcp(page, alice);
    for (let press = 0; press < 4; press += 1) await field(page, 'User name').press('Enter');
    await expect.poll(() => keyward.ocp.control.release()).toEqual({ released: 1 });
    await expect(answer(page)).toContainText('its answer was lost on the way');
    await expect(answer(page)).toContainText('a session may be open');
    await expect(answer(page)).toContainText('1 of 5');
    expect(countOf(keyward, 'sign-in')).toBe(1);
  });

  test('asks before it opens a second session of the same user', async ({ page, keyward }) => {
    await signInToOcp(page, alice);
    await fillInOcp(page, alice);
    await submitButton(page).click();
    await expect(page.getByText('alice has an open session here already.')).toBeVisible();
    expect(countOf(keyward, 'sign-in')).toBe(1);
    await page.getByRole('button', { name: 'Use the open one' }).click();
    await expect(page.getByRole('group', { name: 'Session of alice' })).toBeFocused();
    expect(countOf(keyward, 'sign-in')).toBe(1);
  });

  test('is a form that a password manager understands, and is empty once a session is open', async ({ page }) => {
    await expect(field(page, 'User name')).toHaveAttribute('autocomplete', 'username');
    await expect(field(page, 'Password')).toHaveAttribute('autocomplete', 'current-password');
    await expect(field(page, 'Password')).toHaveAttribute('type', 'password');
    await expect(field(page, 'One-time code')).toHaveAttribute('autocomplete', 'one-time-code');
    await signInToOcp(page, alice);
    await expect(field(page, 'Password')).toHaveValue('');
  });

  test('says which field is missing, and sends nothing', async ({ page, keyward }) => {
    await field(page, 'User name').fill('alice');
    await submitButton(page).click();
    await expect(page.getByText('Password is missing. Nothing was sent.')).toBeVisible();
    await expect(field(page, 'Password')).toBeFocused();
    expect(countOf(keyward, 'sign-in')).toBe(0);
  });
});

test(
  'a session is signed in, counts down, is copied, refreshed and logged out',
  { tag: '@window' },
  async ({ page, context, keyward }) => {
    await signInToOcp(page, alice);
    const row = rowsOf(page, 'alice');
    await expect(row).toContainText('Ready');
    const timer = row.getByRole('timer', { name: 'Access token of alice' });
    const before = await secondsShown(timer);
    expect(before).toBeGreaterThan(290);
    await expect.poll(() => secondsShown(timer)).toBeLessThan(before);
    await expect(page.getByRole('timer', { name: 'Refresh token of alice' })).toHaveText(/^(30:00|29:\d\d)$/);

    await row.getByRole('button', { name: 'Copy OCP access token', exact: true }).click();
    await expect(notices(page)).toContainText(/Copied, valid 4:\d\d/);
    const [session] = sessionsOf(keyward);
    expect(await currentSessionOf(keyward, await readClipboard(context))).toBe(session?.id);

    await chooseFromMenu(page, row.getByRole('button', { name: /^More for alice/ }), /^Refresh/);
    await expect(notices(page)).toContainText(/Refreshed, valid (5:00|4:\d\d)/);
    expect(countOf(keyward, 'refresh')).toBe(1);
    expect(sessionsOf(keyward)).toHaveLength(1);

    await row.getByRole('button', { name: 'Log out alice, OCP (demo)' }).click();
    await expect(notices(page)).toContainText('Logged out alice, OCP (demo)');
    await expect(notices(page)).toContainText('The server answered 204.');
    await expect(row).toBeHidden();
    expect(sessionsOf(keyward)).toHaveLength(0);

    await goTo(page, 'Activity');
    const calls = page.getByRole('table', { name: 'Last calls' });
    await expect(calls.getByRole('row').nth(1)).toContainText('204');
  },
);

test('five sign in, the sixth is refused in the right words, one logs out, and there is room again', async ({
  page,
  keyward,
}) => {
  for (let count = 1; count <= 5; count += 1) {
    await signInToOcp(page, alice);
    await expect.poll(() => sessionsOf(keyward).length).toBe(count);
  }
  await fillInOcp(page, alice);
  await submitButton(page).click();
  await page.getByRole('button', { name: 'Sign in anyway' }).click();
  await expect(answer(page)).toContainText('Too many sessions are open for this user');
  await expect(answer(page)).toContainText('no session was opened');
  await expect(answer(page)).toContainText('What can free a slot');
  expect(countOf(keyward, 'sign-in')).toBe(6);

  // Refused tries can lock the account, so it pauses; what makes room ends the pause.
  await expect(submitButton(page)).toBeDisabled();
  await answer(page)
    .getByRole('button', { name: /^Log out alice, opened/ })
    .first()
    .click();
  await expect.poll(() => sessionsOf(keyward).length).toBe(4);
  await expect(submitButton(page)).toBeEnabled();
  await signInToOcp(page, alice);
  expect(sessionsOf(keyward)).toHaveLength(5);
  expect(countOf(keyward, 'sign-in')).toBe(7);
});

test('the pause after a refusal holds over a reload and in a second tab, and leaves another user a way in', async ({
  page,
  context,
  keyward,
}) => {
  const crowded = { username: 'crowded' };
  await fillInOcp(page, crowded);
  await submitButton(page).click();
  await expect(answer(page)).toContainText('Too many sessions are open for this user');
  await page.reload();
  await fillInOcp(page, crowded);
  await expect(submitButton(page)).toBeDisabled();
  const second = await context.newPage();
  await second.goto('/ocp');
  await fillInOcp(second, { username: 'crowded@example.test' });
  await expect(submitButton(second)).toBeDisabled();
  expect(countOf(keyward, 'sign-in')).toBe(1);

  await fillInOcp(second, alice);
  await second.getByRole('button', { name: 'Another user: sign in now' }).click();
  await expect(answer(second)).toContainText('Signed in as alice');
  expect(countOf(keyward, 'sign-in')).toBe(2);
  await expect(submitButton(page)).toBeDisabled();
});

test('a log out during a refresh ends the newest session, and leaves none open', async ({ page, keyward }) => {
  await signInToOcp(page, alice);
  keyward.ocp.control.fault({ operation: 'refresh', kind: 'latency', ms: 1_000, when: 'after' });
  const row = rowsOf(page, 'alice');
  await chooseFromMenu(page, row.getByRole('button', { name: /^More for alice/ }), /^Refresh/);
  await expect(row).toContainText('Refreshing');
  await row.getByRole('button', { name: /^Log out alice/ }).click();
  await expect(notices(page)).toContainText('Logged out alice');
  expect(sessionsOf(keyward)).toHaveLength(0);
  const operations = keyward.ocp.control.ledger().map(({ operation }) => operation);
  // Slots are counted beside it.
  expect(operations.filter((operation) => operation !== 'account-sessions')).toEqual(['sign-in', 'refresh', 'log-out']);
});

test('the limit of sessions is a setting: another number, or none', async ({ page, keyward }) => {
  const [own] = keyward.ocp.connections;
  if (!own) throw new Error('The stand-in brings no connection.');
  const withLimit = (sessionLimit: string) => ({
    ...own,
    id: `limit-${sessionLimit}`,
    name: `Limit ${sessionLimit}`,
    settings: { ...own.settings, sessionLimit },
  });
  await addConnections(keyward, [withLimit('3'), withLimit('none')]);
  await page.goto('/ocp?connection=limit-3');
  await expect(page.getByRole('main')).toContainText('limit 3 sessions');
  await expect(page.getByRole('main')).toContainText('Takes 1 of 3 sessions.');
  await signInToOcp(page, alice);
  await expect(page.getByRole('region', { name: /^Slots of alice/ })).toContainText('of 3 slots');
  await page.goto('/ocp?connection=limit-none');
  await expect(page.getByRole('main')).toContainText('no session limit set');
  await expect(page.getByRole('main')).not.toContainText('Takes 1 of');
});

test.describe('leaving the page', () => {
  const leaves = [
    ['reloading', (page) => page.reload().then(() => undefined)],
    ['going elsewhere', (page) => page.goto('about:blank').then(() => undefined)],
    ['closing the tab', (page) => page.close({ runBeforeUnload: true })],
  ] as const satisfies readonly (readonly [string, (page: Page) => Promise<void>])[];

  for (const [how, leave] of leaves) {
    test(`${how} logs out what holds a slot, and was announced`, async ({ page, context, keyward }) => {
      // The last tab of a browser would take the browser along.
      await context.newPage();
      await expect(page.getByRole('main')).toContainText('Leaving or reloading this page logs it out');
      await signInToOcp(page, alice);
      await signInToOcp(page, { username: 'bob' });
      expect(keyward.ocp.control.sessions().filter(({ username }) => username !== 'crowded')).toHaveLength(2);
      await leave(page);
      await expect.poll(() => sessionsOf(keyward).length).toBe(0);
      await expect.poll(() => sessionsOf(keyward, 'bob').length).toBe(0);
      expect(countOf(keyward, 'log-out')).toBe(2);
    });
  }

  const comesBack = [
    ['reloading', (page) => page.reload().then(() => undefined)],
    [
      'going elsewhere and coming back',
      async (page) => {
        await page.goto('about:blank');
        await page.goto('/ocp');
      },
    ],
  ] as const satisfies readonly (readonly [string, (page: Page) => Promise<void>])[];

  for (const [how, leave] of comesBack) {
    test(`${how} during a sign-in is asked about, and what it opened is logged out`, async ({ page, keyward }) => {
      const asked: string[] = [];
      page.on('dialog', (dialog) => {
        asked.push(dialog.type());
        void dialog.accept();
      });
      await page.goto('/ocp');
      keyward.ocp.control.fault({ operation: 'sign-in', kind: 'latency', ms: 2_000, when: 'after' });
      await fillInOcp(page, alice);
      await submitButton(page).click();
      await expect.poll(() => sessionsOf(keyward).length).toBe(1);
      await expect(page.getByRole('main')).toContainText('Stay until it is answered');
      await leave(page);
      expect(asked).toEqual(['beforeunload']);
      await expect(notices(page)).toContainText(
        'This page was left during a sign-in at OCP (demo). The session that it opened was logged out.',
      );
      expect(sessionsOf(keyward)).toHaveLength(0);
      expect(countOf(keyward, 'sign-in')).toBe(1);
      // Said once, and nothing of it is left.
      expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
      await page.reload();
      expect(asked).toHaveLength(1);
    });
  }

  test('another page of the console keeps everything', async ({ page, keyward }) => {
    await signInToOcp(page, alice);
    await goTo(page, 'Overview');
    await goTo(page, 'OCP');
    await expect(rowsOf(page, 'alice')).toContainText('Ready');
    expect(sessionsOf(keyward)).toHaveLength(1);
    expect(countOf(keyward, 'log-out')).toBe(0);
  });
});
