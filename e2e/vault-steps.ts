/** What a person does with the vault, and what a thief would find of it. */
import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import type { Place } from './leaks.ts';
import { goTo, notices, rowsOf, signInWithKey } from './steps.ts';

export const ada = 'ada@acme.example';
export const passphrase = 'obviously false words for a test';

export const locked = (page: Page): Locator => page.getByRole('heading', { level: 1, name: 'Locked' });
export const foot = (page: Page): Locator => page.getByRole('contentinfo');

/** The first question, opened from the overview. */
export async function askWhatIsKept(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Choose what is kept' }).click();
  return page.getByRole('dialog', { name: 'Keep sessions in this browser?' });
}

export async function typeNewPassphrase(dialog: Locator, words: string, again = words): Promise<void> {
  await dialog.getByRole('textbox', { name: 'New passphrase' }).fill(words);
  await dialog.getByRole('textbox', { name: 'The same once more' }).fill(again);
}

/** On the overview: makes a vault that a passphrase opens. */
export async function keepSessions(page: Page, words = passphrase): Promise<void> {
  const dialog = await askWhatIsKept(page);
  await typeNewPassphrase(dialog, words);
  await dialog.getByRole('button', { name: 'Keep sessions' }).click();
  await expect(notices(page)).toContainText('Sessions are kept from now on.');
  await expect(dialog).toBeHidden();
}

/** A session of PrimaTime, and the choice to keep it. */
export async function keepOneSession(page: Page): Promise<void> {
  await page.goto('/primatime');
  await signInWithKey(page);
  await goTo(page, 'Overview');
  await keepSessions(page);
  await expect(rowsOf(page, ada)).toBeVisible();
}

export async function unlock(page: Page, words = passphrase): Promise<void> {
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(words);
  await page.getByRole('button', { name: 'Unlock' }).click();
}

/** Everything that this origin has stored and a script can read, bytes as Latin-1. */
export async function stored(page: Page): Promise<readonly Place[]> {
  const found = await page.evaluate(async () => {
    const bytes: string[] = [];
    const text = (value: unknown): string =>
      JSON.stringify(value, (_name, part: unknown) => {
        if (!(part instanceof Uint8Array)) return part;
        bytes.push(Array.from(part, (byte) => String.fromCharCode(byte)).join(''));
        return `bytes ${part.length}`;
      });
    const asked = <Value>(request: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('The database could not be read'));
      });
    const rows: string[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await asked(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const values: unknown[] = await asked(database.transaction(store).objectStore(store).getAll());
        rows.push(...values.map(text));
      }
      database.close();
    }
    const kept: string[] = [];
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) kept.push(request.url);
    }
    return {
      rows: rows.join('\n'),
      bytes: bytes.join('\n'),
      localStorage: JSON.stringify(Object.entries(localStorage)),
      sessionStorage: JSON.stringify(Object.entries(sessionStorage)),
      caches: kept.join('\n'),
      document: document.documentElement.outerHTML,
    };
  });
  return Object.entries(found).map(([where, text]) => ({ where, text }));
}
