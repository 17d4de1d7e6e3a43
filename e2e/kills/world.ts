/**
 * Three vendors whose refresh tokens work once, a gateway, and a browser with two tabs and a vault, all on one clock that
 * runs twenty times faster.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { LedgerEntry } from '../../stand-ins/ledger.ts';
import { fastNowMs, runFast, type FastClock } from '../fast-clock.mjs';
import { expect } from '../fixtures.ts';
import { startChromium, type OwnChromium } from '../own-chromium.ts';
import { serveConsole, type ServedConsole } from '../serve.ts';
import { answer, goTo, rowsOf, signInToOcp, signInWithKey } from '../steps.ts';
import { departure, logInThere, showWay } from '../tuleap-steps.ts';
import { askWhatIsKept, foot, passphrase, typeNewPassphrase, unlock } from '../vault-steps.ts';
import { observe, type Observation } from './points.ts';

const RATE = 20;
const LIFE_SECONDS = 300;

export const vendors = ['primatime', 'tuleap', 'ocp'] as const;
export type Vendor = (typeof vendors)[number];

/** The stand-ins' people; as unlike in the table of sessions as they can be. */
const whoIs: Readonly<Record<Vendor, string>> = { primatime: 'ada@acme.example', tuleap: 'alice', ocp: 'bob' };
export const connectionOf = (vendor: Vendor): string => `${vendor}-demo`;

export interface World {
  readonly keyward: ServedConsole;
  readonly observation: Observation;
  /** Two of them, once the world stands. */
  readonly tabs: Page[];
  /** On the fast clock. */
  nowMs(): number;
  /** Opens a further tab in place of one that is gone. */
  replaceTab(gone: Page): Promise<Page>;
  /** In the middle of whatever it does. */
  killBrowser(): Promise<void>;
  /** The same profile again, in one tab, unlocked with the passphrase. */
  startBrowser(): Promise<void>;
  /** The first tab hands the key over. */
  openSecondTab(): Promise<void>;
  signIn(vendor: Vendor): Promise<void>;
  /** Every request that presented a refresh token to be spent, at one vendor. */
  presented(vendor: Vendor): readonly LedgerEntry[];
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const clock: FastClock = { anchorMs: Date.now(), rate: RATE };
  const keyward = await serveConsole({ vendors, clock });
  keyward.primatime.control.configure({ tokenSeconds: LIFE_SECONDS });
  keyward.tuleap.control.configure({ accessTokenSeconds: LIFE_SECONDS });
  keyward.ocp.control.configureRealm({ accessTokenSeconds: LIFE_SECONDS, rotation: true });
  const folder = mkdtempSync(join(tmpdir(), 'keyward-kills-'));
  const observation = observe();
  const tabs: Page[] = [];
  let chromium: OwnChromium | undefined;
  let driver: Browser | undefined;
  let context: BrowserContext | undefined;

  async function openTab(): Promise<Page> {
    if (!context) throw new Error('There is no browser.');
    const page = await context.newPage();
    await page.goto(keyward.url);
    return page;
  }

  async function startBrowser(): Promise<void> {
    chromium = await startChromium(folder, [
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
    ]);
    driver = await chromium.drive();
    [context] = driver.contexts();
    if (!context) throw new Error('This browser has no profile open.');
    context.setDefaultTimeout(10_000);
    await context.addInitScript(runFast, clock);
    await context.addInitScript(lockSeldom);
    await observation.watch(context);
  }

  async function closeBrowser(): Promise<void> {
    await driver?.close();
    await chromium?.close();
  }

  const world: World = {
    keyward,
    observation,
    tabs,
    nowMs: () => fastNowMs(clock),
    async replaceTab(gone) {
      const page = await openTab();
      tabs.splice(tabs.indexOf(gone), 1, page);
      await expect(table(page)).toBeVisible();
      return page;
    },
    async killBrowser() {
      await chromium?.kill();
    },
    async startBrowser() {
      await startBrowser();
      const first = await openTab();
      await unlock(first, passphrase);
      await expect(table(first)).toBeVisible();
      tabs.splice(0, tabs.length, first);
    },
    async openSecondTab() {
      const second = await openTab();
      tabs.push(second);
      await expect(table(second)).toBeVisible();
    },
    // The gateway's limits are twenty times shorter here, and a sign-in is not what is tested.
    signIn: (vendor) => signIn(keyward, tabs, vendor).catch(() => signIn(keyward, tabs, vendor)),
    presented: (vendor) =>
      keyward[vendor].control.ledger({ operation: 'refresh' }).filter(({ spends }) => spends !== null),
    async close() {
      await closeBrowser();
      await keyward.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await startBrowser();
    tabs.push(await openTab(), await openTab());
    await makeVault(tabs);
    for (const vendor of vendors) await world.signIn(vendor);
  } catch (error) {
    await world.close();
    throw error;
  }
  return world;
}

/** A quarter of an hour is over after 45 s here, and what locks is not what is tested. */
function lockSeldom(): void {
  if (location.hostname === 'localhost') localStorage.setItem('keyward.auto-lock', '240');
}

const table = (page: Page) => page.getByRole('table', { name: 'Sessions' });

/** What passes is passed over: on this clock a notice is gone after a fraction of a second. */
async function makeVault([first, second]: readonly Page[]): Promise<void> {
  if (!first || !second) throw new Error('There are no two tabs.');
  const dialog = await askWhatIsKept(first);
  await typeNewPassphrase(dialog, passphrase);
  await dialog.getByRole('button', { name: 'Keep sessions' }).click();
  for (const page of [first, second]) await expect(foot(page)).toContainText('Kept in the vault');
}

async function signIn(keyward: ServedConsole, [page]: readonly Page[], vendor: Vendor): Promise<void> {
  if (!page) throw new Error('There is no tab.');
  switch (vendor) {
    case 'primatime':
      await goTo(page, 'PrimaTime');
      await signInWithKey(page);
      break;
    case 'tuleap':
      await goTo(page, 'Tuleap');
      await signInAtTuleap(page);
      break;
    case 'ocp':
      // One that was lost is still counted there, and is not what this is about.
      keyward.ocp.control.dropSessions({ username: whoIs.ocp });
      await goTo(page, 'OCP');
      await signInToOcp(page, { username: whoIs.ocp });
      break;
    default:
      vendor satisfies never;
  }
  await goTo(page, 'Overview');
  await expect(rowsOf(page, whoIs[vendor])).toContainText('Ready');
}

async function signInAtTuleap(page: Page): Promise<void> {
  await showWay(page, 'OAuth2');
  const [tab] = await Promise.all([page.context().waitForEvent('page'), departure(page).click()]);
  await tab.waitForLoadState();
  await logInThere(tab, whoIs.tuleap);
  await tab.getByRole('button', { name: 'Authorize', exact: true }).click();
  await expect(answer(page)).toContainText(`Signed in as ${whoIs.tuleap}`);
  await tab.close();
  await page.bringToFront();
}

export const rowOf = (page: Page, vendor: Vendor) => rowsOf(page, whoIs[vendor]);
const more = (page: Page, vendor: Vendor) => rowOf(page, vendor).getByRole('button', { name: /^More for/ });

/** A menu that was left open would be closed by the click that is to open it. */
async function choose(page: Page, vendor: Vendor, item: RegExp): Promise<void> {
  await page.keyboard.press('Escape');
  await more(page, vendor).click();
  await page.getByRole('menuitem', { name: item }).click({ timeout: 3_000 });
}

export const pressRefresh = (page: Page, vendor: Vendor): Promise<void> => choose(page, vendor, /^Refresh/);

export async function forget(page: Page, vendor: Vendor): Promise<void> {
  const button = page.getByRole('dialog').getByRole('button', { name: 'Forget', exact: true });
  await expect(async () => {
    await choose(page, vendor, /^Forget/);
    await expect(button).toBeVisible();
  }).toPass({ timeout: 30_000 });
  await button.click();
  await expect(rowOf(page, vendor)).toHaveCount(0);
}
