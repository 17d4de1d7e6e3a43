/** Tuleap by its preferred way in, a personal access key: what the server tells of it, and how it ends. */
import { readClipboard } from './clipboard.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import type { ServedConsole } from './serve.ts';
import { answer, chooseFromMenu, field, notices, rowsOf, sessionTable } from './steps.ts';
import { askTuleap, copyAs, more, near, showWay, signInWithAccessKey, submitAccessKey } from './tuleap-steps.ts';

test.use({ vendors: ['tuleap'] });

const aDaySeconds = 86_400;

const calls = ({ tuleap }: ServedConsole, operation?: string) =>
  tuleap.control.ledger(operation === undefined ? {} : { operation });

test.beforeEach(async ({ page }) => {
  await page.goto('/tuleap');
});

test.describe('a personal access key', () => {
  const keyOf = ({ tuleap }: ServedConsole, more: Partial<Parameters<typeof tuleap.control.addKey>[0]> = {}) =>
    tuleap.control.addKey({ username: 'alice', ...more }).identifier;

  test(
    'signs in; whose it is, its scopes, its end and its last use come from the server',
    { tag: '@window' },
    async ({ page, context, keyward }) => {
      const accessKey = keyOf(keyward, {
        description: 'CI “nightly”',
        scopes: ['write:rest', 'write:svn'],
        expiresInSeconds: 20 * aDaySeconds,
      });
      await expect(page.getByRole('main')).toContainText('which counts as a use of the key');
      await expect(page.getByRole('link', { name: /^Create a key/ })).toHaveAttribute(
        'href',
        `${keyward.tuleap.url}/account/keys-tokens`,
      );
      await signInWithAccessKey(page, accessKey);
      await expect(answer(page)).toContainText('Its access key lives 20 d.');
      await expect(near(page).getByRole('timer', { name: 'Access key of alice' })).toHaveText(
        /^(20 d 00 h|19 d 23 h)$/,
      );
      for (const fact of ['CI “nightly”', 'write:rest write:svn', '127.0.0.1']) {
        await expect(near(page)).toContainText(fact);
      }
      await expect(near(page)).not.toContainText('not reported');

      const said = await askTuleap(page);
      await expect(said).toContainText('Signed in as alice, and not anonymous.');
      await expect(said).toContainText(/User number\s*102/);
      await expect(said).toContainText(/Last used from\s*127\.0\.0\.1/);
      // In its header alone: Tuleap would take a cookie before it.
      for (const { headerNames, queryNames } of [...calls(keyward, 'read-key'), ...calls(keyward, 'read-user')]) {
        expect(headerNames).toContain('x-auth-accesskey');
        expect(headerNames).not.toContain('cookie');
        expect(headerNames).not.toContain('authorization');
        expect(queryNames).toEqual([]);
      }

      await near(page).getByRole('button', { name: 'Copy Tuleap access key', exact: true }).click();
      await expect(notices(page)).toContainText('Copied the access key, valid');
      expect(await readClipboard(context)).toBe(accessKey);
      await copyAs(page, 'header', 'access key');
      expect(await readClipboard(context)).toBe(`X-Auth-AccessKey: ${accessKey}`);
    },
  );

  test('without an end has no end of its own; one that the server says nothing of is not reported', async ({
    page,
    keyward,
  }) => {
    await signInWithAccessKey(page, keyOf(keyward));
    await expect(answer(page)).toContainText('Its access key has no end of its own.');
    await expect(near(page)).toContainText('no end of its own');
    await expect(rowsOf(page, 'alice')).toContainText('no end of its own');
    await expect(rowsOf(page, 'alice')).toContainText('Ready');
    await expect(page.getByRole('main')).not.toContainText('not reported');
    await rowsOf(page, 'alice')
      .getByRole('button', { name: /^Forget / })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Forget', exact: true }).click();

    keyward.tuleap.control.fault({ operation: 'read-key', kind: 'edit', remove: ['expiration_date'] });
    await signInWithAccessKey(page, keyOf(keyward));
    await expect(answer(page)).toContainText('How long its access key lives was not reported.');
    await expect(rowsOf(page, 'alice')).toContainText('expiry not reported');
    await expect(rowsOf(page, 'alice')).toContainText('No expiry known');
    await expect(page.getByRole('main')).not.toContainText('no end of its own');
  });

  test('is sent as it is spelled: as Tuleap makes it, or as its documentation prints it', async ({ page, keyward }) => {
    const made = keyOf(keyward);
    await submitAccessKey(page, made.replace('tlp-k1-', 'tlp.k1.'));
    await expect(answer(page)).toContainText('Tuleap does not read this as an access key.');
    await expect(answer(page)).toContainText('A key begins with tlp-k1-, although the documentation prints tlp.k1.');
    await signInWithAccessKey(page, `"X-Auth-AccessKey: ${made}"`);
    await expect(answer(page)).toContainText('Taken off before sending');

    keyward.tuleap.control.configure({ keySpelling: 'documented' });
    const printed = keyOf(keyward);
    expect(printed).toMatch(/^tlp\.k1\./);
    await submitAccessKey(page, printed);
    await expect(answer(page)).toContainText('Signed in as alice');
    await expect(rowsOf(page, 'alice')).toHaveCount(2);
  });

  test('that is over, for SVN alone or unknown is refused with all that it may be', async ({ page, keyward }) => {
    const causes = 'it was deleted, has expired, lacks the scope REST (write:rest), or its owner is gone';
    for (const refused of [
      keyOf(keyward, { expiresInSeconds: -1 }),
      keyOf(keyward, { scopes: ['write:svn'] }),
      `tlp-k1-999.${'0'.repeat(64)}`,
    ]) {
      await page.reload();
      await submitAccessKey(page, refused);
      await expect(answer(page)).toContainText(causes);
      await expect(answer(page)).toContainText('no session was opened');
    }
    await page.reload();
    await submitAccessKey(page, keyward.tuleap.control.addKey({ username: 'suspended' }).identifier);
    await expect(answer(page)).toContainText('The credential is right, and Tuleap does not let its account in');
    await expect(answer(page)).toContainText('The server said: “Forbidden: Your account has been suspended');
  });

  test('that was deleted meanwhile is found dead, and asks for another key', async ({ page, keyward }) => {
    const accessKey = keyOf(keyward);
    await signInWithAccessKey(page, accessKey);
    const [, number = ''] = /^tlp-k1-(\d+)/.exec(accessKey) ?? [];
    const headers = { 'x-auth-accesskey': accessKey };
    await fetch(`${keyward.tuleap.url}/api/access_keys/${number}`, { method: 'DELETE', headers });
    await chooseFromMenu(page, more(page), /^Check/);
    await expect(sessionTable(page)).toContainText('Dead: the server refuses this access key. Sign in again.');
    await showWay(page, 'OAuth2');
    const row = rowsOf(page, 'alice');
    await expect(row).toContainText('Sign in again');
    await row.getByRole('link', { name: /^Sign in again/ }).click();
    await expect(field(page, 'Access key')).toBeFocused();
  });

  test('says of a server error that it may be the credential, and sends nothing again', async ({ page, keyward }) => {
    keyward.tuleap.control.fault({ operation: 'read-key', kind: 'reply', status: 500, body: '' });
    await submitAccessKey(page, keyOf(keyward));
    await expect(answer(page)).toContainText('it may be the credential or the server');
    await expect(answer(page)).toContainText('It is not tried again by itself');
    expect(calls(keyward, 'read-key')).toHaveLength(1);
  });

  test('is forgotten here alone, and that is said: it opens the account until it is deleted', async ({
    page,
    keyward,
  }) => {
    await signInWithAccessKey(page, keyOf(keyward));
    const row = rowsOf(page, 'alice');
    await expect(row.getByRole('button', { name: /^Log out/ })).toHaveCount(0);
    const before = calls(keyward).length;
    await row.getByRole('button', { name: /^Forget / }).click();
    const dialog = page.getByRole('dialog', { name: /^Forget alice/ });
    await expect(dialog.getByRole('link', { name: /^your access keys at Tuleap/ })).toHaveAttribute(
      'href',
      `${keyward.tuleap.baseUrl}/account/keys-tokens`,
    );
    await expect(dialog).toContainText('The access key is dropped from this browser.');
    await expect(dialog).toContainText('it is deleted on your account’s page /account/keys-tokens');
    await expect(dialog).toContainText('The access key has no end of its own.');
    await dialog.getByRole('button', { name: 'Forget', exact: true }).click();
    await expect(row).toBeHidden();
    expect(calls(keyward)).toHaveLength(before);
    expect(keyward.tuleap.control.keys({ username: 'alice' })).toHaveLength(4);
  });
});
