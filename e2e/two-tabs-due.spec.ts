/** Two tabs of one browser that are due in the same moment: the refresh token works once, and a second use would be refused. */
import type { Page } from '@playwright/test';
import { watchCalls } from './calls-under-way.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import { rowsOf } from './steps.ts';
import { ada, keepOneSession } from './vault-steps.ts';

declare global {
  interface Window {
    /** When this tab wanted to be the one that refreshes; milliseconds on the page's clock. */
    wanted: number[];
  }
}

/** Notes it and passes it on: to be run before any script of the page. */
function noteFamilyLocks(): void {
  window.wanted = [];
  // An empty page has none.
  if (!('locks' in navigator)) return;
  const { locks } = navigator;
  const request = locks.request.bind(locks) as (...given: readonly unknown[]) => Promise<unknown>; // whatever it is given
  Object.defineProperty(locks, 'request', {
    value: (name: string, ...rest: readonly unknown[]) => {
      if (name.startsWith('keyward.family.')) window.wanted.push(Date.now());
      return request(name, ...rest);
    },
  });
}

/** Of the five minutes that a token lives: late enough to be due, and the vault is not locked before. */
const LATER_MS = 4.5 * 60_000;

const wantedBy = (page: Page): Promise<readonly number[]> => page.evaluate(() => window.wanted);

test(
  'F09: two tabs due in the same millisecond; the server sees one refresh, and both tabs go on with its pair',
  { tag: '@window' },
  async ({ page: first, context, keyward: { primatime } }) => {
    const { control } = primatime;
    const refreshes = () => control.ledger({ operation: 'refresh' });
    control.configure({ tokenSeconds: 300 });
    await context.addInitScript(noteFamilyLocks);
    await context.clock.install();
    await keepOneSession(first);
    const second = await context.newPage();
    await second.goto('/');
    await expect(rowsOf(second, ada)).toBeVisible();
    const quiet = watchCalls(context);
    await quiet();

    // Both clocks stand still at one moment, at which the token is due, and neither tab is done while the other begins.
    const tabs = [first, second];
    control.fault({ operation: 'refresh', kind: 'hold', when: 'before' });
    control.clock({ advanceMs: LATER_MS });
    await context.clock.pauseAt((await first.evaluate(() => Date.now())) + LATER_MS);
    await expect.poll(async () => (await Promise.all(tabs.map(wantedBy))).map(({ length }) => length)).toEqual([1, 1]);
    const [one, other] = await Promise.all(tabs.map(wantedBy));
    expect(one).toEqual(other);
    await expect.poll(() => refreshes().length).toBe(1);
    control.release();
    await quiet();
    await context.clock.resume();
    for (const page of tabs) await expect(rowsOf(page, ada)).toContainText('Ready');
    expect(refreshes()).toHaveLength(1);
    expect(Object.values(control.spends())).toEqual([1]);

    // The pair that came is in both: whichever tab it is, the next refresh spends the new token.
    control.clock({ advanceMs: LATER_MS });
    await context.clock.fastForward(LATER_MS);
    await expect.poll(() => refreshes().length).toBe(2);
    await quiet();
    for (const page of tabs) await expect(rowsOf(page, ada)).toContainText('Ready');
    expect(Object.values(control.spends())).toEqual([1, 1]);
  },
);
