/** Support finds somebody who is locked out: with the right to look, and with the right to change. */
import type { Page } from '@playwright/test';
import type { Person } from '../../test/contract/ocp/target.ts';
import {
  asAdministrator,
  countSessions,
  failUntilCounted,
  lockPath,
  signedIn,
  signedInTimes,
  signIn,
} from '../../test/contract/ocp/wire.ts';
import { countClicks } from '../count-clicks.ts';
import { expect } from '../fixtures.ts';
import { goTo, signInToOcp } from '../steps.ts';
import { listed, rowsListed, slots, target, test } from './real-server.ts';

const failuresMax = 3;

/** The server’s own word, and not the page's. */
async function isLocked(person: Person): Promise<boolean> {
  const answer = await asAdministrator(target, 'GET', lockPath(person));
  return answer.json['disabled'] === true;
}

/** Two sessions open, and then too many wrong passwords. */
async function lockedOut(): Promise<Person> {
  const person = await target.addPerson({ named: 'locked' });
  await signedInTimes(target, person, 2);
  await target.configure({ lockAfterFailures: failuresMax });
  const wrong = { ...person, password: 'not-a-real-password' };
  await failUntilCounted(target, person, failuresMax, () => signIn(target, wrong));
  expect(await isLocked(person)).toBe(true);
  return person;
}

/** Signed in, and on another page: gives what counts the clicks from there. */
async function supportAtTheConsole(page: Page, support: Person): Promise<() => Promise<number>> {
  await page.goto('/ocp');
  await signInToOcp(page, support);
  await expect(slots(page, support.username)).toContainText('counted');
  await goTo(page, 'Overview');
  return await countClicks(page);
}

async function findLocked(page: Page, { username }: Person): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: /^OCP/ }).click();
  await page.getByRole('searchbox', { name: /^Find a person/ }).click();
  await page.keyboard.type(username);
  await page.keyboard.press('Enter');
  await expect(slots(page, username)).toContainText(`2of 5 slots of ${username}`);
  await expect(page.getByText(`${username} is locked out after ${failuresMax} failed sign-ins.`)).toBeVisible();
}

test('with manage rights: the count in two clicks, a slot freed in two more, and the lock lifted', async ({ page }) => {
  const support = await target.addPerson({ named: 'support', adminRoles: ['view-users', 'manage-users'] });
  const person = await lockedOut();
  const clicks = await supportAtTheConsole(page, support);
  await findLocked(page, person);
  expect(await clicks()).toBe(2);

  await rowsListed(page, person.username)
    .first()
    .getByRole('button', { name: /^End: / })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'End 1' }).click();
  await expect(page.getByText('1 ended. 1 left by the new count.')).toBeVisible();
  expect(await clicks()).toBe(4);
  expect(await countSessions(target, person)).toBe(1);

  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText(`${person.username} is unlocked.`)).toBeVisible();
  expect(await isLocked(person)).toBe(false);
  await signedIn(target, person);
  expect(await countSessions(target, person)).toBe(2);
});

test('with view rights: the same count in two clicks, nothing to press, and why', async ({ page }) => {
  const support = await target.addPerson({ named: 'viewer', adminRoles: ['view-users'] });
  const person = await lockedOut();
  const clicks = await supportAtTheConsole(page, support);
  await findLocked(page, person);
  expect(await clicks()).toBe(2);

  const panel = slots(page, person.username);
  await expect(page.getByText('Rights: any user, to look at')).toBeVisible();
  await expect(panel).toContainText('These rights are to look: nothing can be ended or unlocked with them.');
  await expect(listed(page, person.username).getByRole('button')).toHaveCount(0);
  await expect(panel.getByRole('button', { name: /^(?:End|Unlock)/ })).toHaveCount(0);
  expect(await isLocked(person)).toBe(true);
  expect(await countSessions(target, person)).toBe(2);
});
