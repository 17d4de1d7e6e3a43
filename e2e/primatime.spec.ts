/** PrimaTime's page: both ways in, two lives, a refresh token that works once, and no way to log out. */
import { readClipboard } from './clipboard.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import {
  answer,
  chooseFromMenu,
  demoKey,
  field,
  notices,
  rowsOf,
  signInWithKey,
  submitEmail,
  submitKey,
} from './steps.ts';

const ada = 'ada@acme.example';

test.beforeEach(async ({ page }) => {
  await page.goto('/primatime');
});

test(
  'a secret key signs in; the session counts two lives down and its token is copied',
  { tag: '@window' },
  async ({ page, context, keyward: { primatime } }) => {
    await expect(page.getByRole('main')).toContainText('its tokens live on at the server until they end');
    await signInWithKey(page);
    // Who owns the key is asked of the server: a key names nobody.
    await expect(answer(page)).toContainText(`Signed in as ${ada} at PrimaTime (demo)`);
    const near = page.getByRole('group', { name: `Session of ${ada}` });
    await expect(near.getByRole('timer', { name: `Token of ${ada}`, exact: true })).toHaveText(/^(60:0\d|59:\d\d)$/);
    await expect(near.getByRole('timer', { name: `Refresh token of ${ada}` })).toHaveText(/^(7 d 00 h|6 d 23 h)$/);
    await expect(near).toContainText('Single use, unused so far');
    await near.getByRole('button', { name: 'Copy PrimaTime access token', exact: true }).click();
    await expect(notices(page)).toContainText(/Copied, valid \d\d:\d\d/);
    expect(await readClipboard(context)).toBe(primatime.control.sessions()[0]?.token);
  },
);

test('e-mail and password sign in, and say why a key is better', async ({ page, keyward: { primatime } }) => {
  await expect(page.getByRole('group', { name: 'Way to sign in' })).toContainText('A secret key is safer.');
  await submitEmail(page, ada, 'ada-demo-password');
  await expect(answer(page)).toContainText(`Signed in as ${ada}`);
  await expect(field(page, 'Password')).toHaveValue('');
  expect(primatime.control.sessions()).toHaveLength(1);
});

test('each refresh token is spent once, however often a refresh is asked for', async ({
  page,
  keyward: { primatime },
}) => {
  await signInWithKey(page);
  const more = rowsOf(page, ada).getByRole('button', { name: /^More for/ });
  for (let refresh = 1; refresh <= 3; refresh += 1) {
    await chooseFromMenu(page, more, /^Refresh/);
    await expect(page.getByRole('group', { name: `Session of ${ada}` })).toContainText(
      refresh === 1 ? '1 time, last' : `${refresh} times, last`,
    );
  }
  const spends = Object.values(primatime.control.spends());
  expect(spends).toEqual([1, 1, 1]);
  await expect(page.getByRole('main')).toContainText('The ones before it are used up.');
});

test('what was pasted around a key is taken off, and that is said', async ({ page }) => {
  await submitKey(page, `"Bearer ${demoKey}"`);
  await expect(answer(page)).toContainText(`Signed in as ${ada}`);
  await expect(answer(page)).toContainText(/Taken off before sending: .*quotes.*\(Secret key\)/);
  await expect(answer(page)).toContainText('the word Bearer');
});

test('more than a key is refused before it is sent', async ({ page, keyward: { primatime } }) => {
  await submitKey(page, 'not a real key at all');
  await expect(answer(page)).toContainText('more than the key was pasted');
  expect(primatime.control.ledger({ operation: 'sign-in' })).toHaveLength(0);
});

test('forget says until when the token lives, sends nothing, and drops the session', async ({
  page,
  keyward: { primatime },
}) => {
  await signInWithKey(page);
  const row = rowsOf(page, ada);
  await expect(row).toBeVisible();
  await expect(row.getByRole('button', { name: /^Log out/ })).toHaveCount(0);
  const before = primatime.control.ledger().length;
  await row.getByRole('button', { name: `Forget ${ada}, PrimaTime (demo)` }).click();
  const dialog = page.getByRole('dialog', { name: `Forget ${ada}, PrimaTime (demo)?` });
  await expect(dialog).toContainText('PrimaTime has no call that logs out.');
  await expect(dialog).toContainText('delete it at PrimaTime: My profile, Security');
  const endsAt = new Date(primatime.control.sessions()[0]?.tokenEndsMs ?? 0);
  // Not to the second: the page knows the server's clock only so well.
  await expect(dialog).toContainText(
    new RegExp(`The access token lives until .*${endsAt.toISOString().slice(11, 13)}:\\d\\d`),
  );
  await dialog.getByRole('button', { name: 'Forget', exact: true }).click();
  await expect(row).toBeHidden();
  await expect(notices(page)).toContainText(`Forgot ${ada}, PrimaTime (demo)`);
  expect(primatime.control.ledger()).toHaveLength(before);
  expect(primatime.control.sessions()).toHaveLength(1);
});

test('reloading forgets, as was said before', async ({ page, keyward: { primatime } }) => {
  await expect(page.getByRole('main')).toContainText('a reload forgets it');
  await signInWithKey(page);
  await expect(rowsOf(page, ada)).toBeVisible();
  const before = primatime.control.ledger().length;
  await page.reload();
  await expect(field(page, 'Secret key')).toBeVisible();
  await expect(rowsOf(page, ada)).toHaveCount(0);
  expect(primatime.control.ledger()).toHaveLength(before);
});

test(
  'a dead refresh token asks for a new sign-in; the token that still lives can still be copied',
  { tag: '@window' },
  async ({ page, context, keyward: { primatime } }) => {
    await signInWithKey(page);
    await expect(rowsOf(page, ada)).toBeVisible();
    const { token } = primatime.control.sessions()[0] ?? {};
    primatime.control.expire({ refreshTokens: true });
    const row = rowsOf(page, ada);
    await chooseFromMenu(page, row.getByRole('button', { name: /^More for/ }), /^Refresh/);
    await expect(row).toContainText('Sign in again');
    await expect(page.getByRole('main')).toContainText('The refresh token is over: it was used already');
    await expect(page.getByRole('main')).toContainText('The access token works until it ends.');
    await row.getByRole('button', { name: 'Copy PrimaTime access token', exact: true }).click();
    await expect(notices(page)).toContainText('Copied');
    expect(await readClipboard(context)).toBe(token);
  },
);

test('a lost answer makes the session uncertain: the old token is not sent again until somebody asks, and then once', async ({
  page,
  keyward: { primatime },
}) => {
  await signInWithKey(page);
  const row = rowsOf(page, ada);
  primatime.control.fault({ operation: 'refresh', kind: 'reset', when: 'after' });
  await chooseFromMenu(page, row.getByRole('button', { name: /^More for/ }), /^Refresh/);
  await expect(row).toContainText('Uncertain');
  await expect(page.getByRole('main')).toContainText(
    'It was sent, and what came of it is not known: it may be used up.',
  );
  expect(primatime.control.ledger({ operation: 'refresh' })).toHaveLength(1);

  await chooseFromMenu(page, row.getByRole('button', { name: /^More for/ }), /^Refresh/);
  await expect(row).toContainText('Sign in again');
  expect(primatime.control.ledger({ operation: 'refresh' })).toHaveLength(2);
  await expect(row.getByRole('link', { name: /^Sign in again/ })).toBeVisible();
});
