/** P4OAuth’s page as a person goes about it: both ways in, and the other tab. */
import { screen, waitFor } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { expect } from 'vitest';
import { Page } from '../src/pages/p4oauth/index.tsx';
import type { ConsoleHarness } from './console-harness.tsx';
import { followToCallback } from './headless-console.ts';
import { createPageVisitor, pageOf, sentToOf } from './page-visitor.ts';

const PASSWORD = 'alice-demo-password';

export async function drawPage(console_: ConsoleHarness): Promise<void> {
  console_.draw(<Page />);
  await screen.findByLabelText('Login');
}

export const answer = () => screen.findByRole('group', { name: /^Answer of / });
export const shownOnce = () => screen.findByText('Shown once');
export const near = () => screen.findByRole('group', { name: 'Session of alice' });
export const things = () => screen.findByRole('region', { name: 'p4d ticket' });
export const sentTo = (console_: ConsoleHarness, operation: string) => console_.p4oauth.ledger({ operation }).length;

/** The link to the vendor’s page, once a state is announced and a login typed. */
export async function typeLogin(person: UserEvent, login = 'alice'): Promise<HTMLAnchorElement> {
  await person.type(await screen.findByLabelText('Login'), login);
  return await screen.findByRole('link', { name: 'Authorize at P4OAuth' });
}

/** The words of the answer come by themselves, a moment after it. */
export async function expectAnswer(words: RegExp | string): Promise<void> {
  await waitFor(async () => expect(await answer()).toHaveTextContent(words));
}

/** Follows the link here and in the other tab; gives where the vendor sends that tab in the end. */
export async function visit(
  person: UserEvent,
  form: Readonly<Record<string, string>> = { login: 'alice', password: PASSWORD },
): Promise<string> {
  const link = await typeLogin(person);
  const { href } = link;
  await person.click(link);
  const visitor = createPageVisitor(new URL(href).origin);
  return sentToOf(await visitor.submit(pageOf(await visitor.open(href)), form));
}

/** The page asks again every second or two, once it has heard that nothing came yet. */
export const untilAnswered = (console_: ConsoleHarness): Promise<void> =>
  waitFor(async () => {
    await console_.pass(1_500);
    expect(screen.getByRole('group', { name: /^Answer of / })).toBeVisible();
  });

export async function openOnPage(person: UserEvent, console_: ConsoleHarness): Promise<void> {
  await followToCallback(await visit(person));
  await untilAnswered(console_);
  await expectAnswer('Signed in as alice');
}

export async function submitPassword(person: UserEvent, password = PASSWORD): Promise<void> {
  await person.click(await screen.findByText('Login and password'));
  // The other way in has a login as well, which stands there until this form has arrived.
  const field = await screen.findByLabelText('Password');
  await person.type(screen.getByLabelText('Login'), 'alice');
  await person.type(field, password);
  await person.click(screen.getByRole('button', { name: 'Sign in' }));
}

export async function openByPassword(person: UserEvent): Promise<void> {
  await submitPassword(person);
  await expectAnswer('Signed in as alice');
}
