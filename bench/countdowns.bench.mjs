/* global document */
/**
 * What 200 live countdowns cost the main thread, beside a version with a timer and a state per row:
 * `node bench/countdowns.bench.mjs [--quick]`. Both pages run in the same Chromium, in turn so that both meet the same
 * machine; what counts is the thread's own time in the tasks of the page's main thread, not the time on the wall.
 *
 * Ends with 1 where ours is not at least ten times cheaper.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { findChromium } from '../scripts/chromium.mjs';

const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 1 : 5;
const SECONDS = quick ? 3 : 6;
const RATIO_MIN = 10;
/** As in countdowns/main.tsx. */
const ROWS = 200;

const executablePath = await findChromium();
if (executablePath) await compare(executablePath);
else console.error('SKIPPED: the countdowns were NOT measured, because there is no Chromium; npm test installs one.');

/** @param {string} executablePath */
async function compare(executablePath) {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-bench-'));
  const shared = {
    configFile: false,
    root: fileURLToPath(new URL('./countdowns', import.meta.url)),
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true },
  };
  await build({ ...shared, plugins: [react(), tailwind()], mode: 'production' });
  const server = await preview({ ...shared, preview: { port: 0, host: '127.0.0.1' } });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const [url] = server.resolvedUrls.local;
    const spent = { ours: [], naive: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const kind of Object.keys(spent)) spent[kind].push(await measure(browser, `${url}?kind=${kind}`));
    }
    report(spent);
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @returns {Promise<number>} Milliseconds of the main thread's own time, per second.
 */
async function measure(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(url);
  // Asked by selector: asking by role makes the browser compute the styles of what is out of sight, and its animations
  // would then run on the main thread.
  await page.waitForFunction((rows) => document.querySelectorAll('[role=timer]').length === rows, ROWS);
  // The rows have come; what they cost to come is over two beats later.
  await page.waitForTimeout(2_000);
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline', '__metadata'] });
  await page.waitForTimeout(SECONDS * 1_000);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  await page.close();
  return mainThreadMs(traceEvents) / SECONDS;
}

/** @param {readonly { name: string, ph: string, pid: number, tid: number, tdur?: number, args?: any }[]} events */
function mainThreadMs(events) {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const isMain = ({ pid, tid }) => threads.some((thread) => thread.pid === pid && thread.tid === tid);
  const tasks = events.filter((event) => event.name === 'RunTask' && event.tdur !== undefined && isMain(event));
  if (tasks.length === 0)
    throw new Error('The trace holds no task of a main thread: this Chromium writes another form.');
  return tasks.reduce((sum, { tdur }) => sum + tdur, 0) / 1_000;
}

function report({ ours, naive }) {
  console.log(`Main thread's own time with 200 live countdowns, median of ${ROUNDS} rounds of ${SECONDS} s`);
  console.log(`  a timer and a state per row  ${perSecond(naive)}`);
  console.log(`  one ticker, written text     ${perSecond(ours)}`);
  const ratio = median(naive) / median(ours);
  console.log(`  ${ratio.toFixed(1)} times less (at least ${RATIO_MIN} is promised)`);
  if (ratio < RATIO_MIN) process.exitCode = 1;
}

/** @param {readonly number[]} values */
function perSecond(values) {
  return `${median(values).toFixed(1).padStart(7)} ms a second   (${values.map((value) => value.toFixed(1)).join(', ')})`;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
