import { expect, test } from './fixtures.ts';

test('the built console opens, says what it is, and breaks no rule of its own policy', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto('/');
  await expect(page).toHaveTitle(/Keyward/);
  await expect(page.getByRole('navigation').first()).toBeVisible();
  expect(complaints).toEqual([]);
});
