/** A button of ours that copies something else takes a copied token out of the clipboard, and out of the desk's care. */
import { screen, waitFor } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import { installClipboard, type TestClipboard } from '../../../test/test-clipboard.ts';
import { useSessions } from '../../console/use-services.ts';
import type { JobView } from '../../revocation/job.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { Activity } from '../activity/activity.tsx';
import { ComposedEntry } from '../connections/composed-entry.tsx';
import { JobSection } from '../revoke/job-section.tsx';
import { ClipboardLine } from './clipboard-line.tsx';
import { CopyToken } from './copy-token.tsx';

let rig: ConsoleHarness;
let person: UserEvent;
let clipboard: TestClipboard;

beforeEach(async () => {
  rig = await startConsole();
  person = userEvent.setup();
  clipboard = installClipboard();
  document.hasFocus = () => true;
});
afterEach(async () => {
  Reflect.deleteProperty(document, 'hasFocus');
  clipboard.remove();
  await rig.close();
});

const job: JobView = {
  id: 'j',
  kind: 'revoke',
  title: 'A leak',
  revision: 0,
  createdAtMs: 0,
  startedAtMs: 0,
  closedAtMs: 1,
  items: [],
};

const buttons: readonly (readonly [string, ReactNode, RegExp])[] = [
  ['Copy the redirect URI', <CopyText key="" what="redirect URI" text="https://x.example/callback" />, /callback$/],
  [
    'Copy for a ticket',
    <CopyText key="" what="a" label="Copy for a ticket" text={async () => await Promise.resolve('A summary')} />,
    /^A summary$/,
  ],
  ['Copy as text', <Activity key="" />, /sign/i],
  [
    'Copy entry',
    <ComposedEntry key="" composed={{ entry: { id: 'an-entry' }, faults: {}, asksForInsecure: false }} />,
    /an-entry/,
  ],
  [
    'Copy note',
    <JobSection key="" job={job} faces={new Map()} renderSignIn={() => null} onAnother={() => undefined} />,
    /^# Incident: A leak/,
  ],
];

function Copies() {
  return useSessions().map((session) => <CopyToken key={session.id} session={session} />);
}

async function copyToken(beside: ReactNode): Promise<void> {
  await rig.open(rig.connections.ocp, 'password', { username: 'alice', password: 'alice-demo-password' });
  rig.draw(
    <>
      <Copies />
      <ClipboardLine />
      {beside}
    </>,
  );
  await person.click(await screen.findByRole('button', { name: 'Copy OCP access token' }));
  expect(await screen.findByText(/^The clipboard holds a token/)).toBeVisible();
}

const line = () => screen.queryByText(/^The clipboard (?:holds a|may still hold the) token/);
const clearing = () => screen.queryByRole('button', { name: 'Clear clipboard' });

describe.each(buttons)('“%s”', (name, beside, text) => {
  const press = async (): Promise<void> => {
    await person.click(screen.getByRole('button', { name }));
    await waitFor(() => expect(clipboard.text).toMatch(text));
  };

  it('ends what is said of the token, and is not cleared away', async () => {
    await copyToken(beside);
    await press();
    await waitFor(() => expect(line()).not.toBeInTheDocument());
    expect(clearing()).not.toBeInTheDocument();
    await rig.pass(61_000);
    await person.click(document.body);
    expect(clipboard.text).toMatch(text);
  });

  it('ends it where the token was left there, too', async () => {
    await copyToken(beside);
    document.hasFocus = () => false;
    await rig.pass(60_000);
    expect(await screen.findByText(/may still hold the token/)).toBeVisible();
    document.hasFocus = () => true;
    await press();
    await waitFor(() => expect(line()).not.toBeInTheDocument());
    expect(clearing()).not.toBeInTheDocument();
  });

  it('ends nothing where the browser refuses it', async () => {
    await copyToken(beside);
    clipboard.refuses = true;
    const held = clipboard.text;
    await person.click(screen.getByRole('button', { name }));
    expect(
      await screen.findByText(/^The browser did not (?:allow the copy\.|let this page write)/),
    ).toBeInTheDocument();
    expect(clipboard.text).toBe(held);
    expect(line()).toBeVisible();
    clipboard.refuses = false;
    // While somebody stands in a field, nothing is taken from the clipboard.
    const byHand = screen.queryByRole('button', { name: 'Close' });
    if (byHand) await person.click(byHand);
    await rig.pass(61_000);
    expect(await screen.findByText(/^Clipboard cleared at/)).toBeVisible();
  });
});
