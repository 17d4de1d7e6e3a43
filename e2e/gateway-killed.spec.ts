/**
 * The gateway dies while the browser waits for a call that spends a refresh token, and comes back at the same port. The
 * vendor must never see a second one: not from the page, and not from the browser, which posts again by itself where a
 * connection that it used before breaks without an answer.
 */
import type { Page } from '@playwright/test';
import { readClipboard } from './clipboard.ts';
import { expect, test } from './fixtures.ts';
import type { ServedConsole } from './serve.ts';
import {
  answer,
  chooseFromMenu,
  field,
  fillInOcp,
  notices,
  rowsOf,
  signInWithKey,
  submitButton,
  sessionTable,
} from './steps.ts';

const ada = 'ada@acme.example';
const refreshes = ({ primatime }: ServedConsole) => primatime.control.ledger({ operation: 'refresh' });
const more = (page: Page) => rowsOf(page, ada).getByRole('button', { name: /^More for/ });

test.beforeEach(({ complaints }) => {
  complaints.expect(/Failed to load resource: net::ERR_/);
});

test('killed while the vendor works: one call at the vendor, and the page says uncertain', async ({
  page,
  keyward,
}) => {
  await page.goto('/primatime');
  await signInWithKey(page);
  await expect(rowsOf(page, ada)).toBeVisible();
  keyward.primatime.control.fault({ operation: 'refresh', kind: 'latency', ms: 2_000, when: 'after' });
  await chooseFromMenu(page, more(page), /^Refresh/);
  await expect.poll(() => refreshes(keyward).length).toBe(1);
  await keyward.kill();
  await keyward.restart();

  await expect(rowsOf(page, ada)).toContainText('Uncertain');
  await expect(page.getByRole('main')).toContainText(
    'It was sent, and what came of it is not known: it may be used up.',
  );
  await expect(sessionTable(page)).toContainText('Whether the refresh took effect is not known');
  await expect(sessionTable(page)).toContainText('The access token is good for as long as it lives.');
  // A further call reaches the vendor, so whatever else was on its way would have arrived before it.
  await chooseFromMenu(page, more(page), /^Check/);
  await expect(notices(page)).toContainText('Live: the server accepts this access token.');
  expect(refreshes(keyward)).toHaveLength(1);
  expect(Object.values(keyward.primatime.control.spends())).toEqual([1]);
});

test('killed before it read the call: the browser’s own second post spends nothing', async ({ page, keyward }) => {
  await page.goto('/primatime');
  await signInWithKey(page);
  await expect(rowsOf(page, ada)).toBeVisible();
  const posts: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/refresh')) posts.push(request.url());
  });
  await chooseFromMenu(page, more(page), /^Refresh/);
  await expect.poll(() => refreshes(keyward).length).toBe(1);
  await expect(rowsOf(page, ada)).toContainText('Ready');

  // Asked for its boot it still answers; then it stops, with the call in its socket.
  await page.route('**/gw/v1/call/*/refresh', async (route) => {
    keyward.freeze();
    await route.continue();
  });
  await chooseFromMenu(page, more(page), /^Refresh/);
  await expect.poll(() => posts.length).toBe(2);
  await expect(rowsOf(page, ada)).toContainText('Refreshing');
  await keyward.kill();
  await keyward.restart();

  await expect(rowsOf(page, ada)).toContainText('Uncertain');
  expect(refreshes(keyward)).toHaveLength(1);
});

test('killed at any moment: no refresh token is ever spent twice', async ({ page, keyward }) => {
  test.setTimeout(90_000);
  for (const afterMs of [0, 4, 8, 16, 32]) {
    await page.goto('/primatime');
    await signInWithKey(page);
    await expect(rowsOf(page, ada)).toBeVisible();
    keyward.primatime.control.fault({ operation: 'refresh', kind: 'latency', ms: 10, when: 'after' });
    await chooseFromMenu(page, more(page), /^Refresh/);
    await page.waitForTimeout(afterMs);
    await keyward.kill();
    await keyward.restart();
    await expect(rowsOf(page, ada)).toContainText(/Uncertain|Ready|Waiting/);
    keyward.primatime.control.clearFaults();
    for (const times of Object.values(keyward.primatime.control.spends())) expect(times).toBe(1);
  }
});

test('killed while a sign-in takes a slot: it is sent once, and the page says what may be open', async ({
  page,
  keyward,
}) => {
  await page.goto('/ocp');
  await fillInOcp(page, { username: 'alice' });
  keyward.ocp.control.fault({ operation: 'sign-in', kind: 'latency', ms: 2_000, when: 'after' });
  await submitButton(page).click();
  await expect.poll(() => keyward.ocp.control.ledger({ operation: 'sign-in' }).length).toBe(1);
  await keyward.kill();
  await keyward.restart();
  await expect(answer(page)).toContainText('a session may be open');
  await expect(answer(page)).toContainText('it holds 1 of 5 until it has been idle for long enough');
  expect(keyward.ocp.control.ledger({ operation: 'sign-in' })).toHaveLength(1);
});

test('while the gateway is away every page says so, and goes on by itself when it is back', async ({
  page,
  keyward,
}) => {
  await page.goto('/ocp');
  await fillInOcp(page, { username: 'alice' });
  // What a sign-in needs of the page itself comes while the form is filled in.
  await page.waitForLoadState('networkidle');
  await keyward.kill();
  await submitButton(page).click();
  await expect(answer(page)).toContainText('The gateway of this console does not answer');
  await expect(answer(page)).toContainText('Nothing was sent.');
  await expect(page.getByRole('alert')).toContainText('gateway does not answer');
  await keyward.restart();
  await submitButton(page).click();
  await expect(answer(page)).toContainText('Signed in as alice');
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(keyward.ocp.control.ledger({ operation: 'sign-in' })).toHaveLength(1);
});

test(
  'what can be done with a session is here before the sign-in is sent',
  { tag: '@window' },
  async ({ page, context, keyward, complaints }) => {
    await page.goto('/ocp');
    await fillInOcp(page, { username: 'alice' });
    await submitButton(page).click();
    await expect.poll(() => keyward.ocp.control.ledger({ operation: 'sign-in' }).length).toBe(1);
    await expect(rowsOf(page, 'alice')).toBeVisible();
    await keyward.kill();

    await rowsOf(page, 'alice').getByRole('button', { name: 'Copy OCP access token', exact: true }).click();
    await expect(notices(page)).toContainText('Copied');
    expect((await readClipboard(context)).split('.')).toHaveLength(3);
    await chooseFromMenu(page, rowsOf(page, 'alice').getByRole('button', { name: /^More for/ }), /^Refresh/);
    await expect(sessionTable(page)).toContainText('The gateway of this console does not answer');
    await expect(page.getByRole('main')).not.toContainText('could not load its own part');

    // React reports what a boundary caught.
    complaints.expect(/PageNotFetched|dynamically imported module/);
    await page
      .getByRole('navigation', { name: 'Pages' })
      .getByRole('link', { name: /^PrimaTime/ })
      .click();
    await expect(page.getByRole('alert').filter({ hasText: 'This page could not be fetched' })).toBeVisible();
    await keyward.restart();
    await expect(page.getByRole('heading', { level: 1, name: 'PrimaTime' })).toBeVisible();
    await expect(page.getByRole('main')).not.toContainText('could not be fetched');
  },
);

test('where a part of the console itself cannot be fetched, nothing is sent, and what was typed stays', async ({
  page,
  keyward,
}) => {
  await page.goto('/ocp');
  await expect(submitButton(page)).toBeVisible();
  await keyward.kill();
  await fillInOcp(page, { username: 'alice' });
  await submitButton(page).click();
  await expect(page.getByRole('main')).toContainText(
    'A part of Keyward itself could not be fetched, so nothing was sent.',
  );
  await expect(field(page, 'User name')).toHaveValue('alice');
  await keyward.restart();
  await submitButton(page).click();
  await expect(answer(page)).toContainText('Signed in as alice');
  expect(keyward.ocp.control.ledger({ operation: 'sign-in' })).toHaveLength(1);
});
