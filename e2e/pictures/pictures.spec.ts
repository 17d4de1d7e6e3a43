/**
 * Takes the pictures of README, from the console as it is: `npm run pictures`. What is shown belongs to the stand-ins, and
 * no secret is ever on the screen.
 */
import type { Page } from '@playwright/test';
import { registry } from '../../src/providers/registry.ts';
import { demo as tuleap } from '../../stand-ins/tuleap/world.ts';
import { mintWithKey } from '../alm-steps.ts';
import { expect, test } from '../fixtures.ts';
import { signInByPassword } from '../p4oauth-steps.ts';
import { checkKey, handOf, revoke, revokeButton } from '../incident-steps.ts';
import { openEveryState } from '../scene.ts';
import { goTo, notices } from '../steps.ts';
import { signInWithAccessKey } from '../three-steps.ts';

const folder = process.env['KEYWARD_PICTURES'] ?? 'test-results/pictures';
const wide = { width: 1280, height: 860 };
const narrow = { width: 390, height: 844 };

/** Those that are taken on a telephone as well. */
const narrowToo = ['overview', 'keys', 'incident'];

test.use({ vendors: ['alm', 'tuleap', 'primatime', 'p4oauth', 'ocp'] });

/** In both themes. */
async function take(page: Page, name: string): Promise<void> {
  const widths = narrowToo.includes(name)
    ? ([
        [wide, ''],
        [narrow, '-390'],
      ] as const)
    : ([[wide, '']] as const);
  for (const [size, width] of widths) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      // A theme fades in; a life line runs as long as its token lives, and is not waited for.
      await page.evaluate(() =>
        Promise.all(
          document
            .getAnimations()
            .flatMap((one) => (one instanceof CSSTransition ? [one.finished.catch(() => 0)] : [])),
        ),
      );
      await page.screenshot({ path: `${folder}/${name}-${colorScheme}${width}.png` });
    }
  }
  await page.setViewportSize(wide);
}

async function dismissAll(page: Page): Promise<void> {
  const dismiss = notices(page).getByRole('button', { name: /^Dismiss/ });
  while ((await dismiss.count()) > 0) await dismiss.first().click();
}

/** Of whom the server still tells: one that was ended elsewhere comes first. */
async function showAlice(page: Page): Promise<void> {
  const choice = page.getByRole('combobox', { name: 'Session' });
  const alice = await choice
    .getByRole('option', { name: /^alice/ })
    .first()
    .textContent();
  await choice.selectOption({ label: alice ?? '' });
  await expect(page.getByRole('region', { name: 'Slots of alice' })).toContainText('1of 5 slots of alice');
}

test('the console with sessions in every state', async ({ page, keyward }) => {
  test.setTimeout(120_000);
  await openEveryState(page, keyward);
  await goTo(page, 'Perforce ALM');
  await mintWithKey(page, ['Payments'], { keep: true });
  await goTo(page, 'Tuleap');
  await signInWithAccessKey(page, tuleap.aliceKey);
  await goTo(page, 'P4OAuth');
  await signInByPassword(page);
  for (const [name, file] of [
    ['Overview', 'overview'],
    ['Activity', 'activity'],
    ['Settings', 'settings'],
    ...registry.map(({ name: provider, id }) => [provider, id] as const),
  ] as const) {
    await goTo(page, name);
    await dismissAll(page);
    if (name === 'Settings') await expect(page.getByText('Checking')).toHaveCount(0);
    if (file === 'ocp') await showAlice(page);
    await take(page, file);
  }

  await goTo(page, 'Keys');
  await expect(
    page.getByRole('table', { name: 'Keys' }).getByRole('row').filter({ hasText: 'Demo key' }),
  ).toBeVisible();
  await dismissAll(page);
  await take(page, 'keys');

  const hand = handOf(page);
  const { identifier } = keyward.tuleap.control.addKey({ username: 'alice', description: 'ci-deploy' });
  await checkKey(page, hand, identifier);
  await expect(revokeButton(page)).toBeVisible();
  await take(page, 'check');
  await revoke(page, hand, { consents: true });
  await expect(page.getByText(/^Proven dead/).first()).toBeVisible();
  await dismissAll(page);
  await take(page, 'incident');
});
