/** What a person does on the page of keys, at Tuleap and PrimaTime. */
import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import type { ServedConsole } from './serve.ts';
import { goTo, signInWithKey } from './steps.ts';
import { signInWithAccessKey } from './three-steps.ts';

export const keyTable = (page: Page): Locator => page.getByRole('table', { name: 'Keys' });

export const rowOf = (page: Page, name: string): Locator => keyTable(page).getByRole('row').filter({ hasText: name });

/** Of Tuleap's alice; gives the key itself. */
export const addKey = (
  { tuleap }: ServedConsole,
  description: string,
  more: { readonly expiresInSeconds?: number } = {},
): string => tuleap.control.addKey({ username: 'alice', description, ...more }).identifier;

export async function signInToBoth(page: Page, keyward: ServedConsole): Promise<void> {
  await page.goto('/tuleap');
  await signInWithAccessKey(page, addKey(keyward, 'console'));
  await goTo(page, 'PrimaTime');
  await signInWithKey(page);
}

export async function openKeys(page: Page, keyward: ServedConsole): Promise<void> {
  await signInToBoth(page, keyward);
  await goTo(page, 'Keys');
  await expect(rowOf(page, 'console')).toBeVisible();
  await expect(rowOf(page, 'Demo key')).toBeVisible();
}
