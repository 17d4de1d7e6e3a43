/** A day with an open vault: nothing secret outside the ciphertext while it lasts, and nothing at all once it is locked. */
import type { Page } from '@playwright/test';
import { demo as alm } from '../stand-ins/alm/world.ts';
import { watchCalls } from './calls-under-way.ts';
import { expect, test } from './fixtures.ts';
import { heapOf } from './heap.ts';
import { keepTokens, leaksIn, listen } from './leaks.ts';
import { submitLogin } from './p4oauth-steps.ts';
import type { ServedConsole } from './serve.ts';
import { answer, goTo, signInToOcp, submitKey } from './steps.ts';
import { listProjects, mintFor, signInWithOAuth2 } from './three-steps.ts';
import { keepSessions, locked, passphrase, stored, unlock } from './vault-steps.ts';

const vendors = ['primatime', 'ocp', 'tuleap', 'alm', 'p4oauth'] as const;
test.use({ vendors });

const password = 'canary-password-of-a-day-61d0';
const secretKey = 'canary-secret-key-of-a-day-9e2f';
const ada = 'ada@acme.example';

const MINUTES_A_STEP = 20;
const STEPS = (24 * 60) / MINUTES_A_STEP;

async function signInEverywhere(page: Page, { alm: { control } }: ServedConsole): Promise<void> {
  await goTo(page, 'PrimaTime');
  await submitKey(page, secretKey);
  await expect(answer(page)).toContainText(`Signed in as ${ada}`);
  await goTo(page, 'OCP');
  await signInToOcp(page, { username: 'alice', password });
  await goTo(page, 'Tuleap');
  await (await signInWithOAuth2(page, page.context(), { username: 'bob', password })).close();
  await goTo(page, 'P4OAuth');
  await submitLogin(page, 'alice', password);
  await expect(answer(page)).toContainText('Signed in as alice');
  await goTo(page, 'Perforce ALM');
  await page.getByRole('checkbox', { name: /^Keep this API key/ }).check();
  const list = await listProjects(page, `${alm.keyId}:${alm.keySecret}`);
  await mintFor(list, control.projects()[0]?.name ?? '');
}

test('a day with an open vault leaves no secret outside the ciphertext, and a locked page none that it can reach', async ({
  page,
  context,
  keyward,
}) => {
  test.setTimeout(300_000);
  const heard = await listen(context);
  const noCallUnderWay = watchCalls(context);
  const second = await context.newPage();
  const heardByEach = [page, second].map(keepTokens);
  keyward.primatime.control.addKey({ email: ada, name: 'Canary', secretKey });
  keyward.ocp.control.putUser({ username: 'alice', password });
  keyward.tuleap.control.putPerson({ username: 'bob', password });
  keyward.p4oauth.control.putPerson({ login: 'alice', password });

  await page.clock.install();
  await page.addInitScript(() => localStorage.setItem('keyward.auto-lock', '240'));
  await page.goto('/');
  await keepSessions(page);
  await signInEverywhere(page, keyward);
  await goTo(page, 'Overview');
  await second.goto('/activity');
  // A page that is not in front is painted once a second, and is told of the mouse no sooner.
  await page.bringToFront();

  const refreshes = () => keyward.primatime.control.ledger({ operation: 'refresh' }).length;
  for (let step = 0; step < STEPS; step += 1) {
    for (const vendor of vendors) keyward[vendor].control.clock({ advanceMs: MINUTES_A_STEP * 60_000 });
    await page.mouse.move(300 + step, 300);
    await noCallUnderWay();
    await page.clock.fastForward(MINUTES_A_STEP * 60_000);
    await page.mouse.move(300, 300 + step);
    // An hour is the life of PrimaTime's token.
    await expect.poll(refreshes, { intervals: [50] }).toBeGreaterThanOrEqual(Math.floor((step * MINUTES_A_STEP) / 60));
  }
  await heard.look(page);
  await heard.look(second);

  const tokens = heardByEach.flat();
  const secrets = [password, secretKey, passphrase, alm.keySecret];
  expect(refreshes()).toBeGreaterThanOrEqual(20);
  expect(new Set(tokens).size).toBeGreaterThanOrEqual(45);
  const places = await stored(page);
  expect(places.find(({ where }) => where === 'rows')?.text).toContain('"table":"credentials"');
  expect(leaksIn([...heard.places, ...places], [...secrets, ...tokens])).toEqual([]);
  expect(heard.places.filter(({ where }) => where === 'broadcast').length).toBeGreaterThan(20);
  expect(leaksIn([{ where: 'log of the gateway', text: keyward.log() }], [...secrets, ...tokens])).toEqual([]);

  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  for (const tab of [page, second]) {
    await expect(locked(tab)).toBeVisible();
    // What a page does hold is found: else a search of the wrong text would find nothing either.
    await tab.evaluate(() => Object.assign(window, { held: ['canary', 'that', 'is', 'held'].join('-') }));
    const heap = { where: 'heap', text: await heapOf(tab) };
    expect(leaksIn([heap], ['canary-that-is-held'])).not.toEqual([]);
    expect(leaksIn([heap, ...(await stored(tab))], [...secrets, ...tokens])).toEqual([]);
  }

  // A wrong passphrase is not left behind either.
  const wrong = 'canary words that open nothing';
  await unlock(page, wrong);
  await expect(page.getByRole('alert')).toContainText('This does not open the vault.');
  await page.reload();
  await expect(locked(page)).toBeVisible();
  expect(leaksIn([{ where: 'heap', text: await heapOf(page) }, ...(await stored(page))], [wrong])).toEqual([]);
});
