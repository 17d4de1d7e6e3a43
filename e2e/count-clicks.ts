import type { Page } from '@playwright/test';

/** Presses of a button, a link or a field from now on, as a person makes them. */
export async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    Object.assign(window, { clicks: 0 });
    document.addEventListener('pointerdown', () => {
      Object.assign(window, { clicks: Number(Reflect.get(window, 'clicks')) + 1 });
    });
  });
  return () => page.evaluate(() => Number(Reflect.get(window, 'clicks')));
}
