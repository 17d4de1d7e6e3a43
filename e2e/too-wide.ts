/** Whether a page can be moved sideways. */
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

const widths = [360, 390, 1280, 2560] as const;

/** What reaches beyond the right edge of the window, if the page can be moved sideways. */
const tooWide = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const reachesOut = (element: Element): boolean => element.getBoundingClientRect().right > clientWidth + 0.5;
    const innermost = [...document.querySelectorAll('body *')].filter(
      (element) => reachesOut(element) && ![...element.children].some(reachesOut),
    );
    return [
      `${scrollWidth} in ${clientWidth}`,
      ...innermost.slice(0, 5).map(({ outerHTML }) => outerHTML.slice(0, 120)),
    ];
  });

/** At every width, from a telephone to a wall. */
export async function expectNoneTooWide(page: Page, where: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    expect(await tooWide(page), `${where} at ${width}`).toEqual([]);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}
