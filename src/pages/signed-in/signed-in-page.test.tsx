/** The tab that a vendor sent back and the tab that waits for it, over a real channel and the real gateway. */
import { render, screen, waitFor, within, type RenderResult } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import { followToCallback } from '../../../test/headless-console.ts';
import { createPageVisitor, pageOf, sentToOf } from '../../../test/page-visitor.ts';
import { openLandings } from '../../refresh/landing.ts';
import { Page as P4OAuthPage } from '../p4oauth/index.tsx';
import { Page } from './index.tsx';

const LOGIN = { login: 'alice', password: 'alice-demo-password' };

let console_: ConsoleHarness;
let waiting: RenderResult;
let person: UserEvent;

beforeEach(async () => {
  person = userEvent.setup({ delay: null });
  console_ = await startConsole({ vendors: ['p4oauth'] });
  waiting = console_.draw(<P4OAuthPage />);
  await screen.findByLabelText('Login');
});
afterEach(() => console_.close());

/** Follows the link to the vendor's page and fills in its form in another tab; gives where that tab is sent. */
async function visit(form: Readonly<Record<string, string>> = LOGIN): Promise<string> {
  await person.type(screen.getByLabelText('Login'), 'alice');
  const link = await screen.findByRole<HTMLAnchorElement>('link', { name: 'Authorize at P4OAuth' });
  const { href } = link;
  const park = vi.spyOn(console_.services.hands.caller, 'park');
  await person.click(link);
  await screen.findByText('Waiting for P4OAuth in the other tab…');
  // The first question has been answered: the next one is due by a time that only this test lets pass.
  await waitFor(() => {
    const first = park.mock.calls.findIndex(([, , what]) => what === 'ask');
    expect(park.mock.settledResults[first]).toEqual({ type: 'fulfilled', value: { state: 'waiting' } });
  });
  const visitor = createPageVisitor(new URL(href).origin);
  return sentToOf(await visitor.submit(pageOf(await visitor.open(href)), form));
}

/** The tab that the vendor sent to the callback, and what it shows. */
async function land(location: string): Promise<HTMLElement> {
  const { to } = await followToCallback(location);
  const tab = render(
    <MemoryRouter initialEntries={[to ?? '']}>
      <Page />
    </MemoryRouter>,
  );
  return within(tab.container).getByRole('main');
}

it('says that the first tab took over once that tab says so itself, which goes on at once', async () => {
  const tab = await land(await visit());
  await waitFor(() => expect(tab).toHaveTextContent('You can close this tab'));
  expect(tab).toHaveTextContent('The tab of Keyward in which you began took over from here');
  // No time has passed for the tab that waits: it asked because this one landed.
  await within(waiting.container).findByText(/Signed in as alice/);
});

it('says so after a reload as well, and asks nobody again', async () => {
  const heard: string[] = [];
  openLandings().listen(({ what }) => heard.push(what));
  render(
    <MemoryRouter initialEntries={[{ pathname: '/signed-in', search: '?outcome=taken', state: 'heard' }]}>
      <Page />
    </MemoryRouter>,
  );
  expect(screen.getByText('You can close this tab')).toBeVisible();
  openLandings().post({ what: 'heard', tab: 'the-last-message' });
  await waitFor(() => expect(heard).toEqual(['heard']));
});

it('says who tells why where the vendor refused', async () => {
  const tab = await land(await visit({ cancel: '1' }));
  await waitFor(() => expect(tab).toHaveTextContent('The tab of Keyward in which you began says why'));
  expect(tab).toHaveTextContent('Not signed in');
});

// What a lock or a reload leaves behind: a state that the gateway still knows, and nobody who has its verifier.
const STATE_OF_A_TAB_THAT_IS_GONE = 'canary-state-of-a-tab1';

it.each([
  [
    'code=canary-code',
    [
      'Not signed in here',
      'The one in which you began was closed, reloaded or locked meanwhile',
      'the code that came back is of no use to anybody',
    ],
  ],
  ['error=access_denied', ['Not signed in', 'no tab of Keyward in this browser waits for it any more']],
])('says that nobody took over where the first tab is gone, though another waits: %s', async (sent, words) => {
  await visit();
  await console_.services.caller.park('p4oauth-demo', STATE_OF_A_TAB_THAT_IS_GONE, 'announce');
  const tab = await land(`${console_.origin}/callback/p4oauth-demo?${sent}&state=${STATE_OF_A_TAB_THAT_IS_GONE}`);
  expect(tab).not.toHaveTextContent('of no use');
  for (const said of words) await waitFor(() => expect(tab).toHaveTextContent(said));
  expect(tab).not.toHaveTextContent(/took over from here|says why/);
  expect(screen.getByText('Waiting for P4OAuth in the other tab…')).toBeVisible();
});
