import { expect, it } from 'vitest';
import { countsIn, tool } from './tools.mjs';

it('finds the script behind a package’s command', () => {
  expect(tool('typescript', 'tsc')).toMatch(/typescript[\\/]bin[\\/]tsc$/);
  expect(tool('@playwright/test', 'playwright')).toMatch(/cli\.js$/);
});

it('counts a report of vitest’s, a file that could not be loaded as one failure', () => {
  const report = {
    numPassedTests: 7,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 0,
    testResults: [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ],
  };
  expect(countsIn(report)).toEqual({ passed: 7, failed: 2, skipped: 2 });
});

it('counts a report of Playwright’s, an error outside any test as one failure', () => {
  const report = { stats: { expected: 5, flaky: 0, unexpected: 1, skipped: 3 }, errors: [{ message: 'no config' }] };
  expect(countsIn(report)).toEqual({ passed: 5, failed: 2, skipped: 3 });
});
