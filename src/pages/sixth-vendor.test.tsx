/**
 * A vendor that the console has never heard of is walked from sign-in to forget by the screens as they are: what a sixth
 * vendor needs is its own folders and a line in the registry.
 */
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGateway } from '../../gateway/app.ts';
import { fixedConnections } from '../../gateway/config.ts';
import { listen } from '../../gateway/listen.ts';
import { createServices, type Services } from '../console/services.ts';
import { ServicesProvider } from '../console/use-services.ts';
import { createPageLocks } from '../lib/locks.ts';
import { systemRandom } from '../lib/random.ts';
import { createMemoryStore } from '../sessions/memory-store.ts';
import { LiveRegion } from '../ui/live-region.tsx';
import { Notices } from '../ui/notices.tsx';
import { ShortcutsProvider } from '../ui/use-shortcuts.ts';
import { TimeProvider } from '../ui/use-time.ts';
import { createTestPage, fetchAsPageOf } from '../../test/console-harness.tsx';
import { sixth } from '../../test/sixth-vendor/index.ts';
import { manifest } from '../../test/sixth-vendor/manifest.ts';
import { operations } from '../../test/sixth-vendor/operations.ts';
import { Page } from '../../test/sixth-vendor/page.tsx';
import { PASSWORD, startSixthServer, TOKEN } from '../../test/sixth-vendor/server.ts';
import { settings } from '../../test/sixth-vendor/settings.ts';
import { createTestTime, type TestTime } from '../../test/test-time.ts';

const vendors = { sixth: { operations, settings } };

let services: Services;
let time: TestTime;
let stop: () => Promise<void>;

beforeEach(async () => {
  const server = await startSixthServer();
  const entry = { id: 'sixth-server', provider: 'sixth', name: 'The sixth', baseUrl: server.url, settings: {} };
  const gateway = createGateway({
    vendors,
    connections: fixedConnections([entry], { vendors, env: {} }),
    clock: { wallMs: () => Date.now(), monotonicMs: () => performance.now() },
    random: systemRandom,
    demo: false,
    log: () => undefined,
  });
  const listening = await listen(gateway.handler, 0);
  const origin = `http://localhost:${String(listening.port)}`;
  time = createTestTime();
  services = createServices({
    clock: time.clock,
    timers: time.timers,
    random: systemRandom,
    locks: createPageLocks(),
    sessions: createMemoryStore(),
    credentials: createMemoryStore(),
    origin,
    page: createTestPage().port,
    fetch: fetchAsPageOf(origin),
    registry: [{ ...manifest, load: () => Promise.resolve(sixth) }],
  });
  stop = async () => {
    services.dispose();
    await listening.close(true);
    gateway.close();
    await server.close();
  };
});
afterEach(() => stop());

const draw = () =>
  render(
    <ServicesProvider value={services}>
      <TimeProvider nowMs={services.nowMs}>
        <LiveRegion>
          <Notices>
            <ShortcutsProvider>
              <MemoryRouter>
                <Page />
              </MemoryRouter>
            </ShortcutsProvider>
          </Notices>
        </LiveRegion>
      </TimeProvider>
    </ServicesProvider>,
  );

it('signs in, counts down, copies and forgets a vendor that only its own folders name', async () => {
  const person = userEvent.setup({ delay: null });
  draw();
  await person.type(await screen.findByRole('textbox', { name: 'User name' }), 'alice');
  await person.type(screen.getByLabelText('Password', { selector: 'input' }), PASSWORD);
  await person.click(screen.getByRole('button', { name: 'Sign in' }));

  const table = await screen.findByRole('table');
  const row = within(table).getByRole('row', { name: /alice/ });
  expect(row).toHaveTextContent('10:00');
  act(() => {
    time.pass(61_000);
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await waitFor(() => expect(row).toHaveTextContent('8:59'));

  await person.click(within(row).getByRole('button', { name: 'Copy Sixth access token' }));
  await waitFor(async () => expect(await navigator.clipboard.readText()).toBe(TOKEN));

  await person.click(within(row).getByRole('button', { name: /^Forget/ }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('The token lives on until it ends.');
  await person.click(within(dialog).getByRole('button', { name: 'Forget' }));
  await waitFor(() => expect(screen.queryByRole('table')).toBeNull());
});

it('says in its own words that the password was wrong', async () => {
  const person = userEvent.setup({ delay: null });
  draw();
  await person.type(await screen.findByRole('textbox', { name: 'User name' }), 'alice');
  await person.type(screen.getByLabelText('Password', { selector: 'input' }), 'not-the-password');
  await person.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText('The server does not know this user with this password.')).toBeVisible();
});
