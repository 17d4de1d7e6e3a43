/** What a log out and a check say where the gateway does not carry them. */
import { screen, waitFor } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import { createPageRelay, type PageRelay } from '../../../test/page-relay.ts';
import type { Note } from './action-words.ts';
import { check, logOut, refresh } from './act-on-session.ts';
import { SessionTable } from './session-table.tsx';
import { useListedSessions } from './use-listed-sessions.ts';

let rig: ConsoleHarness;
let relay: PageRelay;
let person: UserEvent;

beforeEach(async () => {
  relay = createPageRelay();
  rig = await startConsole({ vendors: ['ocp'], through: relay.through });
  await rig.open('ocp-demo', 'password', { username: 'alice', password: 'alice-demo-password' });
  person = userEvent.setup({ delay: null });
});
afterEach(async () => {
  await rig.close();
  await relay.close();
});

const Sessions = () => <SessionTable listed={useListedSessions()} renderCopy={() => null} />;

function subject() {
  const [session] = rig.services.state.getState().sessions;
  return { session: session ?? expect.fail('There is no session.'), where: 'OCP (demo)' };
}

it('nothing was sent, where the gateway is gone before', async () => {
  await rig.stopGateway();
  const away = {
    sentence: 'The gateway of this console does not answer.',
    more: expect.stringMatching(/^Nothing was sent\./) as unknown,
  };
  expect(await logOut(rig.services, subject())).toMatchObject(away);
  expect(await check(rig.services, subject())).toMatchObject(away);
  expect(rig.services.state.getState().sessions[0]?.ended).toBeNull();
});

it('the line is named beside it while the browser is offline, and the program only after', async () => {
  await rig.stopGateway();
  rig.page.online = false;
  const offline = {
    sentence: 'This browser is offline, and the gateway of this console does not answer.',
    more: 'Nothing was sent. Try again when the line is back.',
    untilBack: true,
  };
  expect(await logOut(rig.services, subject())).toMatchObject(offline);
  expect(await check(rig.services, subject())).toMatchObject(offline);
  expect(await refresh(rig.services, subject())).toMatchObject(offline);
});

it('a gateway on this machine is used while the browser is offline', async () => {
  rig.page.online = false;
  expect(await check(rig.services, subject())).toMatchObject({ tone: 'ok' });
});

it('is said in the row', async () => {
  rig.draw(<Sessions />);
  const press = await screen.findByRole('button', { name: 'Log out alice, OCP (demo)' });
  await rig.stopGateway();
  await person.click(press);
  await waitFor(() => expect(document.body).toHaveTextContent('The gateway of this console does not answer'));
  expect(document.body).toHaveTextContent('Nothing was sent.');
  expect(document.body).not.toHaveTextContent('was sent, and its answer was lost');
});

it('is no longer said in the row once the gateway is back', async () => {
  rig.draw(<Sessions />);
  const press = await screen.findByRole('button', { name: 'Log out alice, OCP (demo)' });
  relay.away = true;
  await person.click(press);
  await waitFor(() =>
    expect(screen.getByRole('table')).toHaveTextContent('The gateway of this console does not answer'),
  );
  await rig.pass(5_000);
  expect(screen.getByRole('table')).toHaveTextContent('The gateway of this console does not answer');
  relay.away = false;
  await waitFor(async () => {
    await rig.pass(5_000);
    expect(screen.getByRole('table')).not.toHaveTextContent('The gateway of this console does not answer');
  });
});

it('claims neither, where the gateway is lost on the way', async () => {
  // A read is asked once more by itself, and slots are counted by the same call.
  for (let cuts = 0; cuts < 6; cuts += 1) relay.cutNextCall('accountSessions');
  let checked: Note | undefined;
  void check(rig.services, subject()).then((note) => (checked = note));
  await waitFor(async () => {
    await rig.pass(400);
    expect(checked).toBeDefined();
  });
  expect(checked).toMatchObject({
    sentence: 'Not known whether it is live.',
    more: expect.stringMatching(/^The gateway of this console stopped answering\./) as unknown,
  });

  relay.cutNextCall('logOut');
  const lost = await logOut(rig.services, subject());
  expect(lost.sentence).toBe(
    'The gateway of this console stopped answering; whether the log out reached the vendor is not known.',
  );
  expect(lost.more).toMatch(/log out once more/);
  expect(rig.services.state.getState().sessions[0]?.ended).toBeNull();
});
