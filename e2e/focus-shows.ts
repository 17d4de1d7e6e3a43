/** What somebody without a mouse reaches, and sees of it. */
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** What shows where the focus is: a ring around the element itself, or around what is drawn for it. */
const focusShows = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return 'nothing has the focus';
    const drawn = [
      focused,
      ...[1, 2].map((up) => (up === 1 ? focused.parentElement : focused.parentElement?.parentElement)),
    ];
    const hasRing = drawn.some((element) => {
      if (!element) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    });
    const { width, height } = focused.getBoundingClientRect();
    return hasRing && width > 0 && height > 0 ? '' : focused.outerHTML.slice(0, 160);
  });

/** What Tab has to reach; what leaves the page meanwhile need not be. */
const noteReachable = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea')];
    const radios = new Set<string>();
    const reachable = all.filter((element) => {
      if (element.matches(':disabled, [tabindex="-1"]') || !element.checkVisibility()) return false;
      if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true;
      const first = !radios.has(element.name);
      radios.add(element.name);
      return first;
    });
    Object.assign(window, { keywardUnreached: new Set(reachable) });
  });

/** Those that had no focus since. Of a group of radio buttons Tab reaches the chosen one, for all. */
const unreached = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    // Put there above.
    const { keywardUnreached: left } = window as unknown as { keywardUnreached: Set<HTMLElement> };
    return [...left].filter((element) => element.checkVisibility()).map(({ outerHTML }) => outerHTML.slice(0, 160));
  });

/** Takes what has the focus off that list. False where nothing has it. */
const tickOff = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const { keywardUnreached: left } = window as unknown as { keywardUnreached: Set<HTMLElement> };
    const focused = document.activeElement;
    const isSame = (element: HTMLElement): boolean =>
      element === focused ||
      (element instanceof HTMLInputElement &&
        focused instanceof HTMLInputElement &&
        element.type === 'radio' &&
        element.name === focused.name);
    for (const element of left) if (isSame(element)) left.delete(element);
    return focused !== document.body;
  });

/** Tab reaches all there is on the page, and whatever it reaches shows that it has the focus. */
export async function expectAllReached(page: Page, name: string): Promise<void> {
  await noteReachable(page);
  const unseen: string[] = [];
  await page.getByRole('link', { name: 'Skip to the page' }).focus();
  // By key, because a browser shows no ring for what a script has focused.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  for (let press = 0; press < 300 && (await tickOff(page)); press += 1) {
    const fault = await focusShows(page);
    if (fault !== '') unseen.push(fault);
    await page.keyboard.press('Tab');
  }
  expect(unseen, name).toEqual([]);
  expect(await unreached(page), name).toEqual([]);
}
