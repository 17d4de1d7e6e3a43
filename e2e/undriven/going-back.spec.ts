/** What the browser shows of a page that was left unlocked, after the vault was locked elsewhere. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '../fixtures.ts';
import { signInWithKey } from '../steps.ts';
import { foot, keepSessions, locked } from '../vault-steps.ts';
import { goTo } from '../steps.ts';
import { withOwnBrowser } from './own-browser.ts';

/** A page of somebody else. It goes back when its server says so, and tells it how it was shown. */
async function serveElsewhere() {
  let mayGoBack = false;
  const shown: string[] = [];
  const page = `<!doctype html><title>Elsewhere</title><script>
    addEventListener('pageshow', ({ persisted }) => fetch('/shown?' + (persisted ? 'restored' : 'loaded')));
    const ask = setInterval(async () => {
      if (await (await fetch('/may-go-back')).text() !== 'yes') return;
      clearInterval(ask);
      history.back();
    }, 100);
  </script>`;
  const server = createServer(({ url }, response) => {
    if (url?.startsWith('/shown?')) shown.push(url.slice('/shown?'.length));
    if (url === '/') response.setHeader('content-type', 'text/html');
    response.end(url === '/' ? page : mayGoBack ? 'yes' : 'no');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a listening TCP server has one
  return {
    url: `http://127.0.0.1:${port}/`,
    shown,
    goBack: () => (mayGoBack = true),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** When a page was loaded by going back, the browser says why it did not restore what it had shown. */
function whyLoadedAnew(): readonly string[] {
  const [entry] = performance.getEntriesByType('navigation');
  const { notRestoredReasons } = entry as unknown as {
    notRestoredReasons: { readonly reasons: readonly { readonly reason: string }[] } | null; // not in the types yet
  };
  return (notRestoredReasons?.reasons ?? []).map(({ reason }) => reason);
}

test('F39: going back to a page that was left unlocked shows nothing of it once the vault is locked', async ({
  keyward,
}) => {
  const elsewhere = await serveElsewhere();
  await withOwnBrowser([], async (own) => {
    await own.driven(async (context) => {
      const page = await context.newPage();
      await page.goto(keyward.url);
      await keepSessions(page);
      await goTo(page, 'PrimaTime');
      await signInWithKey(page);
      const second = await context.newPage();
      await second.goto(keyward.url);
      await expect(foot(second)).toContainText('Kept in the vault');
      await page.evaluate((url) => {
        Object.assign(window, { keywardLeft: true });
        setTimeout(() => (location.href = url), 500);
      }, elsewhere.url);
    });
    await expect.poll(() => elsewhere.shown).toEqual(['loaded']);
    await own.driven(async (context) => {
      const second = context.pages().find((open) => open.url().startsWith(keyward.url));
      await second?.getByRole('button', { name: 'Lock', exact: true }).click();
      if (second) await expect(locked(second)).toBeVisible();
    });
    elsewhere.goBack();
    const back = await own.driven(async (context) => {
      const places = () => context.pages().map((open) => new URL(open.url()).pathname);
      await expect.poll(places).toContain('/primatime');
      const page = context.pages().find((open) => open.url().endsWith('/primatime'));
      if (!page) throw new Error('The page is gone.');
      await expect(locked(page)).toBeVisible();
      expect(await page.content()).not.toContain('ada@acme.example');
      expect(await page.evaluate(() => 'keywardLeft' in window)).toBe(false);
      const why = await page.evaluate(whyLoadedAnew);
      await page.evaluate(() => setTimeout(() => history.forward(), 500));
      return why;
    });
    expect(back).toContain('response-cache-control-no-store');
    // This browser does restore what may be restored: the other page was not loaded again.
    await expect.poll(() => elsewhere.shown).toEqual(['loaded', 'restored']);
  });
  await elsewhere.close();
});
