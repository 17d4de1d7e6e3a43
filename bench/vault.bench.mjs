/* global document, indexedDB, localStorage, fill, write, dump */
/**
 * What a vault of 1,000 sessions costs beside one of 10, in Chromium: `node bench/vault.bench.mjs [--quick]`.
 *
 * - Storing one new pair: the vault's own code, median on the wall, in turn. Fails above 1.5 times.
 * - Unlocking and listing, in the built console: the longest task of the main thread, in the thread's own time, until the
 *   first rows are there. Fails above 50 ms in the round that was disturbed least: a neighbour on the same processor, who
 *   takes its caches, doubles a thread's own time too.
 * - An idle hour in the built console, with nobody there and nothing due: processor time of the page's process. The
 *   factor is printed. Fails above 5 times: 1,000 that were all looked at in every beat would be 100.
 *
 * The built console is measured; build it first.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { findChromium } from '../scripts/chromium.mjs';

const quick = process.argv.includes('--quick');
const SIZES = /** @type {const} */ ([10, 1_000]);
const WRITES = quick ? 40 : 200;
const ROUNDS = 5;
const WRITE_RATIO_MAX = 1.5;
const TASK_MS_MAX = 50;
/** A whole number of minutes: what looks once a minute is to be in it as often as in an hour. */
const IDLE_MS = quick ? 10_000 : 180_000;
const SETTLE_MS = 5_000;
const IDLE_RATIO_MAX = 5;
const CHROMIUM_ARGUMENTS = ['--no-sandbox', '--disable-gpu'];
/** As in src/features/sessions/use-growing.ts. */
const DRAWN_FIRST = 25;
const PASSPHRASE = 'obviously false words for a benchmark';
const gatewayFile = fileURLToPath(new URL('../e2e/gateway-process.mjs', import.meta.url));

const executablePath = await findChromium();
if (executablePath) await measure(executablePath);
else console.error('SKIPPED: the vault was NOT measured, because there is no Chromium; npm test installs one.');

/** @param {string} executablePath */
async function measure(executablePath) {
  if (!existsSync('dist/client/index.html')) throw new Error('dist/client is missing: run "npm run build" first.');
  const folder = mkdtempSync(join(tmpdir(), 'keyward-bench-'));
  const own = await serveVaultPage(join(folder, 'page'));
  const gateway = await startGateway(folder);
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  try {
    const vaults = await fillVaults(browser, own.url);
    reportWrites(await measureWrites(vaults));
    const dumps = await Promise.all(vaults.map(({ page }) => page.evaluate(() => dump())));
    for (const { page } of vaults) await page.context().close();
    for (const [at, dumped] of dumps.entries()) {
      const times = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
        const page = await layUnder(context, gateway.url, dumped);
        times.push(await measureUnlocking(browser, page, SIZES[at]));
        await context.close();
      }
      reportUnlocking(SIZES[at], times);
    }
    const hours = dumps.map((dumped, at) => measureIdleHour(executablePath, gateway.url, dumped, SIZES[at]));
    reportIdle(await Promise.all(hours));
  } finally {
    await browser.close();
    await own.close();
    gateway.child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} outDir */
async function serveVaultPage(outDir) {
  const shared = {
    configFile: /** @type {const} */ (false),
    root: fileURLToPath(new URL('./vault', import.meta.url)),
    logLevel: /** @type {const} */ ('warn'),
    build: { outDir, emptyOutDir: true },
  };
  await build({ ...shared, mode: 'production' });
  const server = await preview({ ...shared, preview: { port: 0, host: '127.0.0.1' } });
  return { url: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
}

/** @param {string} folder */
async function startGateway(folder) {
  const config = join(folder, 'keyward.config.json');
  const connection = { id: 'bench', provider: 'ocp', name: 'Bench', baseUrl: 'http://127.0.0.1:9' };
  writeFileSync(config, JSON.stringify({ connections: [connection] }));
  const port = await freePort();
  const child = spawn(process.execPath, [gatewayFile, '--config', config, '--port', String(port)], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const url = `http://localhost:${port}`;
  for (let attempt = 0; !(await isServing(url)); attempt += 1) {
    if (child.exitCode !== null || attempt > 400) throw new Error('The gateway did not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, child };
}

/** @param {string} url */
async function isServing(url) {
  return await fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** @param {import('@playwright/test').Browser} browser @param {string} url */
async function fillVaults(browser, url) {
  const vaults = [];
  for (const size of SIZES) {
    const page = await (await browser.newContext()).newPage();
    await page.goto(url);
    await page.waitForFunction(() => 'fill' in globalThis);
    await page.evaluate(([passphrase, count]) => fill(passphrase, count), /** @type {const} */ ([PASSPHRASE, size]));
    vaults.push({ size, page });
  }
  return vaults;
}

/** @param {{ page: import('@playwright/test').Page }[]} vaults */
async function measureWrites(vaults) {
  const took = vaults.map(() => /** @type {number[]} */ ([]));
  for (const { page } of vaults) await page.evaluate(() => write(20));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, { page }] of vaults.entries())
      took[at].push(...(await page.evaluate((times) => write(times), WRITES)));
  }
  return took;
}

/** @param {readonly (readonly number[])[]} took */
function reportWrites([few, many]) {
  const ratio = median(many) / median(few);
  console.log(`Storing one new pair, median of ${few.length} writes each`);
  console.log(`  among    10 records  ${median(few).toFixed(2)} ms`);
  console.log(
    `  among 1,000 records  ${median(many).toFixed(2)} ms   ${ratio.toFixed(2)} times (at most ${WRITE_RATIO_MAX})`,
  );
  if (ratio > WRITE_RATIO_MAX) process.exitCode = 1;
}

/**
 * A page of the console, locked, over what was dumped.
 *
 * @param {import('@playwright/test').BrowserContext} context @param {string} url @param {string} dumped
 */
async function layUnder(context, url, dumped) {
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(async (text) => {
    const { headers, rows } = JSON.parse(text);
    const request = indexedDB.open('keyward', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('headers');
      request.result.createObjectStore('rows', { keyPath: ['table', 'id'] }).createIndex('table', 'table');
    };
    await new Promise((resolve) => (request.onsuccess = resolve));
    const transaction = request.result.transaction(['headers', 'rows'], 'readwrite');
    for (const [key, header] of headers) transaction.objectStore('headers').put(header, key);
    for (const row of rows) {
      const bytes = { iv: Uint8Array.from(row.iv), ct: Uint8Array.from(row.ct) };
      transaction.objectStore('rows').put({ ...row, ...bytes });
    }
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    request.result.close();
    localStorage.setItem('keyward.auto-lock', 'null');
  }, dumped);
  await page.reload();
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
  return page;
}

/** @param {import('@playwright/test').Page} page */
async function unlock(page) {
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.locator('tr[data-session]').first().waitFor({ state: 'attached' });
}

/**
 * As many as the console draws at first.
 *
 * @param {import('@playwright/test').Page} page @param {number} size
 */
async function rowsAreThere(page, size) {
  const drawn = Math.min(size, DRAWN_FIRST);
  await page.waitForFunction((rows) => document.querySelectorAll('tbody tr').length === rows, drawn);
}

async function measureUnlocking(browser, page, size) {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline', '__metadata'] });
  const startMs = performance.now();
  await unlock(page);
  const firstRowsMs = performance.now() - startMs;
  await rowsAreThere(page, size);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  return { firstRowsMs, longestMs: longestTaskMs(traceEvents), rows: await page.locator('tbody tr').count() };
}

/** @param {readonly { name: string, ph: string, pid: number, tid: number, tdur?: number, args?: any }[]} events */
function longestTaskMs(events) {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const isMain = ({ pid, tid }) => threads.some((thread) => thread.pid === pid && thread.tid === tid);
  const tasks = events.filter((event) => event.name === 'RunTask' && event.tdur !== undefined && isMain(event));
  if (tasks.length === 0)
    throw new Error('The trace holds no task of a main thread: this Chromium writes another form.');
  return Math.max(...tasks.map(({ tdur }) => tdur)) / 1_000;
}

/** @param {number} size @param {readonly { firstRowsMs: number, longestMs: number, rows: number }[]} times */
function reportUnlocking(size, times) {
  const longestMs = median(times.map((one) => one.longestMs));
  const firstRowsMs = median(times.map((one) => one.firstRowsMs));
  console.log(
    `Unlocking ${size} sessions, median of ${times.length}: ${times[0]?.rows} rows after ${firstRowsMs.toFixed(0)} ms on the wall`,
  );
  const leastMs = Math.min(...times.map((one) => one.longestMs));
  const each = times.map((one) => one.longestMs.toFixed(1)).join(', ');
  console.log(`  longest task of the main thread ${longestMs.toFixed(1)} ms   (${each})`);
  console.log(`  in the round that was disturbed least ${leastMs.toFixed(1)} ms (at most ${TASK_MS_MAX})`);
  if (leastMs > TASK_MS_MAX) process.exitCode = 1;
}

/**
 * Processor time of the page's process in an hour, from a real minute or two: a clock that is run ahead costs more than the
 * page does. Milliseconds.
 *
 * @param {string} executablePath @param {string} url @param {string} dumped
 */
async function measureIdleHour(executablePath, url, dumped, size) {
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  try {
    const page = await layUnder(await browser.newContext({ viewport: { width: 1280, height: 900 } }), url, dumped);
    await unlock(page);
    await rowsAreThere(page, size);
    await page.waitForTimeout(SETTLE_MS);
    const before = await processMs(browser);
    await page.waitForTimeout(IDLE_MS);
    return ((await processMs(browser)) - before) * (3_600_000 / IDLE_MS);
  } finally {
    await browser.close();
  }
}

/** @param {import('@playwright/test').Browser} browser */
async function processMs(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0) * 1_000;
}

function reportIdle([few, many]) {
  console.log('An idle hour, processor time of the page’s process');
  console.log(`  with    10 sessions  ${few.toFixed(0)} ms`);
  console.log(
    `  with 1,000 sessions  ${many.toFixed(0)} ms   ${(many / few).toFixed(1)} times (at most ${IDLE_RATIO_MAX})`,
  );
  if (many > few * IDLE_RATIO_MAX) process.exitCode = 1;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  return port;
}
