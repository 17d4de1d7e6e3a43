import { screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import { Page } from './index.tsx';

let console_: ConsoleHarness;
let person: UserEvent;

beforeEach(async () => {
  person = userEvent.setup({ delay: null });
  console_ = await startConsole();
});
afterEach(() => console_.close());

const alice = { username: 'alice', password: 'alice-demo-password' };
const rows = (): readonly HTMLElement[] => within(screen.getByRole('table')).getAllByRole('row').slice(1);

it('says what will stand here while nothing was sent', () => {
  console_.draw(<Page />);
  expect(screen.getByText('Nothing was sent yet')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Copy as text' })).toBeDisabled();
});

it('lists the calls newest first, with names, phase, status and what became of them', async () => {
  await console_.open(console_.connections.ocp, 'password', alice);
  await expect(
    console_.open(console_.connections.ocp, 'password', { ...alice, password: 'canary-password' }),
  ).rejects.toThrow();
  console_.ocp.fault({ kind: 'reset', operation: 'sign-in' });
  await expect(console_.open(console_.connections.ocp, 'password', alice)).rejects.toThrow();
  console_.draw(<Page />);
  await waitFor(() => expect(rows()[0]).toHaveTextContent('sign in'));
  expect(rows()).toHaveLength(3);
  expect(rows()[0]).toHaveTextContent(/sign inOCP · OCP \(demo\)sent, outcome unknown—\d+The answer broke off/);
  expect(rows()[1]).toHaveTextContent(/answered400\d+The server refused the request\./);
  expect(rows()[2]).toHaveTextContent(/answered200\d+Done\./);
  expect(document.body.textContent).not.toContain('canary');
});

it('shows one provider’s calls, and keeps the choice in the address', async () => {
  await console_.open(console_.connections.ocp, 'password', alice);
  await console_.open(console_.connections.primatime, 'password', {
    email: 'ada@acme.example',
    password: 'ada-demo-password',
  });
  console_.draw(<Page />);
  // The sign-in at OCP, and the counts of its slots.
  await waitFor(() => expect(rows().length).toBeGreaterThan(1));
  await person.selectOptions(screen.getByRole('combobox', { name: 'Provider' }), 'PrimaTime');
  expect(rows()).toHaveLength(1);
  expect(screen.getByText(/^1 of [2-9]$/)).toBeVisible();
  expect(console_.whereNow()).toBe('/?provider=primatime');
});

it('copies what is shown as text', async () => {
  await console_.open(console_.connections.ocp, 'password', alice);
  console_.draw(<Page />);
  await waitFor(() => expect(rows()[0]).toHaveTextContent('sign in'));
  await person.click(screen.getByRole('button', { name: 'Copy as text' }));
  await waitFor(async () =>
    expect(await navigator.clipboard.readText()).toMatch(
      /Z\tOCP\tOCP \(demo\)\tsign in\tanswered\t200\t\d+\tDone\.\n$/,
    ),
  );
  expect(screen.getByText('One call copied as text.')).toBeVisible();
});

it('keeps the name of a call whose connection left the file', async () => {
  await console_.open(console_.connections.ocp, 'password', alice);
  console_.services.state.setState({
    hello: { boot: 'x', connections: [], configurationFaults: [], demo: false },
  });
  console_.draw(<Page />);
  await waitFor(() => expect(rows()[0]).toHaveTextContent('ocp-demo'));
});
