import { screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import { sessionRecord } from '../../../test/session-record.ts';
import { installClipboard, type TestClipboard } from '../../../test/test-clipboard.ts';
import { Page } from './index.tsx';

let rig: ConsoleHarness;
let person: UserEvent;
let clipboard: TestClipboard;

beforeEach(async () => {
  rig = await startConsole();
  person = userEvent.setup();
  clipboard = installClipboard();
});
afterEach(async () => {
  clipboard.remove();
  await rig.close();
});

const openOcp = (username = 'alice') =>
  rig.open(rig.connections.ocp, 'password', { username, password: `${username}-demo-password` });
const openPrimatime = () => {
  const { secretKey } = rig.primatime.addKey({ email: 'ada@acme.example' });
  return rig.open(rig.connections.primatime, 'secret-key', { secretKey });
};

describe('before the first sign-in', () => {
  it('lists the connections, each with the way to sign in', async () => {
    rig.draw(<Page />);
    expect(await screen.findByText('OCP (demo)')).toBeVisible();
    expect(screen.getByText(/stand-ins that came with Keyward/)).toBeVisible();
    expect(screen.getByRole('link', { name: 'Sign in to OCP (demo)' })).toHaveAttribute(
      'href',
      '/ocp?connection=ocp-demo',
    );
    await person.click(screen.getByRole('link', { name: 'Sign in to PrimaTime (demo)' }));
    expect(rig.whereNow()).toBe('/primatime?connection=primatime-demo');
  });

  it('lists them in the order of the navigation, whatever the operator’s file has', async () => {
    await rig.close();
    rig = await startConsole({ entries: (own) => [...own, ...own.map((one) => ({ ...one, id: `${one.id}-2` }))] });
    rig.draw(<Page />);
    await screen.findByText(/stand-ins that came with Keyward/);
    const places = screen
      .getAllByRole('link', { name: /^Sign in to / })
      .map((link) => link.getAttribute('href')?.split('?')[0]);
    const { registry } = rig.services;
    const order = registry.map(({ route }) => places.filter((place) => place === route));
    expect(places).toEqual(order.flat());
    expect(order.filter(({ length }) => length === 2)).toHaveLength(2);
    expect(rig.services.state.getState().hello?.connections.map(({ provider }) => `/${provider}`)).not.toEqual(places);
  });

  it('says where the connections would come from while the gateway is away', async () => {
    await rig.stopGateway();
    rig.draw(<Page />);
    expect(await screen.findByText(/Keyward’s gateway, which does not answer/)).toBeVisible();
    expect(document.body).not.toHaveTextContent(/fetch/i);
  });

  it('leads to the settings where nothing is set up', async () => {
    await rig.close();
    rig = await startConsole({ entries: () => [] });
    rig.draw(<Page />);
    expect(await screen.findByRole('link', { name: 'Open settings' })).toHaveAttribute('href', '/settings');
  });
});

describe('with sessions', () => {
  it('counts them and lists them with their copy buttons', async () => {
    await openOcp();
    await openPrimatime();
    rig.draw(<Page />);
    expect(await screen.findByText(/^2 sessions on 2 systems\./)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Copy OCP access token' })).toHaveAccessibleDescription(/^alice/);
    expect(screen.getByRole('button', { name: 'Copy PrimaTime access token' })).toHaveAccessibleDescription(/^ada@/);
  });

  it('copies a row by c and its number, and nothing by c alone or while typing', async () => {
    const first = await openOcp();
    // Rows stand in the order of opening.
    await rig.pass(1_000);
    const second = await openPrimatime();
    rig.draw(<Page />);
    await screen.findByRole('button', { name: 'Copy PrimaTime access token' });
    await person.keyboard('c2');
    expect(await screen.findByText(/^Copied, valid \d\d:\d\d$/)).toBeVisible();
    expect(clipboard.text).toBe(second.tokens?.accessToken);
    await person.keyboard('c9');
    await person.keyboard('c1');
    await waitFor(() => expect(clipboard.text).toBe(first.tokens?.accessToken));
    expect(clipboard.begun).toBe(2);
  });

  it('shows what went wrong with a copy in the row of its session, until a copy went well', async () => {
    const record = await openOcp();
    rig.draw(<Page />);
    await rig.services.hands.repository.change(record.id, (one) => ({ ...one, keepFresh: false }));
    rig.ocp.clock({ advanceMs: 290_000 });
    await rig.pass(290_000);
    rig.ocp.fault({ kind: 'reply', status: 429, operation: 'refresh', headers: { 'retry-after': '1' } });
    await person.click(screen.getByRole('button', { name: 'Copy OCP access token' }));
    const table = within(screen.getByRole('table'));
    expect(await table.findByText(/^Copied; valid 0:10, it could not be refreshed: /)).toBeVisible();
    // What a server refuses for a while is left alone for so long at least.
    await rig.pass(10_000);
    await person.click(screen.getByRole('button', { name: 'Copy OCP access token' }));
    await waitFor(() => expect(table.queryByText(/it could not be refreshed/)).not.toBeInTheDocument());
    expect(await screen.findByText('Refreshed and copied, valid 5:00')).toBeVisible();
  });

  it('goes back to the connections once the last session is over, and the focus to the heading', async () => {
    await openOcp();
    rig.draw(<Page />);
    await person.click(await screen.findByRole('button', { name: /^Log out alice/ }));
    expect(await screen.findByText('No sessions yet')).toBeVisible();
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Overview' })).toHaveFocus());
  });
});

describe('what needs a person', () => {
  it('stands above the table, with the way to mend it', async () => {
    const signInNeeded = { sinceMs: rig.services.nowMs(), code: 'over', sentence: 'The server ended this session.' };
    await rig.put(sessionRecord({ provider: 'ocp', connection: rig.connections.ocp, tokens: null, signInNeeded }));
    rig.draw(<Page />);
    const needs = within(await screen.findByRole('region', { name: 'What needs you' }));
    const link = await needs.findByRole('link', { name: 'Sign in again: alice, OCP (demo)' });
    expect(link).toHaveAttribute('href', '/ocp?connection=ocp-demo&way=password');
  });

  it('counts slots, says when they are full, and shows the row', async () => {
    for (let count = 1; count <= 4; count += 1) await openOcp();
    rig.draw(<Page />);
    expect(await screen.findByText(/^OCP \(demo\): (?:at least )?4 of 5 sessions of alice$/)).toBeVisible();
    await openOcp();
    expect(await screen.findByText('OCP (demo): 5 of 5 sessions of alice')).toBeVisible();
    await person.click(screen.getByRole('button', { name: /^Show the row: OCP \(demo\)/ }));
    expect(document.activeElement?.tagName).toBe('TR');
  });

  it('is looked at anew as time passes', async () => {
    const record = await openOcp();
    await rig.services.hands.repository.change(record.id, (one) => ({ ...one, keepFresh: false }));
    rig.draw(<Page />);
    await screen.findByRole('table');
    expect(screen.queryByRole('region', { name: 'What needs you' })).not.toBeInTheDocument();
    await rig.pass(245_000);
    expect(await screen.findByText(/^Ends at \d\d:\d\d:\d\d: alice, OCP \(demo\)$/)).toBeVisible();
  });
});
