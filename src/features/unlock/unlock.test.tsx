import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import { createTestBrowser, type TestBrowser, type TestTab } from '../../../test/test-vault.ts';
import { openDatabase } from '../../vault/database.ts';
import type { PasskeyPort } from '../../vault/passkey.ts';
import { AskToKeep } from './ask-to-keep.tsx';
import { LockScreen } from './lock-screen.tsx';
import { VaultBands } from './vault-bands.tsx';
import { VaultSettings } from './vault-settings.tsx';

const passphrase = 'obviously false words for a test';

let person: UserEvent;
let browser: TestBrowser;
let tab: TestTab;
let console_: ConsoleHarness;
const opened: ConsoleHarness[] = [];

/** An authenticator on this device; `agrees` is its person. */
const device = { agrees: true, gives: 'a key' as 'a key' | 'no key' };
const keys = new Map<string, CryptoKey>();
const passkeys: PasskeyPort = {
  async enrol() {
    if (device.gives === 'no key') return 'no-prf';
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    const credential = `credential-${keys.size}`;
    keys.set(credential, key);
    return { params: { credential, input: 'AAAA', host: 'localhost' }, key };
  },
  open(methods) {
    const method = methods.find(({ params }) => keys.has(params.credential));
    const key = method && keys.get(method.params.credential);
    return Promise.resolve(device.agrees && method && key ? { methodId: method.id, key } : 'cancelled');
  },
};

beforeEach(() => {
  person = userEvent.setup({ delay: null });
  device.agrees = true;
  device.gives = 'a key';
  keys.clear();
  vi.stubGlobal('PublicKeyCredential', vi.fn());
  browser = createTestBrowser(passkeys);
  tab = browser.tab();
});
afterEach(async () => {
  for (const one of opened.splice(0)) {
    (await one.services.vault?.load())?.dispose();
    await one.close();
  }
  vi.unstubAllGlobals();
});

async function open(): Promise<void> {
  console_ = await startConsole({ vendors: ['ocp', 'primatime'], keepsIn: tab });
  opened.push(console_);
}

/** Masked fields have no role of their own. */
const secret = (name: string): HTMLElement => screen.getByLabelText(name, { selector: 'input' });
const press = (name: string | RegExp) => person.click(screen.getByRole('button', { name }));

async function choose(words: string, again = words): Promise<void> {
  await press('Choose what is kept');
  await screen.findByRole('dialog');
  await type(words, again);
}
async function type(words: string, again = words): Promise<void> {
  await person.clear(secret('New passphrase'));
  await person.type(secret('New passphrase'), words);
  await person.clear(secret('The same once more'));
  await person.type(secret('The same once more'), again);
}
const keep = () => press('Keep sessions');
const isKept = () => waitFor(() => expect(console_.services.keeping.getState().keeping).toBe('vault'));

describe('the first choice', () => {
  it('says what each answer means', async () => {
    await open();
    console_.draw(<AskToKeep />);
    await press('Choose what is kept');
    const dialog = await screen.findByRole('dialog', { name: 'Keep sessions in this browser?' });
    expect(within(dialog).getByRole('radio', { name: 'Passphrase' })).toBeChecked();
    expect(within(dialog).getByRole('radio', { name: 'Passphrase and passkey' })).toHaveAccessibleDescription(
      /Either opens it: it is as strong as the passphrase/,
    );
    expect(within(dialog).getByRole('radio', { name: 'Don’t keep anything' })).toHaveAccessibleDescription(
      /Memory only: a reload forgets/,
    );
  });

  it.each([
    ['short', 'Use at least 12 characters.'],
    ['aaaaaaaaaaaaaaaa', 'Use more different characters.'],
    ['Password1234567890', 'among the first ones that anybody would try'],
  ])('refuses “%s” with the reason at its field, and keeps nothing', async (weak, reason) => {
    await open();
    console_.draw(<AskToKeep />);
    await choose(weak);
    await keep();
    expect(secret('New passphrase')).toHaveAccessibleDescription(new RegExp(reason));
    expect(console_.services.keeping.getState().keeping).toBe('undecided');
    expect(await indexedDB.databases()).toEqual([]);
  });

  it('refuses two that differ', async () => {
    await open();
    console_.draw(<AskToKeep />);
    await choose(passphrase, `${passphrase}!`);
    await keep();
    expect(secret('The same once more')).toHaveAccessibleDescription(/The two differ/);
  });

  it('moves in what is open, says so and closes', async () => {
    await open();
    await console_.open('primatime-demo', 'secret-key', { secretKey: '00000000-0000-4000-8000-0000000005ec' });
    console_.draw(<AskToKeep />);
    await choose(passphrase);
    await keep();
    await isKept();
    expect(await screen.findByText('What was open has moved into the vault.')).toBeVisible();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(console_.services.state.getState().sessions).toHaveLength(1);
    const database = await openDatabase({ onLost: vi.fn(), onSuperseded: vi.fn() });
    expect(await database.count('rows')).toBe(1);
    database.close();
  });

  it('keeps the vault where only the passkey was refused, and says both', async () => {
    await open();
    device.gives = 'no key';
    console_.draw(<AskToKeep />);
    await press('Choose what is kept');
    await person.click(await screen.findByRole('radio', { name: 'Passphrase and passkey' }));
    await type(passphrase);
    await keep();
    expect(await screen.findByText(/The vault is made, the passkey was not added/)).toBeVisible();
    const said = 'The vault opens with the passphrase alone. A passkey can be added later, in Settings.';
    expect(screen.getByText(new RegExp(`^${said} You may delete the one that was just made`))).toBeVisible();
    expect(document.body).not.toHaveTextContent('Nothing was changed');
    await isKept();
  });

  it('offers no passkey where the browser has none', async () => {
    vi.unstubAllGlobals();
    await open();
    console_.draw(<AskToKeep />);
    await press('Choose what is kept');
    await screen.findByRole('dialog');
    expect(screen.queryByRole('radio', { name: 'Passphrase and passkey' })).toBeNull();
  });

  it('says what happened where the storage takes no more, and that all is as before', async () => {
    await open();
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    console_.draw(<AskToKeep />);
    await choose(passphrase);
    await keep();
    expect(await screen.findByRole('alert')).toHaveTextContent('This browser’s storage takes no more.');
    expect(screen.getByRole('alert')).toHaveTextContent('everything is as before');
    expect(console_.services.keeping.getState().keeping).toBe('undecided');
  });

  it('leads to the tab that made a vault meanwhile, and to no reload that would forget what is open', async () => {
    await open();
    const maker = await console_.services.vault?.load();
    await maker?.create(passphrase);
    maker?.dispose();
    tab = browser.tab();
    await open();
    console_.draw(<AskToKeep />);
    await choose('another row of false words');
    await keep();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      /There is a vault already\.Another tab has made it\. Unlock it there, or in a new tab/,
    );
    expect(alert).toHaveTextContent('Do not reload this tab, which would forget it.');
    expect(alert).not.toHaveTextContent('Reload this page');
  });

  it('says that what was typed opens nothing where another tab makes the vault at the same moment', async () => {
    await open();
    const maker = await console_.services.vault?.load();
    tab = browser.tab();
    await open();
    console_.draw(<VaultSettings />);
    await choose('another row of false words');
    const store = IDBObjectStore.prototype;
    const put = Reflect.get(store, 'put');
    vi.spyOn(store, 'put').mockImplementationOnce(function (this: IDBObjectStore, ...row) {
      fireEvent.click(screen.getByRole('button', { name: 'Keep sessions' }));
      return put.apply(this, row);
    });
    await maker?.create(passphrase);
    await isKept();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(await screen.findByText('The passphrase that was typed here opens nothing.')).toBeVisible();
    expect(screen.getByText(/It opens with the passphrase that was set there\.$/)).toBeVisible();
  });

  it('advises no reload where the storage does not answer', async () => {
    await open();
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('', 'SecurityError');
    });
    console_.draw(<AskToKeep />);
    await choose(passphrase);
    await keep();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(/does not answer\.Nothing was stored\..* stays in the memory of this tab/);
    expect(alert).not.toHaveTextContent('Reload this page');
    vi.restoreAllMocks();
  });
});

/** A vault that another page has made, and the lock screen over it. */
async function lockedScreen(withPasskey = false): Promise<void> {
  await open();
  const maker = await console_.services.vault?.load();
  await maker?.create(passphrase);
  if (withPasskey) await maker?.addPasskey(passphrase);
  maker?.dispose();
  tab = browser.tab();
  await open();
  console_.services.keeping.setState({ keeping: 'locked' });
  const { vault } = console_.services;
  if (!vault) throw new Error('The harness was told to keep');
  render(<LockScreen vault={vault} />);
}

describe('the lock screen', () => {
  it('has the passphrase in focus, says that refresh stops, and opens', async () => {
    await lockedScreen();
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Locked');
    expect(screen.getByRole('status')).toHaveTextContent('Locked: refresh stops');
    expect(document.title).toBe('Locked · Keyward');
    expect(secret('Passphrase')).toHaveFocus();
    expect(screen.queryByRole('button', { name: 'Use a passkey' })).toBeNull();
    await person.type(secret('Passphrase'), `${passphrase}{Enter}`);
    await isKept();
  });

  it('empties the field after a wrong one, and says that the vault is not damaged', async () => {
    await lockedScreen();
    await person.type(secret('Passphrase'), 'some other false words{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('The vault itself is whole, so it is not damaged');
    expect(secret('Passphrase')).toHaveValue('');
    expect(secret('Passphrase')).toHaveFocus();
    expect(console_.services.keeping.getState().keeping).toBe('locked');
  });

  it('opens with a passkey as well, and says that either does', async () => {
    await lockedScreen(true);
    expect(await screen.findByText('Either opens it: it is as strong as the passphrase.')).toBeVisible();
    device.agrees = false;
    await press('Use a passkey');
    expect(await screen.findByText('The browser did not finish it.')).toBeVisible();
    device.agrees = true;
    await press('Use a passkey');
    await isKept();
  });

  it('wipes where the passphrase is lost, and says beforehand that nothing is logged out', async () => {
    await lockedScreen();
    await press('Wipe the vault');
    expect(await screen.findByRole('dialog')).toHaveTextContent('Nothing is logged out, because no token can be read');
    await press('Wipe');
    await waitFor(() => expect(tab.reloads).toBe(1));
    expect(await indexedDB.databases()).toEqual([]);
  });
});

describe('the settings of the vault', () => {
  async function openVault(): Promise<void> {
    await open();
    await (await console_.services.vault?.load())?.create(passphrase);
    console_.draw(<VaultSettings />);
    await screen.findByRole('combobox', { name: 'Lock by itself' });
  }

  it('lock by itself after 15 minutes, or after what is chosen', async () => {
    await openVault();
    const limit = screen.getByRole('combobox', { name: 'Lock by itself' });
    expect(limit).toHaveDisplayValue('After 15 minutes');
    expect(within(limit).getAllByRole('option')).toHaveLength(6);
    await person.selectOptions(limit, 'Only when the browser closes');
    expect(browser.storage.get('keyward.auto-lock')).toBe('null');
  });

  it('find it locked after a sleep before anything is drawn: whoever asks for the time comes later', async () => {
    await openVault();
    console_.time.sleep(8 * 60 * 60_000);
    console_.services.nowMs();
    expect([tab.hidden, console_.services.keeping.getState().keeping]).toEqual([true, 'locked']);
  });

  it('lock now', async () => {
    await openVault();
    await press('Lock now');
    expect(tab.hidden).toBe(true);
  });

  it('change the passphrase only over the old one', async () => {
    await openVault();
    await press('Change passphrase');
    await person.type(secret('Passphrase until now'), 'not the old one');
    await type('another row of false words');
    await press('Change it');
    expect(await screen.findByRole('alert')).toHaveTextContent('This does not open the vault.');
    await person.clear(secret('Passphrase until now'));
    await person.type(secret('Passphrase until now'), passphrase);
    await press('Change it');
    expect(await screen.findByText('The old one no longer opens the vault.')).toBeVisible();
  });

  it('add and remove a passkey', async () => {
    await openVault();
    await press('Add a passkey');
    await person.type(secret('Passphrase'), passphrase);
    await press('Add it');
    const list = await screen.findByRole('list', { name: 'Passkeys of the vault' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(1);
    await press(/^Remove the passkey of/);
    expect(await screen.findByText('The passkey no longer opens the vault.')).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('list', { name: 'Passkeys of the vault' })).toBeNull());
  });

  it('wipe after logging out, with what came of each', async () => {
    await open();
    await (await console_.services.vault?.load())?.create(passphrase);
    await console_.open('ocp-demo', 'password', { username: 'alice', password: 'alice-demo-password' });
    await console_.open('primatime-demo', 'secret-key', { secretKey: '00000000-0000-4000-8000-0000000005ec' });
    console_.draw(<VaultSettings />);
    await screen.findByRole('combobox', { name: 'Lock by itself' });
    await press('Wipe the vault');
    const dialog = screen.getByRole('dialog', { name: 'Wipe the vault?' });
    expect(dialog).toHaveTextContent('2 sessions are still open at the servers');
    await press('Log out 1 session first');
    const results = await within(dialog).findByRole('list', { name: 'Log outs' });
    await waitFor(() => expect(results).toHaveTextContent('alice, OCP (demo)Logged out'));
    await waitFor(() => expect(results).toHaveTextContent('This vendor has no call that logs out.'));
    expect(console_.ocp.sessions({ username: 'alice' })).toHaveLength(0);
    await waitFor(() => expect(screen.getByRole('button', { name: 'Wipe' })).not.toHaveAttribute('aria-disabled'));
    await press('Wipe');
    await waitFor(() => expect(tab.reloads).toBe(1));
  });

  it('wipe after a log out whose answer was lost: what is not known is said to be so, and it is offered again', async () => {
    await open();
    await (await console_.services.vault?.load())?.create(passphrase);
    await console_.open('ocp-demo', 'password', { username: 'alice', password: 'alice-demo-password' });
    console_.draw(<VaultSettings />);
    await screen.findByRole('combobox', { name: 'Lock by itself' });
    await press('Wipe the vault');
    const dialog = screen.getByRole('dialog', { name: 'Wipe the vault?' });
    expect(dialog).toHaveTextContent('One session is still open at the servers');
    console_.ocp.fault({ kind: 'reset', operation: 'log-out', times: 'always', when: 'after' });
    await press('Log out 1 session first');
    expect(
      await within(dialog).findByText(/^Whether one session is still open at the servers is not known\./),
    ).toBeVisible();
    expect(dialog).not.toHaveTextContent('One session is still open');
    console_.ocp.clearFaults();
    // Not while the first round is still being ended.
    await waitFor(() => expect(screen.getByRole('button', { name: 'Wipe' })).not.toHaveAttribute('aria-disabled'));
    await press('Log out 1 session first');
    const results = within(dialog).getByRole('list', { name: 'Log outs' });
    await waitFor(() => expect(results).toHaveTextContent('alice, OCP (demo)Logged out'));
    expect(within(results).getAllByRole('listitem')).toHaveLength(1);
    expect(dialog).not.toHaveTextContent('still open at the servers');
    expect(within(dialog).queryByRole('button', { name: /^Log out/ })).toBeNull();
  });
});

describe('what is wrong with what is kept', () => {
  it.each([
    [
      { trouble: 'full', held: 1 },
      /storage takes no more.*One answer waits in the memory of this tab.*Do not close this tab/,
    ],
    [{ trouble: 'full', held: 0 }, /Nothing is refreshed until it does/],
    [{ trouble: 'superseded', held: 0 }, /A newer version of Keyward runs in another tab.*Reload this page/],
    [{ trouble: 'lost', held: 2 }, /storage does not answer.*2 answers wait/],
    [
      { outside: 'full' },
      /could not move into the vault\..*takes no more\. It stays in the memory of this tab, and a reload forgets it\. Make room/,
    ],
    [{ outside: 'superseded' }, /A newer version.*a reload forgets it\. To have it kept, sign in again in a new tab/],
    [{ damaged: 1 }, /One record of the vault cannot be read\. It is set aside\..*Everything else is usable/],
    [{ damaged: 3 }, /3 records of the vault cannot be read\. They are set aside/],
  ] as const)('%j is said', async (state, words) => {
    await open();
    console_.services.keeping.setState(state);
    const { container } = console_.draw(<VaultBands />);
    expect(container).toHaveTextContent(words);
  });
});
