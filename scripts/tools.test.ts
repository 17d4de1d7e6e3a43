import { expect, it } from 'vitest';
import { countsIn, tool, troubleIn } from './tools.mjs';

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

it('names what failed, what could not be loaded and what passed at its second try', () => {
  const ofVitest = {
    testResults: [
      { name: 'a.test.ts', status: 'failed', assertionResults: [] },
      {
        name: 'b.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'failed', fullName: 'adds up' },
          { status: 'passed', fullName: 'takes away' },
        ],
      },
    ],
  };
  expect(troubleIn(ofVitest)).toEqual(['failed: a.test.ts could not be loaded', 'failed: adds up']);
  const spec = (title: string, status: string) => ({ file: 'c.spec.ts', line: 3, title, tests: [{ status }] });
  const ofPlaywright = {
    stats: {},
    suites: [
      {
        specs: [spec('holds', 'expected')],
        suites: [{ specs: [spec('wavers', 'flaky'), spec('ends', 'unexpected')] }],
      },
    ],
  };
  expect(troubleIn(ofPlaywright)).toEqual(['flaky: c.spec.ts:3 wavers', 'failed: c.spec.ts:3 ends']);
});
