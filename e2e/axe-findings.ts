/** What axe finds on a page. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

const widths = [1280, 390] as const;
const themes = ['light', 'dark'] as const;

interface Look {
  readonly where: string;
  readonly theme: 'light' | 'dark';
  /** Only this part of the page; the whole of it where left out. */
  readonly within?: string;
}

/** What colour decides. The rest is the same in both themes, and judged in one. */
const ofColour = ['color-contrast', 'link-in-text-block'];

async function findings(page: Page, { where, theme, within }: Look): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  const builder = new AxeBuilder({ page }).options({ resultTypes: ['violations'], preload: false });
  // The other mode opens one more page for each look, to put the frames' results together; ours has no frames.
  builder.setLegacyMode(true);
  if (within !== undefined) builder.include(within);
  if (theme === 'dark') builder.withRules(ofColour);
  const { violations, passes } = await builder.analyze();
  // A place without text would pass everything.
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${where}: ${id} at ${target.join(' ')}`));
}

/** What axe finds at both widths and in both themes; colours do not depend on the width. */
export async function everyLook(page: Page, place: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    found.push(...(await findings(page, { where: `${place}, light, ${width}`, theme: 'light' })));
  }
  found.push(...(await findings(page, { where: `${place}, dark`, theme: 'dark' })));
  await page.setViewportSize({ width: 1280, height: 900 });
  return found;
}

/** What lies over the page, in both themes. */
export async function overlay(page: Page, place: string, within: string): Promise<readonly string[]> {
  await expect(page.locator(within)).toBeVisible();
  const found: string[] = [];
  for (const theme of themes) found.push(...(await findings(page, { where: `${place}, ${theme}`, theme, within })));
  return found;
}
