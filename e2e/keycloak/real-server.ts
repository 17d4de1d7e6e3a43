/** A console whose only connection leads to the real Keycloak that `scripts/keycloak.mjs` started and set up. */
import type { Locator, Page } from '@playwright/test';
import { sessionsMax } from '../../test/contract/ocp/target.ts';
import { keycloakTarget } from '../../test/keycloak/set-up.ts';
import { test as base } from '../fixtures.ts';
import { serveConsole } from '../serve.ts';
import { openWay, type Way } from './loopback-way.ts';

const { KEYWARD_KEYCLOAK_URL: baseUrl = '', KEYWARD_KEYCLOAK_VERSION: version = '' } = process.env;
export const target = keycloakTarget({ version, baseUrl });

/** As `test` of `fixtures.ts`, without stand-ins. The realm is as it was set up again after each test. */
export const test = base.extend<{ way: Way; under: string; realm: undefined }>({
  /** The path that the server is reached under: `test.use({ under: '/iam/auth' })`. */
  under: ['/auth', { option: true }],
  way: async ({ under }, use) => {
    const way = await openWay(target.baseUrl, under);
    await use(way);
    await way.close();
  },
  keyward: async ({ way }, use) => {
    const settings = { realm: 'master', clientId: 'ocp', sessionLimit: String(sessionsMax) };
    const connection = { id: 'iam', provider: 'ocp', name: `Keycloak ${version}`, baseUrl: way.baseUrl, settings };
    const keyward = await serveConsole({ vendors: [], connections: [connection] });
    await use(keyward);
    await keyward.stop();
  },
  realm: [
    async ({}, use) => {
      await use(undefined);
      await target.restore();
    },
    { auto: true },
  ],
});

/** The panel of somebody's sessions: one's own are slots. */
export const slots = (page: Page, name: string): Locator =>
  page.getByRole('region', { name: new RegExp(`^(?:Slots|Sessions) of ${name}$`) });

/** What the server lists for somebody, as the page has it; the first row is its head. */
export const listed = (page: Page, name: string): Locator =>
  page.getByRole('table', { name: `Listed by the server for ${name}` });

export const rowsListed = (page: Page, name: string): Locator =>
  listed(page, name)
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });

export const refreshButton = (page: Page, name: string): Locator =>
  page.getByRole('button', { name: `Refresh the session of ${name}` });
