/** The vault in a real browser: what is kept, and who can open it. */
import type { CDPSession, Page } from '@playwright/test';
import { expect, sharedTest as test, test as ownTest } from './fixtures.ts';
import { goTo, notices, rowsOf, signInWithEmail } from './steps.ts';
import {
  ada,
  askWhatIsKept,
  foot,
  keepOneSession,
  locked,
  passphrase,
  typeNewPassphrase,
  unlock,
} from './vault-steps.ts';

// Of the last files: one that ran alone at the end would leave the other workers idle.
test.describe.configure({ mode: 'parallel' });

test('sessions of the memory move in, and a reload shows them after one unlock', async ({ page }) => {
  await keepOneSession(page);
  await expect(foot(page)).toContainText('Kept in the vault');
  await page.reload();
  await expect(locked(page)).toBeVisible();
  await expect(page.getByText('Locked: refresh stops')).toBeVisible();
  await expect(page.getByText(ada)).toHaveCount(0);
  await unlock(page);
  await expect(rowsOf(page, ada)).toContainText('Ready');
});

test('while it is locked nothing is sent, and what is due is refreshed after it is unlocked', async ({
  page,
  keyward,
}) => {
  await keepOneSession(page);
  const refreshed = () => keyward.primatime.control.sessions().length;
  const before = refreshed();
  await page.reload();
  await expect(locked(page)).toBeVisible();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/gw/')) asked.push(request.url());
  });
  await page.clock.install();
  await page.clock.fastForward('08:00:00');
  expect(asked).toEqual([]);
  await unlock(page);
  await expect(rowsOf(page, ada)).toBeVisible();
  await expect.poll(refreshed).toBeGreaterThan(before);
});

test('a second tab opens without asking where another one is unlocked, and locks with it', async ({
  page,
  context,
}) => {
  await keepOneSession(page);
  const second = await context.newPage();
  await second.goto('/primatime');
  await expect(rowsOf(second, ada)).toBeVisible();
  await signInWithEmail(second, 'ben');
  await expect(rowsOf(page, 'ben@acme.example')).toBeVisible();
  await second.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(locked(second)).toBeVisible();
  await expect(locked(page)).toBeVisible();
  await unlock(page);
  await expect(rowsOf(page, ada)).toBeVisible();
  await expect(rowsOf(second, 'ben@acme.example')).toBeVisible();
});

test('a tab that was open before the choice takes its own sessions along', async ({ page, context }) => {
  const second = await context.newPage();
  await second.goto('/primatime');
  await signInWithEmail(second, 'ben');
  await keepOneSession(page);
  await expect(foot(second)).toContainText('Kept in the vault');
  await expect(rowsOf(page, 'ben@acme.example')).toBeVisible();
  await expect(rowsOf(second, ada)).toBeVisible();
});

test('a killed tab loses nothing', async ({ page, context }) => {
  await keepOneSession(page);
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
  const next = await context.newPage();
  await next.goto('/');
  await unlock(next);
  await expect(rowsOf(next, ada)).toContainText('Ready');
});

test('“don’t keep anything” is remembered, keeps nothing, and can be changed in the settings', async ({ page }) => {
  await page.goto('/');
  const dialog = await askWhatIsKept(page);
  await dialog.getByText('Don’t keep anything').first().click();
  await dialog.getByRole('button', { name: 'Don’t keep anything' }).click();
  await expect(page.getByRole('button', { name: 'Choose what is kept' })).toBeHidden();
  await page.reload();
  await expect(foot(page)).toContainText('Memory only: reload forgets');
  await expect(page.getByRole('button', { name: 'Choose what is kept' })).toBeHidden();
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  await goTo(page, 'Settings');
  const panel = page.getByRole('region', { name: 'Vault' });
  await panel.getByRole('button', { name: 'Choose what is kept' }).click();
  const again = page.getByRole('dialog');
  await typeNewPassphrase(again, 'short');
  await again.getByRole('button', { name: 'Keep sessions' }).click();
  await expect(again).toContainText('Use at least 12 characters.');
  await typeNewPassphrase(again, passphrase, `${passphrase}!`);
  await again.getByRole('button', { name: 'Keep sessions' }).click();
  await expect(again).toContainText('The two differ.');
  await typeNewPassphrase(again, passphrase);
  await again.getByRole('button', { name: 'Keep sessions' }).click();
  await expect(panel).toContainText('Lock by itself');
});

test('a changed passphrase opens it, the old one does not', async ({ page }) => {
  await keepOneSession(page);
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Change passphrase' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change passphrase' });
  await dialog.getByRole('textbox', { name: 'Passphrase until now' }).fill(passphrase);
  await typeNewPassphrase(dialog, 'another row of false words');
  await dialog.getByRole('button', { name: 'Change it' }).click();
  await expect(notices(page)).toContainText('The passphrase is changed.');
  await page.getByRole('region', { name: 'Vault' }).getByRole('button', { name: 'Lock now' }).click();
  await unlock(page);
  await expect(page.getByRole('alert')).toContainText('This does not open the vault.');
  await unlock(page, 'another row of false words');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});

/** A device with passkeys that give a key, whose person always agrees. */
async function addAuthenticator(page: Page, hasPrf = true): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf,
    },
  });
  return session;
}

test('a passkey opens it as well as the passphrase, until it is removed', async ({ page }) => {
  await addAuthenticator(page);
  await page.goto('/');
  const dialog = await askWhatIsKept(page);
  await dialog.getByText('Passphrase and passkey').click();
  await expect(dialog).toContainText('Either opens it: it is as strong as the passphrase.');
  await typeNewPassphrase(dialog, passphrase);
  await dialog.getByRole('button', { name: 'Keep sessions' }).click();
  await expect(notices(page)).toContainText('The passkey opens the vault as well.');
  await page.reload();
  await expect(page.getByText('Either opens it: it is as strong as the passphrase.')).toBeVisible();
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(foot(page)).toContainText('Kept in the vault');

  await goTo(page, 'Settings');
  await page.getByRole('button', { name: /^Remove the passkey of/ }).click();
  await expect(notices(page)).toContainText('The passkey no longer opens the vault.');
  await page.reload();
  await expect(locked(page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Use a passkey' })).toBeHidden();
  await unlock(page);
  await expect(foot(page)).toContainText('Kept in the vault');
});

test('a second passkey on the same device is refused for what it is', async ({ page }) => {
  await addAuthenticator(page);
  await keepOneSession(page);
  await goTo(page, 'Settings');
  for (const says of ['The passkey opens the vault as well.', 'This device already has a passkey of this vault.']) {
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a passkey' });
    await dialog.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase);
    await dialog.getByRole('button', { name: 'Add it' }).click();
    await expect(page.getByText(says)).toBeVisible();
  }
  await expect(page.getByText('no passkey for this vault is on this device')).toHaveCount(0);
});

test('a passkey that gives no key is refused in words, and the passphrase opens', async ({ page }) => {
  await addAuthenticator(page, false);
  await keepOneSession(page);
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a passkey' });
  await dialog.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase);
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await expect(dialog.getByRole('alert')).toContainText('This passkey cannot open a vault.');
});

test('nobody at the console for fifteen minutes locks every tab; a person in one keeps the others open', async ({
  page,
  context,
}) => {
  await page.clock.install();
  await keepOneSession(page);
  const minute = async (): Promise<void> => page.clock.runFor(60_000);
  for (let at = 0; at < 14; at += 1) await minute();
  await page.mouse.move(200, 200);
  await page.mouse.move(220, 220);
  for (let at = 0; at < 14; at += 1) await minute();
  await expect(rowsOf(page, ada)).toBeVisible();
  const second = await context.newPage();
  await second.goto('/');
  await expect(rowsOf(second, ada)).toBeVisible();
  await page.clock.runFor(16 * 60_000);
  await expect(locked(page)).toBeVisible();
  await expect(locked(second)).toBeVisible();
});

test('after a night asleep the first touch finds it locked', async ({ page }) => {
  await page.clock.install();
  await keepOneSession(page);
  // The clocks jump and no timer fires: the machine slept.
  await page.clock.setSystemTime(Date.now() + 8 * 3_600_000);
  await page.mouse.move(300, 300);
  await page.mouse.move(310, 310);
  await expect(locked(page)).toBeVisible();
});

test('after a night asleep it locks by itself, within two seconds and before anybody touches it', async ({ page }) => {
  await page.clock.install();
  await keepOneSession(page);
  await page.clock.setSystemTime(Date.now() + 8 * 3_600_000);
  await expect(locked(page)).toBeVisible({ timeout: 2_000 });
});

test('after a night asleep a second page gets no key, and both are locked', async ({ page, context }) => {
  await page.clock.install();
  await keepOneSession(page);
  // Nothing but the question of the second page: this one’s own beat stands still.
  await page.clock.pauseAt(Date.now() + 1_000);
  await page.clock.setSystemTime(Date.now() + 8 * 3_600_000);
  const second = await context.newPage();
  await second.goto('/');
  await expect(locked(second)).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('hidden', '');
  await expect(rowsOf(second, ada)).toHaveCount(0);
  await page.clock.runFor(1_000);
  await expect(locked(page)).toBeVisible();
});

ownTest(
  'a lock while the gateway is away says so, and comes to the lock screen by itself',
  async ({ page, keyward, complaints }) => {
    complaints.expect(/net::ERR_/);
    await keepOneSession(page);
    await keyward.kill();
    await page.getByRole('button', { name: 'Lock', exact: true }).click();
    await expect(page.getByText('Locked. Keyward’s gateway does not answer')).toBeVisible();
    await expect(rowsOf(page, ada)).toBeHidden();
    expect(page.url()).toContain('http://localhost');
    await keyward.restart();
    await expect(locked(page)).toBeVisible();
    await unlock(page);
    await expect(rowsOf(page, ada)).toBeVisible();
  },
);
