import { screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demo } from '../../../stand-ins/alm/world.ts';
import type { Fault } from '../../../stand-ins/faults.ts';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import type { FormValues } from '../../providers/sign-in-way.ts';
import { forget } from '../../refresh/end-session.ts';
import { refreshAndLook } from '../../refresh/refresh-and-look.ts';
import type { SessionRecord } from '../../sessions/record.ts';
import { Page } from './index.tsx';

const DAY_MS = 86_400_000;
const KEY: FormValues = { apiKey: `${demo.keyId}:${demo.keySecret}` };
const ALICE: FormValues = { username: 'alice', password: 'alice-demo-password' };
const KEY_NAME = 'API key demo-key…-alice';

let console_: ConsoleHarness;
let person: UserEvent;

beforeEach(async () => {
  person = userEvent.setup({ delay: null });
  console_ = await startConsole({ vendors: ['alm'] });
});
afterEach(() => console_.close());

interface Wish {
  readonly way?: 'api-key' | 'password';
  readonly keep?: boolean;
  readonly credential?: string;
}

/** A token for the project of that name, without a screen. */
function mint(name: string, { way = 'api-key', ...more }: Wish = {}): Promise<SessionRecord> {
  const project = console_.alm.projects().find((one) => one.name === name);
  if (!project) throw new Error(`There is no project ${name}`);
  const target = { id: project.uuid, label: name };
  return console_.open('alm-demo', way, way === 'api-key' ? KEY : ALICE, { ...more, target });
}

const kept = { keep: true, credential: 'the-key' } as const;

async function draw(): Promise<void> {
  console_.draw(<Page />);
  await screen.findByRole('heading', { level: 1, name: 'Perforce ALM' });
}

const near = (name: string) => screen.findByRole('group', { name: `Session of ${name}` });
const mintedWith = (label: string) => screen.findByRole('region', { name: `Minted with ${label}` });
const callsNow = () => console_.alm.ledger().map(({ operation, status }) => `${operation} ${String(status)}`);

async function tryIt(name: string): Promise<void> {
  await person.click(await screen.findByRole('button', { name: `Try the token of ${name}` }));
}

const noticesNow = (): readonly string[] => console_.services.state.getState().notices.map(({ sentence }) => sentence);

/** Tokens for all the projects there are. */
async function mintAll(): Promise<readonly string[]> {
  const names = console_.alm.projects().map(({ name }) => name);
  for (const name of names) await mint(name, kept);
  return names;
}

/** The page's clock and the server's go on together. */
async function pass(durationMs: number): Promise<void> {
  console_.alm.clock({ advanceMs: durationMs });
  await console_.pass(durationMs);
}

describe('before anybody signed in', () => {
  beforeEach(draw);

  it('offers the key first, with the vendor’s three reasons, and what becomes of a token', async () => {
    const ways = await screen.findAllByRole('radio');
    expect(ways).toHaveLength(2);
    expect(ways[0]).toBeChecked();
    expect(ways[0]).toHaveAccessibleName(/^API key/);
    expect(screen.getByText(/long and random.*no ALM client.*deleted without breaking the others/s)).toBeVisible();
    const form = await screen.findByRole('button', { name: 'List projects' });
    expect(screen.getByText(/a reload forgets it, and its tokens live on at the server until they end/)).toBeVisible();
    expect(form.closest('form')).toHaveTextContent(/Sends GET …\/projects with the credential/);
  });

  it('lists the projects of an accepted key, finds one by a part of its name, and mints for it at a press', async () => {
    console_.alm.fillProjects({ count: 200 });
    await person.type(await screen.findByLabelText('API key'), `${KEY['apiKey'] ?? ''}{Enter}`);
    const list = await screen.findByRole('list', { name: 'projects' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(200);
    await person.type(screen.getByRole('searchbox', { name: 'Search the projects' }), '<B>');
    await waitFor(() => expect(within(list).getAllByRole('listitem').length).toBeLessThan(30));
    const first = within(list).getAllByRole('listitem')[0];
    expect(first).toHaveTextContent('back\\slash 6 <b>bold</b>');
    await person.click(screen.getByRole('button', { name: 'Get a token for back\\slash 6 <b>bold</b>' }));
    await waitFor(() => expect(first).toHaveTextContent('Token minted'));
    expect(console_.alm.tokens()).toMatchObject([{ project: 'back\\slash 6 <b>bold</b>', keyId: demo.keyId }]);
  });

  it('says what it took off a pasted key that was accepted', async () => {
    await person.type(await screen.findByLabelText('API key'), `ApiKey ${KEY['apiKey'] ?? ''}{Enter}`);
    await screen.findByRole('list', { name: 'projects' });
    expect(screen.getByText('Taken off before sending: the word ApiKey (API key).')).toBeVisible();
  });
});

describe('a server that knows the other path name alone', () => {
  it('has it offered after a 404, and used once the person takes it: the form then says so too', async () => {
    console_.alm.configure({ version: '2022.1.0.0' });
    await draw();
    await person.type(await screen.findByLabelText('API key'), `${KEY['apiKey'] ?? ''}{Enter}`);
    const take = await screen.findByRole('button', { name: 'List the projects under helix-alm' });
    expect(screen.getByText(/^It answers under helix-alm\./)).toBeVisible();
    expect(screen.getByLabelText('Path name')).toHaveValue('perforce-alm');
    expect(callsNow()).toEqual(['projects 404', 'versions 200']);

    await person.click(take);
    await screen.findByRole('list', { name: 'projects' });
    expect(callsNow()).toEqual(['projects 404', 'versions 200', 'projects 200']);
    await person.click(screen.getByRole('button', { name: 'Get a token for Payments' }));
    expect(await screen.findByText(/^Token minted/)).toBeVisible();
  });

  it('is offered for a kept key as well', async () => {
    await mint('Payments', kept);
    console_.alm.configure({ version: '2022.1.0.0' });
    await draw();
    await person.click(await screen.findByRole('button', { name: `List what ${KEY_NAME} opens` }));
    await person.click(await screen.findByRole('button', { name: 'List the projects under helix-alm' }));
    expect(await screen.findByRole('list', { name: 'projects' })).toBeVisible();
  });
});

describe('the tokens', () => {
  it('stand under what minted them, in the order of the alphabet', async () => {
    await mint('Payments', kept);
    await mint('Firmware / Bootloader', kept);
    await mint('Rocket 🚀 "Alpha"', { way: 'password' });
    await draw();
    const byKey = await mintedWith(KEY_NAME);
    const names = within(byKey).getAllByRole('button', { name: /^(?:Payments|Firmware . Bootloader)$/ });
    expect(names.map(({ textContent }) => textContent)).toEqual(['Firmware / Bootloader', 'Payments']);
    expect(byKey).toHaveTextContent(`Minted with ${KEY_NAME} (kept here)`);
    expect(await mintedWith('Password of alice')).toHaveTextContent('Rocket 🚀 "Alpha"');
    // Whichever is looked at is the heavy one, and can be chosen from here.
    await person.click(within(byKey).getByRole('button', { name: 'Payments' }));
    expect(await near('Payments')).toHaveTextContent(`${KEY_NAME} (kept here)`);
    expect(within(byKey).getByRole('button', { name: 'Payments' })).toHaveAttribute('aria-pressed', 'true');
  });

  it('of one key that was typed twice stand apart, by when it was signed in, also from near', async () => {
    await mint('Payments', kept);
    await pass(61_000);
    await mint('Firmware / Bootloader');
    await draw();
    const groups = await screen.findAllByRole('region', { name: new RegExp(`^Minted with ${KEY_NAME}, signed in`) });
    const names = groups.map((group) => group.getAttribute('aria-label'));
    expect(new Set(names).size).toBe(2);
    expect(groups[0]).toHaveTextContent('Payments');
    expect(groups[1]).toHaveTextContent('Firmware / Bootloader');
    for (const name of names) expect(name).toMatch(/, signed in \d\d:\d\d:\d\d$/);
    const own = names[1]?.replace('Minted with ', '') ?? 'none';
    expect(await near('Firmware / Bootloader')).toHaveTextContent(`Opened with${own} (not kept here)`);
  });

  it('of one project and one key are told apart by when each was opened, and counted where the key is kept', async () => {
    await mint('Payments', kept);
    await pass(61_000);
    await mint('Payments', kept);
    await mint('Firmware / Bootloader', kept);
    await draw();
    const buttons = within(await mintedWith(KEY_NAME)).getAllByRole('button', { name: /^Payments/ });
    const names = buttons.map(({ textContent }) => textContent);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^Payments, opened \d\d:\d\d:\d\d$/);
    expect(screen.getByText(/^Minted Payments \(2\), Firmware . Bootloader · kept since/)).toBeVisible();
  });

  it('count down a week, and are minted again by themselves before they end, where the key is kept', async () => {
    const first = await mint('Payments', kept);
    await draw();
    expect(within(await near('Payments')).getByRole('timer')).toHaveTextContent(/^(?:7 d 00 h|6 d 23 h)$/);
    await pass(6 * DAY_MS);
    expect(console_.alm.tokens()).toHaveLength(1);
    await pass(DAY_MS - 5 * 60_000);
    await waitFor(() => expect(console_.alm.tokens()).toHaveLength(2));
    await waitFor(async () => expect(await near('Payments')).toHaveTextContent('1 time, last'));
    const now = await console_.services.hands.repository.get(first.id);
    expect(now?.tokens?.accessToken).not.toBe(first.tokens?.accessToken);
  });

  it('end where nothing is kept, and the page says so instead of “until”', async () => {
    await mint('Payments', { way: 'password' });
    await draw();
    const group = await mintedWith('Password of alice');
    expect(group).toHaveTextContent(/until \d+ \w+ \d\d:\d\d/);
    await pass(7 * DAY_MS + 60_000);
    await waitFor(() => expect(group).toHaveTextContent(/ended \d\d:\d\d:\d\d/));
    expect(await near('Payments')).toHaveTextContent('By this clock it ended, and it cannot be refreshed.');
    expect(console_.alm.ledger({ operation: 'token' })).toHaveLength(1);
    expect(within(await near('Payments')).getByRole('button', { name: /^Get a new token/ })).toBeVisible();
  });

  it('are tried with a harmless call, which changes nothing for one that works', async () => {
    await mint('Payments', kept);
    await draw();
    await tryIt('Payments');
    expect(await screen.findByText('The token works.')).toBeVisible();
    expect(callsNow()).toEqual(['token 200', 'issues 200']);
  });

  it('say what the server said where a right is missing, and are not minted again for it', async () => {
    const [, second] = console_.alm.projects();
    const target = { id: second?.uuid ?? '', label: second?.name ?? '' };
    const guest = { username: 'guest', password: 'guest-demo-password' };
    await console_.open('alm-demo', 'password', guest, { target });
    await draw();
    await tryIt(target.label);
    expect(
      await screen.findByText(/The token is alive, and its user may not do this.*The server said: “/),
    ).toBeVisible();
    expect(callsNow()).toEqual(['token 200', 'issues 403']);
  });
});

describe('after a restart of the ALM Server', () => {
  it('one try mints what it can, once each, and the page says what needs a person', async () => {
    await mint('Payments', kept);
    await mint('Firmware / Bootloader', kept);
    await mint('Rocket 🚀 "Alpha"', { way: 'password' });
    await draw();
    console_.alm.restart();
    console_.alm.clearLedger();
    await tryIt('Payments');
    expect(
      await screen.findByText('The token was dead. A new one was minted with the kept key, and works.'),
    ).toBeVisible();
    expect(await screen.findByText(/^One token is dead and takes a new sign-in\./)).toBeVisible();
    await waitFor(() => {
      const said = console_.services.state.getState().notices.map(({ sentence }) => sentence);
      expect(said).toEqual([
        expect.stringMatching(/restarted\. 3 tokens died: 2 were minted again, 1 needs a sign-in\.$/),
      ]);
    });
    expect(callsNow().sort()).toEqual([
      ...['issues 200', 'issues 401', 'issues 401', 'issues 401'],
      ...['token 200', 'token 200'],
    ]);
    expect(await mintedWith('Password of alice')).toHaveTextContent('Sign in again');
  });

  it('that is still loading, says so, asks again by itself, and hands nothing dead out meanwhile', async () => {
    await mint('Payments', kept);
    await draw();
    console_.alm.restart();
    console_.alm.configure({ projectsLoading: 4 });
    await tryIt('Payments');
    expect(
      await screen.findByText(
        /^The token is dead\. The server is still loading 4 projects, and this one is not there/,
        {},
      ),
    ).toBeVisible();
    const session = await near('Payments');
    await waitFor(() => expect(session).toHaveTextContent(/Asks again at \d\d:\d\d:\d\d\./));
    expect(within(session).getByRole('timer')).toHaveTextContent('ended');
    console_.alm.configure({ projectsLoading: 0 });
    await pass(60_000);
    await waitFor(() => expect(console_.alm.tokens()).toHaveLength(1));
    await waitFor(() => expect(within(session).getByRole('timer')).toHaveTextContent(/d \d\d h/));
    expect(session).toHaveTextContent('Ready');
  });
});

/** All that is asked about the other projects meets that. */
function faultBut(fine: string, fault: Fault): void {
  for (const { name, uuid } of console_.alm.projects()) {
    // In an address its braces are written otherwise.
    if (name !== fine) console_.alm.fault({ ...fault, path: uuid.slice(1, -1), times: 'always' });
  }
}

describe('after a restart that not all is known of at once', () => {
  it('what could not be minted yet is said once, however much later it is minted by itself', async () => {
    const [first = '', ...others] = await mintAll();
    await draw();
    console_.alm.restart();
    console_.alm.configure({ projectsLoading: 2 });
    console_.alm.clearLedger();
    await tryIt(first);
    await screen.findByText('The token was dead. A new one was minted with the kept key, and works.');
    const told = [
      expect.stringMatching(
        /most likely .* restarted\. 4 tokens died: 2 were minted again, 2 could not be minted again yet/,
      ) as unknown,
    ];
    await waitFor(() => expect(noticesNow()).toEqual(told));
    await pass(11 * 60_000);
    console_.alm.configure({ projectsLoading: 0 });
    for (let times = 0; times < 20 && console_.alm.tokens().length < 4; times += 1) await pass(60_000);
    await waitFor(() => expect(console_.alm.tokens()).toHaveLength(4));
    for (const [before, name] of others.entries()) {
      await tryIt(name);
      await waitFor(() => expect(screen.getAllByText('The token works.')).toHaveLength(before + 1));
    }
    expect(noticesNow()).toEqual(told);
    // One probe each, the first token's second try, and those three tries.
    expect(callsNow().filter((call) => call === 'issues 401')).toHaveLength(4);
    expect(callsNow().filter((call) => call === 'issues 200')).toHaveLength(4);
  });

  it('says of how many tokens nothing is known, and asks again until it is', async () => {
    const [first = '', ...others] = await mintAll();
    await draw();
    console_.alm.restart();
    const body = '{"message":"The server is busy.","statusCode":503}';
    faultBut(first, { kind: 'reply', status: 503, body });
    await tryIt(first);
    await screen.findByText('The token was dead. A new one was minted with the kept key, and works.');
    await waitFor(() =>
      expect(noticesNow()).toEqual([
        'Perforce ALM no longer knew a token before its time, and its API key still works: the ALM Server was restarted, or that token alone was dropped. 1 token died and was minted again. Whether 3 more are dead is not known yet: the server is asked again soon.',
      ]),
    );
    await pass(6_000);
    await waitFor(() => expect(console_.alm.ledger({ operation: 'issues' })).toHaveLength(8));
    expect(console_.alm.tokens()).toHaveLength(1);
    console_.alm.clearFaults();
    for (let times = 0; times < 3; times += 1) await pass(6_000);
    await waitFor(() =>
      expect(noticesNow()).toEqual([
        expect.stringMatching(/any token .* most likely .* restarted\. 4 tokens died and were minted again\.$/),
      ]),
    );
    expect(console_.alm.tokens()).toHaveLength(1 + others.length);
  });

  it.each([
    ['refreshed', ({ id }: SessionRecord) => refreshAndLook(console_.services.hands, id, 'person')],
    ['forgotten', ({ id }: SessionRecord) => forget(console_.services.hands, id)],
  ])('takes none that was %s before anything was known of it for dead', async (_, meanwhile) => {
    await mint('Payments', kept);
    const other = await mint('Firmware / Bootloader', kept);
    await draw();
    console_.alm.fault({ kind: 'reply', status: 401, operation: 'issues' });
    faultBut('Payments', { kind: 'reply', status: 503, operation: 'issues' });
    await tryIt('Payments');
    const because =
      'Perforce ALM no longer knew a token before its time, and its API key still works: the ALM Server was restarted, or that token alone was dropped. 1 token died and was minted again.';
    const told = `${because} Whether one more is dead is not known yet: the server is asked again soon.`;
    await waitFor(() => expect(noticesNow()).toEqual([told]));
    await meanwhile(other);
    await pass(6_000);
    await waitFor(() => expect(noticesNow()).not.toEqual([told]));
    // Whether the other one had died nobody can know any more.
    expect(noticesNow()).toEqual([because.replace('1 token', 'At least 1 token')]);
  });

  it('gives up asking in the end, and says that it did', async () => {
    const [first = ''] = await mintAll();
    await draw();
    console_.alm.restart();
    faultBut(first, { kind: 'html' });
    console_.alm.clearLedger();
    await tryIt(first);
    // However often time passes before an answer is read, which sets the time of the next question.
    await waitFor(async () => {
      await pass(61_000);
      expect(noticesNow()).toEqual([expect.stringMatching(/3 more .* the server did not tell\. Check them\.$/)]);
    });
    await pass(DAY_MS / 4);
    expect(console_.alm.ledger({ operation: 'issues' })).toHaveLength(5 + 3 * 13);
  });
});

describe('a try that something answers with 200 and no issues', () => {
  it('is no proof that the token works', async () => {
    await mint('Payments', kept);
    await draw();
    console_.alm.fault({ kind: 'html', status: 200, operation: 'issues' });
    await tryIt('Payments');
    expect(
      await screen.findByText(
        /^Not known whether the token works\. Something answered with a web page instead of the API.*\. Nothing was to be changed by it\. Check the base URL/,
        {},
      ),
    ).toBeVisible();
    expect(screen.queryByText('The token works.')).not.toBeInTheDocument();
    console_.alm.fault({ kind: 'reply', status: 200, body: '{}', operation: 'issues' });
    await tryIt('Payments');
    expect(
      await screen.findByText(/^Not known whether the token works\. .* its answer lacks what it should contain\./, {}),
    ).toBeVisible();
  });

  it('is none of the new token either, where one was minted', async () => {
    await mint('Payments', kept);
    await draw();
    console_.alm.fault({ kind: 'reply', status: 401, body: '{"statusCode":401}', operation: 'issues' });
    console_.alm.fault({ kind: 'html', status: 200, operation: 'issues' });
    await tryIt('Payments');
    expect(
      await screen.findByText(
        /^The token was dead\. A new one was minted with the kept key\. Not known whether it works\. Something answered with a web page/,
        {},
      ),
    ).toBeVisible();
  });
});

it('a project that is gone is asked for once: then it waits for the person, for however long', async () => {
  await mint('Payments', kept);
  await draw();
  console_.alm.fillProjects({ count: 1 });
  console_.alm.clearLedger();
  await person.click(await screen.findByRole('button', { name: 'Refresh the session of Payments' }));
  await waitFor(async () => expect(await near('Payments')).toHaveTextContent('Waits for you: Refresh tries again.'));
  expect(await near('Payments')).toHaveTextContent('it was deleted, or the key’s user may not enter it');
  for (let day = 0; day < 8; day += 1) await pass(DAY_MS);
  expect(callsNow()).toEqual(['token 404', 'projects 200']);
});

it('a deleted key leaves no token that could be copied, and says that of its tokens alone', async () => {
  await mint('Payments', kept);
  await mint('Firmware / Bootloader', kept);
  await mint('Rocket 🚀 "Alpha"', { way: 'password' });
  await draw();
  await tryIt('Firmware / Bootloader');
  expect(await screen.findByText('The token works.')).toBeVisible();
  console_.alm.deleteKey({ id: demo.keyId });
  await tryIt('Payments');
  expect(await screen.findByText(/^The token is dead\. The server does not accept this API key/)).toBeVisible();
  expect(await screen.findByText(/^2 tokens are dead and take a new sign-in\./)).toBeVisible();
  expect(await mintedWith(KEY_NAME)).toHaveTextContent('(removed here: the server refused it)');
  expect(await near('Payments')).toHaveTextContent(`${KEY_NAME} was removed here, because the server refused it`);
  // A loss is no refresh.
  expect(await near('Payments')).toHaveTextContent('Refreshednot yet');
  expect(screen.queryByText('The token works.')).not.toBeInTheDocument();
  expect(screen.queryByText('Kept credentials')).not.toBeInTheDocument();
  expect(await screen.findAllByRole('button', { name: 'Copy Perforce ALM access token' })).not.toHaveLength(0);
  await tryIt('Rocket 🚀 "Alpha"');
  expect(await screen.findByText('The token works.')).toBeVisible();
  // Nothing died but what the key had made: nobody is told of a restart.
  expect(console_.services.state.getState().notices).toEqual([]);
});

it('a mint that failed says that a token may have been issued, and that it ends by itself', async () => {
  await mint('Payments', kept);
  await draw();
  const body = '{"statusCode":500,"message":"An error occurred."}';
  console_.alm.fault({ kind: 'reply', status: 500, when: 'after', operation: 'token', body });
  await person.click(await screen.findByRole('button', { name: 'Refresh the session of Payments' }));
  const session = await near('Payments');
  await waitFor(() =>
    expect(session).toHaveTextContent(
      'A token may have been issued all the same: nobody holds it, and it ends by itself.',
    ),
  );
  // It was: the server has two, and the page goes on with the one that it holds.
  expect(console_.alm.tokens()).toHaveLength(2);
  await tryIt('Payments');
  expect(await screen.findByText('The token works.')).toBeVisible();
});

it('forgets in place of logging out, and says until when the token lives', async () => {
  await mint('Payments', { way: 'password' });
  await draw();
  expect(screen.queryByRole('button', { name: /^Log out/ })).not.toBeInTheDocument();
  await person.click(await screen.findByRole('button', { name: /^Forget Payments/ }));
  const dialog = await screen.findByRole('dialog', { hidden: true });
  expect(dialog).toHaveTextContent('Perforce ALM has no call that logs out.');
  expect(dialog).toHaveTextContent(/The access token lives until \d+ \w+ \d\d:\d\d\./);
  await person.click(within(dialog).getByRole('button', { name: 'Forget', hidden: true }));
  await waitFor(() => expect(screen.queryByRole('group', { name: /^Session of/ })).not.toBeInTheDocument());
  expect(console_.alm.tokens()).toHaveLength(1);
});
