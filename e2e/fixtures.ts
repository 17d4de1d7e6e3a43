import { test as base } from '@playwright/test';
import { serveConsole, type ServedConsole } from './serve.ts';

/** Gives each test a console and stand-ins of its own, so that no test finds another's sessions. */
export const test = base.extend<{ keyward: ServedConsole }>({
  keyward: async ({}, use) => {
    const keyward = await serveConsole();
    await use(keyward);
    await keyward.stop();
  },
  baseURL: async ({ keyward }, use) => {
    await use(keyward.url);
  },
});

export { expect } from '@playwright/test';
