import { sessionsMax } from '../../test/contract/ocp/target.ts';
import { countSessions } from '../../test/contract/ocp/wire.ts';
import { expect } from '../fixtures.ts';
import { answer, fillInOcp, signInToOcp, submitButton } from '../steps.ts';
import { target, test } from './real-server.ts';

test('five sign-ins, the sixth refused in the right words, one log out, one more sign-in', async ({ page }) => {
  const person = await target.addPerson();
  await page.goto('/ocp');
  for (let nth = 1; nth <= sessionsMax; nth += 1) {
    await signInToOcp(page, person);
    expect(await countSessions(target, person)).toBe(nth);
  }

  await fillInOcp(page, person);
  await submitButton(page).click();
  await page.getByRole('button', { name: 'Sign in anyway' }).click();
  await expect(answer(page)).toContainText('Too many sessions are open for this user');
  await expect(submitButton(page)).toBeDisabled();
  expect(await countSessions(target, person)).toBe(sessionsMax);

  await page
    .getByRole('button', { name: new RegExp(`^Log out ${person.username}, opened `) })
    .first()
    .click();
  await expect.poll(() => countSessions(target, person)).toBe(sessionsMax - 1);
  await expect(submitButton(page)).toBeEnabled();
  await submitButton(page).click();
  await page.getByRole('button', { name: 'Sign in anyway' }).click();
  await expect(answer(page)).toContainText(`Signed in as ${person.username}`);
  expect(await countSessions(target, person)).toBe(sessionsMax);
});
