import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { findField, form, region, ocpPageInEachTest } from '../../../test/ocp-page.tsx';
import { logOut } from '../../refresh/end-session.ts';
import type { SessionRecord } from '../../sessions/record.ts';

const { page, open, signIn } = ocpPageInEachTest();

it('says which realm, client and limit it is about', async () => {
  await open({ settings: { ocp: { sessionLimit: 'none' } } });
  expect(screen.getByText('OCP (demo) · realm master · client ocp · no session limit set')).toBeVisible();
});

it('shows the lives, the server’s name of the session, its scope, and a slot as a thing', async () => {
  await open();
  await signIn('alice');
  const near = await screen.findByRole('group', { name: 'Session of alice' });
  expect(within(near).getByRole('timer', { name: 'Access token of alice' })).toHaveTextContent('5:00');
  expect(within(near).getByRole('timer', { name: 'Refresh token of alice' })).toHaveTextContent('30:00');
  const [opened] = page.console.ocp.sessions({ username: 'alice' });
  expect(near).toHaveTextContent(`Session at the server${opened?.id ?? 'none'}`);
  expect(near).toHaveTextContent(/Scope(?:email profile|profile email)/);

  const slots = await screen.findByRole('region', { name: 'Slots of alice' });
  expect(slots).toHaveTextContent('1of 5 slots of alice');
  await waitFor(() => expect(slots).toHaveTextContent(/counted .* by the server/));
  expect(within(slots).getAllByRole('listitem')).toHaveLength(5);
  expect(within(slots).getAllByText('free')).toHaveLength(4);
});

it('says a limit that is not set', async () => {
  await open({ settings: { ocp: { sessionLimit: 'none' } } });
  await signIn('alice');
  const slots = await screen.findByRole('region', { name: 'Slots of alice' });
  expect(slots).toHaveTextContent('1session of alice, no limit set');
  expect(within(slots).getAllByRole('listitem')).toHaveLength(1);
});

it('keeps the form open where an empty field takes the answer away that held it open', async () => {
  await open();
  await signIn('alice');
  const answer = await screen.findByRole('group', { name: /^Answer of / });
  await page.person.click(within(form()).getByRole('button', { name: 'Sign in' }));
  await waitFor(() => expect(answer).not.toBeInTheDocument());
  expect(screen.getByLabelText('User name')).toHaveFocus();
});

it('leads back to the open session where the same user signs in again', async () => {
  await open();
  await signIn('alice');
  await screen.findByText(/^Signed in as alice/);
  await signIn('alice');
  await page.person.click(await screen.findByRole('button', { name: 'Use the open one' }));
  expect(screen.getByRole('group', { name: 'Session of alice' })).toHaveFocus();
  expect(screen.queryByLabelText('User name')).not.toBeInTheDocument();
  expect(page.console.ocp.ledger({ operation: 'sign-in' })).toHaveLength(1);
});

it('takes an e-mail for the user whose session told it, and offers the open one', async () => {
  await open();
  await signIn('alice');
  await screen.findByText(/^Signed in as alice/);
  await signIn('Alice@example.test', 'alice-demo-password');
  const asked = await screen.findByRole('group', { name: 'Before this is sent' });
  expect(asked).toHaveTextContent('alice has an open session here already.');
  await page.person.click(within(asked).getByRole('button', { name: 'Sign in anyway' }));
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent('2of 5 slots of alice'));
  expect(screen.getAllByRole('region', { name: /^Slots of / })).toHaveLength(1);
  expect(within(region('Slots of alice')).getAllByText('Opened here')).not.toEqual([]);
});

it('asks where it is not known whether an e-mail is that of the session that is open', async () => {
  await open({ settings: { ocp: { clientId: 'trimmed' } } });
  await signIn('bob');
  await screen.findByText(/^Signed in as bob/);
  await signIn('alice@example.test', 'alice-demo-password');
  const asked = await screen.findByRole('group', { name: 'Before this is sent' });
  expect(asked).toHaveTextContent('bob has an open session here. Is alice@example.test the same account?');
  expect(asked).toHaveTextContent('not known here');
  await page.person.click(within(asked).getByRole('button', { name: 'Sign in anyway' }));
  await screen.findByText(/^Signed in as alice/);
  expect(screen.getAllByRole('region', { name: /^Slots of / })).toHaveLength(2);
});

it('shows the sessions of one person as one, whose e-mail an earlier version took for the name', async () => {
  await open();
  await signIn('alice');
  await screen.findByText(/^Signed in as alice/);
  const { repository } = page.console.services.hands;
  const [record] = await repository.list();
  await page.console.pass(2_000);
  await signIn('alice');
  await page.person.click(await screen.findByRole('button', { name: 'Sign in anyway' }));
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent('2of 5 slots of alice'));
  const named = (before: SessionRecord) => ({
    ...before,
    identity: { ...before.identity, name: 'alice@example.test' },
  });
  await act(() => repository.change(record?.id ?? '', named));
  await screen.findByText('alice@example.test');
  expect(within(region('Slots of alice')).getAllByText('Opened here')).not.toEqual([]);
  expect(screen.getAllByRole('region', { name: /^Slots of / })).toHaveLength(1);
});

it('says before support ends a person’s sessions that this console’s own is among them', async () => {
  await open();
  await signIn('support');
  await screen.findByText(/^Signed in as support/);
  await page.console.pass(2_000);
  await signIn('support');
  await page.person.click(await screen.findByRole('button', { name: 'Sign in anyway' }));
  await waitFor(() => expect(page.console.ocp.sessions({ username: 'support' })).toHaveLength(2));
  page.console.ocp.openSessions({ username: 'support', count: 1, userAgent: 'curl/7.88.1' });
  await page.person.type(await screen.findByRole('searchbox', { name: /^Find a person/ }), 'support{Enter}');
  const listed = { name: 'Listed by the server for support' };
  const rows = await waitFor(() => within(region('Sessions of support')).getByRole('table', listed));
  expect(within(rows).getAllByRole('row')).toHaveLength(4);
  const titles = ['This console', 'Opened here', 'Elsewhere'].map((title) => within(rows).getAllByText(title).length);
  expect(titles).toEqual([1, 1, 1]);

  await page.person.click(await within(region('Sessions of support')).findByRole('button', { name: 'End all' }));
  const all = await screen.findByRole('dialog', { name: 'End every session of support?' });
  expect(all).toHaveTextContent('This console’s own session is among them');
  expect(all).toHaveTextContent('Opened in this browser: 1 of 3.');
  await page.person.click(within(all).getByRole('button', { name: 'Keep them' }));
  await page.person.click(within(rows).getByRole('button', { name: /This console/ }));
  expect(await screen.findByRole('dialog', { name: 'End 1 session of support?' })).toHaveTextContent(
    'This console’s own session is among them',
  );
});

it('looks for whom was typed last, however late the answer to an earlier name comes, and names who was looked for', async () => {
  await open();
  await signIn('support');
  page.console.ocp.fault({ kind: 'latency', ms: 1_500, operation: 'admin-users', times: 1 });
  await page.person.type(await findField(), 'zzz{Enter}');
  await page.person.clear(await findField());
  // A mark in it that turns what follows round must not reach the words around it.
  await page.person.type(await findField(), '\u202eyyy{Enter}');
  const nobody = await screen.findByText(/^Nobody has/);
  expect(nobody).toHaveTextContent('Nobody has the user name, e-mail or id “\u202eyyy”, or a name that holds it.');
  expect(nobody.querySelector('bdi')).toHaveTextContent('yyy');
  // By then the answer to the first has come as well.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(screen.getByText(/^Nobody has/)).toHaveTextContent('yyy');
});

it('says of two who share an e-mail that both have it', async () => {
  await open();
  page.console.ocp.putUser({ username: 'bob@example.test', email: 'other@example.test' });
  await signIn('support');
  await page.person.type(await findField(), 'bob@example.test{Enter}');
  const words = /^2 have exactly/;
  expect(await screen.findByText(words)).toHaveTextContent(
    '2 have exactly “bob@example.test” as user name, e-mail or id:',
  );
  await page.person.click(screen.getByRole('button', { name: 'bob' }));
  expect(await screen.findByRole('region', { name: 'Sessions of bob' })).toBeVisible();
  expect(screen.queryByText(words)).not.toBeInTheDocument();
});

it('tells in the ticket what was ended, also of a person who is looked up again', async () => {
  await open();
  page.console.ocp.openSessions({ username: 'bob', count: 2, userAgent: 'curl/7.88.1' });
  await signIn('support');
  const lookBobUp = async () => {
    await page.person.type(await findField(), 'bob{Enter}');
    await waitFor(() => expect(region('Sessions of bob')).toHaveTextContent(/of 5 slots of bobcounted/));
    return within(region('Sessions of bob'));
  };
  const panel = await lookBobUp();
  await page.person.click(await panel.findByRole('button', { name: /^End: session 1,/ }));
  await page.person.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'End 1' }));
  await screen.findByText('1 ended. 1 left by the new count.');
  await page.person.click(panel.getByRole('button', { name: 'Close' }));
  await page.person.clear(await findField());
  await page.person.click((await lookBobUp()).getByRole('button', { name: 'Copy for a ticket' }));
  await waitFor(async () => expect(await navigator.clipboard.readText()).toMatch(/^Ended by support at /m));
});

it('counts again where a sign-in is refused at the limit', async () => {
  await open();
  await signIn('alice');
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent(/^.*1of 5 slots of alicecounted/));
  page.console.ocp.openSessions({ username: 'alice', count: 4 });
  await signIn('alice');
  await page.person.click(await screen.findByRole('button', { name: 'Sign in anyway' }));
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent('5of 5 slots of alice'));
  expect(form()).toHaveTextContent(/alice: 5 of 5 by the server’s count/);
  expect(page.console.ocp.ledger({ operation: 'refresh' })).toEqual([]);
});

it.each([
  [0, String.raw`\?`],
  [3, '4'],
])('keeps that nobody knows the count now, where the one in view was ended: beside %i', async (others, is) => {
  await open();
  page.console.ocp.openSessions({ username: 'alice', count: others });
  await signIn('alice');
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent(`${others + 1}of 5 slots of alicec`));
  const [own] = await page.console.services.hands.repository.list();
  page.console.ocp.dropSessions({ id: own?.tokens?.serverSessionId ?? '' });
  page.console.ocp.openSessions({ username: 'alice', count: 1 });
  await page.person.click(screen.getByRole('button', { name: 'Recount' }));
  const slots = region('Slots of alice');
  await waitFor(() => expect(slots).toHaveTextContent('1 of the last count ended since: how many are open'));
  expect(slots).toHaveTextContent(new RegExp(`${is}of 5 slots of alicecounted .* by the server`));
  expect(within(slots).getAllByText('free, or held elsewhere')).toHaveLength(5 - others);
});

it('shows a log out that ended nothing, what it may hold, and a way to end it in the list', async () => {
  await open();
  await signIn('alice');
  await screen.findByText(/^Signed in as alice/);
  await page.console.pass(2_000);
  await signIn('alice');
  await page.person.click(await screen.findByRole('button', { name: 'Sign in anyway' }));
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent('2of 5 slots of alice'));
  page.console.ocp.configure({ endsNothing: true });
  const [first] = await page.console.services.hands.repository.list();
  await act(() => logOut(page.console.services.hands, first?.id ?? ''));
  const words = 'Logged out here, and the server still lists it';
  await waitFor(() => expect(within(region('Slots of alice')).getAllByText(words)).toHaveLength(2));
  expect(region('Slots of alice')).toHaveTextContent('2of 5 slots of alice');
  expect(await screen.findByText(/^Of alice, opened [\d:]+: possibly held until [\d:]+;/)).toBeVisible();
  const rows = within(region('Slots of alice')).getByRole('table', { name: 'Listed by the server for alice' });
  expect(within(rows).getAllByText(/^, (?:now|\d+ s ago)$/)).toHaveLength(2);

  page.console.ocp.configure({ endsNothing: false });
  await page.person.click(within(rows).getByRole('button', { name: `End: session 1, ${words}` }));
  await page.person.click(await screen.findByRole('button', { name: 'End 1' }));
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent('1 ended. 1 left by the new count.'));
  await waitFor(() => expect(screen.queryByText(/possibly held/)).not.toBeInTheDocument());
  expect(page.console.ocp.sessions({ username: 'alice' })).toHaveLength(1);
});

it('speaks of the whole browser only where its tabs share what is kept', async () => {
  await open();
  await signIn('alice');
  const slots = await screen.findByRole('region', { name: 'Slots of alice' });
  expect(slots).toHaveTextContent('as far as this tab knows');
  act(() => page.console.services.keeping.setState({ keeping: 'vault' }));
  expect(slots).toHaveTextContent('as far as this browser knows');
  expect(region('Slots of alice')).toHaveTextContent(
    'from what this browser opened; sessions of other browsers and programs are',
  );
  await signIn('crowded');
  const said = await screen.findByRole('group', { name: /^Answer of / });
  await waitFor(() => expect(said).toHaveTextContent('This browser holds no session of crowded.'));
  expect(said).toHaveTextContent('Log out in another browser or program');
});

it('looks at one session at a time, chosen by its slot or in the list', async () => {
  await open();
  await signIn('alice');
  await screen.findByText(/^Signed in as alice/);
  await page.console.pass(2_000);
  await signIn('bob');
  await screen.findByRole('group', { name: 'Session of bob' });
  await page.person.click(within(region('Slots of alice')).getByRole('button', { pressed: false }));
  expect(screen.getByRole('group', { name: 'Session of alice' })).toBeVisible();
  await page.person.selectOptions(
    screen.getByRole('combobox', { name: 'Session' }),
    screen.getByRole('option', { name: /^bob, \d\d:/ }),
  );
  expect(screen.getByRole('group', { name: 'Session of bob' })).toBeVisible();
});

it('takes a slot off when its session is logged out', async () => {
  await open();
  await signIn('alice');
  await screen.findByRole('region', { name: 'Slots of alice' });
  await page.person.click(await screen.findByRole('button', { name: 'Log out alice, OCP (demo)' }));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Slots of alice' })).not.toBeInTheDocument());
  expect(page.console.ocp.sessions({ username: 'alice' })).toHaveLength(0);
  expect(screen.getByLabelText('User name')).toBeVisible();
});

it('refreshes on request and counts it', async () => {
  await open();
  await signIn('alice');
  await page.person.click(await screen.findByRole('button', { name: 'Refresh the session of alice' }));
  expect(await screen.findByText(/^1 time, last /)).toBeVisible();
});

it('writes an example that holds no secret, in every language', async () => {
  await open();
  await signIn('alice');
  await screen.findByRole('group', { name: 'Session of alice' });
  const { repository } = page.console.services.hands;
  const [record] = await repository.list();
  const token = record?.tokens?.accessToken ?? expect.fail('There is no token.');
  for (const language of ['curl', 'fetch', 'HTTPie', 'Python', '.env', 'Header']) {
    await page.person.click(await within(region('How to use it')).findByRole('radio', { name: language }));
    expect(screen.getByRole('figure', { name: `${language} example` })).toHaveTextContent('OCP_TOKEN');
  }
  await page.person.click(screen.getByRole('switch', { name: /Copy it with the token in it/ }));
  expect(screen.getByRole('figure', { name: 'Header example' })).toHaveTextContent('Authorization: Bearer ********');
  expect(document.documentElement.outerHTML).not.toContain(token);

  await page.person.click(screen.getByRole('button', { name: 'Copy the Header example with the token of alice' }));
  await waitFor(async () => expect(await navigator.clipboard.readText()).toBe(`Authorization: Bearer ${token}`));
  expect(document.documentElement.outerHTML).not.toContain(token);
});

it('copies the example without a session', async () => {
  await open();
  await page.person.click(screen.getByRole('button', { name: 'Show an example' }));
  await page.person.click(await screen.findByRole('button', { name: 'Copy the curl example' }));
  await waitFor(async () =>
    expect(await navigator.clipboard.readText()).toContain('"Authorization: Bearer $OCP_TOKEN"'),
  );
});
