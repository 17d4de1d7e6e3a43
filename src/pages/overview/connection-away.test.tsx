/** What the overview says of a session while the operator's file does not name its server. */
import { screen, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import { installClipboard, type TestClipboard } from '../../../test/test-clipboard.ts';
import { Page } from './index.tsx';

let rig: ConsoleHarness;
let person: UserEvent;
let clipboard: TestClipboard;

beforeEach(async () => {
  rig = await startConsole({ entries: (own) => own.map((one) => ({ ...one, name: `${one.name} K` })) });
  person = userEvent.setup({ delay: null });
  clipboard = installClipboard();
  await rig.open(rig.connections.ocp, 'password', { username: 'alice', password: 'alice-demo-password' });
});
afterEach(async () => {
  clipboard.remove();
  await rig.close();
});

const withoutOcp = () => rig.operatorLists((all) => all.filter(({ provider }) => provider !== 'ocp'));
const ocpElsewhere = () =>
  rig.operatorLists((all) =>
    all.map((one) => (one.provider === 'ocp' ? { ...one, baseUrl: 'http://127.0.0.1:9/elsewhere' } : one)),
  );
const away = [
  ['missing', withoutOcp, 'the operator’s file does not name its connection'],
  ['moved', ocpElsewhere, 'its connection names another server'],
] as const;

it('goes on calling a connection by the last name that was heard', async () => {
  rig.draw(<Page />);
  await rig.operatorLists((all) => all.map((one) => ({ ...one, name: 'OCP renamed' })));
  expect(await screen.findByRole('button', { name: 'Log out alice, OCP renamed' })).toBeVisible();
  await withoutOcp();
  expect(await screen.findByText('Waits for you: alice, OCP renamed')).toBeVisible();
  const table = screen.getByRole('table');
  expect(table).toHaveTextContent('OCP renamed');
  expect(document.body).not.toHaveTextContent(rig.connections.ocp);

  await person.click(screen.getByRole('button', { name: /^Copy OCP access token$/ }));
  expect(await screen.findByText(/^Copied, valid /)).toBeVisible();
  expect(screen.getByText('alice, OCP renamed')).toBeVisible();
  await person.click(screen.getByRole('button', { name: 'More for alice, OCP renamed' }));
  await person.click(await screen.findByRole('menuitem', { name: /^Details/, hidden: true }));
  expect(await screen.findByRole('dialog', { name: 'alice, OCP renamed' })).toHaveTextContent('ConnectionOCP renamed');
});

it.each(away)('offers to forget in place of a log out that can only fail (%s)', async (_, happens, reason) => {
  rig.draw(<Page />);
  expect(await screen.findByRole('button', { name: /^Log out alice/ })).toBeVisible();
  await happens();
  await person.click(await screen.findByRole('button', { name: /^Forget alice/ }));
  expect(screen.queryByRole('button', { name: /^Log out/ })).not.toBeInTheDocument();
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(new RegExp(`It cannot be logged out from here while ${reason}\\.`))).toBeVisible();
  expect(dialog.queryByText(/Log out ends it there/)).not.toBeInTheDocument();
  await person.click(dialog.getByRole('button', { name: 'Keep it' }));

  await rig.operatorLists((all) => all);
  expect(await screen.findByRole('button', { name: /^Log out alice/ })).toBeVisible();
});
