/** Tuleap by user name and password: for the deprecated token of a day, and by HTTP Basic, which is only checked. */
import { readClipboard } from './clipboard.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import type { ServedConsole } from './serve.ts';
import { answer, chooseFromMenu, field, notices, rowsOf, sessionTable } from './steps.ts';
import {
  askTuleap,
  checkBasic,
  copyAs,
  more,
  near,
  showWay,
  signInWithPassword,
  submitPassword,
} from './tuleap-steps.ts';

test.use({ vendors: ['tuleap'] });

const calls = ({ tuleap }: ServedConsole, operation?: string) =>
  tuleap.control.ledger(operation === undefined ? {} : { operation });

/** As the server describes nobody: with 200, and all fields of a user. */
const anonymous = JSON.stringify({ id: null, username: null, display_name: 'Anonymous user', is_anonymous: true });

test.beforeEach(async ({ page }) => {
  await page.goto('/tuleap');
});

test.describe('user name and password', () => {
  const tokenOf = (keyward: ServedConsole) => calls(keyward, 'create-token');

  for (const tokenShape of ['code', 'documented'] as const) {
    test(
      `open the deprecated token of at least a day, as the ${tokenShape} has it`,
      { tag: '@window' },
      async ({ page, context, keyward }) => {
        keyward.tuleap.control.configure({ tokenShape });
        await expect(page.getByRole('group', { name: 'Way to sign in' })).toContainText(
          'Tuleap has deprecated it: a personal access key is used much the same way, shows when it was last used',
        );
        await signInWithPassword(page);
        await expect(field(page, 'Password')).toHaveValue('');
        await expect(answer(page)).toContainText('Its token lives at least 1 d.');
        await expect(near(page).getByText('at least', { exact: true })).toBeVisible();
        await expect(near(page)).toContainText('deprecated');
        expect(tokenOf(keyward).map(({ status }) => status)).toEqual([tokenShape === 'code' ? 201 : 200]);
        const [asked] = calls(keyward, 'read-user');
        expect(asked?.headerNames).toEqual(expect.arrayContaining(['x-auth-token', 'x-auth-userid']));
        expect(asked?.headerNames).not.toContain('authorization');
        await expect(await askTuleap(page)).toContainText('Signed in as alice, and not anonymous.');
        await copyAs(page, 'header');
        expect(await readClipboard(context)).toMatch(/^X-Auth-Token: [0-9a-f]{32}\nX-Auth-UserId: 102$/);
      },
    );
  }

  test('log out by deleting the token, and prove it', async ({ page, keyward }) => {
    await signInWithPassword(page);
    await rowsOf(page, 'alice')
      .getByRole('button', { name: /^Log out alice/ })
      .click();
    await expect(notices(page)).toContainText(
      'The server answered 200. Proven with the old token: Tuleap answered 401 to the token.',
    );
    await expect(rowsOf(page, 'alice')).toHaveCount(0);
    expect(calls(keyward, 'delete-token').map(({ status }) => status)).toEqual([200]);
  });

  test('keep the session where the token lives on although Tuleap said that it is gone', async ({ page, keyward }) => {
    await signInWithPassword(page);
    keyward.tuleap.control.fault({ operation: 'delete-token', kind: 'reply', status: 200, body: '' });
    await rowsOf(page, 'alice')
      .getByRole('button', { name: /^Log out alice/ })
      .click();
    await expect(sessionTable(page)).toContainText('The vendor said that it logged out, and the token still works.');
    await expect(rowsOf(page, 'alice')).toContainText('Ready');
  });

  test('are forgotten here alone; the token lives at least until a time', async ({ page, keyward }) => {
    await signInWithPassword(page);
    const before = calls(keyward).length;
    await chooseFromMenu(page, more(page), /^Forget…/);
    const dialog = page.getByRole('dialog', { name: /^Forget alice/ });
    await expect(dialog).toContainText(
      'The session stays open at Tuleap until the server ends it. Log out ends it there.',
    );
    await expect(dialog).toContainText(/The access token lives at least until \d{1,2} \w{3} \d\d:\d\d\./);
    await dialog.getByRole('button', { name: 'Forget', exact: true }).click();
    await expect(rowsOf(page, 'alice')).toHaveCount(0);
    expect(calls(keyward)).toHaveLength(before);
  });

  test('are asked for again once the token is over', async ({ page, keyward }) => {
    await signInWithPassword(page);
    keyward.tuleap.control.clock({ advanceMs: 25 * 3_600_000 });
    await expect(await askTuleap(page)).toContainText('a token lives for a little more than 24 hours');
    const row = rowsOf(page, 'alice');
    await expect(row).toContainText('Sign in again');
    expect(tokenOf(keyward)).toHaveLength(1);
    await showWay(page, 'Personal access key');
    await row.getByRole('link', { name: /^Sign in again/ }).click();
    await expect(field(page, 'User name')).toBeFocused();
    await expect(field(page, 'Password')).toHaveValue('');
    await signInWithPassword(page);
    expect(tokenOf(keyward)).toHaveLength(2);
    await expect(await askTuleap(page)).toContainText('Signed in as alice, and not anonymous.');
  });

  test('that are wrong, of a passkey account, barred or met by a server error are told apart', async ({
    page,
    keyward,
  }) => {
    await submitPassword(page, 'alice', 'not-a-real-password');
    await expect(answer(page)).toContainText('Tuleap did not accept user name and password.');
    await submitPassword(page, 'passkey');
    await expect(answer(page)).toContainText('signs in with a passkey and takes no password');
    // The sign-in looks at the password alone; whether the account may enter shows when the token is used.
    await submitPassword(page, 'suspended');
    await expect(answer(page)).toContainText('Tuleap does not let its account in');
    keyward.tuleap.control.fault({ operation: 'create-token', kind: 'reply', status: 500, body: '' });
    await submitPassword(page, 'bob');
    await expect(answer(page)).toContainText('it may be the credential or the server');
    expect(tokenOf(keyward)).toHaveLength(4);
    await expect(page.getByRole('table', { name: 'Sessions' })).toHaveCount(0);
  });

  test('are not signed in where Tuleap takes the token for no credential', async ({ page, keyward }) => {
    keyward.tuleap.control.fault({ operation: 'read-user', kind: 'reply', status: 200, body: anonymous });
    await submitPassword(page, 'alice');
    await expect(answer(page)).toContainText('took the caller for an anonymous visitor: it saw no credential');
    await expect(page.getByRole('table', { name: 'Sessions' })).toHaveCount(0);
  });
});

test.describe('HTTP Basic', () => {
  test('is checked once with the vendor’s warning, and nothing is kept', async ({ page, keyward }) => {
    await checkBasic(page, 'alice');
    await expect(page.getByRole('main')).toContainText(
      'For anything more Tuleap asks you to use a personal access key.',
    );
    await expect(page.getByRole('group', { name: 'Way to sign in' })).toContainText(
      'a personal access key lowers the risk of a leaked password, is easily revoked, and performs better',
    );
    await expect(answer(page)).toContainText('Tuleap accepts it, for alice (Alice).');
    await expect(answer(page)).toContainText('Nothing was kept, and no session was opened.');
    await expect(field(page, 'Password')).toHaveValue('');
    await expect(page.getByRole('table', { name: 'Sessions' })).toHaveCount(0);
    expect(calls(keyward).map(({ operation }) => operation)).toEqual(['read-user']);
    expect(calls(keyward)[0]?.headerNames).toContain('authorization');
  });

  test('is refused in words for all that it may be, and anonymous is told apart from signed in', async ({
    page,
    keyward,
  }) => {
    await checkBasic(page, 'alice', 'not-a-real-password');
    await expect(answer(page)).toContainText(
      'a wrong password, an expired or suspended account, and one that takes no password',
    );
    await expect(answer(page)).toContainText('nothing was kept');
    keyward.tuleap.control.fault({ operation: 'read-user', kind: 'reply', status: 200, body: anonymous });
    await checkBasic(page, 'alice');
    await expect(answer(page)).toContainText('took the caller for an anonymous visitor');
    keyward.tuleap.control.fault({ operation: 'read-user', kind: 'reply', status: 500, body: '' });
    await checkBasic(page, 'alice');
    await expect(answer(page)).toContainText('it may be the credential or the server');
  });
});
