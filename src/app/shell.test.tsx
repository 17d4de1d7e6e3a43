/** The shell around the real services, gateway and stand-ins. */
import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../test/console-harness.tsx';
import { sessionRecord } from '../../test/session-record.ts';
import { formatClockTime } from '../lib/format-time.ts';
import { registry } from '../providers/registry.ts';
import { Shell } from './shell.tsx';

let console_: ConsoleHarness;

const draw = (at?: string) =>
  console_.draw(
    <Shell>
      <h1>A page</h1>
    </Shell>,
    at,
  );
const pages = () => within(screen.getByRole('navigation', { name: 'Pages' }));
const foot = () => screen.getByRole('contentinfo');
const signIn = () =>
  console_.open(console_.connections.ocp, 'password', { username: 'alice', password: 'alice-demo-password' });

beforeEach(async () => {
  localStorage.clear();
  console_ = await startConsole();
});
afterEach(() => console_.close());

describe('navigation', () => {
  it('leads to every page, and to every provider of the registry', () => {
    draw();
    const names = [
      'Overview',
      'Keys',
      'Check a key',
      'Incidents',
      'Activity',
      ...registry.map(({ name }) => name),
      'Settings',
    ];
    expect(
      pages()
        .getAllByRole('link')
        .map(({ textContent }) => textContent),
    ).toEqual(names);
    expect(screen.getByRole('main')).toHaveTextContent('A page');
    expect(screen.getByRole('link', { name: 'Skip to the page' })).toHaveAttribute('href', '#page');
  });

  it('marks where one is', () => {
    draw('/activity');
    expect(pages().getByRole('link', { current: 'page' })).toHaveAccessibleName('Activity');
  });

  it('offers the providers in a menu where the rail has no room', async () => {
    draw();
    await userEvent.click(pages().getByRole('button', { name: 'Providers' }));
    const [first] = registry;
    await userEvent.click(await screen.findByRole('menuitem', { name: new RegExp(`^${first.name}`), hidden: true }));
    expect(console_.whereNow()).toBe(first.route);
  });

  it.each([
    ['/', 'Providers · OCP 5 / 5, at the limit'],
    ['/ocp', 'OCP 5 / 5, at the limit'],
    ['/tuleap', 'Tuleap · OCP 5 / 5, at the limit'],
  ])('warns on the button of that menu too, at %s', async (at, name) => {
    console_.ocp.openSessions({ username: 'alice', count: 4, userAgent: 'curl/7.88.1' });
    draw(at);
    expect(pages().getByRole('button')).toHaveAccessibleName(name.split(' ', 1)[0]);
    await signIn();
    await waitFor(() => expect(pages().getByRole('button')).toHaveAccessibleName(name));
  });
});

describe('sign in', () => {
  it('lists every connection with its server, and opens the page of the chosen one', async () => {
    draw();
    await waitFor(() => expect(console_.services.state.getState().hello).not.toBeNull());
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    await screen.findAllByRole('menuitem', { hidden: true });
    const groups = screen.getAllByRole('group', { hidden: true }).filter((group) => group.className.includes('menu'));
    expect(groups).toHaveLength(2);
    const id = console_.connections.primatime;
    await userEvent.keyboard('{Home}{Enter}');
    expect(console_.whereNow()).toContain(`?connection=${id}`);
  });
});

describe('the foot tells the truth about the machine', () => {
  /** The foot is written once a second. */
  const says = (words: string | RegExp) => waitFor(() => expect(foot()).toHaveTextContent(words));
  const clockNow = () => formatClockTime(console_.services.nowMs());

  it('says since when the browser is offline, however overdue a refresh is by then', async () => {
    draw();
    await signIn();
    await says('Next refresh');
    const sinceText = clockNow();
    console_.page.online = false;
    console_.page.poke();
    await says(`Offline since ${sinceText}: nothing is sent by itself`);
    await console_.pass(290_000);
    console_.page.poke();
    await says(`Offline since ${sinceText}: nothing is sent by itself`);
    expect(foot()).not.toHaveTextContent('No refresh is due');
    expect(console_.ocp.ledger({ operation: 'refresh' })).toEqual([]);
    console_.page.online = true;
    console_.page.poke();
    await says('Next refresh');
  });

  it('says since when the gateway is away, and names no refresh that cannot happen', async () => {
    draw();
    await signIn();
    await says('Next refresh');
    await console_.stopGateway();
    const sinceText = clockNow();
    console_.page.poke();
    await says(`Gateway away since ${sinceText}: refreshes wait`);
    expect(foot()).not.toHaveTextContent('Next refresh');
  });

  it('calls the further try of an uncertain session no refresh', async () => {
    draw();
    const nowMs = console_.services.nowMs();
    const accessExpiry = { kind: 'relative', lifeMs: 3_600_000, anchorMs: nowMs } as const;
    const where = { provider: 'ocp', connection: console_.connections.ocp, baseUrl: console_.baseUrlOf('ocp-demo') };
    const own = { ...where, openedAtMs: nowMs, refreshedAtMs: nowMs };
    await console_.put(
      sessionRecord({
        ...own,
        tokens: { accessToken: 'not-a-real-1', accessExpiry, refreshToken: 'not-a-real-2', facts: [] },
        uncertain: { sinceMs: nowMs, probed: false },
      }),
    );
    await says(/Next try \d\d:\d\d:\d\d/);
    expect(foot()).not.toHaveTextContent('refresh');
  });

  it('says when the next refresh falls', async () => {
    draw();
    expect(foot()).toHaveTextContent('No refresh is due');
    await signIn();
    await says(/Next refresh \d\d:\d\d:\d\d/);
    expect(pages().getByRole('link', { name: /^Overview/ })).toHaveTextContent('Overview1');
  });

  it('says how the clocks stand to each other, once an answer told', async () => {
    draw();
    expect(foot()).not.toHaveTextContent(/clock/i);
    await signIn();
    await console_.pass(1_000);
    expect(foot()).toHaveTextContent(/clock/i);
  });
});

describe('what concerns every page', () => {
  it('says that the servers are stand-ins', async () => {
    draw();
    expect(await screen.findByText('Demo')).toBeVisible();
  });

  it('says that the browser is offline, and that it is back', () => {
    draw();
    console_.page.online = false;
    console_.page.poke();
    expect(screen.getByRole('alert')).toHaveTextContent('This browser is offline.');
    console_.page.online = true;
    console_.page.poke();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says that the gateway does not answer', async () => {
    await console_.stopGateway();
    draw();
    expect(await screen.findByRole('alert')).toHaveTextContent('gateway does not answer');
  });

  it('keeps a banner up for a connection that is not encrypted', async () => {
    await console_.close();
    console_ = await startConsole({
      entries: (own) => own.map((entry) => ({ ...entry, baseUrl: 'http://vendor.example', allowInsecure: true })),
    });
    draw();
    expect(await screen.findByText(/^Not encrypted: /)).toBeVisible();
  });
});

describe('help', () => {
  it('opens with a question mark, lists the shortcuts, and can switch them off', async () => {
    draw();
    await userEvent.keyboard('?');
    const dialog = within(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }));
    expect(dialog.getByText('Show this list')).toBeVisible();
    await userEvent.click(dialog.getByRole('switch', { name: /^Single-key shortcuts/ }));
    await userEvent.click(dialog.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();

    await userEvent.keyboard('?');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /^Shortcuts/ }));
    expect(await screen.findByRole('dialog')).toBeVisible();
  });
});
