/**
 * What a browser has to fetch, in bytes as they come over the wire. Counted over a real page load, whatever the files are
 * called and whoever asks for them.
 */
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { goTo, rowsOf, signInToOcp } from './steps.ts';

const firstPageMax = 100_000;
const providerPageMax = 25_000;

interface Fetched {
  readonly path: string;
  readonly bytes: number;
  readonly encoding: string;
}

/** Keeps what scripts and styles this page fetches. Bytes of the body as it was sent, without its head. */
async function keepFetched(context: BrowserContext, page: Page): Promise<readonly Fetched[]> {
  const fetched: Fetched[] = [];
  const seen = new Map<string, { path: string; encoding: string; head: number }>();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type !== 'Script' && type !== 'Stylesheet') return;
    const encoding = response.headers['content-encoding'] ?? response.headers['Content-Encoding'] ?? 'none';
    seen.set(requestId, { path: new URL(response.url).pathname, encoding, head: response.encodedDataLength });
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const known = seen.get(requestId);
    // A response from the memory cache has no length of its own, and costs nothing.
    if (known) fetched.push({ ...known, bytes: Math.max(encodedDataLength - known.head, 0) });
  });
  return fetched;
}

const sum = (fetched: readonly Fetched[]): number => fetched.reduce((total, { bytes }) => total + bytes, 0);
const shown = (fetched: readonly Fetched[]): string =>
  fetched
    .map(({ path, bytes, encoding }) => `    ${String(bytes).padStart(6)} ${encoding.padEnd(5)} ${path}`)
    .join('\n');

test('little is fetched until the rows of the sessions show, and little more for a provider’s page', async ({
  page,
  context,
}) => {
  const fetched = await keepFetched(context, page);
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  console.log(`  Overview: ${sum(fetched)} bytes\n${shown(fetched)}`);
  expect(sum(fetched)).toBeLessThanOrEqual(firstPageMax);

  for (const name of ['OCP', 'PrimaTime']) {
    const before = fetched.length;
    await goTo(page, name);
    await page.waitForLoadState('networkidle');
    const own = fetched.slice(before);
    console.log(`  ${name}: ${sum(own)} bytes more\n${shown(own)}`);
    expect(own.length, name).toBeGreaterThan(0);
    expect(sum(own), name).toBeLessThanOrEqual(providerPageMax);
    if (name !== 'OCP') continue;
    await signInToOcp(page, { username: 'alice' });
    await goTo(page, 'Overview');
    await expect(rowsOf(page, 'alice').getByRole('timer')).toHaveText(/^\d:\d\d$/);
    await page.waitForLoadState('networkidle');
    console.log(`  Until the rows show, a provider’s page on the way: ${sum(fetched)} bytes`);
  }
  for (const { encoding, bytes, path } of fetched) if (bytes > 1_024) expect(encoding, path).toBe('br');
});
