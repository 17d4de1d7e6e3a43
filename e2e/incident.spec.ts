/** A string that leaked, revoked and proven: counted in clicks from an open console, at all five vendors. */
import type { Page } from '@playwright/test';
import { registry } from '../src/providers/registry.ts';
import { demo as almDemo } from '../stand-ins/alm/world.ts';
import { demo as tuleapDemo } from '../stand-ins/tuleap/world.ts';
import { everyLook, overlay } from './axe-findings.ts';
import { readClipboard } from './clipboard.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import { card, checkKey, confirmButton, consentBox, handOf, revoke, revokeButton, sheet } from './incident-steps.ts';
import { signInByPassword } from './p4oauth-steps.ts';
import type { ServedConsole } from './serve.ts';
import { goTo, signInToOcp, signInWithEmail } from './steps.ts';
import { signInWithAccessKey } from './three-steps.ts';
import { tabTo } from './tab-to.ts';
import { expectNoneTooWide } from './too-wide.ts';
import { keepSessions, locked, unlock } from './vault-steps.ts';

test.use({ vendors: registry.map(({ id }) => id) });

const ACME_KEY = '00000000-0000-4000-8000-00000000fa15';
const leakedTuleapKey = (keyward: ServedConsole, description = 'ci-deploy'): string =>
  keyward.tuleap.control.addKey({ username: 'alice', description }).identifier;

/** A refresh token that somebody else's client was given. */
async function leakedRefreshToken({ connections }: ServedConsole): Promise<string> {
  const baseUrl = connections.find(({ provider }) => provider === 'ocp')?.baseUrl ?? '';
  const body = new URLSearchParams({
    ...{ grant_type: 'password', client_id: 'ocp', scope: 'openid' },
    ...{ username: 'bob', password: 'bob-demo-password' },
  });
  const reply = await fetch(`${baseUrl}/realms/master/protocol/openid-connect/token`, { method: 'POST', body });
  return ((await reply.json()) as { readonly refresh_token: string }).refresh_token; // the stand-in's own answer
}

test('a Tuleap key takes three clicks, and one for the consent; its evidence keeps the use that the probe would overwrite', async ({
  page,
  keyward,
}) => {
  const { tuleap } = keyward;
  await page.goto('/tuleap');
  await signInWithAccessKey(page, tuleapDemo.aliceKey);
  const key = leakedTuleapKey(keyward);
  tuleap.control.clearLedger();
  const hand = handOf(page);
  await checkKey(page, hand, `curl -H 'X-Auth-AccessKey: ${key}' \\\n  https://tuleap.example/api/projects`);
  await expect(revokeButton(page)).toBeVisible();
  expect(tuleap.control.ledger()).toEqual([]);
  await revoke(page, hand, { consents: true });
  await expect(card(page, 'Tuleap access key no.')).toContainText(/Proven dead \d\d:\d\d:\d\d/);
  expect(hand.count()).toBe(3 + 1);
  const calls = tuleap.control.ledger().map(({ method }) => method);
  expect(calls).toEqual(['GET', 'DELETE', 'GET', 'GET']);
});

test('an OCP refresh token takes three, and one for the consent', async ({ page, keyward }) => {
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'alice' });
  const token = await leakedRefreshToken(keyward);
  const hand = handOf(page);
  await checkKey(page, hand, token);
  await revoke(page, hand, { consents: true });
  await expect(card(page, 'OCP')).toContainText('Proven dead');
  expect(hand.count()).toBe(3 + 1);
  expect(keyward.ocp.control.sessions({ username: 'bob' })).toEqual([]);
});

test('a PrimaTime secret takes four, because all its strings look alike, and one for the consent', async ({
  page,
  keyward,
}) => {
  keyward.primatime.control.addKey({ email: 'ada@acme.example', name: 'Chrome plugin', secretKey: ACME_KEY });
  await page.goto('/primatime');
  await signInWithEmail(page, 'ada');
  const hand = handOf(page);
  await checkKey(page, hand, ACME_KEY);
  await expect(page.getByText('say which')).toBeVisible();
  await hand.click(page.getByRole('group', { name: 'What it may be' }).getByText('PrimaTime secret key'));
  await revoke(page, hand, { consents: true });
  await expect(card(page, 'PrimaTime secret key')).toContainText('Proven dead');
  expect(hand.count()).toBe(4 + 1);
});

test('an ALM key takes five at most, is watched after a person deleted it, and never called dead before', async ({
  page,
  keyward,
}) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  const hand = handOf(page);
  await checkKey(page, hand, `ApiKey ${almDemo.keyId}:${almDemo.keySecret}`);
  await revoke(page, hand, { consents: true });
  const one = card(page, 'Perforce ALM');
  await expect(one).toContainText('Needs you');
  await expect(one).toContainText('Manage API Keys');
  await hand.click(one.getByRole('button', { name: /^I deleted it/ }));
  await expect(one).toContainText('Still accepted by the server');
  await expect(one).not.toContainText('Proven');
  keyward.alm.control.deleteKey({ id: almDemo.keyId });
  await expect(one).toContainText('Proven dead', { timeout: 30_000 });
  expect(hand.count()).toBeLessThanOrEqual(5 + 1);
});

test(
  'a P4OAuth token takes five at most, with the command to copy',
  { tag: '@window' },
  async ({ page, context, keyward }) => {
    await page.goto('/p4oauth');
    await signInByPassword(page);
    const { accessToken } = keyward.p4oauth.control.openAccessToken({ login: 'alice' });
    const hand = handOf(page);
    await checkKey(page, hand, accessToken);
    await revoke(page, hand, { consents: true });
    const one = card(page, 'P4OAuth');
    await expect(one).toContainText('Needs you');
    keyward.p4oauth.control.endAccessTokens({ login: 'alice' });
    await hand.click(one.getByRole('button', { name: /^It is done/ }));
    await expect(one).toContainText('Proven dead');
    expect(hand.count()).toBeLessThanOrEqual(5 + 1);
    await one.getByText('Evidence kept').click();
    await expect(one).toContainText('Login asked for');
    await page.getByRole('button', { name: 'Copy note' }).click();
    const note = await readClipboard(context);
    expect(note).toContain('**DEAD**');
    expect(note).not.toContain(accessToken);
  },
);

async function interrupt(page: Page, how: 'a reload' | 'the lock'): Promise<void> {
  if (how === 'a reload') await page.reload();
  else await page.getByRole('button', { name: 'Lock', exact: true }).click();
}

for (const how of ['a reload', 'the lock'] as const) {
  test(`${how} in the middle hides the board; then it goes on where it stood, and ends nothing twice`, async ({
    page,
    keyward,
  }) => {
    const { tuleap } = keyward;
    await page.goto('/tuleap');
    await signInWithAccessKey(page, tuleapDemo.aliceKey);
    await goTo(page, 'Overview');
    await keepSessions(page);
    const key = leakedTuleapKey(keyward);
    tuleap.control.clearLedger();
    tuleap.control.fault({ method: 'DELETE', kind: 'latency', ms: 1_000 });
    const hand = handOf(page);
    await checkKey(page, hand, key);
    const sent = page.waitForRequest(/\/deleteKey$/);
    await revoke(page, hand, { consents: true });
    await sent;
    await interrupt(page, how);
    await expect(locked(page)).toBeVisible();
    await expect(page.getByText('ci-deploy')).toHaveCount(0);
    await unlock(page);
    const one = card(page, 'Tuleap access key no.');
    await expect(one).toContainText('Proven dead');
    expect(tuleap.control.ledger({ method: 'DELETE' })).toHaveLength(1);
    await one.getByText('Evidence kept').click();
    await expect(one).toContainText('ci-deploy');
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(page.getByText('No incident is open')).toBeVisible();
    await page.getByRole('button', { name: /^Evidence of/ }).click();
    await expect(page.getByRole('article')).toContainText('Proven dead');
  });
}

test('nothing that was pasted is in an address, a store or the page', async ({ page, keyward }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  const key = leakedTuleapKey(keyward);
  await checkKey(page, handOf(page), key);
  await expect(revokeButton(page)).toBeVisible();
  const where = await page.evaluate(() => [
    location.href,
    JSON.stringify(history.state),
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
    document.documentElement.outerHTML,
  ]);
  expect(where.join('\n')).not.toContain(key.slice(10));
  await expect(page.getByLabel('Key, token or whatever was found', { exact: true })).toHaveAttribute(
    'type',
    'password',
  );
});

test('axe finds nothing, and nothing moves sideways: the page of a key, the sheet, the board', async ({
  page,
  keyward,
}) => {
  test.setTimeout(120_000);
  await page.goto('/tuleap');
  await signInWithAccessKey(page, tuleapDemo.aliceKey);
  const hand = handOf(page);
  await checkKey(page, hand, leakedTuleapKey(keyward, `${'a-very-long-name'.repeat(6)}<b>`));
  await expect(revokeButton(page)).toBeVisible();
  expect(await everyLook(page, 'check')).toEqual([]);
  await expectNoneTooWide(page, 'check');
  await revokeButton(page).click();
  await expect(confirmButton(page)).toBeVisible();
  expect(await overlay(page, 'sheet', 'dialog[open]')).toEqual([]);
  await expectNoneTooWide(page, 'sheet');
  await consentBox(page).check();
  await confirmButton(page).click();
  await expect(card(page, 'Tuleap access key no.')).toContainText('Proven dead');
  await checkKey(page, hand, `ApiKey ${almDemo.keyId}:${almDemo.keySecret}`);
  await revoke(page, hand, { consents: true });
  await expect(card(page, 'Perforce ALM')).toContainText('Needs you');
  expect(await everyLook(page, 'board')).toEqual([]);
  await expectNoneTooWide(page, 'board');
});

test('by keyboard alone, and the sheet gives the focus back', async ({ page, keyward }) => {
  await page.goto('/tuleap');
  await signInWithAccessKey(page, tuleapDemo.aliceKey);
  await checkKey(page, handOf(page), leakedTuleapKey(keyward));
  await tabTo(page, revokeButton(page));
  await page.keyboard.press('Enter');
  await expect(confirmButton(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet(page)).toBeHidden();
  await expect(revokeButton(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo(page, consentBox(page));
  await page.keyboard.press('Space');
  await tabTo(page, confirmButton(page));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Incidents' })).toBeFocused();
  await expect(card(page, 'Tuleap access key no.')).toContainText('Proven dead');
});
