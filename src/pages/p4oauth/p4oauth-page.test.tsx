import { screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness, type HarnessOptions } from '../../../test/console-harness.tsx';
import { followToCallback } from '../../../test/headless-console.ts';
import { createPageVisitor, pageOf, sentToOf } from '../../../test/page-visitor.ts';
import { installClipboard, type TestClipboard } from '../../../test/test-clipboard.ts';
import { demo } from '../../../stand-ins/p4oauth/world.ts';
import { Page } from './index.tsx';

const WAIT = { timeout: 8_000 };
const PASSWORD = 'alice-demo-password';
/** The gateway’s: how long it waits for a callback. */
const STATE_LIVES_MS = 600_000;

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

async function open(options: HarnessOptions = {}): Promise<void> {
  console_ = await startConsole({ vendors: ['p4oauth'], ...options });
  console_.draw(<Page />);
  await screen.findByLabelText('Login', {}, WAIT);
}

const answer = () => screen.findByRole('group', { name: /^Answer of / }, WAIT);
const shownOnce = () => screen.findByText('Shown once', {}, WAIT);
const near = () => screen.findByRole('group', { name: 'Session of alice' }, WAIT);
const things = () => screen.findByRole('region', { name: 'p4d ticket' }, WAIT);
const sentTo = (operation: string) => console_.p4oauth.ledger({ operation }).length;

/** The link to the vendor’s page, once a state is announced and a login typed. */
async function typeLogin(login = 'alice'): Promise<HTMLAnchorElement> {
  await person.type(await screen.findByLabelText('Login', {}, WAIT), login);
  return await screen.findByRole('link', { name: 'Authorize at P4OAuth' }, WAIT);
}

/** The words of the answer come by themselves, a moment after it. */
async function expectAnswer(words: RegExp | string): Promise<void> {
  await waitFor(async () => expect(await answer()).toHaveTextContent(words), WAIT);
}

/** Follows the link here and in the other tab; gives where the vendor sends that tab in the end. */
async function visit(form: Readonly<Record<string, string>> = { login: 'alice', password: PASSWORD }): Promise<string> {
  const link = await typeLogin();
  const { href } = link;
  await person.click(link);
  const visitor = createPageVisitor(new URL(href).origin);
  return sentToOf(await visitor.submit(pageOf(await visitor.open(href)), form));
}

/** The page asks again every second or two, once it has heard that nothing came yet. */
const untilAnswered = () =>
  waitFor(async () => {
    await console_.pass(1_500);
    expect(screen.getByRole('group', { name: /^Answer of / })).toBeVisible();
  }, WAIT);

async function openOnPage(): Promise<void> {
  await followToCallback(await visit());
  await untilAnswered();
  await expectAnswer('Signed in as alice');
}

async function submitPassword(password = PASSWORD): Promise<void> {
  await person.click(await screen.findByText('Login and password', {}, WAIT));
  await person.type(await screen.findByLabelText('Login', {}, WAIT), 'alice');
  await person.type(screen.getByLabelText('Password'), password);
  await person.click(screen.getByRole('button', { name: 'Sign in' }));
}

async function openByPassword(): Promise<void> {
  await submitPassword();
  await expectAnswer('Signed in as alice');
}

describe('on the server’s page', () => {
  it('is a link to a new tab, with the login as client, the registered address and a state', async () => {
    await open();
    expect(screen.getByRole('button', { name: 'Authorize at P4OAuth' })).toBeDisabled();
    expect(await screen.findByText('Needs: Login.', {}, WAIT)).toBeVisible();
    const link = await typeLogin();
    expect(link).toHaveAttribute('target', '_blank');
    expect(link.rel.split(' ')).toContain('noopener');
    expect(Object.fromEntries(new URL(link.href).searchParams)).toEqual({
      response_type: 'code',
      client_id: 'alice',
      redirect_uri: `${console_.origin}/callback/p4oauth-demo`,
      state: expect.stringMatching(/^[\w-]{22}$/) as unknown,
    });
    expect(screen.getByText(`${console_.origin}/callback/p4oauth-demo`)).toBeVisible();
    expect(console_.p4oauth.ledger()).toEqual([]);
  });

  it('waits, takes over when the browser was sent back, and says what came', async () => {
    await open();
    const location = await visit();
    expect(await screen.findByText('Waiting for P4OAuth in the other tab…', {}, WAIT)).toBeVisible();
    expect(await followToCallback(location)).toMatchObject({ to: '/signed-in?outcome=taken' });
    await untilAnswered();
    await expectAnswer('Signed in as alice at P4OAuth (demo)');
    await expectAnswer('How long its access token lives was not reported.');
    expect(await shownOnce()).toBeVisible();
  });

  it('shows what came of it beside the other way in, where the person went meanwhile, and takes no focus from there', async () => {
    await open();
    const location = await visit();
    await person.click(await screen.findByText('Login and password', {}, WAIT));
    const password = await screen.findByLabelText('Password', {}, WAIT);
    await person.type(password, 'half of a pass');
    await followToCallback(location);
    await untilAnswered();
    await expectAnswer('Signed in as alice at P4OAuth (demo)');
    await expectAnswer('By the way in “On the server’s page”, not by this form');
    expect(await shownOnce()).toBeVisible();
    expect(password).toHaveFocus();
    expect(password).toHaveValue('half of a pass');
    expect(screen.getByRole('log')).toHaveTextContent('On the server’s page: signed in as alice.');
  });

  it('keeps what came of it beside the answer of another form, until the person dismisses it', async () => {
    await open();
    const location = await visit();
    await person.click(await screen.findByText('Login and password', {}, WAIT));
    await person.type(await screen.findByLabelText('Login', {}, WAIT), 'alice');
    await followToCallback(location);
    await untilAnswered();
    await expectAnswer('Signed in as alice at P4OAuth (demo)');
    await person.type(screen.getByLabelText('Password'), 'not-a-real-password');
    await person.click(screen.getByRole('button', { name: 'Sign in' }));
    await person.click(await screen.findByRole('button', { name: 'Sign in anyway' }, WAIT));
    await waitFor(() => expect(screen.getAllByRole('group', { name: /^Answer of / })).toHaveLength(2), WAIT);
    const [byVisit, byForm] = screen.getAllByRole('group', { name: /^Answer of / });
    expect(byVisit).toHaveTextContent(/By the way in “On the server’s page”.*Signed in as alice/);
    expect(byForm).toHaveTextContent(/no session was opened/);
    expect(byForm).toHaveFocus();
    expect(await shownOnce()).toBeVisible();

    await person.click(screen.getByRole('button', { name: 'Dismiss the answer of “On the server’s page”' }));
    expect(await answer()).toBe(byForm);
    expect(screen.getByLabelText('Login')).toHaveFocus();
    expect(screen.queryByText('Shown once')).not.toBeInTheDocument();
  });

  it('leaves the answer of another form where it comes later', async () => {
    await open();
    const location = await visit();
    await submitPassword('not-a-real-password');
    await expectAnswer(/no session was opened/);
    const byForm = await answer();
    await followToCallback(location);
    await waitFor(async () => {
      await console_.pass(1_500);
      expect(screen.getAllByRole('group', { name: /^Answer of / })).toHaveLength(2);
    }, WAIT);
    expect(byForm).toHaveTextContent(/no session was opened/);
    expect(byForm).toBeVisible();
  });

  it('says beside the other way in that it was called off there', async () => {
    await open();
    const location = await visit({ cancel: '1' });
    await person.click(await screen.findByText('Login and password', {}, WAIT));
    await followToCallback(location);
    await untilAnswered();
    await expectAnswer(/called off/);
    await expectAnswer('By the way in “On the server’s page”, not by this form');
    expect(screen.getByRole('log')).toHaveTextContent(/On the server’s page: .*called off/);
  });

  it('says that it was called off there', async () => {
    await open();
    expect(await followToCallback(await visit({ cancel: '1' }))).toMatchObject({ to: '/signed-in?outcome=refused' });
    await untilAnswered();
    await expectAnswer(/did not accept the sign-in: it was called off.*no session was opened/);
    expect(sentTo('token')).toBe(0);
  });

  it('takes nothing that comes after the person gave up', async () => {
    await open();
    const location = await visit();
    await person.click(await screen.findByRole('button', { name: 'Cancel' }, WAIT));
    expect(await screen.findByText(/^Given up: nothing was signed in\./, {}, WAIT)).toBeVisible();
    expect(await followToCallback(location)).toMatchObject({ to: '/signed-in?outcome=unknown' });
    await console_.pass(1_500);
    expect(sentTo('token')).toBe(0);
    expect(await console_.services.hands.repository.list()).toEqual([]);
  });

  it('says that it took too long, and starts again with another state', async () => {
    await open();
    const location = await visit();
    await console_.pass(STATE_LIVES_MS);
    await untilAnswered();
    await expectAnswer('This sign-in took too long');
    expect(await followToCallback(location)).toMatchObject({ to: '/signed-in?outcome=unknown' });
    const { href } = await screen.findByRole<HTMLAnchorElement>('link', { name: 'Authorize at P4OAuth' }, WAIT);
    const stateOf = (address: string) => new URL(address).searchParams.get('state');
    expect(stateOf(href)).not.toBe(stateOf(location));
  });

  it('says that the gateway does not answer while it waits', async () => {
    await open();
    await visit();
    const panel = await screen.findByText('Waiting for P4OAuth in the other tab…', {}, WAIT);
    expect(screen.queryByText(/does not answer/)).not.toBeInTheDocument();
    await console_.stopGateway();
    await waitFor(async () => {
      await console_.pass(1_500);
      expect(screen.getByRole('alert')).toHaveTextContent(
        /^The gateway of this console does not answer.*goes on waiting/,
      );
    }, WAIT);
    expect(panel).toBeVisible();
    expect(screen.getByRole('button', { name: 'Cancel' })).toBeEnabled();
  });

  it('is not sent twice where the answer to the exchange is lost', async () => {
    await open();
    console_.p4oauth.fault({ operation: 'token', kind: 'cut' });
    await followToCallback(await visit());
    await untilAnswered();
    await expectAnswer(/The code was sent, and the answer was lost.*The code is used up/);
    await expectAnswer('a session may be open');
    expect(sentTo('token')).toBe(1);
  });
});

describe('with login and password', () => {
  it('ends at the registered callback too, and forgets what was typed', async () => {
    await open();
    await openByPassword();
    expect(console_.p4oauth.ledger().map(({ operation }) => operation)).toEqual(['password-grant', 'token']);
    expect(screen.getByLabelText('Password')).toHaveValue('');
  });

  it.each([
    ['a wrong password, by redirect', () => undefined, /did not accept the sign-in.*login and password/],
    [
      'a wrong password, by status',
      () => console_.p4oauth.configure({ refusal: 'status' }),
      /did not accept login and password/,
    ],
    [
      'a server without this way in',
      () => console_.p4oauth.configure({ passwordGrant: false }),
      /not offered by this server.*Sign in on the server’s own page instead/,
    ],
    [
      'an address that is not registered',
      () => console_.p4oauth.unregister({ redirectUri: `${console_.origin}/callback/p4oauth-demo` }),
      /not on its whitelist.*redirect URI below put on the whitelist/,
    ],
    [
      'a server that fails',
      () => console_.p4oauth.fault({ operation: 'password-grant', kind: 'reply', status: 503 }),
      /failed while it checked login and password \(status 503\).*no session was opened/,
    ],
    [
      'a server that is not there',
      () => console_.p4oauth.fault({ operation: 'password-grant', kind: 'reset' }),
      /were sent, and the answer was lost on the way.*no session was opened.*At most the server made a code/,
    ],
  ])('%s', async (_, arrange, words) => {
    await open();
    arrange();
    await submitPassword('not-a-real-password');
    await expectAnswer(words);
    expect(sentTo('token')).toBe(0);
  });

  it('is refused over plain http to another machine, with the reason, before anything is sent', async () => {
    await open({
      entries: (own) => own.map((one) => ({ ...one, baseUrl: 'http://p4.example.test', allowInsecure: true })),
    });
    await person.click(await screen.findByText('Login and password', {}, WAIT));
    expect(
      await screen.findByText(/speaks plain http, and a password is never sent over that\./, {}, WAIT),
    ).toBeVisible();
    expect(screen.getByText(/^Use https.*no password there either/)).toBeVisible();
    const send = screen.getByRole('button', { name: 'Sign in' });
    expect(send).toBeDisabled();
    await person.type(await screen.findByLabelText('Login', {}, WAIT), 'alice{Enter}');
    expect(console_.services.state.getState().calls).toEqual([]);
  });
});

describe('a session', () => {
  it('is shown as two things with two labels, and its end as not reported: no countdown, get new, no log out', async () => {
    await open();
    await openByPassword();
    expect(await screen.findByRole('region', { name: 'Access token' }, WAIT)).toHaveTextContent(
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
    expect(await screen.findByLabelText('Login', {}, WAIT)).toBeVisible();
  });

  it('counts down where a server reports an end after all', async () => {
    await open();
    console_.p4oauth.configure({ reportsExpiry: true });
    await openByPassword();
    expect(within(await near()).getByRole('timer', { name: 'Access token of alice' })).toHaveTextContent(
      /^(?:12 h 00 m|11 h 59 m)$/,
    );
    await expectAnswer(/Its access token lives /);
  });

  it('is forgotten here with the ticket that came along, and what lives on is said', async () => {
    await open();
    await openOnPage();
    const sent = console_.p4oauth.ledger().length;
    await person.click(await screen.findByRole('button', { name: /^Forget alice/ }, WAIT));
    const dialog = await screen.findByRole('dialog', { hidden: true }, WAIT);
    expect(dialog).toHaveTextContent('P4OAuth documents no call that logs out');
    expect(dialog).toHaveTextContent('When the access token ends is not reported.');
    await person.click(within(dialog).getByRole('button', { name: 'Forget', hidden: true }));
    await waitFor(() => expect(screen.queryByRole('group', { name: /^Session of/ })).not.toBeInTheDocument(), WAIT);
    expect(screen.queryByText('Shown once')).not.toBeInTheDocument();
    expect(console_.p4oauth.ledger()).toHaveLength(sent);
  });
});

describe('the ticket that comes along', () => {
  it('is masked, shown for ten seconds, copied, dropped when it is closed, and stored nowhere', async () => {
    await open();
    await openOnPage();
    await shownOnce();
    expect(await screen.findByLabelText('p4d ticket (perforce_token), hidden', {}, WAIT)).toHaveTextContent(/^•+$/);
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
    await openByPassword();
  });

  const field = () => screen.getByLabelText('Redirect URI of the application');
  const fetched = () => screen.findByRole('group', { name: 'The fetched ticket' }, WAIT);

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
    await waitFor(() => expect(screen.getByText('Ticket for reviews.example.test')).toBeVisible(), WAIT);
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
    expect(await screen.findByText(/that redirect URI is not on its whitelist/, {}, WAIT)).toBeVisible();
    expect(screen.getByText(/The server said: “redirect_uri is not on the whitelist”/)).toBeVisible();
    expect(screen.queryByRole('group', { name: 'The fetched ticket' })).not.toBeInTheDocument();
  });

  it('is not asked for without an address', async () => {
    await fetchFor('');
    expect(await screen.findByText('The redirect URI is missing. Nothing was sent.')).toBeVisible();
    expect(sentTo('p4token')).toBe(0);
  });

  it.each([
    ['login-page', /a web page instead of the API/],
    ['empty', /said yes, but its answer lacks what it should contain/],
  ] as const)('is not made of %s', async (ticketAs, words) => {
    console_.p4oauth.configure({ ticketAs });
    await fetchFor(demo.otherRedirectUri);
    expect(await screen.findByText(words, {}, WAIT)).toBeVisible();
    expect(screen.queryByRole('group', { name: 'The fetched ticket' })).not.toBeInTheDocument();
  });

  it('ends with the access token: a dead one asks for a new sign-in', async () => {
    console_.p4oauth.endAccessTokens();
    await fetchFor(demo.otherRedirectUri);
    expect((await screen.findAllByText(/The server no longer accepts the access token\./, {}, WAIT))[0]).toBeVisible();
    await waitFor(async () => expect(await near()).toHaveTextContent('Sign in again'), WAIT);
    expect(screen.getByRole('button', { name: 'Fetch a ticket' })).toBeDisabled();
  });

  it('is gone with the session', async () => {
    await fetchFor(demo.otherRedirectUri);
    await fetched();
    await person.click(await screen.findByRole('button', { name: /^Forget alice/ }, WAIT));
    await person.click(await screen.findByRole('button', { name: 'Forget', hidden: true }, WAIT));
    await waitFor(() => expect(screen.queryByRole('group', { name: 'The fetched ticket' })).not.toBeInTheDocument());
  });
});

it('says whether the server asks for client authentication', async () => {
  await open({
    entries: (own) =>
      own.map((one) => ({
        ...one,
        settings: { clientAuthentication: 'basic', clientSecret: { env: 'KEYWARD_DEMO_P4OAUTH_CLIENT_SECRET' } },
      })),
  });
  expect(await screen.findByText(/client authentication by HTTP Basic/)).toBeVisible();
});
