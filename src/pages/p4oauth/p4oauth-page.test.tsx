/** The ways in of P4OAuth’s page, and what is said of each answer. */
import { screen, waitFor } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness, type HarnessOptions } from '../../../test/console-harness.tsx';
import { followToCallback } from '../../../test/headless-console.ts';
import {
  answer,
  drawPage,
  expectAnswer,
  openByPassword,
  sentTo,
  shownOnce,
  submitPassword,
  typeLogin,
  untilAnswered,
  visit,
} from '../../../test/p4oauth-page-steps.tsx';

/** The gateway’s: how long it waits for a callback. */
const STATE_LIVES_MS = 600_000;

let console_: ConsoleHarness;
let person: UserEvent;

beforeEach(() => {
  person = userEvent.setup({ delay: null });
});
afterEach(() => console_.close());

async function open(options: HarnessOptions = {}): Promise<void> {
  console_ = await startConsole({ vendors: ['p4oauth'], ...options });
  await drawPage(console_);
}

describe('on the server’s page', () => {
  it('is a link to a new tab, with the login as client, the registered address and a state', async () => {
    await open();
    expect(screen.getByRole('button', { name: 'Authorize at P4OAuth' })).toBeDisabled();
    expect(await screen.findByText('Needs: Login.')).toBeVisible();
    const link = await typeLogin(person);
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
    const location = await visit(person);
    expect(await screen.findByText('Waiting for P4OAuth in the other tab…')).toBeVisible();
    expect(await followToCallback(location)).toMatchObject({ to: '/signed-in?outcome=taken' });
    await untilAnswered(console_);
    await expectAnswer('Signed in as alice at P4OAuth (demo)');
    await expectAnswer('How long its access token lives was not reported.');
    expect(await shownOnce()).toBeVisible();
  });

  it('shows what came of it beside the other way in, where the person went meanwhile, and takes no focus from there', async () => {
    await open();
    const location = await visit(person);
    await person.click(await screen.findByText('Login and password'));
    const password = await screen.findByLabelText('Password');
    await person.type(password, 'half of a pass');
    await followToCallback(location);
    await untilAnswered(console_);
    await expectAnswer('Signed in as alice at P4OAuth (demo)');
    await expectAnswer('By the way in “On the server’s page”, not by this form');
    expect(await shownOnce()).toBeVisible();
    expect(password).toHaveFocus();
    expect(password).toHaveValue('half of a pass');
    expect(screen.getByRole('log')).toHaveTextContent('On the server’s page: signed in as alice.');
  });

  it('keeps what came of it beside the answer of another form, until the person dismisses it', async () => {
    await open();
    const location = await visit(person);
    await person.click(await screen.findByText('Login and password'));
    await person.type(await screen.findByLabelText('Login'), 'alice');
    await followToCallback(location);
    await untilAnswered(console_);
    await expectAnswer('Signed in as alice at P4OAuth (demo)');
    await person.type(screen.getByLabelText('Password'), 'not-a-real-password');
    await person.click(screen.getByRole('button', { name: 'Sign in' }));
    await person.click(await screen.findByRole('button', { name: 'Sign in anyway' }));
    await waitFor(() => expect(screen.getAllByRole('group', { name: /^Answer of / })).toHaveLength(2));
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
    const location = await visit(person);
    await submitPassword(person, 'not-a-real-password');
    await expectAnswer(/no session was opened/);
    const byForm = await answer();
    await followToCallback(location);
    await waitFor(async () => {
      await console_.pass(1_500);
      expect(screen.getAllByRole('group', { name: /^Answer of / })).toHaveLength(2);
    });
    expect(byForm).toHaveTextContent(/no session was opened/);
    expect(byForm).toBeVisible();
  });

  it('says beside the other way in that it was called off there', async () => {
    await open();
    const location = await visit(person, { cancel: '1' });
    await person.click(await screen.findByText('Login and password'));
    await followToCallback(location);
    await untilAnswered(console_);
    await expectAnswer(/called off/);
    await expectAnswer('By the way in “On the server’s page”, not by this form');
    expect(screen.getByRole('log')).toHaveTextContent(/On the server’s page: .*called off/);
  });

  it('says that it was called off there', async () => {
    await open();
    expect(await followToCallback(await visit(person, { cancel: '1' }))).toMatchObject({
      to: '/signed-in?outcome=refused',
    });
    await untilAnswered(console_);
    await expectAnswer(/did not accept the sign-in: it was called off.*no session was opened/);
    expect(sentTo(console_, 'token')).toBe(0);
  });

  it('takes nothing that comes after the person gave up', async () => {
    await open();
    const location = await visit(person);
    await person.click(await screen.findByRole('button', { name: 'Cancel' }));
    expect(await screen.findByText(/^Given up: nothing was signed in\./)).toBeVisible();
    expect(await followToCallback(location)).toMatchObject({ to: '/signed-in?outcome=unknown' });
    await console_.pass(1_500);
    expect(sentTo(console_, 'token')).toBe(0);
    expect(await console_.services.hands.repository.list()).toEqual([]);
  });

  it('says that it took too long, and starts again with another state', async () => {
    await open();
    const location = await visit(person);
    await console_.pass(STATE_LIVES_MS);
    await untilAnswered(console_);
    await expectAnswer('This sign-in took too long');
    expect(await followToCallback(location)).toMatchObject({ to: '/signed-in?outcome=unknown' });
    const { href } = await screen.findByRole<HTMLAnchorElement>('link', { name: 'Authorize at P4OAuth' });
    const stateOf = (address: string) => new URL(address).searchParams.get('state');
    expect(stateOf(href)).not.toBe(stateOf(location));
  });

  it('says that the gateway does not answer while it waits', async () => {
    await open();
    await visit(person);
    const panel = await screen.findByText('Waiting for P4OAuth in the other tab…');
    expect(screen.queryByText(/does not answer/)).not.toBeInTheDocument();
    await console_.stopGateway();
    await waitFor(async () => {
      await console_.pass(1_500);
      expect(screen.getByRole('alert')).toHaveTextContent(
        /^The gateway of this console does not answer.*goes on waiting/,
      );
    });
    expect(panel).toBeVisible();
    expect(screen.getByRole('button', { name: 'Cancel' })).toBeEnabled();
  });

  it('is not sent twice where the answer to the exchange is lost', async () => {
    await open();
    console_.p4oauth.fault({ operation: 'token', kind: 'cut' });
    await followToCallback(await visit(person));
    await untilAnswered(console_);
    await expectAnswer(/The code was sent, and the answer was lost.*The code is used up/);
    await expectAnswer('a session may be open');
    expect(sentTo(console_, 'token')).toBe(1);
  });
});

describe('with login and password', () => {
  it('ends at the registered callback too, and forgets what was typed', async () => {
    await open();
    await openByPassword(person);
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
    await submitPassword(person, 'not-a-real-password');
    await expectAnswer(words);
    expect(sentTo(console_, 'token')).toBe(0);
  });

  it('is refused over plain http to another machine, with the reason, before anything is sent', async () => {
    await open({
      entries: (own) => own.map((one) => ({ ...one, baseUrl: 'http://p4.example.test', allowInsecure: true })),
    });
    await person.click(await screen.findByText('Login and password'));
    expect(await screen.findByText(/speaks plain http, and a password is never sent over that\./)).toBeVisible();
    expect(screen.getByText(/^Use https.*no password there either/)).toBeVisible();
    const send = screen.getByRole('button', { name: 'Sign in' });
    expect(send).toBeDisabled();
    await person.type(await screen.findByLabelText('Login'), 'alice{Enter}');
    expect(console_.services.state.getState().calls).toEqual([]);
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
