import { defineConfig } from '@playwright/test';
import { launchOptions } from './e2e/browser.ts';
import { reportFile } from './scripts/tools.mjs';

export default defineConfig({
  testDir: 'e2e',
  // The real Keycloak's own; `npm run test:keycloak` says where it is.
  testIgnore: [
    ...(process.env['KEYWARD_KEYCLOAK_URL'] ? [] : ['keycloak/**']),
    ...(process.env['KEYWARD_PICTURES'] ? [] : ['pictures/**']),
  ],
  // Each test has its own gateway and stand-ins. No test judges a length of time: these limits only end one that hangs.
  workers: 2,
  timeout: 60_000,
  // A test that passes only at its second try is reported as flaky.
  retries: 1,
  expect: { timeout: 10_000 },
  forbidOnly: true,
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
