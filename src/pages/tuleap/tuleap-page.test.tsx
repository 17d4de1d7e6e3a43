import { screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import { sessionRecord } from '../../../test/session-record.ts';
import type { SessionRecord } from '../../sessions/record.ts';
import { Page } from './index.tsx';

const HOUR_MS = 3_600_000;
const DEMO = 'tuleap-demo';

let console_: ConsoleHarness;
let person: UserEvent;

beforeEach(async () => {
  person = userEvent.setup({ delay: null });
  console_ = await startConsole({ vendors: ['tuleap'] });
});
afterEach(() => console_.close());

const near = (name = 'alice'): Promise<HTMLElement> => screen.findByRole('group', { name: `Session of ${name}` });
const row = (): HTMLElement => within(screen.getByRole('table', { name: 'Sessions' })).getAllByRole('row')[1] ?? none();
const none = (): never => expect.fail('There is no row.');
const addKey = (more: Partial<Parameters<typeof console_.tuleap.addKey>[0]> = {}): string =>
  console_.tuleap.addKey({ username: 'alice', ...more }).identifier;

const openKey = (more?: Parameters<typeof addKey>[0]): Promise<SessionRecord> =>
  console_.open(DEMO, 'access-key', { accessKey: addKey(more) });
const openDay = (): Promise<SessionRecord> =>
  console_.open(DEMO, 'password', { username: 'alice', password: 'alice-demo-password' });

/** A session whose tokens Tuleap has granted, as if the visit to its page were over. */
async function putOAuth2(scopes: readonly string[], differs: Partial<SessionRecord> = {}): Promise<void> {
  const { accessToken, refreshToken } = console_.tuleap.openGrant({ username: 'alice', scopes });
  const nowMs = console_.services.nowMs();
  const relative = (lifeMs: number) => ({ kind: 'relative', lifeMs, anchorMs: nowMs }) as const;
  const connection = await console_.services.hands.connection(DEMO);
  const base = sessionRecord({ provider: 'tuleap', connection: DEMO, baseUrl: connection?.baseUrl ?? '' });
  await console_.put({
    ...base,
    lineage: { ...base.lineage, way: 'oauth2', label: 'OAuth2' },
    tokens: {
      accessToken,
      accessExpiry: relative(HOUR_MS),
      ...(refreshToken !== null && { refreshToken, refreshExpiry: relative(6 * HOUR_MS) }),
      companions: { scope: scopes.join(' ') },
      facts: [],
    },
    openedAtMs: nowMs,
    refreshedAtMs: nowMs,
    ...differs,
  });
}

async function ask(): Promise<HTMLElement> {
  await person.click(await screen.findByRole('button', { name: /^Ask (?:Tuleap|again)$/ }));
  await screen.findByText(/^asked \d\d:\d\d:\d\d$/);
  return screen.getByRole('region', { name: 'What Tuleap says' });
}

describe('with an access key', () => {
  it('shows the key with its end, by the server, and what the server knows of it', async () => {
    await openKey({ description: 'CI', expiresInSeconds: 20 * 86_400 });
    console_.draw(<Page />);
    expect(within(await near()).getByRole('timer', { name: 'Access key of alice' })).toHaveTextContent(
      /^(?:20 d 00 h|19 d 23 h)$/,
    );
    expect(await near()).toHaveTextContent(/DescriptionCI.*Scopeswrite:rest.*Last used\d+ \w{3} \d{4}.*127\.0\.0\.1/);
    expect(await near()).toHaveTextContent('deleted on your account’s page /account/keys-tokens');
    expect(screen.queryByRole('button', { name: /^(?:Refresh|Log out)/ })).not.toBeInTheDocument();
  });

  it('has no end of its own where the server says so, which is not an end that nobody reported', async () => {
    await openKey();
    console_.draw(<Page />);
    expect(await near()).toHaveTextContent('no end of its own');
    expect(row()).toHaveTextContent('no end of its own');
    expect(document.body).not.toHaveTextContent('not reported');
  });

  it('has an end that is not reported where the server says nothing, which is not “no end”', async () => {
    console_.tuleap.fault({ operation: 'read-key', kind: 'edit', remove: ['expiration_date'] });
    await openKey();
    console_.draw(<Page />);
    expect(await near()).toHaveTextContent('expiry not reported');
    expect(row()).toHaveTextContent('No expiry known');
    expect(document.body).not.toHaveTextContent('no end of its own');
  });

  it('is over by this clock once its end has passed, and is no longer copied', async () => {
    await openKey({ expiresInSeconds: 3_600 });
    console_.draw(<Page />);
    await near();
    await console_.pass(HOUR_MS + 5_000);
    expect(await near()).toHaveTextContent('By this clock it ended, and it cannot be refreshed.');
    await person.click(within(await near()).getByRole('button', { name: 'Copy Tuleap access key' }));
    const panel = await near();
    await waitFor(() =>
      expect(panel).toHaveTextContent('This token is over and could not be refreshed. Nothing was copied.'),
    );
  });

  it('is called a key wherever it is copied, shown and checked', async () => {
    await openKey();
    console_.draw(<Page />);
    const session = await near();
    await person.click(within(session).getByRole('button', { name: 'Copy Tuleap access key' }));
    expect(await screen.findByText(/^Copied the access key/)).toBeVisible();
    await person.click(within(session).getByRole('button', { name: 'Copy Tuleap access key as' }));
    // What is in a menu has no size in this document.
    const withIt = await screen.findByRole('group', { name: 'With the access key', hidden: true });
    expect(within(withIt).getByRole('menuitem', { name: 'Access key', hidden: true })).toBeInTheDocument();
    await person.keyboard('{Escape}');
    expect(await screen.findByText('Copy it with the access key in it')).toBeVisible();
    await person.click(screen.getByRole('button', { name: /^More for alice/ }));
    expect(await screen.findByText(/^Is the access key live\? Sends GET/)).toBeInTheDocument();
    await person.keyboard('{Escape}');
    expect(screen.queryAllByRole('button', { name: /access token/ })).toEqual([]);
  });

  it('is asked of the server once for each press, and the answer tells whom it was taken for', async () => {
    await openKey();
    console_.draw(<Page />);
    expect(await screen.findByText(/Asking counts as a use of the key\./)).toBeVisible();
    const before = console_.tuleap.ledger({ operation: 'read-user' }).length;
    const said = await ask();
    expect(said).toHaveTextContent('Signed in as alice, and not anonymous.');
    expect(said).toHaveTextContent('Useralice (Alice)User number102');
    expect(said).toHaveTextContent('Endsno end of its own');
    expect(console_.tuleap.ledger({ operation: 'read-user' })).toHaveLength(before + 1);
  });

  it('whose header something on the way drops is not taken for signed in', async () => {
    await openKey();
    console_.draw(<Page />);
    const body = JSON.stringify({ id: null, is_anonymous: true, display_name: 'Anonymous user' });
    console_.tuleap.fault({ operation: 'read-user', kind: 'reply', status: 200, body });
    const said = await ask();
    expect(said).toHaveTextContent('took the caller for an anonymous visitor: it saw no credential');
    expect(said).not.toHaveTextContent('Signed in');
  });

  it('of which a web page comes instead of its row says so, beside whose it is', async () => {
    await openKey();
    console_.draw(<Page />);
    console_.tuleap.fault({ operation: 'read-key', kind: 'html', status: 200 });
    const said = await ask();
    expect(said).toHaveTextContent('Signed in as alice, and not anonymous.');
    expect(said).toHaveTextContent('User number102');
    expect(said).toHaveTextContent('What Tuleap knows of the access key could not be read.');
    expect(said).toHaveTextContent(
      /Something answered with a web page instead of the API.*Nothing was to be changed by it\./,
    );
    expect(said).not.toHaveTextContent('Scopes');
  });

  it('that a web page answers for whose it is changed nothing, and nobody is called signed in', async () => {
    await openKey();
    console_.draw(<Page />);
    console_.tuleap.fault({ operation: 'read-user', kind: 'html', status: 200 });
    const said = await ask();
    expect(said).toHaveTextContent(
      /Something answered with a web page instead of the API.*Nothing was to be changed by it\./,
    );
    expect(said).not.toHaveTextContent(/Signed in|took effect/);
  });

  it('that Tuleap no longer takes is not called ready, and the form for another one is open', async () => {
    await openKey();
    console_.draw(<Page />);
    console_.tuleap.fault({
      operation: 'read-user',
      kind: 'reply',
      status: 401,
      body: unauthorized('Invalid access key'),
    });
    expect(await ask()).toHaveTextContent('Tuleap no longer accepts this key or token.');
    expect(row()).toHaveTextContent('Sign in again');
    expect(await screen.findByRole('heading', { name: 'Sign in with a personal access key' })).toBeVisible();
  });

  it('at a failing server may be what is wrong, or the server: both are named', async () => {
    await openKey();
    console_.draw(<Page />);
    console_.tuleap.fault({ operation: 'read-user', kind: 'reply', status: 500, body: '' });
    expect(await ask()).toHaveTextContent('it may be the credential or the server');
    expect(row()).toHaveTextContent('Ready');
  });
});

const unauthorized = (message: string): string =>
  JSON.stringify({ error: { code: 401, message: `Unauthorized: ${message}` } });

describe('with the deprecated token', () => {
  it('counts the least that it lives, says that it is deprecated and why, and offers the log out', async () => {
    await openDay();
    console_.draw(<Page />);
    const panel = await near();
    expect(within(panel).getByRole('timer', { name: 'Token of alice' })).toHaveTextContent(/^(?:1 d 00 h|23 h 59 m)$/);
    expect(within(panel).getByText('at least')).toBeVisible();
    expect(panel).toHaveTextContent('Tuleap has deprecated it: a personal access key is used much the same way');
    expect(await screen.findByRole('button', { name: /^Log out alice/ })).toBeVisible();
    expect(await ask()).toHaveTextContent('Signed in as alice, and not anonymous.');
  });

  it('may end any time after that day: only Tuleap knows', async () => {
    await openDay();
    console_.draw(<Page />);
    await near();
    await console_.pass(24 * HOUR_MS + 5_000);
    const panel = await near();
    expect(within(panel).getByRole('timer', { name: 'Token of alice' })).toHaveTextContent('0:00');
    expect(within(panel).getByText('may end any time')).toBeVisible();
    expect(document.body).not.toHaveTextContent(/ended/);
    expect(await ask()).toHaveTextContent('Signed in as alice, and not anonymous.');
  });

  it('is asked for anew with the password after a 401', async () => {
    await openDay();
    console_.draw(<Page />);
    console_.tuleap.clock({ advanceMs: 25 * HOUR_MS });
    expect(await ask()).toHaveTextContent('a token lives for a little more than 24 hours');
    expect(await screen.findByLabelText('Password')).toHaveValue('');
    expect(screen.getByRole('heading', { name: 'Sign in with user name and password' })).toBeVisible();
    expect(row()).toHaveTextContent('Sign in again');
  });

  it('that a check found dead is not called ready and not copied', async () => {
    await openDay();
    console_.draw(<Page />);
    await near();
    console_.tuleap.clock({ advanceMs: 25 * HOUR_MS });
    await person.click(await screen.findByRole('button', { name: /^More for alice/ }));
    await person.click(await screen.findByRole('menuitem', { name: /^Check/, hidden: true }));
    await waitFor(() => expect(row()).toHaveTextContent('Sign in again'));
    expect(row()).not.toHaveTextContent('Ready');
    expect(within(row()).queryByRole('button', { name: /^Copy/ })).not.toBeInTheDocument();
    expect((await console_.services.hands.repository.list())[0]?.tokens).toBeNull();
  });

  it('leads to the form with the password too where the person wants a new one before', async () => {
    await openDay();
    console_.draw(<Page />);
    await near();
    await person.click(screen.getByRole('button', { name: 'Get a new token for alice' }));
    await waitFor(() => expect(screen.getByLabelText('User name')).toHaveFocus());
    expect(console_.whereNow()).toBe('/tuleap?connection=tuleap-demo&way=password');
  });
});

describe('with OAuth2', () => {
  it('shows two lives and what a refresh does to the second', async () => {
    await putOAuth2(['openid', 'profile', 'offline_access']);
    console_.draw(<Page />);
    const panel = await near();
    expect(within(panel).getByRole('timer', { name: 'Token of alice' })).toHaveTextContent(/^(?:60:00|59:5\d)$/);
    expect(within(panel).getByRole('timer', { name: 'Refresh token of alice' })).toHaveTextContent(/^(?:6 h|5 h 59 m)/);
    expect(panel).toHaveTextContent('Works once, unused so far');
    expect(panel).toHaveTextContent('After a log out Tuleap still remembers that you allowed this console');
    await person.click(within(panel).getByRole('button', { name: 'Refresh the session of alice' }));
    await waitFor(() => expect(panel).toHaveTextContent('The ones before it are used up.'));
    expect(Object.values(console_.tuleap.spends())).toEqual([1]);
    expect(await ask()).toHaveTextContent('Signed in as alice');
  });

  it('says that offline_access is what is missing where nothing can be refreshed', async () => {
    await putOAuth2(['openid', 'profile']);
    console_.draw(<Page />);
    expect(await near()).toHaveTextContent('The scope offline_access was not asked for, so there is none');
    expect(await near()).not.toHaveTextContent('none any more');
    expect(screen.queryByRole('button', { name: /^Refresh/ })).not.toBeInTheDocument();
  });

  it('says of a refresh without an answer that the token may be used up', async () => {
    await putOAuth2(['openid', 'offline_access'], { uncertain: { sinceMs: console_.services.nowMs(), probed: false } });
    console_.draw(<Page />);
    expect(await near()).toHaveTextContent('because Tuleap ends the whole access where one is used twice');
  });

  it('says that the refresh token is over once Tuleap refused it', async () => {
    await putOAuth2(['openid', 'offline_access']);
    console_.draw(<Page />);
    console_.tuleap.clock({ advanceMs: 7 * HOUR_MS });
    await person.click(within(await near()).getByRole('button', { name: 'Refresh the session of alice' }));
    await waitFor(async () => expect(await near()).toHaveTextContent('Used up or refused.'));
    expect(await near()).toHaveTextContent('none any more');
    expect(Object.values(console_.tuleap.spends())).toEqual([1]);
    expect(await screen.findByRole('heading', { name: 'Sign in with OAuth2' })).toBeVisible();
  });

  it('cannot say whose it is without openid, which does not make it dead', async () => {
    await putOAuth2(['read:project']);
    console_.draw(<Page />);
    expect(await screen.findByText(/only where the scope openid was asked for/)).toBeVisible();
    expect(await ask()).toHaveTextContent('The access token is alive, and lacks the scope openid');
    expect(row()).toHaveTextContent('Ready');
  });
});

describe('the answer of one way in', () => {
  const choose = async (way: string): Promise<void> => {
    const ways = within(await screen.findByRole('group', { name: 'Way to sign in' }));
    await person.click(ways.getByRole('radio', { name: new RegExp(`^${way}`) }));
  };
  const answer = () => screen.findByRole('group', { name: /^Answer of / });
  const submit = async (password: string): Promise<void> => {
    await person.type(await screen.findByLabelText('User name'), 'alice');
    await person.type(screen.getByLabelText('Password'), password);
    await person.click(screen.getByRole('button', { name: 'Sign in' }));
  };

  it('does not stand under another', async () => {
    console_.draw(<Page />);
    await choose('User name and password');
    await submit('not-a-real-password');
    expect(await answer()).toHaveTextContent('no session was opened');
    await choose('OAuth2');
    expect(await screen.findByRole('heading', { name: 'Sign in with OAuth2' })).toBeVisible();
    expect(screen.queryByRole('group', { name: /^Answer of / })).not.toBeInTheDocument();
  });

  it('takes the form along in neither case', async () => {
    console_.draw(<Page />);
    await choose('User name and password');
    await submit('alice-demo-password');
    expect(await answer()).toHaveTextContent('Signed in as alice');
    await choose('OAuth2');
    expect(await screen.findByRole('heading', { name: 'Sign in with OAuth2' })).toBeVisible();
    expect(screen.queryByRole('group', { name: /^Answer of / })).not.toBeInTheDocument();
  });
});
