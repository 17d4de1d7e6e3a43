/** A tab that the browser really throttles, in a Chromium that nobody drives. */
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import type { ServedConsole } from '../serve.ts';
import { answer, goTo, signInToOcp, signInWithKey } from '../steps.ts';
import { departure, logInThere, showWay } from '../tuleap-steps.ts';
import { withOwnBrowser } from './own-browser.ts';

const LIFE_SECONDS = 300;
const LEFT_AT_LEAST_MS = 30_000;
/** After five minutes in a browser as it comes. With the flag, within the first minute that a page is hidden. */
const THROTTLED = ['--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/10'];
const THROTTLED_AFTER_MS = 70_000;

const vendors = ['primatime', 'tuleap', 'ocp'] as const;
test.use({ vendors });

interface Wake {
  readonly atMs: number;
  readonly visibility: DocumentVisibilityState;
}

/** Wakes every second as long as it may, and writes down when it was woken. */
function recordWakes(): void {
  const wakes: Wake[] = [];
  Object.assign(window, { keywardWakes: wakes });
  const wake = (): void => {
    wakes.push({ atMs: Date.now(), visibility: document.visibilityState });
    setTimeout(wake, 1_000);
  };
  wake();
}

async function signInToAll(page: Page, { url, primatime, tuleap, ocp }: ServedConsole): Promise<void> {
  primatime.control.configure({ tokenSeconds: LIFE_SECONDS });
  tuleap.control.configure({ accessTokenSeconds: LIFE_SECONDS });
  ocp.control.configureRealm({ accessTokenSeconds: LIFE_SECONDS, rotation: true });
  await page.goto(`${url}/primatime`);
  await signInWithKey(page);
  await goTo(page, 'Tuleap');
  await showWay(page, 'OAuth2');
  const [tab] = await Promise.all([page.context().waitForEvent('page'), departure(page).click()]);
  await logInThere(tab);
  await tab.getByRole('button', { name: 'Authorize', exact: true }).click();
  await expect(answer(page)).toContainText('Signed in as alice');
  await tab.close();
  await goTo(page, 'OCP');
  await signInToOcp(page, { username: 'bob' });
}

test('F18: in a hidden tab that is woken once a minute, tokens of 300 s are refreshed 30 s before they end', async ({
  keyward,
}) => {
  test.setTimeout(420_000);
  const openedBy = { primatime: 'sign-in', tuleap: 'exchange-code', ocp: 'sign-in' } as const;
  const firstOf = (vendor: (typeof vendors)[number], operation: string) =>
    keyward[vendor].control.ledger({ operation })[0]?.atMs;

  await withOwnBrowser(THROTTLED, async (own) => {
    await own.driven(async (context) => {
      const page = await context.newPage();
      await signInToAll(page, keyward);
      await page.evaluate(recordWakes);
    });
    await own.openInFront('about:blank');
    const hiddenAtMs = Date.now();
    for (const vendor of vendors) {
      await expect.poll(() => firstOf(vendor, 'refresh'), { timeout: 310_000, intervals: [1_000] }).toBeDefined();
    }
    const wakes = await own.driven(async (context) => {
      const page = context.pages().find((open) => open.url().startsWith(keyward.url));
      return await page?.evaluate(() => (window as unknown as { keywardWakes: Wake[] }).keywardWakes); // put there above
    });

    // It really was hidden, and really was let wake once a minute.
    const isHidden = ({ visibility }: Wake): boolean => visibility === 'hidden';
    const undriven = (wakes ?? []).slice(wakes?.findIndex(isHidden), (wakes ?? []).findLastIndex(isHidden) + 1);
    expect(undriven.every(isHidden)).toBe(true);
    const throttled = undriven.map(({ atMs }) => atMs).filter((atMs) => atMs > hiddenAtMs + THROTTLED_AFTER_MS);
    const gapsMs = throttled.slice(1).map((atMs, before) => atMs - (throttled[before] ?? 0));
    expect(gapsMs.length).toBeGreaterThanOrEqual(1);
    for (const gapMs of gapsMs) expect(gapMs).toBeGreaterThan(50_000);

    for (const vendor of vendors) {
      const openedAtMs = firstOf(vendor, openedBy[vendor]) ?? NaN;
      const leftMs = openedAtMs + LIFE_SECONDS * 1000 - (firstOf(vendor, 'refresh') ?? NaN);
      console.log(`${vendor}: refreshed ${Math.round(leftMs / 1000)} s before its end`);
      expect(leftMs).toBeGreaterThanOrEqual(LEFT_AT_LEAST_MS);
    }
    console.log(`Woken every ${gapsMs.map((gapMs) => Math.round(gapMs / 1000)).join(', ')} s`);
  });
});
