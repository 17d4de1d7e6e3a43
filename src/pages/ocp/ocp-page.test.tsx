import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness, type HarnessOptions } from '../../../test/console-harness.tsx';
import { logOut } from '../../refresh/end-session.ts';
import type { SessionRecord } from '../../sessions/record.ts';
import { giveUp } from '../../sessions/refresh-steps.ts';
import { Page } from './index.tsx';

const WAIT = { timeout: 8_000 };

let console_: ConsoleHarness;
let person: UserEvent;

beforeEach(() => {
  person = userEvent.setup({ delay: null });
});
afterEach(() => console_.close());

async function open(options: HarnessOptions = {}): Promise<void> {
  console_ = await startConsole(options);
  console_.draw(<Page />);
  await screen.findByLabelText('User name', {}, WAIT);
}

async function signIn(name: string, password = `${name}-demo-password`): Promise<void> {
  if (!screen.queryByLabelText('User name')) await person.click(screen.getByRole('button', { name: 'Sign in' }));
  for (const [label, text] of [
    ['User name', name],
    ['Password', password],
  ] as const) {
    // The typist of these tests does not notice that a form was reset.
    await person.clear(screen.getByLabelText(label));
    await person.type(screen.getByLabelText(label), text);
  }
  await person.click(within(form()).getByRole('button', { name: 'Sign in' }));
}

const form = (): HTMLElement => screen.getByLabelText('User name').closest('form') ?? expect.fail('There is no form.');
const region = (name: string): HTMLElement => screen.getByRole('region', { name });

it('says which realm, client and limit it is about', async () => {
  await open({ settings: { ocp: { sessionLimit: 'none' } } });
  expect(screen.getByText('OCP (demo) · realm master · client ocp · no session limit set')).toBeVisible();
});

it('shows the lives, the server’s name of the session, its scope, and a slot as a thing', async () => {
  await open();
  await signIn('alice');
  const near = await screen.findByRole('group', { name: 'Session of alice' }, WAIT);
  expect(within(near).getByRole('timer', { name: 'Access token of alice' })).toHaveTextContent('5:00');
  expect(within(near).getByRole('timer', { name: 'Refresh token of alice' })).toHaveTextContent('30:00');
  const [opened] = console_.ocp.sessions({ username: 'alice' });
  expect(near).toHaveTextContent(`Session at the server${opened?.id ?? 'none'}`);
  expect(near).toHaveTextContent(/Scope(?:email profile|profile email)/);

  const slots = await screen.findByRole('region', { name: 'Slots of alice' }, WAIT);
  expect(slots).toHaveTextContent('1of 5 slots of alice');
  await waitFor(() => expect(slots).toHaveTextContent(/counted .* by the server/), WAIT);
  expect(within(slots).getAllByRole('listitem')).toHaveLength(5);
  expect(within(slots).getAllByText('free')).toHaveLength(4);
});

it('says a limit that is not set', async () => {
  await open({ settings: { ocp: { sessionLimit: 'none' } } });
  await signIn('alice');
  const slots = await screen.findByRole('region', { name: 'Slots of alice' }, WAIT);
  expect(slots).toHaveTextContent('1session of alice, no limit set');
  expect(within(slots).getAllByRole('listitem')).toHaveLength(1);
});

it('keeps the form open where an empty field takes the answer away that held it open', async () => {
  await open();
  await signIn('alice');
  const answer = await screen.findByRole('group', { name: /^Answer of / }, WAIT);
  await person.click(within(form()).getByRole('button', { name: 'Sign in' }));
  await waitFor(() => expect(answer).not.toBeInTheDocument());
  expect(screen.getByLabelText('User name')).toHaveFocus();
});

it('leads back to the open session where the same user signs in again', async () => {
  await open();
  await signIn('alice');
  await screen.findByText(/^Signed in as alice/, {}, WAIT);
  await signIn('alice');
  await person.click(await screen.findByRole('button', { name: 'Use the open one' }, WAIT));
  expect(screen.getByRole('group', { name: 'Session of alice' })).toHaveFocus();
  expect(screen.queryByLabelText('User name')).not.toBeInTheDocument();
  expect(console_.ocp.ledger({ operation: 'sign-in' })).toHaveLength(1);
});

it('takes an e-mail for the user whose session told it, and offers the open one', async () => {
  await open();
  await signIn('alice');
  await screen.findByText(/^Signed in as alice/, {}, WAIT);
  await signIn('Alice@example.test', 'alice-demo-password');
  const asked = await screen.findByRole('group', { name: 'Before this is sent' }, WAIT);
  expect(asked).toHaveTextContent('alice has an open session here already.');
  await person.click(within(asked).getByRole('button', { name: 'Sign in anyway' }));
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent('2of 5 slots of alice'), WAIT);
  expect(screen.getAllByRole('region', { name: /^Slots of / })).toHaveLength(1);
  expect(within(region('Slots of alice')).getAllByText('Opened here')).not.toEqual([]);
});

it('asks where it is not known whether an e-mail is that of the session that is open', async () => {
  await open({ settings: { ocp: { clientId: 'trimmed' } } });
  await signIn('bob');
  await screen.findByText(/^Signed in as bob/, {}, WAIT);
  await signIn('alice@example.test', 'alice-demo-password');
  const asked = await screen.findByRole('group', { name: 'Before this is sent' }, WAIT);
  expect(asked).toHaveTextContent('bob has an open session here. Is alice@example.test the same account?');
  expect(asked).toHaveTextContent('not known here');
  await person.click(within(asked).getByRole('button', { name: 'Sign in anyway' }));
  await screen.findByText(/^Signed in as alice/, {}, WAIT);
  expect(screen.getAllByRole('region', { name: /^Slots of / })).toHaveLength(2);
});

it('shows the sessions of one person as one, whose e-mail an earlier version took for the name', async () => {
  await open();
  await signIn('alice');
  await screen.findByText(/^Signed in as alice/, {}, WAIT);
  const { repository } = console_.services.hands;
  const [record] = await repository.list();
  await console_.pass(2_000);
  await signIn('alice');
  await person.click(await screen.findByRole('button', { name: 'Sign in anyway' }, WAIT));
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent('2of 5 slots of alice'), WAIT);
  const named = (before: SessionRecord) => ({
    ...before,
    identity: { ...before.identity, name: 'alice@example.test' },
  });
  await act(() => repository.change(record?.id ?? '', named));
  await screen.findByText('alice@example.test', {}, WAIT);
  expect(within(region('Slots of alice')).getAllByText('Opened here')).not.toEqual([]);
  expect(screen.getAllByRole('region', { name: /^Slots of / })).toHaveLength(1);
});

it('says before support ends a person’s sessions that this console’s own is among them', async () => {
  await open();
  await signIn('support');
  await screen.findByText(/^Signed in as support/, {}, WAIT);
  await console_.pass(2_000);
  await signIn('support');
  await person.click(await screen.findByRole('button', { name: 'Sign in anyway' }, WAIT));
  await waitFor(() => expect(console_.ocp.sessions({ username: 'support' })).toHaveLength(2), WAIT);
  console_.ocp.openSessions({ username: 'support', count: 1, userAgent: 'curl/7.88.1' });
  await person.type(await screen.findByRole('searchbox', { name: /^Find a person/ }, WAIT), 'support{Enter}');
  const listed = { name: 'Listed by the server for support' };
  const rows = await waitFor(() => within(region('Sessions of support')).getByRole('table', listed), WAIT);
  expect(within(rows).getAllByRole('row')).toHaveLength(4);
  const titles = ['This console', 'Opened here', 'Elsewhere'].map((title) => within(rows).getAllByText(title).length);
  expect(titles).toEqual([1, 1, 1]);

  await person.click(await within(region('Sessions of support')).findByRole('button', { name: 'End all' }, WAIT));
  const all = await screen.findByRole('dialog', { name: 'End every session of support?' }, WAIT);
  expect(all).toHaveTextContent('This console’s own session is among them');
  expect(all).toHaveTextContent('Opened in this browser: 1 of 3.');
  await person.click(within(all).getByRole('button', { name: 'Keep them' }));
  await person.click(within(rows).getByRole('button', { name: /This console/ }));
  expect(await screen.findByRole('dialog', { name: 'End 1 session of support?' }, WAIT)).toHaveTextContent(
    'This console’s own session is among them',
  );
});

const findField = () => screen.findByRole('searchbox', { name: /^Find a person/ }, WAIT);

it('looks for whom was typed last, however late the answer to an earlier name comes, and names who was looked for', async () => {
  await open();
  await signIn('support');
  console_.ocp.fault({ kind: 'latency', ms: 1_500, operation: 'admin-users', times: 1 });
  await person.type(await findField(), 'zzz{Enter}');
  await person.clear(await findField());
  // A mark in it that turns what follows round must not reach the words around it.
  await person.type(await findField(), '\u202eyyy{Enter}');
  const nobody = await screen.findByText(/^Nobody has/, {}, WAIT);
  expect(nobody).toHaveTextContent('Nobody has the user name, e-mail or id “\u202eyyy”, or a name that holds it.');
  expect(nobody.querySelector('bdi')).toHaveTextContent('yyy');
  // By then the answer to the first has come as well.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(screen.getByText(/^Nobody has/)).toHaveTextContent('yyy');
});

it('says of two who share an e-mail that both have it', async () => {
  await open();
  console_.ocp.putUser({ username: 'bob@example.test', email: 'other@example.test' });
  await signIn('support');
  await person.type(await findField(), 'bob@example.test{Enter}');
  const words = /^2 have exactly/;
  expect(await screen.findByText(words, {}, WAIT)).toHaveTextContent(
    '2 have exactly “bob@example.test” as user name, e-mail or id:',
  );
  await person.click(screen.getByRole('button', { name: 'bob' }));
  expect(await screen.findByRole('region', { name: 'Sessions of bob' }, WAIT)).toBeVisible();
  expect(screen.queryByText(words)).not.toBeInTheDocument();
});

it('tells in the ticket what was ended, also of a person who is looked up again', async () => {
  await open();
  console_.ocp.openSessions({ username: 'bob', count: 2, userAgent: 'curl/7.88.1' });
  await signIn('support');
  const lookBobUp = async () => {
    await person.type(await findField(), 'bob{Enter}');
    await waitFor(() => expect(region('Sessions of bob')).toHaveTextContent(/of 5 slots of bobcounted/), WAIT);
    return within(region('Sessions of bob'));
  };
  const panel = await lookBobUp();
  await person.click(await panel.findByRole('button', { name: /^End: session 1,/ }, WAIT));
  await person.click(within(await screen.findByRole('dialog', {}, WAIT)).getByRole('button', { name: 'End 1' }));
  await screen.findByText('1 ended. 1 left by the new count.', {}, WAIT);
  await person.click(panel.getByRole('button', { name: 'Close' }));
  await person.clear(await findField());
  await person.click((await lookBobUp()).getByRole('button', { name: 'Copy for a ticket' }));
  await waitFor(async () => expect(await navigator.clipboard.readText()).toMatch(/^Ended by support at /m), WAIT);
});

it('names at the limit the first of the server’s list to be free, and what can be ended there', async () => {
  await open();
  console_.ocp.openSessions({ username: 'alice', count: 3, userAgent: 'curl/7.88.1' });
  const elevenMinutesMs = 11 * 60_000;
  console_.ocp.clock({ advanceMs: elevenMinutesMs });
  await signIn('alice');
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent('4of 5 slots of alice'), WAIT);
  console_.ocp.openSessions({ username: 'alice', count: 1 });
  await signIn('alice');
  await person.click(await screen.findByRole('button', { name: 'Sign in anyway' }, WAIT));
  const said = await screen.findByRole('group', { name: /^Answer of / }, WAIT);
  await waitFor(() => expect(said).toHaveTextContent(/Left alone, the one of curl\/7\.88\.1, opened /), WAIT);
  expect(said).toHaveTextContent('End what nobody uses, in the list below: 3 elsewhere were not used for 10 min.');
});

it('says before a sign-in that the server would refuse it, and offers it last', async () => {
  await open();
  console_.ocp.openSessions({ username: 'alice', count: 4, userAgent: 'curl/7.88.1' });
  await signIn('alice');
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent('5of 5 slots of alice'), WAIT);
  await person.click(screen.getByRole('button', { name: 'Sign in' }));
  const refused = 'Another sign-in of alice would be refused, and counts as a failed one.';
  await waitFor(() => expect(form()).toHaveTextContent(refused), WAIT);
  expect(form()).toHaveTextContent(/alice: 5 of 5 by the server’s count of \d\d:\d\d/);
  const send = within(form()).getByRole('button', { name: 'Sign in' });
  const freely = send.className;
  await signIn('Alice@example.test', 'alice-demo-password');
  expect(send.className).not.toBe(freely);
  const asked = await screen.findByRole('group', { name: 'Before this is sent' }, WAIT);
  expect(asked).toHaveTextContent(refused);
  expect(
    within(asked)
      .getAllByRole('button')
      .map(({ textContent }) => textContent),
  ).toEqual(['Use the open one', 'Not now', 'Sign in anyway']);
  expect(console_.ocp.ledger({ operation: 'sign-in' })).toHaveLength(1);
});

it('says before a sign-in which session a server that makes room would end', async () => {
  await open({ settings: { ocp: { atLimit: 'end-oldest' } } });
  console_.ocp.openSessions({ username: 'alice', count: 4, userAgent: 'curl/7.88.1' });
  console_.ocp.clock({ advanceMs: 60_000 });
  await signIn('alice');
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent('5of 5 slots of alice'), WAIT);
  await signIn('alice');
  const asked = await screen.findByRole('group', { name: 'Before this is sent' }, WAIT);
  const ends = /Another sign-in of alice ends the session that was used least recently: curl\/7\.88\.1, started/;
  expect(asked).toHaveTextContent(ends);
  expect(form()).toHaveTextContent(ends);
  expect(asked).not.toHaveTextContent('refused');
});

const notKnown = /^alice was logged out at [\d:]+\. Whether its slot is free is not known\.$/;

it('shows at the limit what this browser can log out, and signs in once that is done', async () => {
  await open();
  await signIn('alice');
  await screen.findByText(/^Signed in as alice/, {}, WAIT);
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent(/counted .* by the server/), WAIT);
  console_.ocp.openSessions({ username: 'alice', count: 4 });
  await signIn('alice');
  await person.click(await screen.findByRole('button', { name: 'Sign in anyway' }, WAIT));
  expect(await screen.findByText(/Too many sessions are open for this user/, {}, WAIT)).toBeVisible();
  const send = within(form()).getByRole('button', { name: 'Sign in' });
  expect(send).toBeDisabled();

  const said = await screen.findByRole('group', { name: /^Answer of / }, WAIT);
  const left = /Left alone, the one opened here at [\d:]+ is free by [\d:]+\. It is kept fresh/;
  await waitFor(() => expect(said).toHaveTextContent(left), WAIT);

  await console_.pass(1_000);
  await person.click(await screen.findByRole('button', { name: /^Log out alice, opened / }, WAIT));
  // It was the last one here, and nobody can ask the server for its list.
  expect(await screen.findByText(notKnown, {}, WAIT)).toBeVisible();
  expect(said).not.toHaveTextContent(/Too many|slot is free:/i);
  expect(send).toBeDisabled();
  await person.click(screen.getByRole('button', { name: 'Sign in anyway' }));
  expect(await screen.findByText(/^Signed in as alice/, {}, WAIT)).toBeVisible();
  expect(console_.ocp.sessions({ username: 'alice' })).toHaveLength(5);
});

it('says at the limit, with nothing open here, where else a slot gets free, and that the time is not known', async () => {
  await open();
  await signIn('crowded');
  const said = await screen.findByRole('group', { name: /^Answer of / }, WAIT);
  const ways = await within(said).findAllByRole('listitem', {}, WAIT);
  expect(ways.map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/^Log out in another tab, browser or program/),
    expect.stringMatching(/^End one in the account console/),
    expect.stringMatching(/^Wait: .*not known here/),
    expect.stringMatching(/^Have whoever runs the server end one/),
  ]);
  expect(said).toHaveTextContent('This tab holds no session of crowded.');
  const { hello } = console_.services.state.getState();
  const base = hello?.connections.find(({ id }) => id === console_.connections.ocp)?.baseUrl ?? 'none';
  expect(within(said).getByRole('link', { name: /^List of devices/ })).toHaveAttribute(
    'href',
    `${base}/realms/master/account/account-security/device-activity`,
  );
  expect(said).not.toHaveTextContent(/origin|Do not try again/i);
});

it('frees at the limit what this browser opened and refreshes no more, and claims nothing that nobody can count', async () => {
  await open();
  await signIn('alice');
  await screen.findByText(/^Signed in as alice/, {}, WAIT);
  const { repository, nowMs } = console_.services.hands;
  const [record] = await repository.list();
  const word = { sinceMs: nowMs(), code: 'answer-lost', sentence: 'The answer was lost.' };
  await act(() => repository.change(record?.id ?? '', giveUp(word)));
  console_.ocp.openSessions({ username: 'alice', count: 4 });
  await signIn('alice');
  const said = await screen.findByRole('group', { name: /^Answer of / }, WAIT);
  expect(
    await within(said).findByText(/^Of alice, opened [\d:]+: possibly held .* can be freed/, {}, WAIT),
  ).toBeVisible();
  expect(said).not.toHaveTextContent('This browser holds none');

  await console_.pass(1_000);
  await person.click(within(said).getByRole('button', { name: 'Free 1' }));
  expect(await screen.findByText(notKnown, {}, WAIT)).toBeVisible();
  expect(console_.ocp.sessions({ username: 'alice' })).toHaveLength(4);
});

it('computes when a slot gets free at the latest from the idle time that a session of somebody else told', async () => {
  await open();
  await signIn('alice');
  await screen.findByText(/^Signed in as alice/, {}, WAIT);
  await signIn('crowded');
  expect(
    await screen.findByText(/^Wait until [\d:]+ at the latest: .* after 30 min without use/, {}, WAIT),
  ).toBeVisible();
});

it('offers at the limit no session of another user, and one under an e-mail only as perhaps the same', async () => {
  await open({ settings: { ocp: { clientId: 'trimmed' } } });
  await signIn('alice');
  await screen.findByText(/^Signed in as alice/, {}, WAIT);
  await signIn('crowded');
  const said = await screen.findByRole('group', { name: /^Answer of / }, WAIT);
  await waitFor(() => expect(said).toHaveTextContent('This tab holds no session of crowded.'), WAIT);
  expect(within(said).queryByRole('button', { name: /^Log out/ })).not.toBeInTheDocument();
  expect(said).not.toHaveTextContent('same user');

  await console_.pass(61_000);
  await signIn('crowded@example.test', 'crowded-demo-password');
  await person.click(await screen.findByRole('button', { name: 'Sign in anyway' }, WAIT));
  await screen.findByText(/^Log out one that this tab holds, if that is the same account/, {}, WAIT);
  const perhaps = screen.getByRole('group', { name: /^Answer of / });
  expect(perhaps).not.toHaveTextContent('same user');
  expect(within(perhaps).getByRole('button', { name: /^Log out alice, opened / })).toBeVisible();
});

it('counts again where a sign-in is refused at the limit', async () => {
  await open();
  await signIn('alice');
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent(/^.*1of 5 slots of alicecounted/), WAIT);
  console_.ocp.openSessions({ username: 'alice', count: 4 });
  await signIn('alice');
  await person.click(await screen.findByRole('button', { name: 'Sign in anyway' }, WAIT));
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent('5of 5 slots of alice'), WAIT);
  expect(form()).toHaveTextContent(/alice: 5 of 5 by the server’s count/);
  expect(console_.ocp.ledger({ operation: 'refresh' })).toEqual([]);
});

it.each([
  [0, String.raw`\?`],
  [3, '4'],
])('keeps that nobody knows the count now, where the one in view was ended: beside %i', async (others, is) => {
  await open();
  console_.ocp.openSessions({ username: 'alice', count: others });
  await signIn('alice');
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent(`${others + 1}of 5 slots of alicec`), WAIT);
  const [own] = await console_.services.hands.repository.list();
  console_.ocp.dropSessions({ id: own?.tokens?.serverSessionId ?? '' });
  console_.ocp.openSessions({ username: 'alice', count: 1 });
  await person.click(screen.getByRole('button', { name: 'Recount' }));
  const slots = region('Slots of alice');
  await waitFor(() => expect(slots).toHaveTextContent('1 of the last count ended since: how many are open'), WAIT);
  expect(slots).toHaveTextContent(new RegExp(`${is}of 5 slots of alicecounted .* by the server`));
  expect(within(slots).getAllByText('free, or held elsewhere')).toHaveLength(5 - others);
});

it('shows a log out that ended nothing, what it may hold, and a way to end it in the list', async () => {
  await open();
  await signIn('alice');
  await screen.findByText(/^Signed in as alice/, {}, WAIT);
  await console_.pass(2_000);
  await signIn('alice');
  await person.click(await screen.findByRole('button', { name: 'Sign in anyway' }, WAIT));
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent('2of 5 slots of alice'), WAIT);
  console_.ocp.configure({ endsNothing: true });
  const [first] = await console_.services.hands.repository.list();
  await act(() => logOut(console_.services.hands, first?.id ?? ''));
  const words = 'Logged out here, and the server still lists it';
  await waitFor(() => expect(within(region('Slots of alice')).getAllByText(words)).toHaveLength(2), WAIT);
  expect(region('Slots of alice')).toHaveTextContent('2of 5 slots of alice');
  expect(screen.getByText(/^Of alice, opened [\d:]+: possibly held until [\d:]+;/)).toBeVisible();
  const rows = within(region('Slots of alice')).getByRole('table', { name: 'Listed by the server for alice' });
  expect(within(rows).getAllByText(/^, (?:now|\d+ s ago)$/)).toHaveLength(2);

  console_.ocp.configure({ endsNothing: false });
  await person.click(within(rows).getByRole('button', { name: `End: session 1, ${words}` }));
  await person.click(await screen.findByRole('button', { name: 'End 1' }, WAIT));
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent('1 ended. 1 left by the new count.'), WAIT);
  await waitFor(() => expect(screen.queryByText(/possibly held/)).not.toBeInTheDocument(), WAIT);
  expect(console_.ocp.sessions({ username: 'alice' })).toHaveLength(1);
});

it('speaks of the whole browser only where its tabs share what is kept', async () => {
  await open();
  await signIn('alice');
  const slots = await screen.findByRole('region', { name: 'Slots of alice' }, WAIT);
  expect(slots).toHaveTextContent('as far as this tab knows');
  act(() => console_.services.keeping.setState({ keeping: 'vault' }));
  expect(slots).toHaveTextContent('as far as this browser knows');
  expect(region('Slots of alice')).toHaveTextContent(
    'from what this browser opened; sessions of other browsers and programs are',
  );
  await signIn('crowded');
  const said = await screen.findByRole('group', { name: /^Answer of / }, WAIT);
  await waitFor(() => expect(said).toHaveTextContent('This browser holds no session of crowded.'), WAIT);
  expect(said).toHaveTextContent('Log out in another browser or program');
});

it('looks at one session at a time, chosen by its slot or in the list', async () => {
  await open();
  await signIn('alice');
  await screen.findByText(/^Signed in as alice/, {}, WAIT);
  await console_.pass(2_000);
  await signIn('bob');
  await screen.findByRole('group', { name: 'Session of bob' }, WAIT);
  await person.click(within(region('Slots of alice')).getByRole('button', { pressed: false }));
  expect(screen.getByRole('group', { name: 'Session of alice' })).toBeVisible();
  await person.selectOptions(
    screen.getByRole('combobox', { name: 'Session' }),
    screen.getByRole('option', { name: /^bob, \d\d:/ }),
  );
  expect(screen.getByRole('group', { name: 'Session of bob' })).toBeVisible();
});

it('takes a slot off when its session is logged out', async () => {
  await open();
  await signIn('alice');
  await screen.findByRole('region', { name: 'Slots of alice' }, WAIT);
  await person.click(await screen.findByRole('button', { name: 'Log out alice, OCP (demo)' }, WAIT));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Slots of alice' })).not.toBeInTheDocument(), WAIT);
  expect(console_.ocp.sessions({ username: 'alice' })).toHaveLength(0);
  expect(screen.getByLabelText('User name')).toBeVisible();
});

it('refreshes on request and counts it', async () => {
  await open();
  await signIn('alice');
  await person.click(await screen.findByRole('button', { name: 'Refresh the session of alice' }, WAIT));
  expect(await screen.findByText(/^1 time, last /, {}, WAIT)).toBeVisible();
});

it('writes an example that holds no secret, in every language', async () => {
  await open();
  await signIn('alice');
  await screen.findByRole('group', { name: 'Session of alice' }, WAIT);
  const { repository } = console_.services.hands;
  const [record] = await repository.list();
  const token = record?.tokens?.accessToken ?? expect.fail('There is no token.');
  for (const language of ['curl', 'fetch', 'HTTPie', 'Python', '.env', 'Header']) {
    await person.click(await within(region('How to use it')).findByRole('radio', { name: language }));
    expect(screen.getByRole('figure', { name: `${language} example` })).toHaveTextContent('OCP_TOKEN');
  }
  await person.click(screen.getByRole('switch', { name: /Copy it with the token in it/ }));
  expect(screen.getByRole('figure', { name: 'Header example' })).toHaveTextContent('Authorization: Bearer ********');
  expect(document.documentElement.outerHTML).not.toContain(token);

  await person.click(screen.getByRole('button', { name: 'Copy the Header example with the token of alice' }));
  await waitFor(async () => expect(await navigator.clipboard.readText()).toBe(`Authorization: Bearer ${token}`), WAIT);
  expect(document.documentElement.outerHTML).not.toContain(token);
});

it('copies the example without a session', async () => {
  await open();
  await person.click(screen.getByRole('button', { name: 'Show an example' }));
  await person.click(await screen.findByRole('button', { name: 'Copy the curl example' }));
  await waitFor(
    async () => expect(await navigator.clipboard.readText()).toContain('"Authorization: Bearer $OCP_TOKEN"'),
    WAIT,
  );
});
