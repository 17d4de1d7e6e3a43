import type { BrowserContext } from '@playwright/test';

/** Not the console's origin: its own policy lets no page of it read the clipboard. Answered by the test, never sent. */
const origin = 'http://clipboard.localhost';

/** What the clipboard holds, as any other page in the person's hand would read it. */
export async function readClipboard(context: BrowserContext): Promise<string> {
  await context.grantPermissions(['clipboard-read'], { origin });
  const reader = await context.newPage();
  await reader.route(`${origin}/**`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><link rel="icon" href="data:,"><title>Reader</title>',
    }),
  );
  await reader.goto(`${origin}/`);
  const text = await reader.evaluate(() => navigator.clipboard.readText());
  await reader.close();
  return text;
}
