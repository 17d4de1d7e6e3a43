import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness, type HarnessOptions } from '../../../test/console-harness.tsx';
import { demo as almDemo } from '../../../stand-ins/alm/world.ts';
import { demo } from '../../../stand-ins/tuleap/world.ts';
import { fingerprintOf } from '../../providers/fingerprint.ts';
import { noteOf } from '../../revocation/note.ts';
import { Page as Keys } from '../keys/index.tsx';
import { Page } from './index.tsx';

const UUID = '00000000-0000-4000-8000-00000000fa15';

let console_: ConsoleHarness;
let person: UserEvent;

beforeEach(() => {
  person = userEvent.setup({ delay: null });
});
afterEach(() => console_.close());

async function open(options: HarnessOptions = {}): Promise<void> {
  console_ = await startConsole({ vendors: ['tuleap', 'primatime', 'alm'], ...options });
}
const addKey = (more: object = {}): string => console_.tuleap.addKey({ username: 'alice', ...more }).identifier;
const callsSent = (): number =>
  [console_.tuleap, console_.primatime, console_.alm].reduce((sum, server) => sum + server.ledger().length, 0);

/** As a browser does, lines and all. */
async function paste(text: string): Promise<void> {
  await screen.findByRole('heading', { level: 1, name: 'Check a key' });
  const clipboardData = { getData: () => text };
  act(() => {
    document.body.dispatchEvent(
      Object.assign(new Event('paste', { bubbles: true, cancelable: true }), { clipboardData }),
    );
  });
}
const tick = (within_: HTMLElement): Promise<void> =>
  person.click(within(within_).getByRole('checkbox', { name: 'Use what was found on itself' }));
function never(): never {
  throw new Error('It should be there');
}
const region = (name: RegExp | string) => screen.findByRole('region', { name });

it('knows a key in a command of several lines, and sends nothing before a button says so', async () => {
  await open();
  await console_.open('tuleap-demo', 'access-key', { accessKey: demo.aliceKey });
  const key = addKey({ description: 'leaked' });
  for (const server of [console_.tuleap, console_.primatime, console_.alm]) server.clearLedger();
  console_.draw(<Page />);
  await paste(`curl -H 'X-Auth-AccessKey: ${key}' \\\n  https://x.example/api/projects`);
  const found = await region(/^Tuleap access key no\. \d+$/);
  expect(found).toHaveTextContent(await fingerprintOf(key));
  expect(found).toHaveTextContent('GET …/api/access_keys/self, with the key itself');
  expect(callsSent()).toBe(0);
  expect(document.documentElement.outerHTML).not.toContain(key.slice(12));
  expect(console_.whereNow()).not.toContain(key.slice(12));

  await person.click(within(found).getByRole('button', { name: 'Look for it in the list' }));
  expect(await screen.findByText('It stands in the list of a session at hand.')).toBeVisible();
  expect(await region(/“leaked”$/)).toHaveTextContent('Last usednever');
  expect(JSON.stringify(console_.tuleap.ledger())).not.toContain('own-key');
});

it('asks no list again that the page of keys has just read', async () => {
  await open();
  await console_.open('tuleap-demo', 'access-key', { accessKey: demo.aliceKey });
  const key = addKey({ description: 'leaked' });
  const page = console_.draw(<Keys />);
  expect(await screen.findByRole('row', { name: /leaked/ })).toBeVisible();
  page.unmount();
  console_.draw(<Page />);
  await paste(key);
  await person.click(await screen.findByRole('button', { name: 'Look for it in the list' }));
  expect(await screen.findByText('It stands in the list of a session at hand.')).toBeVisible();
  expect(console_.tuleap.ledger({ operation: 'list-keys' })).toHaveLength(1);
});

it('joins an incident that stands open, once', async () => {
  await open();
  await console_.open('tuleap-demo', 'access-key', { accessKey: demo.aliceKey });
  const jobs = await console_.services.jobs.load();
  const all = () => jobs.state.getState().jobs;
  const revoke = async (key: string): Promise<HTMLElement> => {
    await paste(key);
    await person.click(await screen.findByRole('button', { name: 'Revoke and prove' }));
    await screen.findByRole('list', { name: 'What is done, in this order' });
    await tick(screen.getByRole('dialog', { name: 'Revoke and prove' }));
    return screen.getByRole('dialog', { name: 'Revoke and prove' });
  };
  const page = console_.draw(<Page />);
  await person.click(within(await revoke(addKey())).getByRole('button', { name: 'Revoke and prove' }));
  await waitFor(() => expect(all()[0]?.items[0]?.finding?.verdict).toBe('dead'));
  page.unmount();

  console_.draw(<Page />, `/check?incident=${all()[0]?.id ?? ''}`);
  const sheet = await revoke(addKey());
  expect(sheet).toHaveTextContent(/Joins the incident “Tuleap access key no\. \d+”/);
  await person.click(within(sheet).getByRole('button', { name: 'Revoke and prove' }));
  await waitFor(() => expect(all()[0]?.items.map(({ finding }) => finding?.verdict)).toEqual(['dead', 'dead']));
  expect(all()).toMatchObject([{ title: '2 things at Tuleap' }]);
  expect(console_.tuleap.ledger({ method: 'DELETE' })).toHaveLength(2);
});

it('one check is one probe; its evidence is kept, and what was pasted is dropped', async () => {
  await open();
  await console_.open('tuleap-demo', 'access-key', { accessKey: demo.aliceKey });
  const key = addKey({ lastUsedAt: 1_700_000_000, lastUsedBy: '203.0.113.9' });
  console_.draw(<Page />);
  await paste(key);
  const found = await region(/^Tuleap access key/);
  await tick(found);
  await person.click(within(found).getByRole('button', { name: 'Check' }));
  await waitFor(() => expect(screen.getByRole('article')).toHaveTextContent(/Live \d\d:\d\d:\d\d/));
  const desk = await console_.services.jobs.load();
  await waitFor(() => expect(desk.state.getState().jobs[0]?.closedAtMs).not.toBeNull());
  const before = { atMs: 1_700_000_000_000, from: '203.0.113.9' };
  expect(desk.state.getState().jobs[0]?.items[0]?.evidence?.row?.lastUse).toEqual(before);
  expect(console_.services.keeping.getState().openJobs).toBe(0);

  // What is ended afterwards shows the use that the check made, and says so.
  await person.click(screen.getByRole('button', { name: 'Revoke and prove' }));
  await screen.findByRole('list', { name: 'What is done, in this order' });
  const sheet = screen.getByRole('dialog', { name: 'Revoke and prove' });
  await tick(sheet);
  await person.click(within(sheet).getByRole('button', { name: 'Revoke and prove' }));
  const ended = () => desk.state.getState().jobs.find(({ kind }) => kind === 'revoke');
  await waitFor(() => expect(ended()?.items[0]?.finding?.verdict).toBe('dead'));
  const note = noteOf(ended() ?? never(), 0, { vendor: String, connection: String });
  expect(note).toMatch(/Evidence, kept \S+ after this console had used it, at \S+:/);
  expect(note).toContain('Last used before this console used it: 2023-11-14T22:13:20.000Z from 203.0.113.9');
});

it('asks which, where several things are written alike, and tries none of them by itself', async () => {
  await open();
  console_.draw(<Page />);
  await paste(UUID);
  expect(await screen.findByText('say which')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Check' })).not.toBeInTheDocument();
  await person.click(screen.getByRole('radio', { name: 'PrimaTime secret key possible' }));
  const found = await region('PrimaTime secret key');
  await person.click(within(found).getByRole('button', { name: 'Check' }));
  expect(await screen.findByText('Tick that it may be used on itself first.')).toBeVisible();
  expect(console_.primatime.ledger()).toEqual([]);
});

it('finds a PrimaTime key by its fingerprint, although the list holds the secrets', async () => {
  await open();
  console_.primatime.addKey({ email: 'ada@acme.example', name: 'Chrome plugin', secretKey: UUID });
  await console_.open('primatime-demo', 'password', { email: 'ada@acme.example', password: 'ada-demo-password' });
  console_.draw(<Page />);
  await paste(`secretKey=${UUID}`);
  await person.click(await screen.findByRole('button', { name: 'Look for it in the list' }));
  expect(await region(/“Chrome plugin”$/)).toBeVisible();
  expect(document.documentElement.outerHTML).not.toContain(UUID);
});

it('says that a session of this console uses it', async () => {
  await open();
  await console_.open('tuleap-demo', 'access-key', { accessKey: demo.aliceKey });
  console_.draw(<Page />);
  await paste(demo.aliceKey);
  expect(await screen.findByText('A session of this console uses it: alice.')).toBeVisible();
});

it('says how many sessions of this console were opened with it', async () => {
  await open();
  const apiKey = `${almDemo.keyId}:${almDemo.keySecret}`;
  const mint = async (label: string): Promise<unknown> => {
    const project = console_.alm.projects().find(({ name }) => name === label) ?? never();
    return await console_.open('alm-demo', 'api-key', { apiKey }, { target: { id: project.uuid, label } });
  };
  await mint('Payments');
  const page = console_.draw(<Page />);
  await paste(`ApiKey ${apiKey}`);
  expect(await screen.findByText('One session of this console was opened with it.')).toBeVisible();
  page.unmount();
  await mint('Rocket 🚀 "Alpha"');
  console_.draw(<Page />);
  await paste(`ApiKey ${apiKey}`);
  expect(await screen.findByText('2 sessions of this console were opened with it.')).toBeVisible();
});

it('neither tries nor uses it on itself where the operator forbids that', async () => {
  await open({ entries: (own) => own.map((entry) => ({ ...entry, allowSelfUse: false })) });
  console_.draw(<Page />);
  await paste(`ApiKey ${almDemo.keyId}:${almDemo.keySecret}`);
  expect(await screen.findByText(/^The operator does not allow what was found/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Check' })).not.toBeInTheDocument();
});

it('a Tuleap key that the operator forbids to use is not tried; the list of a session at hand tells of it', async () => {
  await open({ entries: (own) => own.map((entry) => ({ ...entry, allowSelfUse: false })) });
  const page = console_.draw(<Page />);
  const key = addKey({ description: 'leaked' });
  await paste(key);
  expect(await screen.findByText(/^The operator does not allow what was found/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Check' })).not.toBeInTheDocument();
  page.unmount();

  await console_.open('tuleap-demo', 'access-key', { accessKey: demo.aliceKey });
  console_.tuleap.clearLedger();
  console_.draw(<Page />);
  await paste(key);
  await person.click(await screen.findByRole('button', { name: 'Check' }));
  await waitFor(() => expect(screen.getByRole('article')).toHaveTextContent(/Live \d\d:\d\d:\d\d/));
  expect(screen.getByRole('article')).toHaveTextContent('the row stands in the list; what was found was not tried');
  expect(console_.tuleap.ledger().map(({ operation }) => operation)).toEqual(['read-key']);
});

it('says so where it is nothing that a vendor writes', async () => {
  await open();
  console_.draw(<Page />);
  await paste('just a sentence');
  expect(await screen.findByText(/^None of the vendors writes/)).toBeVisible();
  await person.click(screen.getByRole('button', { name: 'Clear' }));
  expect(screen.queryByText(/^None of the vendors writes/)).not.toBeInTheDocument();
});
