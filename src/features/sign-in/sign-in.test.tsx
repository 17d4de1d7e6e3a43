/** Signing in by the form, against the real services, gateway and stand-ins. */
import { act, fireEvent, screen, waitFor, within, type RenderResult } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startConsole, type ConsoleHarness, type HarnessOptions } from '../../../test/console-harness.tsx';
import { typeCredentials } from '../../../test/type-credentials.ts';
import type { Provider } from '../../providers/contract.ts';
import { ocp } from '../../providers/ocp/index.ts';
import { primatime } from '../../providers/primatime/index.ts';
import { forget } from '../../refresh/end-session.ts';
import { refreshSession } from '../../refresh/refresh-session.ts';
import { AtConnection } from './at-connection.tsx';
import { SignIn } from './sign-in.tsx';

const KEY = '00000000-0000-4000-8000-0000000005ec';

let console_: ConsoleHarness;
let person: UserEvent;
const onUse = vi.fn();

beforeEach(() => {
  person = userEvent.setup({ delay: null });
  onUse.mockReset();
});
afterEach(() => console_.close());

async function open(provider: Provider = ocp, options: HarnessOptions = {}, at?: string): Promise<RenderResult> {
  console_ = await startConsole(options);
  return await draw(provider, at);
}

async function draw(provider: Provider = ocp, at?: string): Promise<RenderResult> {
  const drawn = console_.draw(
    <AtConnection provider={provider}>
      {(connection, picker) => (
        <>
          {picker}
          <SignIn
            provider={provider}
            connection={connection}
            onUse={onUse}
            renderFreeing={() => <p>The open sessions of this browser</p>}
            renderSecret={({ label }) => <p>{label}</p>}
          />
        </>
      )}
    </AtConnection>,
    at,
  );
  await screen.findByRole('button', { name: 'Sign in' });
  return drawn;
}

const type = (name: string, password?: string): Promise<void> => typeCredentials(person, name, password);

const button = () => screen.getByRole('button', { name: 'Sign in' });
const valueOf = (label: string): string => screen.getByLabelText<HTMLInputElement>(label).value;
const sent = () => console_.ocp.ledger({ operation: 'sign-in' }).length;

/** The band that answers the last press of the button. */
async function answer(): Promise<HTMLElement> {
  return await screen.findByRole('group', { name: /^Answer of / });
}

async function signIn(name: string, password?: string): Promise<HTMLElement> {
  await type(name, password);
  await person.click(button());
  return await answer();
}

describe('one press, one call', () => {
  it('sends once for a double click under StrictMode, and says what was opened', async () => {
    await open();
    await type('alice');
    await person.dblClick(button());
    const band = await answer();
    await waitFor(() => expect(band).toHaveTextContent('Signed in as alice at OCP (demo)'));
    expect(band).toHaveTextContent('Its access token lives 5:00, its refresh token lives 30:00.');
    expect(sent()).toBe(1);
    expect(console_.services.state.getState().sessions).toHaveLength(1);
  });

  it('says how long the tokens live by the answer that opened them, whatever a refresh brings', async () => {
    await open();
    const band = await signIn('alice');
    const lives = 'Its access token lives 5:00, its refresh token lives 30:00.';
    expect(band).toHaveTextContent(lives);
    const [session] = console_.services.state.getState().sessions;
    await console_.pass(60_000);
    await act(() => refreshSession(console_.services.hands, session?.id ?? '', 'person'));
    await waitFor(() => expect(console_.services.state.getState().sessions[0]?.refreshes).toBe(1));
    expect(band).toHaveTextContent(lives);
  });

  it('sends once for Enter pressed twice while the first is under way', async () => {
    await open();
    console_.ocp.fault({ kind: 'latency', ms: 150, operation: 'sign-in' });
    await type('alice');
    await person.keyboard('{Enter}{Enter}');
    expect(button()).toHaveAttribute('aria-disabled', 'true');
    await person.click(button());
    await answer();
    expect(button()).not.toHaveAttribute('aria-disabled');
    expect(sent()).toBe(1);
  });

  it('sends once for a double click whose first answer came between its two presses', async () => {
    await open();
    await signIn('alice', 'not-a-real-password');
    fireEvent.click(button(), { detail: 2 });
    expect(button()).not.toHaveAttribute('aria-disabled');
    fireEvent.click(button(), { detail: 1 });
    expect(button()).toHaveAttribute('aria-disabled', 'true');
    await answer();
    expect(sent()).toBe(2);
  });

  it('goes on while its page is left, and shows the answer when one comes back', async () => {
    const page = await open();
    console_.ocp.fault({ kind: 'latency', ms: 150, operation: 'sign-in' });
    await type('alice');
    await person.click(button());
    page.unmount();
    await draw();
    expect(button()).toHaveAttribute('aria-disabled', 'true');
    expect(await answer()).toHaveTextContent('Signed in as alice');
    expect(sent()).toBe(1);
  });

  it('sends nothing where a required field is empty, and leads to it', async () => {
    await open();
    await person.type(screen.getByLabelText('User name'), 'alice');
    await person.click(button());
    expect(screen.getByLabelText('Password')).toHaveFocus();
    expect(screen.getByLabelText('Password')).toHaveAccessibleDescription(/Password is missing. Nothing was sent./);
    expect(sent()).toBe(0);
  });

  it('answers a field that is empty once: what was said of an earlier press goes', async () => {
    await open();
    expect(await signIn('alice', 'not-a-real-password')).toBeVisible();
    for (const nothing of ['   ', '\u200B\u2060']) {
      await person.clear(screen.getByLabelText('Password'));
      await person.type(screen.getByLabelText('Password'), nothing);
      await person.click(button());
      expect(screen.getByLabelText('Password')).toHaveAccessibleDescription(/Password is missing. Nothing was sent./);
      expect(screen.queryByRole('group', { name: /^Answer of / })).not.toBeInTheDocument();
    }
    expect(sent()).toBe(1);
  });
});

describe('what is typed', () => {
  it('is understood by password managers', async () => {
    await open();
    expect(screen.getByLabelText('User name')).toHaveAttribute('autocomplete', 'username');
    expect(screen.getByLabelText('Password')).toHaveAttribute('autocomplete', 'current-password');
    expect(screen.getByLabelText('Password')).toHaveAttribute('type', 'password');
    expect(screen.getByLabelText(/One-time code/)).toHaveAttribute('autocomplete', 'one-time-code');
    expect(screen.getByLabelText('User name').closest('form')).toBe(button().closest('form'));
  });

  it('is gone once a session is open, and the answer has the focus', async () => {
    await open();
    const band = await signIn('alice');
    await waitFor(() => expect(valueOf('Password')).toBe(''));
    expect(valueOf('User name')).toBe('');
    expect(band).toHaveFocus();
  });

  it('stays after a failure, and the answer has the focus', async () => {
    await open();
    const band = await signIn('alice', 'canary-wrong-password');
    expect(valueOf('User name')).toBe('alice');
    expect(valueOf('Password')).toBe('canary-wrong-password');
    expect(band).toHaveFocus();
  });

  it('is nowhere but in its input', async () => {
    await open();
    await signIn('alice', 'canary-wrong-password');
    const drawn = document.body.cloneNode(true) as HTMLElement; // a clone of an element is one
    expect(drawn.outerHTML).not.toContain('canary');
    expect(console_.whereNow()).not.toContain('canary');
    const { sessions, calls } = console_.services.state.getState();
    const stored = [localStorage, sessionStorage].map((storage) => Object.entries(storage));
    expect(JSON.stringify([sessions, calls, stored])).not.toContain('canary');
  });

  it.each([
    ['in quotes', `"${KEY}"`, 'Taken off before sending: quotes (Secret key).'],
    ['with a line end', `${KEY}\n`, undefined],
    ['after Bearer', `Bearer ${KEY}`, 'Taken off before sending: the word Bearer (Secret key).'],
    ['in typographic quotes, with a space', `\u201C${KEY}\u201D `, 'Taken off before sending: quotes (Secret key).'],
  ])('signs in with a secret that was pasted %s, and says what was taken off', async (_, pasted, removed) => {
    await open(primatime);
    await person.click(screen.getByLabelText('Secret key'));
    await person.paste(pasted);
    await person.click(button());
    const band = await answer();
    expect(band).toHaveTextContent('Signed in as ada@acme.example');
    if (removed) expect(band).toHaveTextContent(removed);
  });

  it('that cannot be sent is said, and nothing is sent', async () => {
    await open(primatime);
    await person.click(screen.getByLabelText('Secret key'));
    await person.paste('two words');
    await person.click(button());
    const band = await answer();
    expect(band).toHaveTextContent('A secret key is one word without spaces and colons');
    expect(band).toHaveTextContent('Nothing was sent.');
    expect(console_.primatime.ledger()).toHaveLength(0);
  });
});

describe('ways in', () => {
  it('stand best first, each with its reason', async () => {
    await open(primatime);
    const ways = within(screen.getByRole('group', { name: 'Way to sign in' })).getAllByRole('radio');
    expect(ways[0]).toBeChecked();
    expect(ways[0]).toHaveAccessibleName('Secret key preferred');
    expect(ways[0]).toHaveAccessibleDescription(/^One key per use/);
    await person.click(ways[1] ?? expect.fail('There is one way only.'));
    expect(screen.getByRole('heading', { name: 'Sign in with e-mail and password' })).toBeVisible();
    await person.type(screen.getByLabelText('E-mail'), 'ada@acme.example');
    await person.type(screen.getByLabelText('Password'), 'ada-demo-password{Enter}');
    expect(await answer()).toHaveTextContent('Signed in as ada@acme.example at PrimaTime (demo)');
  });

  it('say beforehand what leaving the page does', async () => {
    await open();
    expect(screen.getByText('Takes 1 of 5 sessions. Leaving or reloading this page logs it out.')).toBeVisible();
  });

  it('say beforehand that leaving logs out where there is no limit, as it does', async () => {
    await open(ocp, { settings: { ocp: { sessionLimit: 'none' } } });
    expect(screen.getByText('Leaving or reloading this page logs it out.')).toBeVisible();
    await console_.open('ocp-demo', 'password', { username: 'alice', password: 'alice-demo-password' });
    await waitFor(() => expect(console_.services.state.getState().sessions).toHaveLength(1));
    console_.page.leave();
    await waitFor(() => expect(console_.ocp.ledger({ operation: 'log-out' })).toHaveLength(1));
  });

  it('say beforehand that a reload forgets what cannot be logged out', async () => {
    await open(primatime);
    expect(screen.getByText(/a reload forgets it, and its tokens live on at the server/)).toBeVisible();
  });
});

describe('connections', () => {
  const twice = (own: Parameters<NonNullable<HarnessOptions['entries']>>[0]) =>
    own.flatMap((entry) => [entry, { ...entry, id: `${entry.id}-2`, name: `${entry.name} second` }]);

  it('are chosen in a list, and the choice stands in the address', async () => {
    await open(ocp, { entries: twice });
    await person.selectOptions(screen.getByLabelText('Connection'), 'OCP (demo) second');
    expect(console_.whereNow()).toBe('/?connection=ocp-demo-2');
    expect(await signIn('alice')).toHaveTextContent('at OCP (demo) second');
  });

  it('are taken from the address', async () => {
    await open(ocp, { entries: twice }, '/?connection=ocp-demo-2');
    expect(screen.getByLabelText('Connection')).toHaveValue('ocp-demo-2');
  });

  it('that are missing lead to the place where one is composed', async () => {
    console_ = await startConsole({ entries: (own) => own.filter(({ provider }) => provider !== 'ocp') });
    console_.draw(<AtConnection provider={ocp}>{() => null}</AtConnection>);
    expect(await screen.findByText('No connection to OCP is set up')).toBeVisible();
    const link = screen.getByRole('link', { name: 'Compose a connection' });
    expect(link).toHaveAttribute('href', '/settings?provider=ocp#new-connection');
  });

  it('say that the gateway is away', async () => {
    console_ = await startConsole();
    await console_.stopGateway();
    console_.draw(<AtConnection provider={ocp}>{() => null}</AtConnection>);
    expect(await screen.findByText('The console’s own server does not answer.')).toBeVisible();
  });
});

describe('a user who is in already', () => {
  it('is offered the open session before another is opened', async () => {
    await open();
    await signIn('alice');
    await type('Alice');
    await person.click(button());
    const asked = await screen.findByRole('group', { name: 'Before this is sent' });
    await waitFor(() => expect(asked).toHaveTextContent('alice has an open session here already.'));
    expect(asked).toHaveTextContent('Another sign-in takes one more of 5 sessions.');
    expect(asked).toHaveFocus();
    expect(sent()).toBe(1);
    await person.click(within(asked).getByRole('button', { name: 'Use the open one' }));
    expect(onUse).toHaveBeenCalledExactlyOnceWith(console_.services.state.getState().sessions[0]?.id);
    expect(screen.queryByRole('group', { name: 'Before this is sent' })).not.toBeInTheDocument();
    expect(sent()).toBe(1);
  });

  it('may open another', async () => {
    await open();
    await signIn('alice');
    await type('alice');
    await person.click(button());
    await person.click(await screen.findByRole('button', { name: 'Sign in anyway' }));
    await waitFor(() => expect(console_.services.state.getState().sessions).toHaveLength(2));
    expect(sent()).toBe(2);
  });

  it('may think again', async () => {
    await open();
    await signIn('alice');
    await type('alice');
    await person.click(button());
    await person.click(await screen.findByRole('button', { name: 'Not now' }));
    expect(screen.getByLabelText('User name')).toHaveFocus();
    expect(valueOf('Password')).toBe('alice-demo-password');
    expect(sent()).toBe(1);
  });

  it('is asked nothing once that session is over', async () => {
    await open();
    const { id } = await console_.open(console_.connections.ocp, 'password', {
      username: 'bob',
      password: 'bob-demo-password',
    });
    await act(() => forget(console_.services.hands, id));
    expect(await signIn('bob')).toHaveTextContent('Signed in as bob');
  });
});
