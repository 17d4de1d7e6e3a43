/** A thousand keys beside fifty: the first rows, and a press of a key in the search. */
import type { Browser, Page } from '@playwright/test';
import { demo as primatimeDemo } from '../stand-ins/primatime/account.ts';
import { expect, test } from './fixtures.ts';
import { addKey, signInToBoth } from './keys-steps.ts';
import { TASK_MAX_MS, tasksDuring } from './main-thread.ts';
import type { ServedConsole } from './serve.ts';

test.use({ vendors: ['tuleap', 'primatime'] });

const FEW = 50;
const MANY = 1_000;
/** As many as the table draws at first. */
const DRAWN_FIRST = 25;
/** One in ten is called so. */
const WORD = 'quokka';

interface Measured {
  readonly firstRowsMs: number;
  readonly pressMs: number;
  readonly longestMs: number;
}

/** Half of them at each vendor. */
function addKeys(keyward: ServedConsole, from: number, until: number): void {
  for (let n = from; n < until; n += 1) {
    const name = `${n % 10 === 0 ? WORD : 'robot'} ${n}`;
    if (n < (from + until) / 2) addKey(keyward, name);
    else keyward.primatime.control.addKey({ email: primatimeDemo.email, name });
  }
}

const sum = (tasks: readonly number[]): number => tasks.reduce((all, ms) => all + ms, 0);

/** What a test runs in a page is measured with it, so it asks as little as it can. */
async function measure(browser: Browser, page: Page, keyward: ServedConsole, told: RegExp): Promise<Measured> {
  await signInToBoth(page, keyward);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: /^Keys/ }).focus();
  const first = await tasksDuring(browser, page, async () => {
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      (rows) =>
        document.querySelectorAll('tr[data-key]').length === rows && !document.body.textContent.includes(' so far;'),
      DRAWN_FIRST,
    );
  });
  await expect(page.getByText(told)).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search the keys' }).focus();
  const typed = await tasksDuring(browser, page, async () => {
    for (const letter of WORD) await page.keyboard.press(letter);
    await page.waitForFunction((word) => {
      const rows = [...document.querySelectorAll('tr[data-key]')];
      return rows.length > 0 && rows.every((row) => row.textContent.includes(word));
    }, WORD);
  });
  return {
    firstRowsMs: sum(first),
    pressMs: sum(typed) / WORD.length,
    longestMs: Math.max(...first, ...typed),
  };
}

test('neither takes a task of more than 50 ms, and what grows is told', async ({ page, browser, keyward }) => {
  test.setTimeout(180_000);
  addKeys(keyward, 0, FEW);
  const few = await measure(browser, page, keyward, /^5\d keys;/);
  addKeys(keyward, FEW, MANY);
  const context = await browser.newContext({ baseURL: keyward.url });
  const many = await measure(browser, await context.newPage(), keyward, /^1,00\d keys;/);
  await context.close();
  for (const [name, one, other] of [
    ['first rows', few.firstRowsMs, many.firstRowsMs],
    ['a press in the search', few.pressMs, many.pressMs],
    ['the longest task', few.longestMs, many.longestMs],
  ] as const) {
    const growth = `${(other / one).toFixed(1)} times for ${MANY / FEW} times the keys`;
    console.log(`${name}: ${one.toFixed(1)} ms of ${FEW} keys, ${other.toFixed(1)} ms of ${MANY}, ${growth}`);
  }
  expect(few.longestMs).toBeLessThan(TASK_MAX_MS);
  expect(many.longestMs).toBeLessThan(TASK_MAX_MS);
});
