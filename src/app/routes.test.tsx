/** The routes with the real pages, services, gateway and stand-ins. */
import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../test/console-harness.tsx';
import { registry } from '../providers/registry.ts';
import { ConsoleRoutes } from './routes.tsx';

let console_: ConsoleHarness;

const heading = (name: string) => screen.findByRole('heading', { level: 1, name });
const draw = (at: string) => console_.draw(<ConsoleRoutes />, at);

beforeEach(async () => {
  vi.spyOn(window, 'scrollTo').mockImplementation(() => undefined); // jsdom lays nothing out
  console_ = await startConsole();
});
afterEach(() => console_.close());

it.each([
  { route: '/', name: 'Overview' },
  { route: '/activity', name: 'Activity' },
  { route: '/settings', name: 'Settings' },
  ...registry,
])('$route shows $name and names the document so', async ({ route, name }) => {
  draw(route);
  await heading(name);
  await waitFor(() => expect(document.title).toBe(`${name} · Keyward`));
});

it('an unknown address says so and leads on', async () => {
  draw('/no-such-page');
  await heading('No such page');
  await userEvent.click(screen.getByRole('link', { name: 'Go to the overview' }));
  await heading('Overview');
});

it('after a navigation focus is on the heading of the new page, and not before one', async () => {
  draw('/settings');
  await heading('Settings');
  expect(document.body).toHaveFocus();
  await userEvent.click(screen.getByRole('link', { name: 'Activity' }));
  const arrived = await heading('Activity');
  await waitFor(() => expect(arrived).toHaveFocus());
  expect(window.scrollTo).toHaveBeenCalledWith(0, 0);
});

it('a link to the page that one is on leads into its form, not to its heading', async () => {
  draw('/ocp');
  const inForm = await screen.findByLabelText('User name');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in', expanded: false }));
  await userEvent.click(await screen.findByRole('menuitem', { name: /^OCP/, hidden: true }));
  await waitFor(() => expect(inForm).toHaveFocus());
});

it.each([
  ['/signed-in?outcome=taken', 'Signed in at the vendor', /Asking for the tab of Keyward in which you began/],
  ['/signed-in', 'Nothing was signed in here', /No vendor sent the browser to this page/],
  ['/signed-in?outcome=junk', 'Nothing was signed in here', /No vendor sent the browser to this page/],
  ['/signed-in?outcome=refused', 'Not signed in', /No session was opened\./],
  ['/signed-in?outcome=unknown', 'This sign-in was not taken', /Nothing was signed in by it/],
  ['/signed-in?outcome=toString', 'Nothing was signed in here', /No vendor sent/],
])('where a vendor sends its tab in the end, %s, is said without the console around it', async (at, name, words) => {
  draw(at);
  await heading(name);
  expect(screen.getByRole('main')).toHaveTextContent(words);
  expect(screen.queryByRole('navigation')).not.toBeInTheDocument();
});
