/** A key that is rotated on its page: given up in the middle, compromised, and asked for twice. */
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import { installClipboard } from '../../../test/test-clipboard.ts';
import { Board } from '../../features/revoke/board.tsx';
import { Page } from './index.tsx';

let rig: ConsoleHarness;
let person: UserEvent;

beforeEach(async () => {
  person = userEvent.setup({ delay: null });
  rig = await startConsole({ vendors: ['tuleap'] });
});
afterEach(() => rig.close());

const addKey = (description: string): string => rig.tuleap.addKey({ username: 'alice', description }).identifier;
const table = (): Promise<HTMLElement> => screen.findByRole('table', { name: 'Keys' });
const dialog = (name: string | RegExp): Promise<HTMLElement> => screen.findByRole('dialog', { name });
const calls = (operation: string) => rig.tuleap.ledger({ operation });

/** The page with the key “old” in its table. */
async function openKeys(): Promise<void> {
  addKey('old');
  await rig.open('tuleap-demo', 'access-key', { accessKey: addKey('console') });
  rig.draw(<Page />, '/keys');
}

async function openMenu(): Promise<void> {
  const line = (await within(await table()).findByText(/“old”/)).closest('tr');
  if (!line) throw new Error('It stands in no row');
  await person.click(within(line).getByRole('button', { name: /^More for/ }));
}

async function choose(item: RegExp): Promise<void> {
  await openMenu();
  await person.click(await screen.findByRole('menuitem', { name: item, hidden: true }));
}

describe('a rotation', () => {
  it('that is given up while the new one is being made: it is shown all the same, and the old one stays', async () => {
    await openKeys();
    rig.tuleap.fault({ operation: 'create-key', kind: 'latency', ms: 5_000 });
    await choose(/^Rotate/);
    await person.click(within(await dialog(/^Rotate no/)).getByRole('button', { name: 'Begin' }));
    const strip = await screen.findByRole('region', { name: /^Rotate no\. \d+ “old”/ });
    await waitFor(() => expect(calls('create-key')).toHaveLength(1));
    await person.click(within(strip).getByRole('button', { name: 'Give up…' }));
    expect(within(strip).getByText(/^The call that makes the new key is under way/)).toBeVisible();
    await person.click(within(strip).getByRole('button', { name: 'Give it up' }));
    await person.click(await within(strip).findByRole('checkbox', { name: 'I saved it' }));
    await person.click(within(strip).getByRole('button', { name: 'I have copied it' }));
    await waitFor(() => expect(strip).not.toBeInTheDocument());
    expect(calls('delete-key')).toEqual([]);
    // Two of that name: the list was read again.
    await waitFor(async () => expect(within(await table()).getAllByRole('row', { name: /“old”/ })).toHaveLength(2));
  });

  it('that watches the old key says only that: nothing is stopped, and nothing is proven yet', async () => {
    await openKeys();
    await choose(/^Rotate/);
    await person.click(within(await dialog(/^Rotate no/)).getByRole('button', { name: 'Begin' }));
    const strip = await screen.findByRole('region', { name: /^Rotate no/ });
    await person.click(await within(strip).findByRole('checkbox', { name: 'I saved it' }));
    await person.click(within(strip).getByRole('button', { name: 'I have copied it' }));
    for (const looks of [1, 2]) {
      await waitFor(() => expect(within(strip).getByText(/^Never used\. Looked at again about/)).toBeVisible());
      expect(strip).not.toHaveTextContent(/Stopped|Not proven/);
      expect(within(strip).queryByRole('status')).not.toBeInTheDocument();
      expect(within(strip).queryByRole('button', { name: /again$/ })).not.toBeInTheDocument();
      if (looks === 1) await rig.pass(125_000);
    }
    await person.click(within(strip).getByRole('button', { name: 'Nothing uses it any more' }));
    expect(await within(strip).findByText(/^The old key is proven dead/)).toBeVisible();
    expect(calls('delete-key')).toHaveLength(1);
  });

  it('of a compromised key that still lives says so in red while the new one is copied, and is kept as an incident', async () => {
    const clipboard = installClipboard();
    await openKeys();
    rig.tuleap.fault({ operation: 'delete-key', kind: 'reply', status: 200 });
    await choose(/^Rotate/);
    const form = await dialog(/^Rotate no/);
    await person.click(within(form).getByRole('radio', { name: /^Compromised/ }));
    await person.click(within(form).getByRole('button', { name: 'Begin' }));
    const strip = await screen.findByRole('region', { name: /^Compromised/ });
    await within(strip).findByRole('checkbox', { name: 'I saved it' });
    expect(within(strip).getByText('Not ended: the old key still lives')).toBeVisible();
    expect(within(strip).getByRole('link', { name: 'Incident' })).toHaveAttribute(
      'href',
      expect.stringMatching(/^\/incident\?job=/),
    );
    await person.click(within(strip).getByRole('button', { name: 'End it again' }));
    expect(await within(strip).findByText(/^The old key is proven dead/)).toBeVisible();
    // The new one is still there to be copied, and was made once.
    expect(await within(strip).findByRole('checkbox', { name: 'I saved it' })).toBeVisible();
    await closeIncident(strip);
    await person.click(await screen.findByRole('button', { name: /^Evidence of Compromised/ }));
    const card = await screen.findByRole('article');
    expect(card).toHaveTextContent(/Compromised: end the old one first.*Evidence kept.*Proven dead/);
    await person.click(screen.getByRole('button', { name: 'Copy note' }));
    await waitFor(() =>
      expect(clipboard.text).toMatch(/\| end \| `DELETE [^|]+\| accepted[\s\S]*\| create \| `POST [^|]+\| made/),
    );
    expect(calls('create-key')).toHaveLength(1);
    expect(calls('delete-key')).toHaveLength(2);
    clipboard.remove();
  });

  it('of a compromised key whose row cannot be read goes on unasked, and what the table showed proves its end', async () => {
    await openKeys();
    rig.tuleap.fault({ operation: 'read-key', kind: 'reply', status: 503, times: 6 });
    await choose(/^Rotate/);
    const form = await dialog(/^Rotate no/);
    await person.click(within(form).getByRole('radio', { name: /^Compromised/ }));
    await person.click(within(form).getByRole('button', { name: 'Begin' }));
    const strip = await screen.findByRole('region', { name: /^Compromised/ });
    for (let looks = 1; looks <= 6; looks += 1) {
      await waitFor(() => expect(calls('read-key').length).toBeGreaterThanOrEqual(looks));
      await waitFor(() => expect(within(strip).queryByText('Under way')).not.toBeInTheDocument());
      if (looks < 6) await rig.pass(60_000);
    }
    expect(await within(strip).findByText(/^The old key is proven dead/)).toBeVisible();
    expect(calls('delete-key')).toHaveLength(1);
  });

  it('that runs is what the menu of the row leads to, and is not begun a second time', async () => {
    await openKeys();
    await choose(/^Rotate/);
    const form = await dialog(/^Rotate no/);
    await person.click(within(form).getByRole('button', { name: 'Begin' }));
    const strip = await screen.findByRole('region', { name: /^Rotate no/ });
    await within(strip).findByRole('checkbox', { name: 'I saved it' });
    await openMenu();
    expect(screen.queryByRole('menuitem', { name: /^R(otate|evoke)/, hidden: true })).not.toBeInTheDocument();
    const shown = vi.fn();
    strip.scrollIntoView = shown;
    await person.click(await screen.findByRole('menuitem', { name: /^What is being done/, hidden: true }));
    expect(shown).toHaveBeenCalled();
    expect(calls('create-key')).toHaveLength(1);
  });

  /** Copies the new key, and closes it on the page of incidents. */
  async function closeIncident(strip: HTMLElement): Promise<void> {
    cleanup();
    expect(strip).not.toBeInTheDocument();
    rig.draw(<Board renderSignIn={() => null} />, '/incident');
    expect(await screen.findByRole('link', { name: 'Copy it' })).toHaveAttribute('href', '/keys');
    expect(screen.queryByRole('button', { name: /^I have copied it/ })).not.toBeInTheDocument();
    cleanup();
    rig.draw(<Page />, '/keys');
    await person.click(await screen.findByRole('checkbox', { name: 'I saved it' }));
    await person.click(screen.getByRole('button', { name: 'I have copied it' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'I have copied it' })).not.toBeInTheDocument());
    cleanup();
    rig.draw(<Board renderSignIn={() => null} />, '/incident');
    await person.click(await screen.findByRole('button', { name: 'Close' }));
  }
});
