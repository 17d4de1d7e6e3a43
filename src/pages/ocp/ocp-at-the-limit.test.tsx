import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { form, region, ocpPageInEachTest } from '../../../test/ocp-page.tsx';
import { giveUp } from '../../sessions/refresh-steps.ts';

const { page, open, signIn } = ocpPageInEachTest();

it('names at the limit the first of the server’s list to be free, and what can be ended there', async () => {
  await open();
  page.console.ocp.openSessions({ username: 'alice', count: 3, userAgent: 'curl/7.88.1' });
  const elevenMinutesMs = 11 * 60_000;
  page.console.ocp.clock({ advanceMs: elevenMinutesMs });
  await signIn('alice');
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent('4of 5 slots of alice'));
  page.console.ocp.openSessions({ username: 'alice', count: 1 });
  await signIn('alice');
  await page.person.click(await screen.findByRole('button', { name: 'Sign in anyway' }));
  const said = await screen.findByRole('group', { name: /^Answer of / });
  await waitFor(() => expect(said).toHaveTextContent(/Left alone, the one of curl\/7\.88\.1, opened /));
  expect(said).toHaveTextContent('End what nobody uses, in the list below: 3 elsewhere were not used for 10 min.');
});

it('says before a sign-in that the server would refuse it, and offers it last', async () => {
  await open();
  page.console.ocp.openSessions({ username: 'alice', count: 4, userAgent: 'curl/7.88.1' });
  await signIn('alice');
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent('5of 5 slots of alice'));
  await page.person.click(screen.getByRole('button', { name: 'Sign in' }));
  const refused = 'Another sign-in of alice would be refused, and counts as a failed one.';
  await waitFor(() => expect(form()).toHaveTextContent(refused));
  expect(form()).toHaveTextContent(/alice: 5 of 5 by the server’s count of \d\d:\d\d/);
  const send = within(form()).getByRole('button', { name: 'Sign in' });
  const freely = send.className;
  await signIn('Alice@example.test', 'alice-demo-password');
  expect(send.className).not.toBe(freely);
  const asked = await screen.findByRole('group', { name: 'Before this is sent' });
  expect(asked).toHaveTextContent(refused);
  expect(
    within(asked)
      .getAllByRole('button')
      .map(({ textContent }) => textContent),
  ).toEqual(['Use the open one', 'Not now', 'Sign in anyway']);
  expect(page.console.ocp.ledger({ operation: 'sign-in' })).toHaveLength(1);
});

it('says before a sign-in which session a server that makes room would end', async () => {
  await open({ settings: { ocp: { atLimit: 'end-oldest' } } });
  page.console.ocp.openSessions({ username: 'alice', count: 4, userAgent: 'curl/7.88.1' });
  page.console.ocp.clock({ advanceMs: 60_000 });
  await signIn('alice');
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent('5of 5 slots of alice'));
  await signIn('alice');
  const asked = await screen.findByRole('group', { name: 'Before this is sent' });
  const ends = /Another sign-in of alice ends the session that was used least recently: curl\/7\.88\.1, started/;
  expect(asked).toHaveTextContent(ends);
  expect(form()).toHaveTextContent(ends);
  expect(asked).not.toHaveTextContent('refused');
});

const notKnown = /^alice was logged out at [\d:]+\. Whether its slot is free is not known\.$/;

it('shows at the limit what this browser can log out, and signs in once that is done', async () => {
  await open();
  await signIn('alice');
  await screen.findByText(/^Signed in as alice/);
  await waitFor(() => expect(region('Slots of alice')).toHaveTextContent(/counted .* by the server/));
  page.console.ocp.openSessions({ username: 'alice', count: 4 });
  await signIn('alice');
  await page.person.click(await screen.findByRole('button', { name: 'Sign in anyway' }));
  expect(await screen.findByText(/Too many sessions are open for this user/)).toBeVisible();
  const send = within(form()).getByRole('button', { name: 'Sign in' });
  expect(send).toBeDisabled();

  const said = await screen.findByRole('group', { name: /^Answer of / });
  const left = /Left alone, the one opened here at [\d:]+ is free by [\d:]+\. It is kept fresh/;
  await waitFor(() => expect(said).toHaveTextContent(left));

  await page.console.pass(1_000);
  await page.person.click(await screen.findByRole('button', { name: /^Log out alice, opened / }));
  // It was the last one here, and nobody can ask the server for its list.
  expect(await screen.findByText(notKnown)).toBeVisible();
  expect(said).not.toHaveTextContent(/Too many|slot is free:/i);
  expect(send).toBeDisabled();
  await page.person.click(screen.getByRole('button', { name: 'Sign in anyway' }));
  expect(await screen.findByText(/^Signed in as alice/)).toBeVisible();
  expect(page.console.ocp.sessions({ username: 'alice' })).toHaveLength(5);
});

it('says at the limit, with nothing open here, where else a slot gets free, and that the time is not known', async () => {
  await open();
  await signIn('crowded');
  const said = await screen.findByRole('group', { name: /^Answer of / });
  const ways = await within(said).findAllByRole('listitem');
  expect(ways.map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/^Log out in another tab, browser or program/),
    expect.stringMatching(/^End one in the account console/),
    expect.stringMatching(/^Wait: .*not known here/),
    expect.stringMatching(/^Have whoever runs the server end one/),
  ]);
  expect(said).toHaveTextContent('This tab holds no session of crowded.');
  const { hello } = page.console.services.state.getState();
  const base = hello?.connections.find(({ id }) => id === page.console.connections.ocp)?.baseUrl ?? 'none';
  expect(within(said).getByRole('link', { name: /^List of devices/ })).toHaveAttribute(
    'href',
    `${base}/realms/master/account/account-security/device-activity`,
  );
  expect(said).not.toHaveTextContent(/origin|Do not try again/i);
});

it('frees at the limit what this browser opened and refreshes no more, and claims nothing that nobody can count', async () => {
  await open();
  await signIn('alice');
  await screen.findByText(/^Signed in as alice/);
  const { repository, nowMs } = page.console.services.hands;
  const [record] = await repository.list();
  const word = { sinceMs: nowMs(), code: 'answer-lost', sentence: 'The answer was lost.' };
  await act(() => repository.change(record?.id ?? '', giveUp(word)));
  page.console.ocp.openSessions({ username: 'alice', count: 4 });
  await signIn('alice');
  const said = await screen.findByRole('group', { name: /^Answer of / });
  expect(await within(said).findByText(/^Of alice, opened [\d:]+: possibly held .* can be freed/)).toBeVisible();
  expect(said).not.toHaveTextContent('This browser holds none');

  await page.console.pass(1_000);
  await page.person.click(within(said).getByRole('button', { name: 'Free 1' }));
  expect(await screen.findByText(notKnown)).toBeVisible();
  expect(page.console.ocp.sessions({ username: 'alice' })).toHaveLength(4);
});

it('computes when a slot gets free at the latest from the idle time that a session of somebody else told', async () => {
  await open();
  await signIn('alice');
  await screen.findByText(/^Signed in as alice/);
  await signIn('crowded');
  expect(await screen.findByText(/^Wait until [\d:]+ at the latest: .* after 30 min without use/)).toBeVisible();
});

it('offers at the limit no session of another user, and one under an e-mail only as perhaps the same', async () => {
  await open({ settings: { ocp: { clientId: 'trimmed' } } });
  await signIn('alice');
  await screen.findByText(/^Signed in as alice/);
  await signIn('crowded');
  const said = await screen.findByRole('group', { name: /^Answer of / });
  await waitFor(() => expect(said).toHaveTextContent('This tab holds no session of crowded.'));
  expect(within(said).queryByRole('button', { name: /^Log out/ })).not.toBeInTheDocument();
  expect(said).not.toHaveTextContent('same user');

  await page.console.pass(61_000);
  await signIn('crowded@example.test', 'crowded-demo-password');
  await page.person.click(await screen.findByRole('button', { name: 'Sign in anyway' }));
  await screen.findByText(/^Log out one that this tab holds, if that is the same account/);
  const perhaps = screen.getByRole('group', { name: /^Answer of / });
  expect(perhaps).not.toHaveTextContent('same user');
  expect(within(perhaps).getByRole('button', { name: /^Log out alice, opened / })).toBeVisible();
});
