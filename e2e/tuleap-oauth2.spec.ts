/** Tuleap's OAuth2: a visit to its page, a token for the chosen scopes, refreshes that spend, and a log out that is proven. */
import { readClipboard } from './clipboard.ts';
import { expect, test } from './fixtures.ts';
import type { ServedConsole } from './serve.ts';
import { answer, chooseFromMenu, field, notices, rowsOf, sessionTable } from './steps.ts';
import {
  askTuleap,
  departure,
  leaveForTuleap,
  logInThere,
  more,
  near,
  showWay,
  signInAtTuleap,
  signInWithAccessKey,
  waiting,
} from './tuleap-steps.ts';

test.use({ vendors: ['tuleap'] });

const calls = ({ tuleap }: ServedConsole, operation: string) => tuleap.control.ledger({ operation });

test.beforeEach(async ({ page }) => {
  await page.goto('/tuleap');
});
test.afterEach(({ keyward }) => {
  // A second use of one ends the whole access, at the real server too.
  for (const times of Object.values(keyward.tuleap.control.spends())) expect(times).toBe(1);
});

test.describe('signing in on Tuleap’s page', () => {
  test('opens a tab of its own, and this page keeps its other sessions', async ({ page, context, keyward }) => {
    const { identifier } = keyward.tuleap.control.addKey({ username: 'bob' });
    await signInWithAccessKey(page, identifier, 'bob');
    const tab = await leaveForTuleap(page, context);
    await expect(waiting(page)).toBeVisible();
    expect(await tab.evaluate(() => window.opener === null && document.referrer === '')).toBe(true);
    await logInThere(tab);
    await tab.getByRole('button', { name: 'Authorize', exact: true }).click();
    await expect(tab.getByRole('heading', { name: 'You can close this tab' })).toBeVisible();
    await expect(answer(page)).toContainText('Signed in as alice at Tuleap (demo)');
    await expect(answer(page)).toContainText('Its token lives 60:00, its refresh token lives 6 h.');
    await expect(rowsOf(page, 'bob')).toContainText('Ready');
    await expect(rowsOf(page, 'alice')).toContainText('OAuth2');

    // PKCE and state there, the verifier and the operator's secret here, and the token in its header alone.
    const asked = [
      'client_id',
      'code_challenge',
      'code_challenge_method',
      'redirect_uri',
      'response_type',
      'scope',
      'state',
    ];
    const [first] = calls(keyward, 'authorize');
    expect([...(first?.queryNames ?? [])].sort()).toEqual(asked);
    const [traded] = calls(keyward, 'exchange-code');
    expect([...(traded?.formNames ?? [])].sort()).toEqual(['code', 'code_verifier', 'grant_type', 'redirect_uri']);
    expect(traded?.headerNames).toContain('authorization');
    const [whose] = calls(keyward, 'userinfo');
    expect(whose?.headerNames).toContain('authorization');
    expect(whose?.queryNames).toEqual([]);
  });

  test('leaves nothing of code and state in address, history, storage, page or log', async ({
    page,
    context,
    keyward,
  }) => {
    const callbacks: URL[] = [];
    context.on('request', (request) => {
      if (request.url().includes('/callback/')) callbacks.push(new URL(request.url()));
    });
    const tab = await signInAtTuleap(page, context);
    const [callback] = callbacks;
    const [code, state] = ['code', 'state'].map((name) => callback?.searchParams.get(name) ?? 'missing');
    expect(code).toMatch(/^tlp-oauth2-ac1-/);
    expect(callbacks).toHaveLength(1);
    expect(tab.url()).toBe(`${keyward.url}/signed-in?outcome=taken`);

    const session = await context.newCDPSession(tab);
    const { entries } = await session.send('Page.getNavigationHistory');
    const own = entries.filter(({ url }) => url.startsWith(keyward.url)).map(({ url }) => url);
    expect(own).toEqual([`${keyward.url}/signed-in?outcome=taken`]);
    const kept = await Promise.all(
      [page, tab].map(async (one) => [
        one.url(),
        await one.content(),
        await one.evaluate(() =>
          JSON.stringify([
            Object.entries(localStorage),
            Object.entries(sessionStorage),
            history.state,
            document.referrer,
            document.cookie,
          ]),
        ),
      ]),
    );
    await page.getByRole('link', { name: /^Activity/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible();
    const everything = [...kept.flat(), await page.content(), keyward.log()].join('\n');
    expect(everything).toContain('tuleap-demo callback: a code');
    for (const secret of [code, state]) expect(everything).not.toContain(secret);
    expect(everything).not.toMatch(/tlp-oauth2-(?:ac1|at1|rt1|c1)-\d/);
  });

  test('asks for the scopes that were chosen and no others', async ({ page, context }) => {
    const tab = await leaveForTuleap(page, context, ['read:user_membership']);
    await logInThere(tab);
    await expect(tab.getByRole('listitem')).toHaveText(['Read your memberships read:user_membership']);
    await tab.getByRole('button', { name: 'Authorize', exact: true }).click();
    // Without openid nobody says whose it is.
    await expect(answer(page)).toContainText('Signed in as Owner of an OAuth2 token');
    await expect(near(page, 'Owner of an OAuth2 token')).toContainText(/Scopes asked for\s*read:user_membership/);
    await expect(await askTuleap(page)).toContainText('lacks the scope openid');
    await expect(rowsOf(page, 'Owner of an OAuth2 token')).toContainText('Ready');
    await chooseFromMenu(page, more(page, 'Owner of an OAuth2 token'), /^Check/);
    await expect(notices(page)).toContainText('Live: the server accepts this access token.');
  });

  test('needs a scope', async ({ page }) => {
    await showWay(page, 'OAuth2');
    await expect(departure(page)).toBeVisible();
    const boxes = page.getByRole('group', { name: 'Scopes' }).getByRole('checkbox');
    await expect(page.getByRole('group', { name: 'Scopes' })).toContainText(
      'Decides whether the session can be refreshed.',
    );
    for (const box of await boxes.all()) await box.uncheck();
    await expect(page.getByText('Needs: Scopes.')).toBeVisible();
    await expect(departure(page)).toHaveCount(0);
  });
});

test.describe('the session', () => {
  test(
    'hands out its token, and a refresh brings another pair',
    { tag: '@window' },
    async ({ page, context, keyward }) => {
      await signInAtTuleap(page, context);
      await expect(near(page).getByRole('timer', { name: 'Token of alice', exact: true })).toHaveText(
        /^(60:00|59:\d\d)$/,
      );
      await expect(near(page).getByRole('timer', { name: 'Refresh token of alice' })).toHaveText(/^(6 h|5 h 59 m)/);
      await near(page).getByRole('button', { name: 'Copy Tuleap access token', exact: true }).click();
      await expect(notices(page)).toContainText('Copied, valid');
      const before = await readClipboard(context);
      expect(before).toMatch(/^tlp-oauth2-at1-\d+\.[0-9a-f]{64}$/);

      await near(page).getByRole('button', { name: 'Refresh the session of alice' }).click();
      await expect(near(page)).toContainText('1 time, last');
      await expect(near(page)).toContainText('The ones before it are used up.');
      await near(page).getByRole('button', { name: 'Copy Tuleap access token', exact: true }).click();
      await expect.poll(() => readClipboard(context)).not.toBe(before);
      expect(calls(keyward, 'refresh').map(({ status }) => status)).toEqual([200]);
      await expect(await askTuleap(page)).toContainText('Signed in as alice');
    },
  );

  test('never spends a refresh token twice, however it is asked for', async ({ page, context, keyward }) => {
    test.setTimeout(60_000);
    const { control } = keyward.tuleap;
    await signInAtTuleap(page, context);
    const row = rowsOf(page, 'alice');
    const refresh = near(page).getByRole('button', { name: 'Refresh the session of alice' });
    // A double click, and the row's own entry while the answer is awaited.
    control.fault({ operation: 'refresh', kind: 'latency', ms: 6_000 });
    await refresh.dblclick();
    await chooseFromMenu(page, more(page), /^Refresh/);
    await expect(near(page)).toContainText('1 time, last', { timeout: 15_000 });
    await expect(notices(page)).toContainText('Was refreshed already');
    expect(calls(keyward, 'refresh')).toHaveLength(1);

    // Two calls find the access token over at the same time.
    control.clock({ advanceMs: 61 * 60_000 });
    control.fault({ operation: 'refresh', kind: 'latency', ms: 6_000 });
    await page.getByRole('button', { name: 'Ask Tuleap' }).click();
    await refresh.click();
    await expect(near(page)).toContainText('2 times, last', { timeout: 15_000 });
    expect(calls(keyward, 'refresh')).toHaveLength(2);

    // A server error may mean that it was spent: it is sent once more, when somebody asks, and here it had not arrived.
    control.fault({ operation: 'refresh', kind: 'reply', status: 503, body: '', when: 'before' });
    await refresh.click();
    await expect(row).toContainText('Uncertain');
    await expect(near(page)).toContainText('because Tuleap ends the whole access where one is used twice');
    await refresh.click();
    await expect(near(page)).toContainText('3 times, last');
    expect(Object.values(control.spends())).toEqual([1, 1, 1]);
    expect(control.grants()).toMatchObject([{ username: 'alice', refreshTokens: 4 }]);
  });

  test('is refreshed once where Tuleap finds the access token over, and asked for anew where the refresh token is', async ({
    page,
    context,
    keyward,
  }) => {
    await signInAtTuleap(page, context);
    keyward.tuleap.control.clock({ advanceMs: 61 * 60_000 });
    await expect(await askTuleap(page)).toContainText('Signed in as alice');
    expect(calls(keyward, 'refresh')).toHaveLength(1);

    keyward.tuleap.control.clock({ advanceMs: 7 * 60 * 60_000 });
    const row = rowsOf(page, 'alice');
    await chooseFromMenu(page, more(page), /^Refresh/);
    await expect(row).toContainText('Sign in again');
    await expect(page.getByRole('main')).toContainText('is older than six hours');
    await showWay(page, 'Personal access key');
    await row.getByRole('link', { name: /^Sign in again/ }).click();
    await expect(departure(page)).toBeVisible();
    await signInAtTuleap(page, context);
  });

  test('logs out by revoking, and that is proven; the consent is said to stay', async ({ page, context, keyward }) => {
    await signInAtTuleap(page, context);
    await near(page).getByRole('button', { name: 'Refresh the session of alice' }).click();
    await expect(near(page)).toContainText('1 time, last');
    await expect(near(page)).toContainText('After a log out Tuleap still remembers that you allowed this console');
    await rowsOf(page, 'alice')
      .getByRole('button', { name: /^Log out alice/ })
      .click();
    await expect(notices(page)).toContainText(
      'The server answered 200. Proven with the old token: Tuleap answered 401 to',
    );
    await expect(notices(page)).toContainText('After a log out Tuleap still remembers that you allowed this console');
    await expect(notices(page)).not.toContainText('It ends at');
    await expect(rowsOf(page, 'alice')).toHaveCount(0);
    expect(calls(keyward, 'revoke')).toHaveLength(1);
    expect(keyward.tuleap.control.grants()).toEqual([]);
  });

  test('without offline_access cannot be refreshed, says why, and is revoked all the same', async ({
    page,
    context,
    keyward,
  }) => {
    await signInAtTuleap(page, context, { scopes: ['openid', 'profile', 'read:project'] });
    await expect(answer(page)).toContainText('Its token lives 60:00.');
    await expect(near(page)).toContainText('The scope offline_access was not asked for, so there is none');
    await expect(near(page)).not.toContainText('none any more');
    await expect(near(page).getByRole('button', { name: /^Refresh/ })).toHaveCount(0);
    await expect(rowsOf(page, 'alice')).toContainText('cannot be refreshed');
    await rowsOf(page, 'alice')
      .getByRole('button', { name: /^Log out alice/ })
      .click();
    await expect(notices(page)).toContainText('Proven with the old token: Tuleap answered 401 to');
    expect(keyward.tuleap.control.grants()).toEqual([]);
    expect(calls(keyward, 'refresh')).toEqual([]);
  });

  test('is kept where the operator’s secret went wrong, and its token still works', async ({
    page,
    context,
    keyward,
  }) => {
    await signInAtTuleap(page, context);
    keyward.tuleap.control.putApp({ name: 'Keyward', secret: `tlp-oauth2-c1-1.${'0'.repeat(64)}` });
    await rowsOf(page, 'alice')
      .getByRole('button', { name: /^Log out alice/ })
      .click();
    await expect(sessionTable(page)).toContainText('Tuleap does not accept the client of this connection');
    await expect(rowsOf(page, 'alice')).toContainText('Ready');
    await expect(await askTuleap(page)).toContainText('Signed in as alice');
    await expect(field(page, 'Access key').or(departure(page))).toBeVisible();
  });
});
