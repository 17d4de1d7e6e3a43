/** The vault in a real browser: what lies in its storage, be that damaged, full, wiped or in a thief’s hands. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { launchOptions } from './browser.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import { heapOf } from './heap.ts';
import { leaksIn } from './leaks.ts';
import type { ServedConsole } from './serve.ts';
import {
  answer,
  chooseFromMenu,
  goTo,
  notices,
  rowsOf,
  sessionTable,
  signInToOcp,
  signInWithEmail,
  signInWithKey,
  submitEmail,
  submitKey,
} from './steps.ts';
import { ada, keepOneSession, keepSessions, locked, passphrase, stored, unlock } from './vault-steps.ts';

// Of the last files: one that ran alone at the end would leave the other workers idle.
test.describe.configure({ mode: 'parallel' });

test('a wrong passphrase is told from a damaged vault, and neither costs anything', async ({ page }) => {
  await keepOneSession(page);
  await page.reload();
  await unlock(page, 'some other false words');
  await expect(page.getByRole('alert')).toContainText('This does not open the vault.');
  await expect(page.getByRole('alert')).toContainText('not damaged');
  await expect(page.getByRole('textbox', { name: 'Passphrase' })).toHaveValue('');
  await expect(page.getByRole('textbox', { name: 'Passphrase' })).toBeFocused();
  await changeHeaders(page, ['a']);
  await page.reload();
  await unlock(page);
  await expect(rowsOf(page, ada)).toBeVisible();
  await changeHeaders(page, ['a', 'b']);
  await page.reload();
  await unlock(page);
  await expect(page.getByRole('alert')).toContainText(
    'The vault is damaged: both copies of its header are gone, or cannot be read.',
  );
});

/** Flips one letter of each of these copies. */
async function changeHeaders(page: Page, copies: readonly string[]): Promise<void> {
  await page.evaluate(
    (names) =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('keyward');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('headers', 'readwrite');
          const store = transaction.objectStore('headers');
          for (const name of names) {
            const reading = store.get(name) as IDBRequest<{ text: string; sha256: string }>; // what the format says
            reading.onsuccess = () =>
              store.put({ ...reading.result, text: reading.result.text.replace('o', '0') }, name);
          }
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    copies,
  );
}

test('wiping logs out at the vendors first and says what came of each, then nothing is left', async ({
  page,
  context,
  keyward,
}) => {
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'alice' });
  await goTo(page, 'Overview');
  await keepSessions(page);
  await goTo(page, 'PrimaTime');
  await signInWithKey(page);
  const second = await context.newPage();
  await second.goto('/');
  await expect(rowsOf(second, 'alice')).toBeVisible();

  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Wipe the vault' }).click();
  const dialog = page.getByRole('dialog', { name: 'Wipe the vault?' });
  await dialog.getByRole('button', { name: 'Log out 1 session first' }).click();
  const results = dialog.getByRole('list', { name: 'Log outs' });
  await expect(results.getByRole('listitem').filter({ hasText: 'alice' })).toContainText('Logged out');
  await expect(results.getByRole('listitem').filter({ hasText: ada })).toContainText(
    'This vendor has no call that logs out.',
  );
  await expect(dialog).toContainText('One session is still open at the servers');
  expect(keyward.ocp.control.sessions({ username: 'alice' })).toHaveLength(0);

  await dialog.getByRole('button', { name: 'Wipe', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Choose what is kept' })).toBeVisible();
  await expect(second.getByRole('button', { name: 'Choose what is kept' })).toBeVisible();
  await expect(rowsOf(second, 'alice')).toHaveCount(0);
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
});

test('a record that cannot be read is set aside, everything else is usable', async ({ page }) => {
  await page.goto('/primatime');
  await signInWithEmail(page, 'ben');
  await goTo(page, 'Overview');
  await keepSessions(page);
  await goTo(page, 'PrimaTime');
  await signInWithKey(page);
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('keyward');
        opening.onsuccess = () => {
          const store = opening.result.transaction('rows', 'readwrite').objectStore('rows');
          const reading = store.getAll() as IDBRequest<{ ct: Uint8Array }[]>; // what the format says
          reading.onsuccess = () => {
            const [row] = reading.result;
            if (row) store.put({ ...row, ct: row.ct.map((byte, at) => (at === 9 ? byte ^ 1 : byte)) });
          };
          store.transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
  );
  await page.reload();
  await unlock(page);
  const main = page.getByRole('main');
  await expect(main).toContainText('One record of the vault cannot be read. It is set aside.');
  await expect(page.getByRole('table', { name: 'Sessions' }).getByRole('row')).toHaveCount(2);
  await main.getByRole('button', { name: 'Delete it' }).click();
  await expect(main).not.toContainText('cannot be read');
});

/** Writes to another database of this origin until the browser takes no more. */
async function fillStorage(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('filler');
        opening.onupgradeneeded = () => opening.result.createObjectStore('bytes', { autoIncrement: true });
        opening.onsuccess = () => {
          const write = (size: number): void => {
            const transaction = opening.result.transaction('bytes', 'readwrite');
            transaction.objectStore('bytes').add(crypto.getRandomValues(new Uint8Array(size)));
            transaction.oncomplete = () => write(size);
            transaction.onabort = () => {
              if (size > 64) write(Math.floor(size / 2));
              else resolve();
            };
          };
          write(16_384);
        };
      }),
  );
}

test('F25: storage that takes no more stops the refresh before it is sent, and says so', async ({
  page,
  context,
  keyward,
  complaints,
}) => {
  complaints.expect(/QuotaExceeded/);
  const tools = await context.newCDPSession(page);
  const origin = keyward.url;
  await page.goto('/');
  await tools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 400_000 });
  await keepOneSession(page);
  await fillStorage(page);
  const before = keyward.primatime.control.sessions().map(({ refreshToken }) => refreshToken);
  const row = rowsOf(page, ada);
  await chooseFromMenu(page, row.getByRole('button', { name: /^More for/ }), /^Refresh/);
  await expect(sessionTable(page)).toContainText('This browser’s storage does not take what is written to it.');
  await expect(page.getByRole('main')).toContainText('This browser’s storage takes no more.');
  expect(keyward.primatime.control.sessions().map(({ refreshToken }) => refreshToken)).toEqual(before);
  await expect(row).toContainText('Ready');
  await goTo(page, 'PrimaTime');
  await submitEmail(page, 'ben@acme.example', 'ben-demo-password');
  await expect(answer(page)).toContainText('Nothing was sent');
  expect(keyward.primatime.control.sessions()).toHaveLength(before.length);

  await tools.send('Storage.overrideQuotaForOrigin', { origin });
  await chooseFromMenu(page, rowsOf(page, ada).getByRole('button', { name: /^More for/ }), /^Refresh/);
  await expect(notices(page)).toContainText('Refreshed, valid');
  await expect(page.getByRole('main')).not.toContainText('takes no more');
});

interface Profile {
  readonly folder: string;
  open(): Promise<BrowserContext>;
}

async function withProfile(keyward: ServedConsole, work: (profile: Profile) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-profile-'));
  let context: BrowserContext | undefined;
  try {
    await work({
      folder,
      async open() {
        context = await chromium.launchPersistentContext(folder, { ...launchOptions, baseURL: keyward.url });
        return context;
      },
    });
  } finally {
    await context?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

test('a restart of the browser keeps the sessions, and a locked profile holds no secret in any file', async ({
  keyward,
}) => {
  test.setTimeout(60_000);
  const secretKey = 'canary-secret-key-e41b07';
  keyward.primatime.control.addKey({ email: ada, name: 'Canary', secretKey });
  await withProfile(keyward, async (profile) => {
    const first = await profile.open();
    const page = first.pages()[0] ?? (await first.newPage());
    const tokens: string[] = [secretKey, passphrase];
    page.on('response', (response) => {
      if (!response.url().includes('/gw/v1/call/')) return;
      void response.text().then((text) => {
        for (const [, token = ''] of text.matchAll(/\\"(?:token|refreshToken)\\":\\"([^"\\]+)/g)) tokens.push(token);
      });
    });
    await page.goto('/');
    await keepSessions(page);
    await goTo(page, 'PrimaTime');
    await submitKey(page, secretKey);
    await expect(answer(page)).toContainText(`Signed in as ${ada}`);
    expect(tokens.length).toBeGreaterThanOrEqual(4);
    await page.getByRole('button', { name: 'Lock', exact: true }).click();
    await expect(locked(page)).toBeVisible();

    const places = await stored(page);
    expect(places.find(({ where }) => where === 'rows')?.text).toContain('"table":"sessions"');
    expect(leaksIn(places, tokens)).toEqual([]);
    expect(leaksIn([{ where: 'heap', text: await heapOf(page) }], tokens)).toEqual([]);
    await first.close();

    const files = readdirSync(profile.folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const onDisk = files.flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const bytes = readFileSync(path);
      return [bytes.toString('latin1'), bytes.toString('utf16le'), bytes.subarray(1).toString('utf16le')].map(
        (text) => ({
          where: path,
          text,
        }),
      );
    });
    expect(onDisk.some(({ where }) => where.includes('IndexedDB'))).toBe(true);
    expect(leaksIn(onDisk, tokens)).toEqual([]);

    const next = await (await profile.open()).newPage();
    await next.goto('/');
    await unlock(next);
    await expect(rowsOf(next, ada)).toContainText('Ready');
  });
});
