/** The server under paths. Its own is `/auth` in all of these runs; a proxy may put it under another, or under none. */
import { countSessions } from '../../test/contract/ocp/wire.ts';
import { expect } from '../fixtures.ts';
import { addConnections } from '../operator.ts';
import { notices, rowsOf, signInToOcp } from '../steps.ts';
import { refreshButton, slots, target, test } from './real-server.ts';

for (const under of ['/iam/auth', '']) {
  test.describe(under === '' ? 'under no path' : `under ${under}`, () => {
    test.use({ under });

    test('a session is signed in, counted, refreshed and logged out', async ({ page }) => {
      const person = await target.addPerson();
      await page.goto('/ocp');
      await signInToOcp(page, person);
      await expect(slots(page, person.username)).toContainText(`1of 5 slots of ${person.username}`);
      await expect(slots(page, person.username)).toContainText('by the server');
      await refreshButton(page, person.username).click();
      await expect(page.getByText(/^1 time, last /)).toBeVisible();
      await rowsOf(page, person.username)
        .getByRole('button', { name: /^Log out / })
        .click();
      await expect(notices(page)).toContainText(`Logged out ${person.username}`);
      expect(await countSessions(target, person)).toBe(0);
    });
  });
}

test('a connection without its path is told to add it, one with a wrong realm to correct that', async ({
  page,
  keyward,
}) => {
  const at = { provider: 'ocp', settings: { realm: 'master', clientId: 'ocp', sessionLimit: '5' } };
  await addConnections(keyward, [
    { ...at, id: 'right', name: 'Right', baseUrl: target.baseUrl },
    { ...at, id: 'no-path', name: 'Without its path', baseUrl: target.baseUrl.replace(/\/auth$/, '') },
    {
      ...at,
      id: 'realm',
      name: 'Wrong realm',
      baseUrl: target.baseUrl,
      settings: { ...at.settings, realm: 'nowhere' },
    },
  ]);
  await page.goto('/settings');
  const card = (name: string) => page.getByRole('region', { name: new RegExp(`^${name}`) });
  await expect(card('Right')).toContainText('No fault found');
  await expect(card('Without its path')).toContainText('Add /auth to the base URL');
  await expect(card('Wrong realm')).toContainText('has no realm “nowhere”');
});
