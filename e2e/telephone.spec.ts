/** After a sign-in on a telephone the token is at hand: nobody scrolls past the form to copy it. */
import type { Locator, Page } from '@playwright/test';
import { mint, projectRow, submitKey as submitAlmKey } from './alm-steps.ts';
import { readClipboard } from './clipboard.ts';
import { expect, sharedTest as test } from './fixtures.ts';
import { answer, notices, signInToOcp, signInWithKey } from './steps.ts';
import { signInWithAccessKey } from './tuleap-steps.ts';

test.use({ viewport: { width: 390, height: 844 }, vendors: ['ocp', 'primatime', 'tuleap', 'alm'] });

/** Whole, and where the person already looks. */
async function isAtHand(page: Page, copy: Locator): Promise<void> {
  await expect(copy).toBeInViewport({ ratio: 1 });
  await expect(
    page.getByRole('button', { name: (await copy.getAttribute('aria-label')) ?? '', exact: true }),
  ).toHaveCount(1);
  await copy.click();
  await expect(notices(page)).toContainText('Copied');
}

test(
  'beside the answer, at each vendor that signs in by a form',
  { tag: '@window' },
  async ({ page, context, keyward }) => {
    const offered = answer(page)
      .getByRole('button', { name: /^Copy the / })
      .first();

    await page.goto('/ocp');
    await signInToOcp(page, { username: 'alice' });
    await expect(offered).toHaveAccessibleName('Copy the OCP access token of alice');
    await isAtHand(page, offered);
    expect(await readClipboard(context)).toMatch(/^ey/);

    await page.goto('/primatime');
    await signInWithKey(page);
    await isAtHand(page, offered);

    await page.goto('/tuleap');
    const { identifier } = keyward.tuleap.control.addKey({ username: 'alice' });
    await signInWithAccessKey(page, identifier);
    await expect(offered).toHaveAccessibleName('Copy the Tuleap access key of alice');
    await isAtHand(page, offered);
    expect(await readClipboard(context)).toBe(identifier);
  },
);

test('beside the project that it was minted for', { tag: '@window' }, async ({ page, keyward }) => {
  const project = 'Firmware / Bootloader';
  await page.goto('/alm');
  await submitAlmKey(page);
  await mint(page, project);
  const copy = projectRow(page, project)
    .getByRole('button', { name: /^Copy the / })
    .first();
  await expect(copy).toHaveAccessibleName(`Copy the Perforce ALM access token of ${project}`);
  await isAtHand(page, copy);
  expect(keyward.alm.control.tokens()).toHaveLength(1);
});
