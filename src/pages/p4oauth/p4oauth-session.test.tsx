/** A session on P4OAuth’s page: its access token, and the tickets that come with it or are fetched. */
import { screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import {
  drawPage,
  expectAnswer,
  near,
  openByPassword,
  openOnPage,
  sentTo,
  shownOnce,
  things,
} from '../../../test/p4oauth-page-steps.tsx';
import { installClipboard, type TestClipboard } from '../../../test/test-clipboard.ts';
import { demo } from '../../../stand-ins/p4oauth/world.ts';

let console_: ConsoleHarness;
let person: UserEvent;
let clipboard: TestClipboard;

beforeEach(() => {
  person = userEvent.setup({ delay: null });
  clipboard = installClipboard();
});
afterEach(async () => {
  clipboard.remove();
  await console_.close();
});

async function open(): Promise<void> {
  console_ = await startConsole({ vendors: ['p4oauth'] });
  await drawPage(console_);
}

describe('a session', () => {
  it('is shown as two things with two labels, and its end as not reported: no countdown, get new, no log out', async () => {
    await open();
    await openByPassword(person);
    expect(await screen.findByRole('region', { name: 'Access token' })).toHaveTextContent(
      /^Access token access_tokenexpiry not reported.*opens no Perforce server itself/,
    );
    expect(await things()).toHaveTextContent(/^p4d ticket perforce_tokenshown once, not stored/);
    const group = await near();
    expect(group).toHaveTextContent('No expiry known');
    expect(group).toHaveTextContent('expiry not reported');
    expect(screen.queryByRole('timer')).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^Log out/ })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^Refresh/ })).not.toBeInTheDocument();

    await person.click(screen.getByRole('button', { name: 'Close the sign-in' }));
    expect(screen.queryByLabelText('Login')).not.toBeInTheDocument();
    await person.click(within(group).getByRole('button', { name: 'Get a new token for alice' }));
    expect(await screen.findByLabelText('Login')).toBeVisible();
  });

  it('counts down where a server reports an end after all', async () => {
    await open();
    console_.p4oauth.configure({ reportsExpiry: true });
    await openByPassword(person);
    expect(within(await near()).getByRole('timer', { name: 'Access token of alice' })).toHaveTextContent(
      /^(?:12 h 00 m|11 h 59 m)$/,
    );
    await expectAnswer(/Its access token lives /);
  });

  it('is forgotten here with the ticket that came along, and what lives on is said', async () => {
    await open();
    await openOnPage(person, console_);
    const sent = console_.p4oauth.ledger().length;
    await person.click(await screen.findByRole('button', { name: /^Forget alice/ }));
    const dialog = await screen.findByRole('dialog', { hidden: true });
    expect(dialog).toHaveTextContent('P4OAuth documents no call that logs out');
    expect(dialog).toHaveTextContent('When the access token ends is not reported.');
    await person.click(within(dialog).getByRole('button', { name: 'Forget', hidden: true }));
    await waitFor(() => expect(screen.queryByRole('group', { name: /^Session of/ })).not.toBeInTheDocument());
    expect(screen.queryByText('Shown once')).not.toBeInTheDocument();
    expect(console_.p4oauth.ledger()).toHaveLength(sent);
  });
});

describe('the ticket that comes along', () => {
  it('is masked, shown for ten seconds, copied, dropped when it is closed, and stored nowhere', async () => {
    await open();
    await openOnPage(person, console_);
    await shownOnce();
    expect(await screen.findByLabelText('p4d ticket (perforce_token), hidden')).toHaveTextContent(/^•+$/);
    await person.click(screen.getByRole('button', { name: 'Copy p4d ticket (perforce_token)' }));
    await waitFor(() => expect(clipboard.text).toMatch(/^[0-9A-F]{32}$/));
    const ticket = clipboard.text ?? '';
    expect(document.body.innerHTML).not.toContain(ticket);
    await person.click(screen.getByRole('button', { name: 'Reveal p4d ticket (perforce_token)' }));
    expect(screen.getByLabelText('p4d ticket (perforce_token)')).toHaveTextContent(ticket);
    expect(JSON.stringify(await console_.services.hands.repository.list())).not.toContain(ticket);

    await person.click(screen.getByRole('button', { name: 'Close, and drop what is shown once' }));
    expect(screen.queryByText('Shown once')).not.toBeInTheDocument();
    expect(document.body.innerHTML).not.toContain(ticket);
    const group = await near();
    expect(group).toHaveTextContent('expiry not reported');
  });
});

describe('a ticket that is fetched', () => {
  beforeEach(async () => {
    await open();
    await openByPassword(person);
  });

  const field = () => screen.getByLabelText('Redirect URI of the application');
  const fetched = () => screen.findByRole('group', { name: 'The fetched ticket' });

  async function fetchFor(redirectUri: string): Promise<void> {
    await things();
    await person.clear(field());
    if (redirectUri !== '') await person.type(field(), redirectUri);
    await person.click(screen.getByRole('button', { name: 'Fetch a ticket' }));
  }

  async function copied(): Promise<string | null> {
    clipboard.text = null;
    await person.click(within(await fetched()).getByRole('button', { name: 'Copy p4d ticket' }));
    await waitFor(() => expect(clipboard.text).not.toBeNull());
    return clipboard.text;
  }

  it('is another one for another registered application, and is dropped when it is closed', async () => {
    expect(field()).toHaveValue(`${console_.origin}/callback/p4oauth-demo`);
    await person.click(screen.getByRole('button', { name: 'Fetch a ticket' }));
    expect(await fetched()).toHaveTextContent(`Ticket for ${new URL(console_.origin).host}`);
    const own = await copied();
    await fetchFor(demo.otherRedirectUri);
    await waitFor(() => expect(screen.getByText('Ticket for reviews.example.test')).toBeVisible());
    const other = await copied();
    expect(own).toMatch(/^[0-9A-F]{32}$/);
    expect(other).toMatch(/^[0-9A-F]{32}$/);
    expect(other).not.toBe(own);
    expect(await fetched()).toHaveTextContent(/Fetched \d\d:\d\d:\d\d and not stored/);
    expect(JSON.stringify(await console_.services.hands.repository.list())).not.toContain(other);
    await person.click(screen.getByRole('button', { name: 'Close, and drop the ticket' }));
    expect(screen.queryByRole('group', { name: 'The fetched ticket' })).not.toBeInTheDocument();
  });

  it('is not there for an address that nobody registered, and the server’s words are shown', async () => {
    await fetchFor('https://nobody.example.test/callback');
    expect(await screen.findByText(/that redirect URI is not on its whitelist/)).toBeVisible();
    expect(screen.getByText(/The server said: “redirect_uri is not on the whitelist”/)).toBeVisible();
    expect(screen.queryByRole('group', { name: 'The fetched ticket' })).not.toBeInTheDocument();
  });

  it('is not asked for without an address', async () => {
    await fetchFor('');
    expect(await screen.findByText('The redirect URI is missing. Nothing was sent.')).toBeVisible();
    expect(sentTo(console_, 'p4token')).toBe(0);
  });

  it.each([
    ['login-page', /a web page instead of the API/],
    ['empty', /said yes, but its answer lacks what it should contain/],
  ] as const)('is not made of %s', async (ticketAs, words) => {
    console_.p4oauth.configure({ ticketAs });
    await fetchFor(demo.otherRedirectUri);
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.getByText(/^Nothing was to be changed by it\./)).toBeVisible();
    expect(screen.queryByRole('group', { name: 'The fetched ticket' })).not.toBeInTheDocument();
  });

  it('ends with the access token: a dead one asks for a new sign-in', async () => {
    console_.p4oauth.endAccessTokens();
    await fetchFor(demo.otherRedirectUri);
    expect((await screen.findAllByText(/The server no longer accepts the access token\./))[0]).toBeVisible();
    await waitFor(async () => expect(await near()).toHaveTextContent('Sign in again'));
    expect(screen.getByRole('button', { name: 'Fetch a ticket' })).toBeDisabled();
  });

  it('is gone with the session', async () => {
    await fetchFor(demo.otherRedirectUri);
    await fetched();
    await person.click(await screen.findByRole('button', { name: /^Forget alice/ }));
    await person.click(await screen.findByRole('button', { name: 'Forget', hidden: true }));
    await waitFor(() => expect(screen.queryByRole('group', { name: 'The fetched ticket' })).not.toBeInTheDocument());
  });
});
