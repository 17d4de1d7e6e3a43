import { screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import { sessionRecord } from '../../../test/session-record.ts';
import { installClipboard, type TestClipboard, type TestClipboardOptions } from '../../../test/test-clipboard.ts';
import { useSessions } from '../../console/use-services.ts';
import type { Expiry } from '../../lib/time.ts';
import { setKeepFresh } from '../../sessions/transitions.ts';
import { ClipboardLine } from './clipboard-line.tsx';
import { CopyToken } from './copy-token.tsx';

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

const replaceClipboard = (options: TestClipboardOptions): void => {
  clipboard.remove();
  clipboard = installClipboard(options);
};

/** As a row does it: a new view of the session after every change. */
function Copies() {
  return useSessions()
    .filter(({ ended }) => !ended)
    .map((session) => <CopyToken key={session.id} session={session} />);
}

const draw = () =>
  rig.draw(
    <>
      <Copies />
      <ClipboardLine />
    </>,
  );

const openOcp = () => rig.open(rig.connections.ocp, 'password', { username: 'alice', password: 'alice-demo-password' });

/** An OCP session that the schedule leaves alone, so that a test alone says when it is refreshed. */
async function openUnhurried() {
  const record = await openOcp();
  await rig.services.hands.repository.change(record.id, setKeepFresh(false));
  return record;
}

/** Time passes for the console and for the server alike. */
async function pass(durationMs: number): Promise<void> {
  rig.ocp.clock({ advanceMs: durationMs });
  await rig.pass(durationMs);
}

const copyButton = (name: string | RegExp = 'Copy OCP access token') => screen.findByRole('button', { name });
const storedToken = async (id: string) => (await rig.services.hands.repository.get(id))?.tokens?.accessToken;
const refreshesSent = (): number => rig.ocp.ledger({ operation: 'refresh' }).length;

describe('copying a token', () => {
  it('hands over the token and says how long it is valid', async () => {
    const record = await openUnhurried();
    draw();
    await person.click(await copyButton());
    expect(await screen.findByText('Copied, valid 5:00')).toBeVisible();
    expect(clipboard.text).toBe(record.tokens?.accessToken);
    expect(refreshesSent()).toBe(0);
  });

  it('refreshes first where little is left, and says so', async () => {
    const record = await openUnhurried();
    await pass(275_000);
    draw();
    await person.click(await copyButton());
    expect(await screen.findByText('Refreshed and copied, valid 5:00')).toBeVisible();
    expect(clipboard.text).toBe(await storedToken(record.id));
    expect(clipboard.text).not.toBe(record.tokens?.accessToken);
  });

  it('refreshes a token that lives for less than half a minute with each copy, and once', async () => {
    rig.ocp.configureRealm({ accessTokenSeconds: 20 });
    await openUnhurried();
    draw();
    await pass(2_000);
    await person.click(await copyButton());
    expect(await screen.findByText('Refreshed and copied, valid 0:20')).toBeVisible();
    expect(refreshesSent()).toBe(1);
    // What is new could not become any newer.
    await person.click(await copyButton());
    expect(await screen.findByText('Copied, valid 0:20')).toBeVisible();
    expect(refreshesSent()).toBe(1);
  });

  it('begins the write in the turn of the click, before the refresh is answered', async () => {
    await openUnhurried();
    await pass(275_000);
    draw();
    const button = await copyButton();
    rig.ocp.fault({ kind: 'latency', ms: 300, operation: 'refresh' });
    button.click();
    expect(clipboard.begun).toBe(1);
    expect(clipboard.text).toBeNull();
    await waitFor(() => expect(clipboard.text).not.toBeNull());
  });

  it('copies what is there where it could not be refreshed, and says how long that lives and why', async () => {
    const record = await openUnhurried();
    await pass(288_000);
    draw();
    rig.ocp.fault({ kind: 'reply', status: 429, operation: 'refresh', headers: { 'retry-after': '60' } });
    await person.click(await copyButton());
    expect(await screen.findByText(/^Copied; valid 0:12, it could not be refreshed: /)).toBeVisible();
    expect(clipboard.text).toBe(record.tokens?.accessToken);
  });

  it('never copies a dead token', async () => {
    const record = await openUnhurried();
    await pass(60 * 60_000);
    draw();
    await person.click(await copyButton());
    expect(await screen.findByText(/Sign in again/)).toBeVisible();
    expect(clipboard.text).toBeNull();
    expect(document.body).not.toHaveTextContent(record.tokens?.accessToken ?? 'no token');
  });

  it('is not offered where no token is left', async () => {
    await rig.put(sessionRecord({ provider: 'ocp', connection: rig.connections.ocp, tokens: null }));
    draw();
    expect(await copyButton()).toBeDisabled();
  });

  it('says that an expiry is not reported instead of inventing one', async () => {
    const record = sessionRecord({ provider: 'ocp', connection: rig.connections.ocp });
    const tokens = { accessToken: 'not-a-real-access-token', accessExpiry: { kind: 'unknown' }, facts: [] } as const;
    await rig.put({ ...record, tokens });
    draw();
    await person.click(await copyButton());
    expect(await screen.findByText('Copied; expiry not reported')).toBeVisible();
    expect(clipboard.text).toBe('not-a-real-access-token');
  });

  const bare = async (accessExpiry: Expiry): Promise<void> => {
    const record = sessionRecord({ provider: 'ocp', connection: rig.connections.ocp });
    await rig.put({ ...record, tokens: { accessToken: 'not-a-real-access-token', accessExpiry, facts: [] } });
    draw();
    await person.click(await copyButton());
  };

  it('copies what cannot be refreshed for as long as it lives, and does not say that it is over', async () => {
    await bare({ kind: 'relative', anchorMs: rig.services.nowMs() - 290_000, lifeMs: 300_000 });
    expect(await screen.findByText(/^Copied; valid 0:\d\d, it could not be refreshed: no refresh token/)).toBeVisible();
    expect(document.body).not.toHaveTextContent(/Nothing was copied|is over/);
    expect(clipboard.text).toBe('not-a-real-access-token');
  });

  it('copies what has outlived the least that it lives: only the server knows', async () => {
    await bare({ kind: 'earliest', atMs: rig.services.nowMs() - 1_000 });
    expect(await screen.findByText(/^Copied; it may end any time, it could not be refreshed: /)).toBeVisible();
    expect(clipboard.text).toBe('not-a-real-access-token');
  });

  it('does not copy what is over and cannot be refreshed', async () => {
    await bare({ kind: 'relative', anchorMs: rig.services.nowMs() - 301_000, lifeMs: 300_000 });
    expect(await screen.findByText(/This token is over and could not be refreshed/)).toBeVisible();
    expect(clipboard.text).toBeNull();
  });

  it('copies the bare token where the gateway is away', async () => {
    const record = await openUnhurried();
    draw();
    await rig.stopGateway();
    await person.click(await copyButton());
    expect(await screen.findByText('Copied, valid 5:00')).toBeVisible();
    expect(clipboard.text).toBe(record.tokens?.accessToken);
  });
});

describe('a browser that does not let us', () => {
  it('is written to after the refresh where it takes no promise', async () => {
    const record = await openUnhurried();
    replaceClipboard({ kind: 'text-alone' });
    draw();
    await person.click(await copyButton());
    expect(await screen.findByText('Copied, valid 5:00')).toBeVisible();
    expect(clipboard.text).toBe(record.tokens?.accessToken);
  });

  it.each(['items', 'none'] as const)('gets a selected field to copy from by hand (%s)', async (kind) => {
    const record = await openUnhurried();
    replaceClipboard({ kind });
    clipboard.refuses = true;
    draw();
    await person.click(await copyButton());
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'OCP access token, hidden' });
    expect(field).toHaveValue(record.tokens?.accessToken);
    expect(field).toHaveFocus();
    expect([field.selectionStart, field.selectionEnd]).toEqual([0, field.value.length]);
    expect(screen.getByRole('dialog', { name: 'Press Ctrl+C to copy' })).toBeVisible();
    expect(screen.queryByText(/^Copied/)).not.toBeInTheDocument();

    field.dispatchEvent(new Event('copy', { bubbles: true }));
    expect(await screen.findByText('Copied, valid 5:00')).toBeVisible();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});

describe('copying as another shape', () => {
  const choose = async (group: string, shape: string): Promise<void> => {
    await person.click(await copyButton('Copy OCP access token as'));
    const items = await screen.findByRole('group', { name: group, hidden: true });
    await person.click(within(items).getByRole('menuitem', { name: shape, hidden: true }));
  };

  it('takes two clicks, and the next copy is one click in the same shape', async () => {
    const record = await openUnhurried();
    const { unmount } = draw();
    await choose('With the token', 'curl');
    expect(await screen.findByText('Copied as curl, valid 5:00')).toBeVisible();
    expect(clipboard.text).toContain(`-H 'Authorization: Bearer ${record.tokens?.accessToken ?? ''}'`);

    unmount();
    clipboard.text = null;
    draw();
    await person.click(await copyButton('Copy curl with OCP access token'));
    await waitFor(() => expect(clipboard.text).toMatch(/^curl /));
  });

  it('writes the name of a variable in place of the token, and then asks the server nothing', async () => {
    const record = await openUnhurried();
    await pass(288_000);
    draw();
    await choose('With $OCP_TOKEN', 'curl');
    expect(await screen.findByText('Copied as curl with $OCP_TOKEN; it holds no secret')).toBeVisible();
    expect(clipboard.text).toContain('-H "Authorization: Bearer $OCP_TOKEN"');
    expect(clipboard.text).not.toContain(record.tokens?.accessToken);
    expect(refreshesSent()).toBe(0);
  });

  it('says before and after that a vendor carries the secret in its addresses', async () => {
    const { accessToken } = await openPrimatime();
    draw();
    await person.click(await copyButton('Copy PrimaTime access token as'));
    expect(
      await screen.findByText(/none of these shapes belongs in a repository.*PrimaTime takes its token in the address/),
    ).toBeInTheDocument();
    const items = screen.getByRole('group', { name: 'With the token', hidden: true });
    await person.click(within(items).getByRole('menuitem', { name: 'Query parameter', hidden: true }));
    await waitFor(() => expect(clipboard.text).toBe(`token=${accessToken}`));
    expect(await screen.findByText(/^Copied as Query parameter, valid /)).toBeVisible();
    expect(await copyButton('Copy query with PrimaTime access token')).toBeVisible();
    expect(await screen.findByText(/^PrimaTime takes its token in the address/)).toBeVisible();
  });

  it.each([
    ['With the token', 'curl', /^Copied as curl, valid /],
    ['With the token', 'fetch', /^Copied as fetch, valid /],
    ['With the token', 'HTTPie', /^Copied as HTTPie, valid /],
    ['With the token', 'Python', /^Copied as Python, valid /],
    ['With $OCP_TOKEN', 'curl', /^Copied as curl with /],
  ])('aims at the server that issued the token, and says so (%s, %s)', async (group, shape, said) => {
    const { baseUrl } = await openUnhurried();
    await rig.operatorLists((all) => all.map((entry) => ({ ...entry, baseUrl: 'http://127.0.0.1:9/elsewhere' })));
    draw();
    await choose(group, shape);
    expect(await screen.findByText(said)).toBeVisible();
    expect(
      screen.getByText(`It is for the server that issued it, ${baseUrl}; the connection names another now.`),
    ).toBeVisible();
    expect(clipboard.text).toContain(baseUrl);
    expect(clipboard.text).not.toContain('127.0.0.1:9/');
  });

  it('says nothing of another server while the connection names the same one', async () => {
    await openUnhurried();
    draw();
    await choose('With the token', 'curl');
    expect(await screen.findByText('Copied as curl, valid 5:00')).toBeVisible();
    expect(document.body).not.toHaveTextContent('the server that issued it');
  });

  async function openPrimatime() {
    const secretKey = rig.primatime.addKey({ email: 'ada@acme.example' }).secretKey;
    const { tokens } = await rig.open(rig.connections.primatime, 'secret-key', { secretKey });
    if (!tokens) throw new Error('A fresh session has tokens');
    return tokens;
  }

  it('holds no secret in what is drawn', async () => {
    const record = await openUnhurried();
    const { container } = draw();
    await choose('With the token', 'Python');
    await screen.findByText(/^Copied as Python/);
    expect(container.innerHTML).not.toContain(record.tokens?.accessToken);
  });
});

describe('what the clipboard holds', () => {
  beforeEach(async () => {
    await openUnhurried();
    draw();
    await person.click(await copyButton());
    expect(await screen.findByText(/^The clipboard holds a token/)).toBeVisible();
    document.hasFocus = () => true;
  });
  afterEach(() => {
    Reflect.deleteProperty(document, 'hasFocus');
  });

  it('is cleared after a minute while the page is in front', async () => {
    await rig.pass(59_000);
    expect(clipboard.text).not.toBe(' ');
    await rig.pass(1_000);
    expect(await screen.findByText(/^Clipboard cleared at/)).toBeVisible();
    expect(clipboard.text).toBe(' ');
  });

  it('is left alone, with the reason and a button, while the person is elsewhere', async () => {
    document.hasFocus = () => false;
    const held = clipboard.text;
    await rig.pass(60_000);
    expect(await screen.findByText(/may still hold the token .* only while the page is in front/)).toBeVisible();
    expect(clipboard.text).toBe(held);

    await person.click(screen.getByRole('button', { name: 'Clear clipboard' }));
    expect(await screen.findByText(/^Clipboard cleared at/)).toBeVisible();
    expect(clipboard.text).toBe(' ');
  });

  it('is left alone while the cursor is in a field, where something else may be about to be pasted', async () => {
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
    const held = clipboard.text;
    await rig.pass(60_000);
    expect(await screen.findByText(/may still hold the token .* you were typing/)).toBeVisible();
    expect(clipboard.text).toBe(held);
    field.remove();
  });

  it('is left alone where the person copied something else since', async () => {
    document.dispatchEvent(new Event('copy'));
    clipboard.text = 'something else';
    await rig.pass(60_000);
    expect(clipboard.text).toBe('something else');
    expect(screen.queryByRole('button', { name: 'Clear clipboard' })).not.toBeInTheDocument();
  });

  it('counts the minute from the last copy', async () => {
    await rig.pass(40_000);
    await person.click(await copyButton());
    await waitFor(() => expect(clipboard.begun).toBe(2));
    await rig.pass(40_000);
    expect(clipboard.text).not.toBe(' ');
    await rig.pass(20_000);
    await waitFor(() => expect(clipboard.text).toBe(' '));
  });

  describe('where the browser lets a page clear it in answer to a press alone', () => {
    beforeEach(async () => {
      clipboard.refuses = true;
      await rig.pass(60_000);
      expect(await screen.findByText(/only in answer to a press\. Your next one here does\.$/)).toBeVisible();
    });

    it('is cleared by the next press that the browser takes for one', async () => {
      await person.click(document.body);
      expect(clipboard.text).not.toBe(' ');
      clipboard.refuses = false;
      await person.click(document.body);
      expect(await screen.findByText(/^Clipboard cleared at/)).toBeVisible();
      expect(clipboard.text).toBe(' ');
    });

    it('is left alone by a press into a field, and once the person was elsewhere', async () => {
      clipboard.refuses = false;
      const held = clipboard.text;
      const field = document.body.appendChild(document.createElement('input'));
      await person.click(field);
      expect(clipboard.text).toBe(held);
      field.remove();
      window.dispatchEvent(new Event('blur'));
      expect(await screen.findByText(/may still hold the token .* only while the page is in front/)).toBeVisible();
      await person.click(document.body);
      expect(clipboard.text).toBe(held);
    });

    it('is said where even the button is refused', async () => {
      await person.click(screen.getByRole('button', { name: 'Clear clipboard' }));
      expect(await screen.findByText(/this browser does not let the page clear it/)).toBeVisible();
    });
  });
});
