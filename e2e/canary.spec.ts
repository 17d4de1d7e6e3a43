/** A whole run with marked secrets: afterwards they are at the vendor and on the clipboard, and nowhere else. */
import { readClipboard } from './clipboard.ts';
import { expect, test } from './fixtures.ts';
import { formsOf, keepTokens, leaksIn, listen } from './leaks.ts';
import {
  answer,
  chooseFromMenu,
  fillInOcp,
  goTo,
  notices,
  rowsOf,
  sessionTable,
  signInToOcp,
  submitEmail,
  submitKey,
  submitButton,
} from './steps.ts';

const password = 'canary-password-7f3a91c4';
/** Looks like no key at all: only who knows what was sent can tell that it is one. */
const wrongPassword = 'canary sesame';
const oneTimeCode = '73519264';
const secretKey = 'canary-secret-key-e41b07';
const wrongKey = 'canary-wrong-key-99ab10';
const ada = 'ada@acme.example';

test('the search finds a secret in every form that it looks for', () => {
  for (const form of formsOf(password))
    expect(leaksIn([{ where: 'here', text: `x${form}y` }], [password])).not.toEqual([]);
  const basic = Buffer.from(`someone:${password}`).toString('base64');
  expect(leaksIn([{ where: 'here', text: basic }], [password])).not.toEqual([]);
  expect(leaksIn([{ where: 'here', text: 'canary-password' }], [password])).toEqual([]);
});

test(
  'no log, URL, storage, error text, query key or broadcast holds a secret',
  { tag: '@window' },
  async ({ page, context, keyward, complaints }) => {
    test.setTimeout(60_000);
    complaints.expect(/Failed to load resource: net::ERR_/);
    const { ocp, primatime } = keyward;
    const heard = await listen(context);
    const tokens = keepTokens(page);
    ocp.control.putUser({ username: 'alice', password, otp: oneTimeCode });
    primatime.control.putPerson({ email: ada, password });
    primatime.control.addKey({ email: ada, name: 'Canary', secretKey });
    const secrets = [
      password,
      wrongPassword,
      oneTimeCode,
      secretKey,
      wrongKey,
      ...Object.values(keyward.primatime.env),
    ];
    const alice = { username: 'alice', password, otp: oneTimeCode };

    // A server that quotes what it was sent, in prose and otherwise.
    await page.goto('/ocp');
    for (const error_description of [
      `No user alice with password ${wrongPassword}`,
      `password=${wrongPassword}&otp=${oneTimeCode}`,
      Buffer.from(`alice:${wrongPassword}`).toString('base64'),
      `${wrongPassword} is wrong`,
    ]) {
      const body = JSON.stringify({ error: 'invalid_grant', error_description });
      ocp.control.fault({ operation: 'sign-in', kind: 'reply', status: 400, body });
      await fillInOcp(page, { username: 'alice', password: wrongPassword, otp: oneTimeCode });
      await submitButton(page).click();
      const anyway = page.getByRole('button', { name: 'Sign in anyway' });
      await expect(answer(page).or(anyway)).toBeVisible();
      if (await anyway.isVisible()) await anyway.click();
      await expect(answer(page)).toContainText('The server refused the sign-in.');
      await heard.look(page);
    }
    ocp.control.fault({
      operation: 'sign-in',
      kind: 'redirect',
      location: `https://elsewhere.example/?password=${wrongPassword}#${wrongPassword}`,
    });
    await submitButton(page).click();
    await page.getByRole('button', { name: 'Sign in anyway' }).click();
    await expect(answer(page)).toContainText('pointed to another address');
    await heard.look(page);

    await signInToOcp(page, alice).catch(async () => {
      await page.getByRole('button', { name: 'Sign in anyway' }).click();
    });
    await heard.look(page);
    const row = rowsOf(page, 'alice');
    await row.getByRole('button', { name: 'Copy OCP access token', exact: true }).click();
    await expect(notices(page)).toContainText('Copied, valid');
    await row.getByRole('button', { name: 'Copy OCP access token as' }).click();
    await page.getByRole('group', { name: 'With the token' }).getByRole('menuitem', { name: 'curl' }).click();
    await expect(notices(page)).toContainText('Copied as curl');
    await page.getByRole('switch', { name: /^Copy it with the token in it/ }).check({ force: true });
    await chooseFromMenu(page, row.getByRole('button', { name: /^More for alice/ }), /^Refresh/);
    await expect(notices(page)).toContainText('Refreshed, valid');
    await chooseFromMenu(page, row.getByRole('button', { name: /^More for alice/ }), /^Check/);
    await expect(notices(page)).toContainText('Live');
    await chooseFromMenu(page, row.getByRole('button', { name: /^More for alice/ }), /^Details/);
    await heard.look(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

    await goTo(page, 'PrimaTime');
    await submitKey(page, wrongKey);
    await expect(answer(page)).toContainText('did not accept');
    await submitKey(page, `"Bearer ${secretKey}"\n`);
    await expect(answer(page)).toContainText(`Signed in as ${ada}`);
    await heard.look(page);
    const adaRow = rowsOf(page, ada).first();
    const spent = primatime.control.sessions()[0]?.refreshToken ?? '';
    primatime.control.fault({
      operation: 'refresh',
      kind: 'reply',
      status: 401,
      body: JSON.stringify({ status: 401, message: `Refresh token ${spent} of key ${secretKey} is over` }),
    });
    await chooseFromMenu(page, adaRow.getByRole('button', { name: /^More for/ }), /^Refresh/);
    await expect(sessionTable(page)).toContainText('The server refused the refresh');
    await heard.look(page);
    await submitEmail(page, ada, password);
    await page.getByRole('button', { name: 'Sign in anyway' }).click();
    await expect(answer(page)).toContainText('Signed in as');

    for (const name of ['Overview', 'Activity', 'Settings', 'Activity']) {
      await goTo(page, name);
      await heard.look(page);
    }
    await page.getByRole('button', { name: 'Copy as text' }).click();
    await expect(notices(page)).toContainText('calls copied as text.');
    heard.places.push({ where: 'activity as text', text: await readClipboard(context) });
    await goTo(page, 'OCP');
    await keyward.kill();
    await rowsOf(page, 'alice')
      .getByRole('button', { name: /^Log out alice/ })
      .click();
    await expect(sessionTable(page)).toContainText('Nothing was sent');
    await heard.look(page);
    await keyward.restart();
    await rowsOf(page, 'alice')
      .getByRole('button', { name: /^Log out alice/ })
      .click();
    await expect(notices(page)).toContainText('Logged out alice');
    await heard.look(page);
    await page.reload();
    await heard.look(page);
    heard.places.push({ where: 'log of the gateway', text: keyward.log() });

    // What was heard is what there was to hear.
    expect(tokens.length).toBeGreaterThanOrEqual(8);
    const heardAt = (where: string) => heard.places.filter((place) => place.where === where).map(({ text }) => text);
    expect(heardAt('query key').join()).toContain('ocp-demo');
    expect(heardAt('URL').filter((url) => url.includes('/gw/v1/call/')).length).toBeGreaterThan(10);
    expect(heardAt('lock').join()).toContain('keyward.family.');
    expect(heardAt('history').length).toBeGreaterThan(3);
    expect(keyward.log()).toContain('ocp-demo');
    expect(leaksIn(heard.places, [...secrets, ...tokens])).toEqual([]);
  },
);
