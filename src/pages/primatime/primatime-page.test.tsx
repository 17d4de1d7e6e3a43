import { screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import { Page } from './index.tsx';

const KEY = '00000000-0000-4000-8000-0000000005ec';

let console_: ConsoleHarness;
let person: UserEvent;

beforeEach(async () => {
  person = userEvent.setup({ delay: null });
  console_ = await startConsole();
  console_.draw(<Page />);
  await person.type(await screen.findByLabelText('Secret key'), `${KEY}{Enter}`);
  await screen.findByRole('group', { name: 'Session of ada@acme.example' });
});
afterEach(() => console_.close());

const near = (): HTMLElement => screen.getByRole('group', { name: 'Session of ada@acme.example' });

it('shows token and refresh token as two lives, and says that the refresh token works once', () => {
  expect(within(near()).getByRole('timer', { name: 'Token of ada@acme.example' })).toHaveTextContent(
    /^(?:60:0[01]|59:5\d)$/,
  );
  expect(within(near()).getByRole('timer', { name: 'Refresh token of ada@acme.example' })).toHaveTextContent(
    /^(?:7 d 00 h|6 d 23 h)$/,
  );
  expect(near()).toHaveTextContent('Single use, unused so far: one refresh spends it and brings a new pair.');
});

it('says after a refresh that the token before is used up', async () => {
  await person.click(screen.getByRole('button', { name: 'Refresh the session of ada@acme.example' }));
  await waitFor(() => expect(near()).toHaveTextContent('The ones before it are used up.'));
});

it('says that a refresh whose answer went missing may have used it up', async () => {
  console_.primatime.fault({ kind: 'reply', status: 500, when: 'after', operation: 'refresh' });
  await person.click(screen.getByRole('button', { name: 'Refresh the session of ada@acme.example' }));
  await waitFor(() => expect(near()).toHaveTextContent('it may be used up. It is tried once more, and not again.'));
});

it('says that the refresh token is over once the server refused it', async () => {
  console_.primatime.expire({ refreshTokens: true });
  await person.click(screen.getByRole('button', { name: 'Refresh the session of ada@acme.example' }));
  await waitFor(() => expect(near()).toHaveTextContent('Used up or refused.'));
  expect(screen.getByLabelText('Secret key')).toBeVisible();
});

it('forgets in place of logging out, and says until when the token lives', async () => {
  expect(screen.queryByRole('button', { name: /^Log out/ })).not.toBeInTheDocument();
  await person.click(await screen.findByRole('button', { name: /^Forget ada@acme.example/ }));
  const dialog = await screen.findByRole('dialog', { hidden: true });
  expect(dialog).toHaveTextContent('PrimaTime has no call that logs out.');
  expect(dialog).toHaveTextContent(/The access token lives until /);
  await person.click(within(dialog).getByRole('button', { name: 'Forget', hidden: true }));
  await waitFor(() => expect(screen.queryByRole('group', { name: /^Session of/ })).not.toBeInTheDocument());
  expect(screen.getByLabelText('Secret key')).toBeVisible();
});

it('warns that the token rides in the address', async () => {
  expect(await screen.findByText(/Addresses end up in histories and logs: keep this one out of both\./)).toBeVisible();
  expect(screen.getByRole('figure', { name: 'curl example' })).toHaveTextContent('token=$PRIMATIME_TOKEN');
});
