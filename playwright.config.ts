import { defineConfig } from '@playwright/test';
import { launchOptions } from './e2e/browser.ts';
import { specsOutOfVerdict, testsOutOfVerdict } from './e2e/not-yet-green.ts';
import { reportFile } from './scripts/tools.mjs';

const all = process.env['KEYWARD_ALL_BROWSER_TESTS'] === '1';
if (!all)
  console.log(`OUT OF THE VERDICT (e2e/not-yet-green.ts): ${[...specsOutOfVerdict, ...testsOutOfVerdict].join(', ')}`);

export default defineConfig({
  testDir: 'e2e',
  // The real Keycloak's own; `npm run test:keycloak` says where it is.
  testIgnore: [...(process.env['KEYWARD_KEYCLOAK_URL'] ? [] : ['keycloak/**']), ...(all ? [] : specsOutOfVerdict)],
  grepInvert: all ? [] : testsOutOfVerdict.map((title) => new RegExp(title)),
  // Each test has its own gateway and stand-ins, but timing is part of what is judged, so they do not share the processor.
  workers: 1,
  timeout: 30_000,
  expect: { timeout: 5_000 },
  forbidOnly: true,
  retries: 1,
  outputDir: 'test-results',
  reporter: [['list'], ['json', { outputFile: reportFile(process.env['KEYWARD_REPORT'] ?? 'browser') }]],
  use: {
    browserName: 'chromium',
    headless: true,
    launchOptions,
    trace: 'retain-on-failure',
    locale: 'en-GB',
    timezoneId: 'UTC',
  },
});
