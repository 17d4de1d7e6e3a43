/** The overview: every session in one table, with what can be done to it. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readClipboard } from './clipboard.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import {
  chooseFromMenu,
  goTo,
  notices,
  rowsOf,
  signInToOcp,
  signInWithEmail,
  signInWithKey,
  sessionTable,
} from './steps.ts';

const ada = 'ada@acme.example';

test('without sessions it leads to the first sign-in', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await page.getByRole('link', { name: 'Sign in to OCP (demo)' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'OCP' })).toBeVisible();
  await expect(page).toHaveURL(/\/ocp\?connection=ocp-demo$/);
});

test('every session has its row: who, where, state in a word, the time left, and what can be done', async ({
  page,
  keyward: { ocp },
}) => {
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'alice' });
  ocp.control.fault({ operation: 'sign-in', kind: 'edit', remove: ['expires_in'] });
  await signInToOcp(page, { username: 'bob' });
  await goTo(page, 'PrimaTime');
  await signInWithKey(page);
  await expect(rowsOf(page, ada)).toBeVisible();
  await goTo(page, 'Overview');
  await expect(page.getByRole('main')).toContainText('3 sessions on 2 systems.');

  await expect(rowsOf(page, 'alice')).toContainText('Ready');
  await expect(rowsOf(page, 'alice')).toContainText('OCP (demo)');
  await expect(rowsOf(page, 'alice')).toContainText('of 5:00');
  await expect(rowsOf(page, 'alice').getByRole('switch', { name: 'Keep alice, OCP (demo), fresh' })).toBeChecked();
  await expect(rowsOf(page, 'alice').getByRole('button', { name: 'Log out alice, OCP (demo)' })).toBeVisible();
  await expect(rowsOf(page, 'bob')).toContainText('No expiry known');
  await expect(rowsOf(page, 'bob')).toContainText('not reported');
  await expect(rowsOf(page, ada)).toContainText('of 60:00');
  await expect(rowsOf(page, ada).getByRole('button', { name: `Forget ${ada}, PrimaTime (demo)` })).toBeVisible();
});

test('a session that the server ended says so, and leads to a new sign-in', async ({ page, keyward: { ocp } }) => {
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'alice' });
  await goTo(page, 'Overview');
  ocp.control.dropSessions({ username: 'alice' });
  const row = rowsOf(page, 'alice');
  await chooseFromMenu(page, row.getByRole('button', { name: /^More for alice/ }), /^Refresh/);
  await expect(row).toContainText('Sign in again');
  await expect(page.getByRole('region', { name: 'What needs you' })).toContainText('Sign in again: alice');
  await row.getByRole('link', { name: /^Sign in again/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'OCP' })).toBeVisible();
});

test('check asks the server once whether the token is live', async ({ page, keyward: { ocp } }) => {
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'alice' });
  const more = rowsOf(page, 'alice').getByRole('button', { name: /^More for alice/ });
  await chooseFromMenu(page, more, /^Check/);
  await expect(notices(page)).toContainText('Live: the server accepts this access token.');
  expect(ocp.control.ledger({ operation: 'refresh' })).toHaveLength(0);
  ocp.control.dropSessions({ username: 'alice' });
  await chooseFromMenu(page, more, /^Check/);
  await expect(sessionTable(page)).toContainText('Dead: the server refuses this access token.');
});

test(
  'copy refreshes first when little is left, inside the same click, and says what it handed over',
  { tag: '@window' },
  async ({ page, context, keyward: { ocp } }) => {
    ocp.control.configureRealm({ accessTokenSeconds: 60 });
    await page.clock.install();
    await page.goto('/ocp');
    await signInToOcp(page, { username: 'alice' });
    await goTo(page, 'Overview');
    const row = rowsOf(page, 'alice');
    await row.getByRole('switch', { name: /^Keep/ }).uncheck({ force: true });
    await page.clock.runFor(35_000);
    // The clipboard was given to the click; a refresh that takes a second must still find it open.
    ocp.control.fault({ operation: 'refresh', kind: 'latency', ms: 1_000 });
    await row.getByRole('button', { name: 'Copy OCP access token', exact: true }).click();
    await expect(notices(page)).toContainText(/Refreshed and copied, valid (0:[345]\d|1:00)/);
    const token = await readClipboard(context);
    const [, claims = ''] = token.split('.');
    const { exp, iat } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { exp: number; iat: number }; // a JWT of the stand-in
    expect(exp - iat).toBe(60);
    expect(exp * 1_000).toBeGreaterThan(Date.now() + 10_000);
    expect(ocp.control.ledger({ operation: 'refresh' })).toHaveLength(1);
  },
);

test(
  'copy hands over what is there where it cannot be refreshed, and says how long it lives',
  { tag: '@window' },
  async ({ page, context, keyward: { primatime } }) => {
    primatime.control.configure({ tokenSeconds: 60 });
    await page.clock.install();
    await page.goto('/primatime');
    await signInWithKey(page);
    const row = rowsOf(page, ada);
    await row.getByRole('switch', { name: /^Keep/ }).uncheck({ force: true });
    await page.clock.runFor(35_000);
    primatime.control.expire({ refreshTokens: true });
    await row.getByRole('button', { name: 'Copy PrimaTime access token', exact: true }).click();
    await expect(sessionTable(page)).toContainText(/Copied; valid 0:[012]\d, it could not be refreshed/);
    expect(await readClipboard(context)).toBe(primatime.control.sessions()[0]?.token);
  },
);

test('a dead token cannot be copied', async ({ page, context, keyward: { ocp } }) => {
  ocp.control.configureRealm({ accessTokenSeconds: 3 });
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'alice' });
  await goTo(page, 'Overview');
  const row = rowsOf(page, 'alice');
  ocp.control.dropSessions({ username: 'alice' });
  await expect(row.getByRole('timer')).toHaveText('ended');
  await row.getByRole('button', { name: 'Copy OCP access token', exact: true }).click();
  await expect(sessionTable(page)).toContainText('The session was ended elsewhere');
  expect(await readClipboard(context)).not.toMatch(/^eyJ/);
});

test.describe('what went wrong with several sessions', () => {
  test.use({ viewport: { width: 1280, height: 900 } });

  test('covers no action of another row, and a notice that stays covers none for good', async ({ page, keyward }) => {
    await page.goto('/ocp');
    for (let times = 0; times < 4; times += 1) await signInToOcp(page, { username: 'bob' });
    await goTo(page, 'Overview');
    const more = page.getByRole('button', { name: /^More for bob, OCP \(demo\), opened / });
    await expect(more).toHaveCount(4);
    keyward.ocp.control.fault({ operation: 'refresh', kind: 'reply', status: 429, times: 'always' });
    for (let at = 0; at < 3; at += 1) {
      await chooseFromMenu(page, more.nth(at), /^Refresh/);
      await expect(sessionTable(page).locator('p [data-mark=bad]')).toHaveCount(at + 1);
    }
    await expect(notices(page).getByRole('button', { name: /^Dismiss/ })).toHaveCount(0);

    await page.setViewportSize({ width: 390, height: 844 });
    await notices(page).evaluate((region) => {
      const tall = document.createElement('div');
      tall.className = 'notice';
      tall.style.height = '24rem';
      region.append(tall);
    });
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    const last = await more.last().boundingBox();
    const notice = await notices(page).locator('.notice').boundingBox();
    expect((last?.y ?? Infinity) + (last?.height ?? 0)).toBeLessThanOrEqual(notice?.y ?? 0);
  });
});

test.describe('copy as', () => {
  const shapes = ['Token', 'Header', 'curl', 'fetch', 'HTTPie', '.env', 'Python'];

  test(
    'offers each shape with the token and with a variable; what it copies works as it stands',
    { tag: '@window' },
    async ({ page, context }) => {
      await page.goto('/ocp');
      await signInToOcp(page, { username: 'alice' });
      await goTo(page, 'Overview');
      const row = rowsOf(page, 'alice');
      const open = row.getByRole('button', { name: 'Copy OCP access token as' });
      await open.click();
      const menu = page.getByRole('menu', { name: 'Copy OCP access token as' });
      for (const group of ['With the token', 'With $OCP_TOKEN']) {
        await expect(menu.getByRole('group', { name: group }).getByRole('menuitem')).toHaveText(shapes);
      }
      await expect(menu).toContainText('none of these shapes belongs in a repository');
      const choose = async (group: string, shape: string): Promise<string> => {
        if (await menu.isHidden()) await row.getByRole('button', { name: /access token as$/ }).click();
        await menu.getByRole('group', { name: group }).getByRole('menuitem', { name: shape, exact: true }).click();
        await expect(notices(page)).toContainText(shape === 'Token' ? /Copied, valid|Copied with/ : `as ${shape}`);
        return readClipboard(context);
      };

      const token = await choose('With the token', 'Token');
      expect(await choose('With the token', 'Header')).toBe(`Authorization: Bearer ${token}`);
      expect(await choose('With $OCP_TOKEN', 'Header')).toBe('Authorization: Bearer $OCP_TOKEN');
      expect(await choose('With the token', '.env')).toContain(`OCP_TOKEN=`);
      expect(await choose('With $OCP_TOKEN', '.env')).toBe('OCP_TOKEN=');

      const script = await choose('With the token', 'fetch');
      expect(await runScript(script)).toMatch(/^200 \[\{/);
      const template = await choose('With $OCP_TOKEN', 'fetch');
      expect(template).not.toContain(token);
      expect(await runScript(template, { OCP_TOKEN: token })).toMatch(/^200 \[\{/);
      // The last shape stays on the button.
      await expect(row.getByRole('button', { name: 'Copy fetch with OCP access token' })).toHaveText('Copy fetch');
    },
  );

  test('warns where a vendor takes its token in the address', async ({ page }) => {
    await page.goto('/primatime');
    await signInWithKey(page);
    await rowsOf(page, ada).getByRole('button', { name: 'Copy PrimaTime access token as' }).click();
    const menu = page.getByRole('menu', { name: 'Copy PrimaTime access token as' });
    await expect(menu.getByRole('menuitem', { name: 'Query parameter' })).toHaveCount(2);
    await expect(menu).toContainText('PrimaTime takes its token in the address');
  });
});

/** Runs what was copied, as a module of its own. Never in step with this process: the stand-ins live in it. */
async function runScript(script: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, FORCE_COLOR: '0', ...env },
    timeout: 10_000,
  });
  return stdout;
}

test('c and a digit copy that row', { tag: '@window' }, async ({ page, context, keyward: { primatime } }) => {
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'alice' });
  await goTo(page, 'PrimaTime');
  await signInWithKey(page);
  await expect(rowsOf(page, ada)).toBeVisible();
  await goTo(page, 'Overview');
  await page.keyboard.press('c');
  await page.keyboard.press('2');
  await expect(notices(page)).toContainText(/Copied, valid (60:0\d|59:\d\d)/);
  expect(await readClipboard(context)).toBe(primatime.control.sessions()[0]?.token);
  await page.keyboard.press('c');
  await page.keyboard.press('1');
  await expect(notices(page)).toContainText(/Copied, valid (5:00|4:\d\d)/);
  expect(await readClipboard(context)).toMatch(/^eyJ/);
});

test(
  'the clipboard is cleared a minute after a copy, and the page says when',
  { tag: '@window' },
  async ({ page, context }) => {
    await page.clock.install();
    await page.goto('/ocp');
    await signInToOcp(page, { username: 'alice' });
    await goTo(page, 'Overview');
    await rowsOf(page, 'alice').getByRole('button', { name: 'Copy OCP access token', exact: true }).click();
    await expect(page.getByText(/The clipboard holds a token. It is cleared at \d\d:\d\d:\d\d/)).toBeVisible();
    expect(await readClipboard(context)).toMatch(/^eyJ/);
    await page.clock.runFor(61_000);
    await expect(page.getByText(/Clipboard cleared at \d\d:\d\d:\d\d/)).toBeVisible();
    expect((await readClipboard(context)).trim()).toBe('');
  },
);

test(
  'what is copied after a token and holds no secret stays on the clipboard',
  { tag: '@window' },
  async ({ page, context }) => {
    await page.clock.install();
    await page.goto('/ocp');
    await signInToOcp(page, { username: 'alice' });
    const row = rowsOf(page, 'alice');
    await row.getByRole('button', { name: 'Copy OCP access token', exact: true }).click();
    await expect(page.getByText('The clipboard holds a token.')).toBeVisible();
    await row.getByRole('button', { name: 'Copy OCP access token as' }).click();
    await page.getByRole('group', { name: 'With $OCP_TOKEN' }).getByRole('menuitem', { name: 'Header' }).click();
    await expect(notices(page)).toContainText('it holds no secret');
    await expect(page.getByText('The clipboard holds a token.')).toBeHidden();
    await page.clock.runFor(61_000);
    expect(await readClipboard(context)).toBe('Authorization: Bearer $OCP_TOKEN');
  },
);

test('keep fresh off stops the background refresh, on starts it again', async ({ page, keyward: { ocp } }) => {
  await page.clock.install();
  ocp.control.configureRealm({ accessTokenSeconds: 60 });
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'alice' });
  await goTo(page, 'Overview');
  const keepFresh = rowsOf(page, 'alice').getByRole('switch', { name: /^Keep alice/ });
  await keepFresh.uncheck({ force: true });
  await expect(page.getByRole('contentinfo')).toContainText('No refresh is due');
  await page.clock.runFor(50_000);
  expect(ocp.control.ledger({ operation: 'refresh' })).toHaveLength(0);
  await keepFresh.check({ force: true });
  await expect.poll(() => ocp.control.ledger({ operation: 'refresh' }).length).toBe(1);
  await expect(page.getByRole('contentinfo')).toContainText(/Next refresh \d\d:\d\d:\d\d/);
});

test('more than ten sessions can be searched and sorted', async ({ page, keyward: { primatime } }) => {
  const names = ['ines', 'juri', 'kaya', 'lena', 'mats', 'nora', 'olaf', 'petra', 'quinn', 'rosa'];
  for (const name of names) primatime.control.putPerson({ email: `${name}@acme.example` });
  await page.goto('/primatime');
  for (const name of names) {
    await signInWithEmail(page, name);
    await expect(rowsOf(page, `${name}@acme.example`)).toBeVisible();
  }
  await goTo(page, 'Overview');
  await expect(page.getByRole('searchbox', { name: 'Search the sessions' })).toHaveCount(0);
  await goTo(page, 'OCP');
  await signInToOcp(page, { username: 'alice' });
  await goTo(page, 'Overview');

  const table = page.getByRole('table', { name: 'Sessions' });
  const firstRow = table.getByRole('row').nth(1);
  await expect(firstRow).toContainText('alice');
  await page.getByRole('combobox', { name: 'Sort' }).selectOption('name');
  await expect(firstRow).toContainText('alice');
  await page.getByRole('combobox', { name: 'Sort' }).selectOption('provider');
  await expect(firstRow).toContainText('OCP (demo)');
  await expect(page).toHaveURL(/\?sort=provider$/);

  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search the sessions' })).toBeFocused();
  await page.keyboard.type('prima ros');
  await expect(table.getByRole('switch')).toHaveCount(1);
  await expect(firstRow).toContainText('rosa@acme.example');
  await page.getByRole('searchbox').fill('nobody of that name');
  await expect(page.getByText('No session matches')).toBeVisible();
  // Whoever looks for a token may paste one here.
  await expect(page).toHaveURL(/\?sort=provider$/);
});
