/**
 * Nothing leaks a slot in silence. Tabs are killed in the middle of what they do; the vault is on, the gateway lives, and
 * somebody is back and unlocks at once. Then every session of the server is on the page or was freed, and none is left
 * that the console can only hope for.
 */
import type { BrowserContext, Page } from '@playwright/test';
import type { Person } from '../../test/contract/ocp/target.ts';
import { countSessions } from '../../test/contract/ocp/wire.ts';
import { expect } from '../fixtures.ts';
import { fillInOcp, goTo, notices, rowsOf, signInToOcp, submitButton } from '../steps.ts';
import { keepSessions, unlock } from '../vault-steps.ts';
import { isLogOut, isRefresh, isSignIn, type Held } from './loopback-way.ts';
import { refreshButton, rowsListed, slots, target, test } from './real-server.ts';

/** Ends it at once, as the system does that is out of memory. */
async function kill(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
}

/** What is held goes on once nobody is there any more. */
async function killDuring(context: BrowserContext, page: Page, held: Held): Promise<Page> {
  await held.reached;
  await kill(context, page);
  held.release();
  const next = await context.newPage();
  await next.goto('/ocp');
  await unlock(next);
  return next;
}

const newest = (page: Page, { username }: Person) => rowsOf(page, username).first();

test('killed tabs leave no slot behind that the page does not show or did not free', async ({ page, context, way }) => {
  test.slow();
  await target.configure({ rotation: true });
  const alice = await target.addPerson({ named: 'alice' });
  const bob = await target.addPerson({ named: 'bob' });
  await page.goto('/');
  await keepSessions(page);
  await goTo(page, 'OCP');
  await signInToOcp(page, alice);
  await signInToOcp(page, alice);

  // During a refresh that the server has answered: the newest tokens are in the answer alone.
  const refreshed = way.hold(isRefresh, 'after');
  await refreshButton(page, alice.username).click();
  const second = await killDuring(context, page, refreshed);
  await expect(slots(second, alice.username)).toContainText(`2of 5 slots of ${alice.username}`);

  // During a sign-in that the server has answered: nobody else knows of that session.
  await fillInOcp(second, bob);
  const signedIn = way.hold(isSignIn, 'after');
  await submitButton(second).click();
  await signedIn.reached;
  expect(await countSessions(target, bob)).toBe(1);
  const third = await killDuring(context, second, signedIn);
  await expect(notices(third)).toContainText('The session that it opened was logged out.');
  expect(await countSessions(target, bob)).toBe(0);

  // During a log out that the server has not seen yet.
  await expect(slots(third, alice.username)).toContainText(`2of 5 slots of ${alice.username}`);
  const loggedOut = way.hold(isLogOut, 'before');
  await newest(third, alice)
    .getByRole('button', { name: /^Log out / })
    .click();
  const fourth = await killDuring(context, third, loggedOut);
  await expect.poll(() => countSessions(target, alice)).toBe(1);

  // Another browser run's worth of sessions, and a tab that is killed over them.
  await signInToOcp(fourth, bob);
  await signInToOcp(fourth, bob);
  await kill(context, fourth);
  const last = await context.newPage();
  await last.goto('/ocp');
  await unlock(last);
  await expect(slots(last, bob.username)).toBeVisible();
  for (const person of [alice, bob]) await freeAll(last, person);
});

/** Everything that the server has is on the page, opened here, and ended there; nothing is only possibly held. */
async function freeAll(page: Page, person: Person): Promise<void> {
  const { username } = person;
  const panel = slots(page, username);
  await panel.getByRole('button', { name: 'Recount' }).click();
  const count = await countSessions(target, person);
  await expect(panel).toContainText(`${count}of 5 slots of ${username}`);
  await expect(rowsListed(page, username)).toHaveCount(count);
  await expect(rowsListed(page, username).filter({ hasText: /^(?:This console|Opened here)/ })).toHaveCount(count);
  await expect(page.getByText('may still hold a slot')).toHaveCount(0);
  for (let left = count; left > 0; left -= 1) {
    await rowsListed(page, username).first().getByRole('button').click();
    await page.getByRole('dialog').getByRole('button', { name: 'End 1' }).click();
    await expect(rowsListed(page, username)).toHaveCount(left - 1);
  }
  expect(await countSessions(target, person)).toBe(0);
  await expect(page.getByText('may still hold a slot')).toHaveCount(0);
}
