/** What becomes of a copied token where nobody presses anything: whatever Playwright runs in a page counts as a press. */
import { expect, test } from '../fixtures.ts';
import { goTo, rowsOf, signInToOcp } from '../steps.ts';
import { withOwnBrowser } from './own-browser.ts';

test.use({ vendors: ['ocp'] });

test('a minute after a copy the page says that it needs a press to clear the clipboard, and the next one does it', async ({
  keyward,
}) => {
  test.setTimeout(180_000);
  await withOwnBrowser([], (own) =>
    own.driven(async (context) => {
      const page = await context.newPage();
      await page.goto(`${keyward.url}/ocp`);
      await signInToOcp(page, { username: 'alice' });
      await goTo(page, 'Overview');
      await rowsOf(page, 'alice').getByRole('button', { name: 'Copy OCP access token', exact: true }).click();
      await expect(page.getByText('The clipboard holds a token.')).toBeVisible();

      const session = await context.newCDPSession(page);
      const shown = async (): Promise<unknown> =>
        (await session.send('Runtime.evaluate', { expression: 'document.body.innerText', userGesture: false })).result
          .value;
      await expect
        .poll(shown, { timeout: 90_000, intervals: [500] })
        .toMatch(/may still hold the token .* Your next one here does\./);
      await page.mouse.click(640, 20);
      await expect(page.getByText(/Clipboard cleared at \d\d:\d\d:\d\d/)).toBeVisible();
    }),
  );
});
