import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { launchOptions, windowless } from './e2e/browser.ts';
import { reportFile } from './scripts/tools.mjs';

const report = process.env['KEYWARD_REPORT'] ?? 'browser';

const ofPages = {
  testDir: 'e2e',
  testIgnore: [
    'kills/**',
    'undriven/**',
    // The real Keycloak's own; `npm run test:keycloak` says where it is.
    ...(process.env['KEYWARD_KEYCLOAK_URL'] ? [] : ['keycloak/**']),
    ...(process.env['KEYWARD_PICTURES'] ? [] : ['pictures/**']),
  ],
};
/** Of tests that want a whole browser: its clipboard, which a gesture opens, or tabs of which one hides another. */
const WINDOW = /@window/;

export default defineConfig({
  projects: [
    { ...ofPages, name: 'console', grepInvert: WINDOW, use: { launchOptions: windowless } },
    { ...ofPages, name: 'window', grep: WINDOW },
    // They start browsers of their own, and run in steps of their own: `scripts/test.mjs` says how.
    { name: 'kills', testDir: 'e2e/kills', fullyParallel: true, use: { trace: 'off' } },
    { name: 'undriven', testDir: 'e2e/undriven', use: { trace: 'off' } },
  ],
  // Each test has its own gateway and stand-ins. No test judges a length of time: these limits only end one that hangs.
  // They wait for a third of their time, so there is room for one more than there are processors.
  workers: 3,
  timeout: 90_000,
  // A test that passes only at its second try is reported as flaky.
  retries: 1,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  outputDir: join('test-results', report),
  reporter: [['list'], ['json', { outputFile: reportFile(report) }]],
  use: {
    browserName: 'chromium',
    headless: true,
    launchOptions,
    trace: 'on-first-retry',
    locale: 'en-GB',
    timezoneId: 'UTC',
  },
});
