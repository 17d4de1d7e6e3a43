import { screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../test/console-harness.tsx';
import { sessionRecord } from '../../test/session-record.ts';
import { demo } from '../../stand-ins/p4oauth/world.ts';
import { Page } from './p4oauth/index.tsx';

let console_: ConsoleHarness;
let person: UserEvent;

beforeEach(() => {
  person = userEvent.setup({ delay: null });
});
afterEach(() => console_.close());

describe('the session in view', () => {
  const inView = () => screen.findByRole('group', { name: /^Session of / });
  /** With a token that the server does not know. */
  async function openAs(name: string): Promise<void> {
    const { hands } = console_.services;
    const connection = await hands.connection('p4oauth-demo');
    const nowMs = hands.nowMs();
    await console_.put(
      sessionRecord({
        id: `${name} ${String(nowMs)}`,
        provider: 'p4oauth',
        connection: 'p4oauth-demo',
        baseUrl: connection?.baseUrl ?? '',
        identity: { name },
        lineage: { way: 'password', label: 'Login and password', credential: name, kept: false },
        tokens: { accessToken: 'not-a-real-access-token', accessExpiry: { kind: 'unknown' }, facts: [] },
        openedAtMs: nowMs,
        refreshedAtMs: nowMs,
      }),
    );
  }

  beforeEach(async () => {
    console_ = await startConsole({ vendors: ['p4oauth'] });
    console_.draw(<Page />);
    await openAs('alice');
    await console_.pass(1_000);
    await openAs('bob');
    expect(await inView()).toHaveAccessibleName('Session of bob');
  });

  it('stays when it dies: nobody’s else takes its place until the person chooses it', async () => {
    await person.type(await screen.findByLabelText('Redirect URI of the application'), demo.otherRedirectUri);
    await person.click(screen.getByRole('button', { name: 'Fetch a ticket' }));
    await waitFor(async () => expect(await inView()).toHaveTextContent('Sign in again'));
    expect(await inView()).toHaveAccessibleName('Session of bob');
    expect(within(await inView()).getByRole('button', { name: 'Get a new token for bob' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Fetch a ticket' })).toBeDisabled();
    const [alice] = (await console_.services.hands.repository.list()).filter(({ tokens }) => tokens);
    await person.selectOptions(screen.getByRole('combobox', { name: 'Session' }), alice?.id ?? '');
    expect(await inView()).toHaveAccessibleName('Session of alice');
  });

  it('is the next sign-in’s, and another where it is forgotten', async () => {
    await console_.pass(1_000);
    await openAs('carol');
    expect(await inView()).toHaveAccessibleName('Session of carol');
    await person.click(screen.getAllByRole('button', { name: /^Forget carol/ })[0] ?? expect.fail('no row'));
    await person.click(await screen.findByRole('button', { name: 'Forget', hidden: true }));
    await waitFor(async () => expect(await inView()).toHaveAccessibleName('Session of bob'));
  });
});
