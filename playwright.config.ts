import { defineConfig } from '@playwright/test';
import { launchOptions } from './e2e/browser.ts';
import { reportFile } from './scripts/tools.mjs';

export default defineConfig({
  testDir: 'e2e',
  // The real Keycloak's own; `npm run test:keycloak` says where it is.
  testIgnore: process.env['KEYWARD_KEYCLOAK_URL'] ? [] : ['keycloak/**'],
  // Each test has its own gateway and stand-ins, but timing is part of what is judged, so they do not share the processor.
  workers: 1,
  timeout: 30_000,
  expect: { timeout: 5_000 },
  forbidOnly: true,
  retries: 0,
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
