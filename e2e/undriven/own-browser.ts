/** A browser for each test, started by hand: whatever drives a page keeps it visible and at full speed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { startChromium } from '../own-chromium.ts';

export interface OwnBrowser {
  /** Drives the browser while `work` runs, and lets go of it. */
  driven<Value>(work: (context: BrowserContext) => Promise<Value>): Promise<Value>;
  /** Opens another tab in front, by the browser's own port and without driving anything. */
  openInFront(url: string): Promise<void>;
}

export async function withOwnBrowser(flags: readonly string[], work: (own: OwnBrowser) => Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-undriven-'));
  const chromium = await startChromium(folder, flags);
  try {
    await work({
      async driven(act) {
        const browser = await chromium.drive();
        try {
          const [context] = browser.contexts();
          if (!context) throw new Error('This browser has no profile open.');
          context.setDefaultTimeout(10_000);
          return await act(context);
        } finally {
          await browser.close();
        }
      },
      async openInFront(url) {
        const response = await fetch(`${chromium.tools}/json/new?${encodeURIComponent(url)}`, { method: 'PUT' });
        if (!response.ok) throw new Error(`No tab was opened: ${response.status}`);
      },
    });
  } finally {
    await chromium.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
