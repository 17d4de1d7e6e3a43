/** From a string that leaked to its proof, as a person goes there. */
import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** Pastes into whatever has the focus, as a browser does: what is pasted goes through no clipboard of this machine. */
const paste = (page: Page, text: string): Promise<void> =>
  page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    (document.activeElement ?? document.body).dispatchEvent(event);
  }, text);

/** What a person does with hand or keys, counted: a chord is one. */
export interface Hand {
  readonly count: () => number;
  press(keys: string): Promise<void>;
  click(target: Locator): Promise<void>;
}

export function handOf(page: Page): Hand {
  let count = 0;
  return {
    count: () => count,
    async press(keys) {
      count += 1;
      await page.keyboard.press(keys);
    },
    async click(target) {
      count += 1;
      await target.click();
    },
  };
}

/** One chord, and what leaked. */
export async function checkKey(page: Page, hand: Hand, text: string): Promise<void> {
  await hand.press('ControlOrMeta+k');
  const field = page.getByLabel('Key, token or whatever was found', { exact: true });
  await expect(
    page.getByRole('heading', { level: 1, name: 'Check a key' }).or(field).and(page.locator(':focus')),
  ).toBeVisible();
  await paste(page, text);
}

export const sheet = (page: Page): Locator => page.getByRole('dialog', { name: /^Revoke and prove/ });
export const revokeButton = (page: Page): Locator =>
  page.getByRole('main').getByRole('button', { name: 'Revoke and prove', exact: true });
export const confirmButton = (page: Page): Locator => sheet(page).getByRole('button', { name: /^Revoke .*prove$/ });
export const consentBox = (page: Page): Locator =>
  sheet(page).getByRole('checkbox', { name: 'Use what was found on itself' });

/** From the page of the key: the sheet, the consent where one is asked for, and off. */
export async function revoke(page: Page, hand: Hand, { consents = false } = {}): Promise<void> {
  await hand.click(revokeButton(page));
  await expect(confirmButton(page)).toBeVisible();
  if (consents) await hand.click(consentBox(page));
  await hand.click(confirmButton(page));
  await expect(page.getByRole('heading', { level: 1, name: 'Incidents' })).toBeVisible();
}

/** On the board: the card whose title holds this. */
export const card = (page: Page, title: string): Locator =>
  page.getByRole('article', { name: new RegExp(title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) });
