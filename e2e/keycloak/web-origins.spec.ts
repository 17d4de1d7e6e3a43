/** Web Origins that list none of ours: the console's calls come from its gateway, and name no origin. */
import { traitsOf } from '../../test/contract/ocp/target.ts';
import { countSessions, signIn } from '../../test/contract/ocp/wire.ts';
import { expect } from '../fixtures.ts';
import { notices, rowsOf, signInToOcp } from '../steps.ts';
import { isLogOut, isRefresh } from './loopback-way.ts';
import { refreshButton, slots, target, test } from './real-server.ts';

test('what a page of this origin could not do itself, the console does, and no slot is burnt', async ({
  page,
  keyward,
  way,
}) => {
  const person = await target.addPerson();
  // As the page's own script would be answered: refused, or served without a header that lets it read the answer.
  const asked = await signIn(target, person, {}, { origin: keyward.url });
  const { refusesUnlistedOrigin } = traitsOf(target.version);
  expect(asked.status).toBe(refusesUnlistedOrigin ? 403 : 200);
  expect(asked.headers.get('access-control-allow-origin')).toBeNull();
  const burnt = refusesUnlistedOrigin ? 0 : 1;
  expect(await countSessions(target, person)).toBe(burnt);

  await page.goto('/ocp');
  await signInToOcp(page, person);
  await expect(slots(page, person.username)).toContainText(`${burnt + 1}of 5 slots of ${person.username}`);
  await expect(slots(page, person.username)).toContainText('by the server');
  await refreshButton(page, person.username).click();
  await expect(page.getByText(/^1 time, last /)).toBeVisible();
  await rowsOf(page, person.username)
    .getByRole('button', { name: /^Log out / })
    .click();
  await expect(notices(page)).toContainText(`Logged out ${person.username}`);
  expect(await countSessions(target, person)).toBe(burnt);
  expect(way.passed.some(isRefresh) && way.passed.some(isLogOut)).toBe(true);
  expect(way.passed.filter(({ origin }) => origin !== undefined)).toEqual([]);
});
