import { expect, test as base } from '@playwright/test';
import type { StandInId } from '../test/stand-in-set.ts';
import { serveConsole, usualVendors, type ServedConsole } from './serve.ts';

/** What the browser complains of: errors and warnings of the console, uncaught errors, broken policies. */
export interface Complaints {
  readonly all: readonly string[];
  /** A complaint that the test itself brings about. */
  expect(pattern: RegExp): void;
}

/**
 * Gives each test a console and stand-ins of its own, to be killed and set up anew. Whatever a test is about,
 * it fails where the browser complained: no page of ours may break its own policy.
 */
export const test = base.extend<{ keyward: ServedConsole; complaints: Complaints }, { vendors: readonly StandInId[] }>({
  /** Whose servers each test gets: `test.use({ vendors: ['alm'] })` at the top of a file. */
  vendors: [usualVendors, { option: true, scope: 'worker' }],
  keyward: async ({ vendors }, use) => {
    const keyward = await serveConsole({ vendors });
    await use(keyward);
    await keyward.stop();
  },
  // What is not there soon is not there: a failing test must not wait for the end of its time.
  actionTimeout: 20_000,
  baseURL: async ({ keyward }, use) => {
    await use(keyward.url);
  },
  complaints: [
    async ({ context }, use) => {
      const all: string[] = [];
      const expected: RegExp[] = [];
      context.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) all.push(`${message.type()}: ${message.text()}`);
      });
      context.on('weberror', (error) => all.push(`uncaught: ${error.error().message}`));
      await use({ all, expect: (pattern) => void expected.push(pattern) });
      expect(all.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)))).toEqual([]);
    },
    { auto: true },
  ],
});

/**
 * For tests that leave the gateway and its file alone: one console for all of a worker, its stand-ins as new before each. A
 * gateway of its own costs a test a third of a second of processor time.
 */
export const sharedTest = test.extend<object, { shared: ServedConsole }>({
  shared: [
    async ({ vendors }, use) => {
      const shared = await serveConsole({ vendors });
      await use(shared);
      await shared.stop();
    },
    { scope: 'worker' },
  ],
  keyward: async ({ shared }, use) => {
    shared.reset();
    await use(shared);
  },
});

export { expect };
