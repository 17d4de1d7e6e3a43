/** Support's work on OCP's page: the count, a slot freed, a person who is locked out, and what this browser left behind. */
import type { Locator, Page } from '@playwright/test';
import { everyLook, overlay } from './axe-findings.ts';
import { countClicks } from './count-clicks.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import { answer, fillInOcp, goTo, signInToOcp, submitButton } from './steps.ts';
import { keepSessions, unlock } from './vault-steps.ts';
import { expectNoneTooWide } from './too-wide.ts';

test.use({ vendors: ['ocp'] });

const slots = (page: Page, name: string): Locator =>
  page.getByRole('region', { name: new RegExp(`^(?:Slots|Sessions) of ${name}$`) });
const search = (page: Page): Locator => page.getByRole('searchbox', { name: /^Find a person/ });

async function supportAtTheConsole(page: Page): Promise<void> {
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'support' });
  await expect(slots(page, 'support')).toContainText('counted');
  await goTo(page, 'Overview');
}

test('the count in two clicks, and a slot freed in two more', async ({ page, keyward }) => {
  test.slow();
  const { control } = keyward.ocp;
  control.openSessions({ username: 'bob', count: 2, userAgent: 'curl/7.88.1', ipAddress: '10.4.0.90' });
  // Unused for long, and then three that are in use. Before the console has seen that server's clock: it believes the
  // tightest of eight answers, and not at once one that tells of a jump.
  control.clock({ advanceMs: 11 * 60_000 });
  await supportAtTheConsole(page);
  control.openSessions({ username: 'bob', count: 3 });
  const clicks = await countClicks(page);

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: /^OCP/ }).click();
  await search(page).click();
  await page.keyboard.type('bob');
  await page.keyboard.press('Enter');
  await expect(slots(page, 'bob')).toContainText('5of 5 slots of bob');
  expect(await clicks()).toBe(2);

  await page.getByRole('button', { name: 'End 2 unused' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End 2' }).click();
  await expect(page.getByText('2 ended. 3 left by the new count.')).toBeVisible();
  await expect(page.getByText('Ask bob to sign in again, once.')).toBeVisible();
  expect(await clicks()).toBe(4);
  expect(control.sessions({ username: 'bob' })).toHaveLength(3);
});

test('what only looks at sessions is refused the ending, in words', async ({ page, keyward }) => {
  keyward.ocp.control.openSessions({ username: 'bob', count: 2 });
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'viewer' });
  await expect(page.getByText('Rights: any user, to look at')).toBeVisible();
  await search(page).fill('bob@example.test');
  await page.keyboard.press('Enter');
  await expect(slots(page, 'bob')).toContainText('2of 5 slots of bob');
  await expect(slots(page, 'bob')).toContainText(
    'These rights are to look: nothing can be ended or unlocked with them.',
  );
  await expect(page.getByRole('table', { name: 'Listed by the server for bob' }).getByRole('button')).toHaveCount(0);
});

test('a locked account is told from a wrong password, and unlocked', async ({ page, keyward }) => {
  await supportAtTheConsole(page);
  await goTo(page, 'OCP');
  await search(page).fill('locked');
  await page.keyboard.press('Enter');
  await expect(page.getByText('locked is locked out after 30 failed sign-ins.')).toBeVisible();
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText('locked is unlocked.')).toBeVisible();
  expect(keyward.ocp.control.failures({ username: 'locked' })).toBeNull();
});

test('one’s own: rows, the way to end one elsewhere, this console only after a question', async ({ page, keyward }) => {
  const { control } = keyward.ocp;
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'alice' });
  control.openSessions({ username: 'alice', count: 3, userAgent: 'curl/7.88.1', ipAddress: '10.4.0.90' });
  await page.getByRole('button', { name: 'Recount' }).click();
  await expect(slots(page, 'alice')).toContainText('4of 5 slots of alice');
  // From one below the limit on, wherever one is.
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('4 / 5, one below the limit');
  await expect(page.getByText('Rights: my own sessions')).toBeVisible();
  await expect(slots(page, 'alice').getByRole('button', { name: 'Copy for a ticket', exact: true })).toBeVisible();

  const rows = page.getByRole('table', { name: 'Listed by the server for alice' });
  await expect(rows).toContainText('curl/7.88.1');
  await rows
    .getByRole('button', { name: /^End: .*curl/ })
    .first()
    .click();
  await expect(page.getByRole('dialog', { name: 'End 1 session of alice?' })).toContainText('10.4.0.90');
  await page.getByRole('dialog').getByRole('button', { name: 'End 1' }).click();
  await expect(page.getByText('1 ended. 3 left by the new count.')).toBeVisible();

  await rows.getByRole('button', { name: /^Log out/ }).click();
  await expect(page.getByRole('dialog')).toContainText('This console’s own session is among them');
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
  expect(control.sessions({ username: 'alice' })).toHaveLength(3);
  expect(control.ledger({ operation: 'refresh' })).toHaveLength(0);
});

test('at the limit, ending one in the list makes room, and the refusal says so', async ({ page, keyward }) => {
  const { control } = keyward.ocp;
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'alice' });
  control.openSessions({ username: 'alice', count: 4, userAgent: 'curl/7.88.1' });
  await page.getByRole('button', { name: 'Recount' }).click();
  await expect(slots(page, 'alice')).toContainText('5of 5 slots of alice');
  await fillInOcp(page, { username: 'alice' });
  await submitButton(page).click();
  await page.getByRole('button', { name: 'Sign in anyway' }).click();
  await expect(answer(page)).toContainText('Too many sessions are open for this user');
  await expect(answer(page).getByRole('timer', { name: 'The pause ends in' })).toBeVisible();
  await expect(submitButton(page)).toBeDisabled();

  const rows = page.getByRole('table', { name: 'Listed by the server for alice' });
  await rows
    .getByRole('button', { name: /^End: .*curl/ })
    .first()
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'End 1' }).click();
  await expect(page.getByText('1 ended. 4 left by the new count.')).toBeVisible();
  await expect(answer(page)).toContainText(
    'A slot is free: 4 sessions of alice by the server’s count, 5 after the refusal.',
  );
  await expect(submitButton(page)).toBeEnabled();
  await fillInOcp(page, { username: 'alice' });
  await submitButton(page).click();
  // One of the same user is open here, whatever the count.
  await page.getByRole('button', { name: 'Sign in anyway' }).click();
  await expect(answer(page)).toContainText('Signed in as alice');
  expect(control.sessions({ username: 'alice' })).toHaveLength(5);
});

test('a session that ended at the server before a reload holds no slot here: not known, and over once it is asked for', async ({
  page,
  keyward,
}) => {
  test.slow();
  const { control } = keyward.ocp;
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'alice' });
  await goTo(page, 'Overview');
  await keepSessions(page);
  await goTo(page, 'OCP');
  await expect(slots(page, 'alice')).toContainText('1of 5 slots of alice');
  control.dropSessions({ username: 'alice' });
  await page.reload();
  await unlock(page);

  await expect(slots(page, 'alice')).toContainText('may have been ended there');
  await expect(slots(page, 'alice')).toContainText('?of 5 slots of alicenot counted');
  await expect(slots(page, 'alice')).not.toContainText('This console');
  expect(control.ledger({ operation: 'refresh' })).toHaveLength(0);

  await page.getByRole('button', { name: 'Recount' }).click();
  await expect(page.getByRole('main')).toContainText('Sign in again');
  await expect(slots(page, 'alice')).toBeHidden();
  expect(control.ledger({ operation: 'refresh' })).toHaveLength(1);
});

test('a sign-in whose answer the vendor lost is listed as possibly held, with and without a session', async ({
  page,
  keyward,
}) => {
  const possiblyHeld = page.getByText(/A sign-in whose answer was lost .*possibly held until/);
  keyward.ocp.control.fault({ operation: 'sign-in', kind: 'cut' });
  await page.goto('/ocp');
  await fillInOcp(page, { username: 'bob' });
  await submitButton(page).click();
  await expect(possiblyHeld).toBeVisible();
  await signInToOcp(page, { username: 'alice' });
  await expect(slots(page, 'alice')).toBeVisible();
  await expect(possiblyHeld).toBeVisible();

  await page.getByRole('button', { name: /opened nothing, or is ended.*off this list/ }).click();
  await expect(possiblyHeld).toBeHidden();
  expect(keyward.ocp.control.sessions({ username: 'alice' })).toHaveLength(1);
});

test('axe finds nothing, and a telephone shows all of it', async ({ page, keyward }) => {
  const { control } = keyward.ocp;
  await supportAtTheConsole(page);
  await goTo(page, 'OCP');
  control.openSessions({ username: 'bob', count: 5, userAgent: 'curl/7.88.1' });
  await search(page).fill('bob');
  await page.keyboard.press('Enter');
  await expect(slots(page, 'bob')).toContainText('5of 5');
  expect(await everyLook(page, 'OCP, somebody else')).toEqual([]);
  await expectNoneTooWide(page, 'OCP, somebody else');
  await page.getByRole('button', { name: 'End all' }).click();
  expect(await overlay(page, 'ending all', 'dialog')).toEqual([]);
});
