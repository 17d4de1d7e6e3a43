/** What a form said of a gateway that was away, once it is back. */
import { screen, waitFor } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import { createPageRelay, type PageRelay } from '../../../test/page-relay.ts';
import type { Provider } from '../../providers/contract.ts';
import { ocp } from '../../providers/ocp/index.ts';
import { tuleap } from '../../providers/tuleap/index.ts';
import { AtConnection } from './at-connection.tsx';
import { SignIn } from './sign-in.tsx';

/** The page asks forty times what became of its call before it calls the answer lost. */
const MANY_QUESTIONS = { timeout: 25_000, interval: 10 };
const AWAY = 'The gateway of this console does not answer.';

let rig: ConsoleHarness;
let relay: PageRelay;
let person: UserEvent;

beforeEach(async () => {
  person = userEvent.setup({ delay: null });
  relay = createPageRelay();
  rig = await startConsole({ vendors: ['ocp', 'tuleap'], through: relay.through });
});
afterEach(async () => {
  await rig.close();
  await relay.close();
});

function draw(provider: Provider, ahead?: () => Promise<unknown>): void {
  rig.draw(
    <AtConnection provider={provider}>
      {(connection) => (
        <SignIn
          provider={provider}
          connection={connection}
          onUse={() => undefined}
          renderFreeing={() => null}
          renderSecret={() => null}
          {...(ahead && { ahead })}
        />
      )}
    </AtConnection>,
  );
}

async function press(password = 'alice-demo-password'): Promise<void> {
  await person.type(await screen.findByLabelText('User name'), 'alice');
  await person.type(screen.getByLabelText('Password'), password);
  await person.click(screen.getByRole('button', { name: 'Sign in' }));
}

/** The page asks its gateway every five seconds. */
const untilHeard = (seen: () => void): Promise<void> =>
  waitFor(async () => {
    await rig.pass(5_000);
    seen();
  });

it('the answer turns into “it is back”, and the form sends again', async () => {
  draw(ocp);
  await screen.findByLabelText('User name');
  relay.away = true;
  await press();
  const band = await screen.findByRole('group', { name: /^Answer of / });
  await waitFor(() => expect(band).toHaveTextContent(AWAY));
  await rig.pass(5_000);
  expect(band).toHaveTextContent(AWAY);

  relay.away = false;
  await untilHeard(() => expect(band).toHaveTextContent('The gateway of this console answers again.'));
  expect(band).not.toHaveTextContent(AWAY);
  expect(band).toHaveTextContent('no session was opened');
  await person.click(screen.getByRole('button', { name: 'Sign in' }));
  await screen.findByText(/^Signed in as alice/);
});

it('the answer names the line while the browser is offline', async () => {
  draw(ocp);
  await screen.findByLabelText('User name');
  relay.away = true;
  rig.page.online = false;
  await press();
  const band = await screen.findByRole('group', { name: /^Answer of / });
  await waitFor(() => expect(band).toHaveTextContent('This browser is offline, and the gateway of this console'));
  expect(band).toHaveTextContent('Nothing was sent. Try again when the line is back');
});

it('a part of the page that did not arrive is no longer complained of, and the next press fetches it', async () => {
  let arrives = false;
  draw(ocp, () => (arrives ? Promise.resolve() : Promise.reject(new Error('not fetched'))));
  await screen.findByLabelText('User name');
  relay.away = true;
  await press();
  expect(await screen.findByText(/could not be fetched, so nothing was sent/)).toBeVisible();
  relay.away = false;
  arrives = true;
  await untilHeard(() => expect(screen.getByText('Keyward answers again. Nothing was sent.')).toBeVisible());
  expect(screen.queryByText(/could not be fetched/)).not.toBeInTheDocument();
  await person.click(screen.getByRole('button', { name: 'Sign in' }));
  await screen.findByText(/^Signed in as alice/);
  expect(screen.queryByText(/answers again/)).not.toBeInTheDocument();
});

it('a lost answer stays lost: only where to look has changed', async () => {
  draw(ocp);
  await screen.findByLabelText('User name');
  rig.ocp.fault({ operation: 'sign-in', kind: 'latency', ms: 300 });
  await press();
  await waitFor(() => expect(rig.ocp.ledger({ operation: 'sign-in' })).toHaveLength(1));
  relay.away = true;
  relay.dropAll();
  const band = await waitFor(async () => {
    await rig.pass(5_000);
    return screen.getByRole('group', { name: /^Answer of / });
  }, MANY_QUESTIONS);
  await waitFor(() => expect(band).toHaveTextContent('a session may be open'));
  const before = band.textContent;
  relay.away = false;
  await untilHeard(() => expect(rig.services.state.getState().silentSinceMs).toBeNull());
  expect(band.textContent).toBe(before);
});

it('the link to the vendor’s page is made ready again by itself', async () => {
  draw(tuleap);
  const way = await screen.findByRole('radio', { name: /^OAuth2/ });
  relay.away = true;
  await person.click(way);
  expect(await screen.findByText(AWAY, { exact: false })).toBeVisible();
  relay.away = false;
  await untilHeard(() => expect(screen.getByRole('link', { name: 'Authorize at Tuleap' })).toBeVisible());
});
