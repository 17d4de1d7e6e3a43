/** What a person reads when signing in fails, against the real services, gateway and stand-ins. */
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness, type HarnessOptions } from '../../../test/console-harness.tsx';
import { createPageRelay } from '../../../test/page-relay.ts';
import { typeCredentials } from '../../../test/type-credentials.ts';
import type { Fault } from '../../../stand-ins/faults.ts';
import { ocp } from '../../providers/ocp/index.ts';
import { primatime } from '../../providers/primatime/index.ts';
import type { Provider } from '../../providers/contract.ts';
import { logOut } from '../../refresh/end-session.ts';
import { AtConnection } from './at-connection.tsx';
import { SignIn } from './sign-in.tsx';

const WRONG_PASSWORD = /wrong|did not accept|password/i;

let console_: ConsoleHarness;
let person: UserEvent;

beforeEach(() => {
  person = userEvent.setup({ delay: null });
});
afterEach(() => console_.close());

async function open(options: HarnessOptions = {}, provider: Provider = ocp): Promise<void> {
  console_ = await startConsole(options);
  console_.draw(
    <AtConnection provider={provider}>
      {(connection) => (
        <SignIn
          provider={provider}
          connection={connection}
          onUse={() => undefined}
          renderFreeing={() => <p>The open sessions of this browser</p>}
          renderSecret={({ label }) => <p>{label}</p>}
        />
      )}
    </AtConnection>,
  );
  await screen.findByRole('button', { name: 'Sign in' });
}

const button = () => screen.getByRole('button', { name: 'Sign in' });
const sent = () => console_.ocp.ledger({ operation: 'sign-in' }).length;
const fault = (trouble: Fault) => console_.ocp.fault({ operation: 'sign-in', ...trouble });

async function press(name: string, password?: string): Promise<void> {
  await typeCredentials(person, name, password);
  await person.click(button());
}

async function answerTo(name: string, password?: string): Promise<HTMLElement> {
  await press(name, password);
  await waitFor(() => expect(button()).not.toHaveAttribute('aria-disabled'));
  return await screen.findByRole('group', { name: /^Answer of / });
}

describe('too many sessions', () => {
  const shapes: readonly (readonly [string, () => void])[] = [
    ['403 with JSON', () => undefined],
    [
      '403 with the server’s own message',
      () => console_.ocp.configureRealm({ limit: { errorMessage: 'Zu viele Sitzungen' } }),
    ],
    ['403 with a page', () => fault({ kind: 'html', status: 403 })],
    ['401 with a code', () => console_.ocp.configure({ version: '22' })],
    ['500 unknown_error', () => console_.ocp.configure({ version: '17' })],
  ];

  it.each(shapes)('as %s is never read as a wrong password, and pauses', async (_, arrange) => {
    await open();
    arrange();
    const band = await answerTo('crowded');
    await waitFor(() => expect(band).toHaveTextContent(/too many (?:are open|sessions are open)/i));
    expect(band).toHaveFocus();
    expect(band.textContent).not.toMatch(/wrong password|did not accept/i);
    expect(band).toHaveTextContent('Nothing is sent by itself, and the end of the pause frees no slot.');
    expect(band).toHaveTextContent('What can free a slot');
    expect(band).toHaveTextContent('The open sessions of this browser');
    expect(button()).toBeDisabled();
    expect(screen.getByText(/^Paused until \d\d:\d\d:\d\d$/)).toBeVisible();
    expect(within(band).getByRole('timer', { name: 'The pause ends in' })).toHaveTextContent(/^1:0[01]$/);
    expect(sent()).toBe(1);
  });

  it('as a 403 that something on the way may have given is called neither, and pauses to be safe', async () => {
    await open();
    fault({ kind: 'reply', status: 403, body: 'nope', headers: { 'content-type': 'text/plain' } });
    const band = await answerTo('crowded');
    expect(band).toHaveTextContent(/perhaps too many sessions are open for this user, perhaps/);
    expect(band).toHaveTextContent('The server said: “nope”');
    expect(button()).toBeDisabled();
  });

  it('shows the server’s own words', async () => {
    await open();
    console_.ocp.configureRealm({ limit: { errorMessage: 'Zu viele Sitzungen' } });
    expect(await answerTo('crowded')).toHaveTextContent('The server said: “Zu viele Sitzungen”');
  });

  it('counts the pause down, and sends nothing when it is over', async () => {
    await open();
    const band = await answerTo('crowded');
    await console_.pass(48_000);
    expect(within(band).getByRole('timer')).toHaveTextContent('0:12');
    expect(button()).toBeDisabled();
    await console_.pass(12_000);
    expect(button()).toBeEnabled();
    expect(sent()).toBe(1);
  });

  const wayOut = () => screen.queryByRole('button', { name: 'Another user: sign in now' });

  it('pauses its connection for every name, and lets another user in at a press that says what it risks', async () => {
    await open();
    await answerTo('crowded');
    await typeCredentials(person, 'CROWDED ');
    expect(button()).toBeDisabled();
    expect(wayOut()).not.toBeInTheDocument();
    await typeCredentials(person, 'alice');
    expect(button()).toBeDisabled();
    expect(screen.getByText(/under whichever name, it counts as one more failed sign-in/)).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Another user: sign in now' }));
    expect(await screen.findByText(/^Signed in as alice/)).toBeVisible();
    expect(sent()).toBe(2);
    await typeCredentials(person, 'crowded');
    expect(button()).toBeDisabled();
    expect(sent()).toBe(2);
  });

  it('keeps its pause over a reload, and a press sends nothing', async () => {
    await open();
    await answerTo('crowded');
    await console_.close();
    document.body.replaceChildren();
    await open();
    await waitFor(() => expect(button()).toBeDisabled());
    expect(screen.getByText(/a sign-in was refused as it is where too many sessions are open/)).toBeVisible();
    await typeCredentials(person, 'crowded');
    expect(button()).toBeDisabled();
    await person.type(screen.getByLabelText('Password'), '{Enter}');
    expect(sent()).toBe(0);
    expect(Object.entries(localStorage)).toEqual([['keyward.paused.ocp-demo', expect.stringMatching(/^\d+$/)]]);
    await console_.pass(61_000);
    expect(button()).toBeEnabled();
  });

  it('is paused by what another tab was answered, and no more once that is over there', async () => {
    await open();
    await typeCredentials(person, 'alice');
    const untilMs = String(console_.services.nowMs() + 60_000);
    const key = 'keyward.paused.ocp-demo';
    const told = (newValue: string | null): void => {
      if (newValue === null) localStorage.removeItem(key);
      else localStorage.setItem(key, newValue);
      act(() => void window.dispatchEvent(new StorageEvent('storage', { key, newValue })));
    };
    await waitFor(() => {
      told(untilMs);
      expect(button()).toBeDisabled();
    });
    expect(wayOut()).toBeVisible();
    told(null);
    expect(button()).toBeEnabled();
  });

  it('is not ended by the log-out of somebody else', async () => {
    await open();
    const bob = await console_.open(console_.connections.ocp, 'password', {
      username: 'bob',
      password: 'bob-demo-password',
    });
    const band = await answerTo('crowded');
    await console_.pass(1_000);
    await act(() => logOut(console_.services.hands, bob.id));
    await waitFor(() => expect(console_.ocp.ledger({ operation: 'log-out' })).toHaveLength(1));
    expect(button()).toBeDisabled();
    expect(band).toHaveTextContent('What can free a slot');
    expect(localStorage.getItem('keyward.paused.ocp-demo')).not.toBeNull();
  });

  describe('once a session of the same user is logged out', () => {
    const asCrowded = () =>
      console_.open(console_.connections.ocp, 'password', {
        username: 'crowded',
        password: 'crowded-demo-password',
      });
    /** At the limit, with so many sessions here; the first is to be logged out. */
    async function refused(here: 1 | 2, options: HarnessOptions = {}): Promise<() => Promise<HTMLElement>> {
      await open(options);
      console_.ocp.dropSessions({ username: 'crowded' });
      const first = await asCrowded();
      if (here > 1) await asCrowded();
      console_.ocp.openSessions({ username: 'crowded', count: 5 - here });
      await press('crowded');
      await person.click(await screen.findByRole('button', { name: 'Sign in anyway' }));
      await waitFor(() => expect(button()).toBeDisabled());
      await waitFor(() => expect(count()?.atRefusal?.count).toBe(5));
      await console_.pass(1_000);
      return async () => {
        await act(() => logOut(console_.services.hands, first.id));
        return await screen.findByRole('group', { name: /^Answer of / });
      };
    }
    const count = () => [...console_.services.slotCounts.getState().values()].find(({ name }) => name === 'crowded');
    const slowly = () => console_.ocp.fault({ operation: 'account-sessions', kind: 'latency', ms: 700, times: 1 });
    const anyway = () => screen.queryByRole('button', { name: 'Sign in anyway' });
    const free = /^A slot is free: crowded was logged out at [\d:]+\.$/;
    const notKnown = /crowded was logged out at [\d:]+\. Whether its slot is free is not known\./;
    const stored = () => localStorage.getItem('keyward.paused.ocp-demo');

    it('ends its pause with a list that was asked for afterwards, and not before', async () => {
      const end = await refused(2);
      slowly();
      const said = await end();
      expect(said).toHaveTextContent(
        /crowded was logged out at [\d:]+\. The next count tells whether its slot is free\./,
      );
      expect(said).toHaveTextContent('What can free a slot');
      expect(said).not.toHaveTextContent(/Too many|A slot is free/);
      expect(button()).toBeDisabled();
      expect(anyway()).not.toBeInTheDocument();
      expect(await screen.findByText(free)).toBeVisible();
      expect(said).toHaveTextContent('Sign in again, once.');
      expect(said).not.toHaveTextContent(/Too many|can free|pause|refused/i);
      expect(button()).toBeEnabled();
      expect(stored()).toBeNull();
    });

    it('ends its pause with a shorter list, whoever ended one, and takes that back with a longer one', async () => {
      await refused(1);
      const said = screen.getByRole('group', { name: /^Answer of / });
      const last = console_.ocp.sessions({ username: 'crowded' }).at(-1);
      console_.ocp.dropSessions({ id: last?.id ?? '' });
      await console_.pass(15_000);
      const room = /^A slot is free: 4 sessions of crowded by the server’s count, 5 after the refusal\.$/;
      expect(await screen.findByText(room)).toBeVisible();
      expect(said).not.toHaveTextContent(/Too many|can free|pause/i);
      expect(button()).toBeEnabled();
      expect(stored()).toBeNull();
      console_.ocp.openSessions({ username: 'crowded', count: 1 });
      await console_.pass(15_000);
      await waitFor(() => expect(said).toHaveTextContent('Too many sessions'));
    });

    it('claims nothing where a limit that is set too low here is reached all the same, and leaves a way on', async () => {
      const end = await refused(2, { settings: { ocp: { sessionLimit: 3 } } });
      const said = await end();
      await waitFor(() => expect(said).toHaveTextContent(notKnown));
      expect(said).toHaveTextContent('The server lists fewer since, but no fewer than the limit that is set here.');
      expect(button()).toBeDisabled();
      await typeCredentials(person, 'crowded');
      await person.click(anyway() ?? expect.fail('There is no way on.'));
      const asked = await screen.findByRole('group', { name: 'Before this is sent' });
      await person.click(within(asked).getByRole('button', { name: 'Sign in anyway' }));
      expect(await screen.findByText(/^Signed in as crowded/)).toBeVisible();
    });

    it('keeps its pause where that list names it all the same, and says so', async () => {
      const end = await refused(2);
      const untilMs = stored();
      console_.ocp.configure({ endsNothing: true });
      slowly();
      const said = await end();
      expect(said).toHaveTextContent('The next count tells');
      await waitFor(() => expect(said).toHaveTextContent('Too many sessions'));
      expect(said).not.toHaveTextContent('was logged out');
      expect(button()).toBeDisabled();
      expect(stored()).toBe(untilMs);
    });

    it('keeps its pause where another one has the slot by then', async () => {
      const end = await refused(2);
      console_.ocp.openSessions({ username: 'crowded', count: 1 });
      const said = await end();
      await waitFor(() => expect(said).toHaveTextContent('Too many sessions'));
      await waitFor(() => expect(count()?.sessions).toHaveLength(5));
      expect(said).toHaveTextContent('Too many sessions');
      expect(button()).toBeDisabled();
    });

    it('claims nothing as long as the list fails, and keeps its pause until it knows', async () => {
      const end = await refused(2);
      console_.ocp.fault({ operation: 'account-sessions', kind: 'reply', status: 503, body: '', times: 'always' });
      const said = await end();
      await waitFor(() => expect(said).toHaveTextContent(notKnown));
      expect(said).toHaveTextContent('If it is not free, the next sign-in is refused as well');
      expect(button()).toBeDisabled();
      console_.ocp.clearFaults();
      // A look that comes while a count ends takes that one's answer: the next look asks.
      const askAgain = async (): Promise<void> => {
        await console_.pass(5_000);
        expect(screen.getByText(free)).toBeVisible();
      };
      await waitFor(askAgain, { interval: 500 });
      expect(button()).toBeEnabled();
    });

    it('claims nothing where it was the last one here; a press signs in before the pause is over', async () => {
      const end = await refused(1);
      const said = await end();
      await waitFor(() => expect(said).toHaveTextContent(notKnown));
      expect(said).not.toHaveTextContent('A slot is free');
      expect(button()).toBeDisabled();
      await typeCredentials(person, 'alice');
      expect(anyway()).not.toBeInTheDocument();
      await typeCredentials(person, 'crowded');
      await person.click(anyway() ?? expect.fail('There is no way on.'));
      expect(await screen.findByText(/^Signed in as crowded/)).toBeVisible();
    });

    it('and pauses again where that press was refused', async () => {
      const end = await refused(1);
      console_.ocp.configure({ endsNothing: true });
      await end();
      await waitFor(() => expect(anyway()).toBeVisible());
      await person.click(anyway() ?? expect.fail('There is no way on.'));
      await waitFor(() => expect(sent()).toBe(3));
      expect(await screen.findByText(/^Too many sessions/)).toBeVisible();
      await waitFor(() => expect(button()).toBeDisabled());
      expect(anyway()).not.toBeInTheDocument();
    });

    it('lets the pause run out where nobody can ask, and goes on claiming nothing', async () => {
      const end = await refused(1);
      const said = await end();
      await console_.pass(61_000);
      expect(button()).toBeEnabled();
      expect(said).toHaveTextContent(notKnown);
    });
  });
});

describe('what the server refuses', () => {
  it.each([
    [
      'a wrong password',
      'alice',
      'not-a-real-password',
      /did not accept the user name, the password or the one-time code/,
    ],
    ['a locked account', 'locked', undefined, /It answers alike when the account is locked/],
    ['a disabled account', 'disabled', undefined, /The account is disabled\./],
    ['an account with a step to take', 'newcomer', undefined, /still has a step to take in the browser/],
  ])('%s', async (_, name, password, sentence) => {
    await open();
    const band = await answerTo(name, password);
    expect(band).toHaveTextContent(sentence);
    expect(band).toHaveTextContent('no session was opened');
    expect(button()).toBeEnabled();
  });

  it('asks before a fourth try after three failures in a row for one user', async () => {
    await open();
    for (const _ of [1, 2, 3]) await answerTo('alice', 'not-a-real-password');
    await press('alice', 'not-a-real-password');
    const asked = await screen.findByRole('group', { name: 'Before this is sent' });
    expect(asked).toHaveTextContent('3 sign-ins in a row failed for alice.');
    expect(asked).toHaveTextContent('A locked account answers as a wrong password does');
    expect(sent()).toBe(3);
    await person.click(within(asked).getByRole('button', { name: 'Sign in anyway' }));
    await waitFor(() => expect(sent()).toBe(4));
    expect(await answerTo('bob')).toHaveTextContent('Signed in as bob');
  });

  it('says nothing of an account or a password where a key was refused three times', async () => {
    await open({}, primatime);
    const field = screen.getByLabelText('Secret key');
    for (const nth of [1, 2, 3]) {
      await person.clear(field);
      await person.type(field, `00000000-0000-4000-8000-00000000dea${nth}`);
      await person.click(button());
      await waitFor(() => expect(console_.primatime.ledger({ operation: 'sign-in' })).toHaveLength(nth));
      await waitFor(() => expect(button()).not.toHaveAttribute('aria-disabled', 'true'));
      expect(await screen.findByRole('group', { name: /^Answer of / })).not.toHaveTextContent('Signed in');
    }
    await person.click(button());
    const asked = await screen.findByRole('group', { name: 'Before this is sent' });
    expect(asked).toHaveTextContent('3 sign-ins in a row failed.');
    expect(asked).toHaveTextContent('Look whether what you paste is whole');
    expect(asked).not.toHaveTextContent(/account|password/);
  });

  it('forgets the failures of a user who got in', async () => {
    await open();
    for (const _ of [1, 2]) await answerTo('alice', 'not-a-real-password');
    await answerTo('alice');
    const [session] = console_.services.state.getState().sessions;
    await act(() => logOut(console_.services.hands, session?.id ?? ''));
    for (const _ of [1, 2]) expect(await answerTo('alice', 'not-a-real-password')).toHaveTextContent(WRONG_PASSWORD);
    expect(sent()).toBe(5);
  });
});

describe('answers that cannot be read', () => {
  it('a page with status 200', async () => {
    await open();
    fault({ kind: 'html' });
    const band = await answerTo('alice');
    expect(band).toHaveTextContent('answered with a web page instead of the API');
    expect(band).toHaveTextContent('a session may be open');
    expect(document.body.querySelectorAll('form')).toHaveLength(1);
  });

  it('an answer that was cut, after the session was opened', async () => {
    await open();
    fault({ kind: 'cut' });
    const band = await answerTo('alice');
    expect(band).toHaveTextContent('a session may be open');
    expect(band).toHaveTextContent('if so it holds 1 of 5 until it has been idle for long enough');
    expect(band).toHaveTextContent('Nothing is sent again by itself.');
    expect(sent()).toBe(1);
    expect(console_.ocp.sessions({ username: 'alice' })).toHaveLength(1);
  });

  it('no answer at all, after the session was opened', async () => {
    await open({ limits: { carefulCallMs: 400 } });
    fault({ kind: 'hang', when: 'after' });
    const band = await answerTo('alice');
    expect(band).toHaveTextContent('a session may be open');
    expect(sent()).toBe(1);
  });

  it('an answer that the page lost and the gateway kept is taken over, and nothing is sent again', async () => {
    const relay = createPageRelay();
    await open({ through: relay.through });
    fault({ kind: 'latency', ms: 200, when: 'after' });
    relay.cutNextCall();
    await press('alice');
    // The page asks the gateway every second what became of the call; time is this test's own.
    await waitFor(async () => {
      await console_.pass(1_000);
      expect(screen.getByText(/^Signed in as alice/)).toBeVisible();
    });
    expect(sent()).toBe(1);
    expect(console_.services.state.getState().sessions).toHaveLength(1);
    await relay.close();
  });
});

describe('a connection that is set up wrongly', () => {
  const at = (baseUrl: (was: string) => string): HarnessOptions => ({
    entries: (own) =>
      own.map((entry) => (entry.provider === 'ocp' ? { ...entry, baseUrl: baseUrl(entry.baseUrl) } : entry)),
  });

  it('to a port where nothing listens', async () => {
    await open(at(() => 'http://127.0.0.1:9/auth'));
    const band = await answerTo('alice');
    expect(band).toHaveTextContent('nothing listens at this port');
    expect(band).toHaveTextContent('Nothing was sent.');
    expect(band).toHaveTextContent('no session was opened');
  });

  it('to a host that nobody knows', async () => {
    await open(at(() => 'https://iam.invalid/auth'));
    expect(await answerTo('alice')).toHaveTextContent('The server’s name could not be found');
  });

  it('to a realm that does not exist', async () => {
    await open({ settings: { ocp: { realm: 'nowhere' } } });
    expect(await answerTo('alice')).toHaveTextContent(/no realm|realm .*does not exist|has no realm/i);
  });

  it('without the /auth that the server’s addresses begin with', async () => {
    await open(at((was) => was.replace('/auth', '')));
    const band = await answerTo('alice');
    expect(band).toHaveTextContent('Add /auth to the base URL');
    expect(sent()).toBe(0);
  });

  it('does not count as a failed try of the user', async () => {
    await open({ settings: { ocp: { realm: 'nowhere' } } });
    for (const _ of [1, 2, 3, 4]) await answerTo('alice');
    expect(screen.queryByRole('group', { name: 'Before this is sent' })).not.toBeInTheDocument();
  });

  it('to another region of the same vendor', async () => {
    await open({}, primatime);
    console_.primatime.configure({ tenant: 'other-endpoint' });
    await person.type(screen.getByLabelText('Secret key'), 'canary-secret-key');
    await person.click(button());
    const band = await screen.findByRole('group', { name: /^Answer of / });
    expect(band).toHaveTextContent('registered in another region');
    expect(document.body.textContent).not.toContain('canary');
  });
});
