/** Two tabs of one browser that are due in the same moment: the refresh token works once, and a second use would be refused. */
import type { Page } from '@playwright/test';
import { watchCalls } from './calls-under-way.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import { rowsOf } from './steps.ts';
import { ada, keepOneSession } from './vault-steps.ts';

declare global {
  interface Window {
    /** Says when this tab wants to be the one that refreshes, in milliseconds on the page's clock; resolves once both want. */
    wantsToRefresh(atMs: number): Promise<void>;
  }
}

/** A tab that is slower than the other would find the work taken and never want it: to be run before any script of the page. */
function waitForEachOther(): void {
  // An empty page has none.
  if (!('locks' in navigator)) return;
  const { locks } = navigator;
  const request = locks.request.bind(locks) as (...given: readonly unknown[]) => Promise<unknown>; // whatever it is given
  Object.defineProperty(locks, 'request', {
    value: async (name: string, ...rest: readonly unknown[]) => {
      if (name.startsWith('keyward.family.')) await window.wantsToRefresh(Date.now());
      return request(name, ...rest);
    },
  });
}

/** Of the five minutes that a token lives: late enough to be due, and the vault is not locked before. */
const LATER_MS = 4.5 * 60_000;

test(
  'F09: two tabs due in the same millisecond; the server sees one refresh, and both tabs go on with its pair',
  { tag: '@window' },
  async ({ page: first, context, keyward: { primatime } }) => {
    const { control } = primatime;
    const refreshes = () => control.ledger({ operation: 'refresh' });
    control.configure({ tokenSeconds: 300 });
    const wanted = new Map<Page, number>();
    let both: () => void = () => undefined;
    const meet = new Promise<void>((resolve) => (both = resolve));
    await context.exposeBinding('wantsToRefresh', ({ page }, atMs: number) => {
      if (!wanted.has(page)) wanted.set(page, atMs);
      if (wanted.size === 2) both();
      return meet;
    });
    await context.addInitScript(waitForEachOther);
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
    await meet;
    expect(new Set(wanted.values()).size).toBe(1);
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
