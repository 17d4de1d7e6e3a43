/** A console that has been in use: sessions in every state, at both vendors. */
import type { Page } from '@playwright/test';
import { registry } from '../src/providers/registry.ts';
import { expect } from './fixtures.ts';
import type { ServedConsole } from './serve.ts';
import { chooseFromMenu, goTo, rowsOf, signInToOcp, signInWithEmail, signInWithKey } from './steps.ts';

/** Every page by its name in the navigation, and every address. */
export const pages = [
  'Overview',
  'Keys',
  'Check a key',
  'Incidents',
  'Activity',
  ...registry.map(({ name }) => name),
  'Settings',
];
export const routes = [
  '/',
  '/keys',
  '/check',
  '/incident',
  '/activity',
  ...registry.map(({ route }) => route),
  '/settings',
  '/no-such-page',
  '/signed-in',
];

const more = (page: Page, name: string) => rowsOf(page, name).getByRole('button', { name: /^More for/ });

/** Opens sessions that end up ready, without a known expiry, uncertain, ended by the server, and about to end. */
export async function openEveryState(page: Page, { ocp, primatime }: ServedConsole): Promise<void> {
  await page.goto('/ocp');
  await signInToOcp(page, { username: 'alice' });
  ocp.control.fault({ operation: 'sign-in', kind: 'edit', remove: ['expires_in'] });
  await signInToOcp(page, { username: 'bob' });
  await signInToOcp(page, { username: 'support' });
  ocp.control.dropSessions({ username: 'support' });
  await chooseFromMenu(page, more(page, 'support'), /^Refresh/);
  await expect(rowsOf(page, 'support')).toContainText('Sign in again');

  await goTo(page, 'PrimaTime');
  await signInWithKey(page);
  await expect(rowsOf(page, 'ada@acme.example')).toBeVisible();
  await signInWithEmail(page, 'ben');
  await expect(rowsOf(page, 'ben@acme.example')).toBeVisible();
  primatime.control.fault({ operation: 'refresh', kind: 'reset', when: 'after' });
  await chooseFromMenu(page, more(page, 'ben@acme.example'), /^Refresh/);
  await expect(rowsOf(page, 'ben@acme.example')).toContainText('Uncertain');
}
