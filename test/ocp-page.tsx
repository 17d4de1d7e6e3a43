/** OCP's page before its stand-in, and what a person does on it. */
import { screen, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect } from 'vitest';
import { Page } from '../src/pages/ocp/index.tsx';
import { startConsole, type ConsoleHarness, type HarnessOptions } from './console-harness.tsx';
import { typeCredentials } from './type-credentials.ts';

export const form = (): HTMLElement =>
  screen.getByLabelText('User name').closest('form') ?? expect.fail('There is no form.');
export const region = (name: string): HTMLElement => screen.getByRole('region', { name });
export const findField = () => screen.findByRole('searchbox', { name: /^Find a person/ });

/** A console of its own for each test, closed after it. */
export function ocpPageInEachTest() {
  const page: { console: ConsoleHarness; person: UserEvent } = Object.create(null) as never; // set before each test
  beforeEach(() => {
    page.person = userEvent.setup({ delay: null });
  });
  afterEach(() => page.console.close());

  async function open(options: HarnessOptions = {}): Promise<void> {
    page.console = await startConsole(options);
    page.console.draw(<Page />);
    await screen.findByLabelText('User name');
  }

  async function signIn(name: string, password?: string): Promise<void> {
    const { person } = page;
    if (!screen.queryByLabelText('User name')) await person.click(screen.getByRole('button', { name: 'Sign in' }));
    await typeCredentials(person, name, password);
    await person.click(within(form()).getByRole('button', { name: 'Sign in' }));
  }

  return { page, open, signIn };
}
