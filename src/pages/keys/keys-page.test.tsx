import { screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import { demo as almDemo } from '../../../stand-ins/alm/world.ts';
import { demo as primatimeDemo } from '../../../stand-ins/primatime/account.ts';
import { Keys } from '../../features/keys/keys.tsx';
import type { WantedThing } from '../../revocation/wanted.ts';
import { SecretOnce } from '../secret-once.tsx';
import { WithQueries } from '../with-queries.tsx';

const DAY_S = 86_400;

let console_: ConsoleHarness;
let person: UserEvent;
/** What was handed to whatever ends things. */
let wanted: readonly WantedThing[];

beforeEach(async () => {
  person = userEvent.setup({ delay: null });
  wanted = [];
  console_ = await startConsole({ vendors: ['alm', 'tuleap', 'primatime'] });
});
afterEach(() => console_.close());

function draw(at = '/keys'): void {
  console_.draw(
    <WithQueries>
      <Keys
        signInHref={(provider, connection) => `/${provider}?connection=${connection}`}
        incidentHref={(job) => `/incident?job=${job}`}
        renderSecret={(slot) => <SecretOnce {...slot} />}
        renderRevoke={(things) => {
          wanted = things;
          return null;
        }}
      />
    </WithQueries>,
    at,
  );
}

const addKey = (more: Partial<Parameters<typeof console_.tuleap.addKey>[0]> = {}): string =>
  console_.tuleap.addKey({ username: 'alice', ...more }).identifier;
const openTuleap = () => console_.open('tuleap-demo', 'access-key', { accessKey: addKey({ description: 'console' }) });
const openLegacy = () =>
  console_.open('tuleap-demo', 'password', { username: 'alice', password: 'alice-demo-password' });
const openPrimatime = () => console_.open('primatime-demo', 'secret-key', { secretKey: primatimeDemo.secretKey });

const table = (): Promise<HTMLElement> => screen.findByRole('table', { name: 'Keys' });
const row = async (name: string | RegExp): Promise<HTMLElement> => {
  const found = await within(await table()).findByText(name);
  return found.closest('tr') ?? expect.fail('It stands in no row');
};
const choose = async (of: string | RegExp, item: RegExp): Promise<void> => {
  await person.click(within(await row(of)).getByRole('button', { name: /^More for/ }));
  await person.click(await screen.findByRole('menuitem', { name: item, hidden: true }));
};
const dialog = (name: string | RegExp): Promise<HTMLElement> => screen.findByRole('dialog', { name });
const calls = (operation: string) => console_.tuleap.ledger({ operation });

describe('the table', () => {
  it('holds the keys of every connection that lists them, and says what nobody reports', async () => {
    addKey({ description: 'nightly', scopes: ['write:rest', 'write:svn'], expiresInSeconds: 20 * DAY_S });
    await openTuleap();
    await openPrimatime();
    draw();
    expect(await row(/nightly/)).toHaveTextContent(/write:rest, write:svn.*in 1?9 d.*never.*Expiring/);
    const own = await row(/“console”/);
    // Which session was opened with it is read for itself.
    await within(own).findByText('used by this console');
    expect(own).toHaveTextContent(/used by this console.*from 127\.0\.0\.1.*No expiry/);
    const secret = await row(/Demo key/);
    expect(secret).toHaveTextContent(/secret key.*not reported.*Listed/);
    expect(secret).not.toHaveTextContent('never');
  });

  it('hands on what it showed of a key, with when that was read and by whom', async () => {
    addKey({ description: 'nightly' });
    const { id } = await openTuleap();
    draw();
    const atMs = console_.services.nowMs();
    await choose(/nightly/, /^Revoke/);
    await waitFor(() => expect(wanted).toHaveLength(1));
    expect(wanted[0]).toMatchObject({ by: id, thing: { row: { name: 'nightly' } } });
    expect(Math.abs((wanted[0]?.seenAtMs ?? 0) - atMs)).toBeLessThan(60_000);
  });

  it('holds an ALM key that was used here, with the tokens that it made', async () => {
    const [project] = console_.alm.projects();
    if (!project) return expect.fail('There is no project');
    const values = { apiKey: `${almDemo.keyId}:${almDemo.keySecret}`, segment: 'helix-alm' };
    const target = { id: project.uuid, label: project.name };
    const minted = await console_.open('alm-demo', 'api-key', values, { target, keep: true });
    draw();
    expect(await row(/^API key demo-key/)).toHaveTextContent(
      new RegExp(`minted ${project.name} · kept here.*Used here`),
    );
    await choose(/^API key demo-key/, /^Revoke/);
    await waitFor(() => expect(wanted).toHaveLength(1));
    expect(wanted[0]).toMatchObject({
      thing: { kind: 'api-key', minted: [minted.id] },
      secrets: { apiKey: `${almDemo.keyId}:${almDemo.keySecret}` },
    });
  });

  it('says which connections are not in it, and why', async () => {
    await openTuleap();
    draw();
    await table();
    const out = screen.getByRole('region', { name: 'Not in the table' });
    expect(out).toHaveTextContent(/Perforce ALM.*No call of ALM’s API lists keys/);
    expect(out).toHaveTextContent(/PrimaTime.*Nobody is signed in/);
    expect(out).not.toHaveTextContent('Tuleap (demo)');
  });

  it('keeps the others where one list cannot be read, and reads that one again', async () => {
    await openTuleap();
    await openPrimatime();
    console_.primatime.fault({ operation: 'list-keys', kind: 'reply', status: 500 });
    draw();
    const again = await screen.findByRole('button', { name: 'Read PrimaTime (demo) again' });
    expect(await row(/“console”/)).toBeVisible();
    expect(screen.queryByText(/Demo key/)).not.toBeInTheDocument();
    await person.click(again);
    expect(await row(/Demo key/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Read PrimaTime (demo) again' })).not.toBeInTheDocument();
  });

  it('shows what is hostile in a name as text', async () => {
    addKey({ description: '<img src=x onerror=alert(1)>\u202Eevil\u0007' });
    await openTuleap();
    draw();
    const hostile = await row(/<img src=x onerror=alert\(1\)>/);
    expect(hostile.querySelector('img')).toBeNull();
    expect(hostile.textContent).not.toMatch(/[\p{Cc}\u202E]/u);
  });

  it('searches, filters and sorts by the address, and never writes there what could be a key', async () => {
    addKey({ description: 'second', expiresInSeconds: 5 * DAY_S });
    await openTuleap();
    draw('/keys?show=expiring&sort=-expires');
    expect(await row(/second/)).toBeVisible();
    expect(within(await table()).queryByText(/“console”/)).not.toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: 'All' }));
    const search = screen.getByRole('searchbox', { name: 'Search the keys' });
    await person.type(search, 'second');
    expect(new URLSearchParams(console_.whereNow().split('?')[1])).toEqual(
      new URLSearchParams({ q: 'second', sort: '-expires' }),
    );
    await person.clear(search);
    await person.click(search);
    await person.paste('tlp-k1-7.not-a-real-key');
    expect(await screen.findByText('No key matches')).toBeVisible();
    expect(console_.whereNow()).not.toContain('tlp');
    expect(search).toHaveValue('tlp-k1-7.not-a-real-key');
  });

  it('is read page by page', async () => {
    for (let at = 0; at < 120; at += 1) addKey({ description: `robot ${String(at)}` });
    await openTuleap();
    draw();
    await waitFor(async () => expect(await table()).toHaveAttribute('aria-rowcount', '125'));
    await waitFor(async () => expect(within(await table()).getAllByRole('row')).toHaveLength(26));
    await person.click(screen.getByRole('button', { name: 'Show 25 more of 124' }));
    expect(within(await table()).getAllByRole('row')).toHaveLength(51);
    expect(calls('list-keys').length).toBeGreaterThanOrEqual(3);
  });
});

describe('selected', () => {
  it('with a press, with Shift and with x, they go to be revoked together', async () => {
    for (const description of ['a1', 'a2', 'a3', 'a4']) addKey({ description });
    await openTuleap();
    draw('/keys?q=a');
    const box = async (name: string) => within(await row(new RegExp(name))).getByRole('checkbox');
    await person.click(await box('a1'));
    await person.keyboard('{Shift>}');
    await person.click(await box('a3'));
    await person.keyboard('{/Shift}');
    expect(await screen.findByRole('button', { name: 'Revoke 3…' })).toBeVisible();
    await person.keyboard('{ArrowDown}x');
    expect(await box('a4')).toBeChecked();
    await person.click(screen.getByRole('button', { name: 'Revoke 4…' }));
    await waitFor(() => expect(wanted.map(({ thing }) => thing.row?.name)).toEqual(['a1', 'a2', 'a3', 'a4']));
    expect(wanted.every(({ secrets }) => secrets === undefined)).toBe(true);
    expect(calls('delete-key')).toEqual([]);
  });
});

async function fillInTuleap(): Promise<HTMLElement> {
  await person.click(await screen.findByRole('button', { name: 'Create key' }));
  await person.click(await screen.findByRole('menuitem', { name: /^Tuleap/, hidden: true }));
  const form = await dialog('Create an access key');
  await person.type(within(form).getByRole('textbox', { name: 'Description' }), 'fresh');
  return form;
}

describe('created', () => {
  it('at Tuleap: for 90 days unless a tick says otherwise, shown once, and dropped once it is saved', async () => {
    await openTuleap();
    draw();
    await table();
    const form = await fillInTuleap();
    await person.click(within(form).getByRole('button', { name: 'Create' }));
    const shown = await dialog(/^New access key of alice/);
    const done = await within(shown).findByRole('button', { name: 'Done' });
    expect(done).toBeDisabled();
    const [made] = console_.tuleap.keys({ username: 'alice' }).filter(({ description }) => description === 'fresh');
    const lifeDays = ((made?.endsAt ?? 0) - Date.now() / 1000) / DAY_S;
    expect(lifeDays).toBeGreaterThan(89);
    expect(lifeDays).toBeLessThan(92);
    await person.click(await within(shown).findByRole('button', { name: /^Reveal/ }));
    expect(shown).toHaveTextContent(/tlp-k1-\d+\.[0-9a-f]{64}/);
    await person.click(within(shown).getByRole('checkbox', { name: 'I saved it' }));
    await person.click(done);
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(await row(/fresh/)).toHaveTextContent('never');
    const desk = await console_.services.jobs.load();
    const [job] = desk.state.getState().jobs;
    expect(job).toMatchObject({ kind: 'create', closedAtMs: expect.any(Number) as unknown });
    expect(await desk.shown(job?.id ?? '', 'key', 'newKey')).toBeUndefined();
  });

  it('and kept here only by a tick: it signs in with the new key, and stays in sight where that fails', async () => {
    await openTuleap();
    draw();
    await table();
    const form = await fillInTuleap();
    await person.click(within(form).getByRole('button', { name: 'Create' }));
    const shown = await dialog(/^New access key/);
    const tick = await within(shown).findByRole('checkbox', { name: 'Keep it here: sign in with it' });
    expect(tick).not.toBeChecked();
    await person.click(tick);
    console_.tuleap.fault({ path: '/access_keys/self', kind: 'reply', status: 500, body: '' });
    const done = within(shown).getByRole('button', { name: 'Done' });
    await person.click(done);
    expect(await within(shown).findByText(/The new key is still shown above/)).toBeVisible();
    expect(within(shown).getByRole('button', { name: /^Reveal/ })).toBeVisible();
    const sessions = () => console_.services.state.getState().sessions;
    expect(sessions()).toHaveLength(1);
    await person.click(done);
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(sessions().map(({ lineage }) => lineage.way)).toEqual(['access-key', 'access-key']);
    const made = console_.tuleap.keys({ username: 'alice' }).find(({ description }) => description === 'fresh');
    expect(sessions().map(({ lineage }) => lineage.label)).toContain(`Access key no. ${String(made?.id)}`);
  });

  it('without an end only by a tick', async () => {
    await openTuleap();
    draw();
    await table();
    const form = await fillInTuleap();
    await person.click(within(form).getByRole('checkbox', { name: /^No expiry/ }));
    await person.click(within(form).getByRole('button', { name: 'Create' }));
    await within(await dialog(/^New access key/)).findByRole('button', { name: 'Done' });
    expect(
      console_.tuleap.keys({ username: 'alice' }).find(({ description }) => description === 'fresh'),
    ).toMatchObject({ endsAt: null });
  });

  it('and its answer lost: says that a key exists, finds it, and offers to end it', async () => {
    await openTuleap();
    draw();
    await table();
    console_.tuleap.fault({ operation: 'create-key', kind: 'reset', when: 'after' });
    const form = await fillInTuleap();
    await person.click(within(form).getByRole('button', { name: 'Create' }));
    const shown = await dialog(/^New access key/);
    expect(await within(shown).findByText(/the answer with its secret is lost/)).toBeVisible();
    expect(calls('create-key')).toHaveLength(1);
    await person.click(await within(shown).findByRole('button', { name: 'Revoke it' }));
    await waitFor(() => expect(wanted).toHaveLength(1));
    expect(wanted[0]?.thing.row?.name).toBe('fresh');
  });

  it('at PrimaTime, under an id that the console chose', async () => {
    await openPrimatime();
    draw();
    await table();
    await person.click(await screen.findByRole('button', { name: 'Create key' }));
    await person.click(await screen.findByRole('menuitem', { name: /^PrimaTime/, hidden: true }));
    const form = await dialog('Create a secret key');
    await person.type(within(form).getByRole('textbox', { name: 'Name' }), 'Backup');
    await person.click(within(form).getByRole('button', { name: 'Create' }));
    const shown = await dialog(/^New secret key/);
    await person.click(await within(shown).findByRole('checkbox', { name: 'Keep it here: sign in with it' }));
    await person.click(within(shown).getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(await row(/Backup/)).toBeVisible();
    const { sessions, credentials } = console_.services.state.getState();
    expect(sessions.map(({ lineage }) => lineage.kept)).toContain(true);
    expect(credentials).toMatchObject([{ way: 'secret-key' }]);
  });

  it('at ALM by a person: steps, and a test of what they made', async () => {
    draw();
    await person.click(await screen.findByRole('button', { name: 'Create key' }));
    const guide = await dialog('Add a key in ALM');
    expect(guide).toHaveTextContent(/Manage API Keys/);
    await person.type(await within(guide).findByLabelText('API key'), `${almDemo.keyId}:${almDemo.keySecret}`);
    await person.click(within(guide).getByRole('button', { name: 'Test it' }));
    expect(await within(guide).findByText(/It opens \d+ projects?/)).toBeVisible();
  });
});

describe('rotated', () => {
  it('at Tuleap: the new one first, then the old one to its proof', async () => {
    addKey({ description: 'old', scopes: ['write:rest', 'write:git_repository'] });
    await openTuleap();
    draw();
    await choose(/“old”/, /^Rotate/);
    const form = await dialog(/^Rotate no\. \d+ “old”/);
    expect(within(form).getByRole('checkbox', { name: 'Git' })).toBeChecked();
    await person.click(within(form).getByRole('button', { name: 'Begin' }));
    const strip = await screen.findByRole('region', { name: /^Rotate no\. \d+ “old”/ });
    await person.click(await within(strip).findByRole('checkbox', { name: 'I saved it' }));
    expect(calls('delete-key')).toEqual([]);
    await person.click(within(strip).getByRole('button', { name: 'I have copied it' }));
    await person.click(await within(strip).findByRole('button', { name: 'Nothing uses it any more' }));
    expect(await within(strip).findByText(/The old key is proven dead/)).toBeVisible();
    expect(calls('delete-key')).toHaveLength(1);
    const left = console_.tuleap.keys({ username: 'alice' }).filter(({ description }) => description === 'old');
    expect(left.map(({ scopes }) => scopes)).toEqual([['write:rest', 'write:git_repository']]);
    await person.click(within(strip).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(strip).not.toBeInTheDocument());
  });

  it('at Tuleap, which says yes and does nothing: not ended, in red, and it stays', async () => {
    addKey({ description: 'old' });
    await openTuleap();
    draw();
    console_.tuleap.fault({ operation: 'delete-key', kind: 'reply', status: 200 });
    await choose(/“old”/, /^Rotate/);
    const form = await dialog(/^Rotate no/);
    await person.click(within(form).getByRole('radio', { name: /^Compromised/ }));
    await person.click(within(form).getByRole('button', { name: 'Begin' }));
    const strip = await screen.findByRole('region', { name: /^Compromised/ });
    expect(await within(strip).findByText('Still there')).toBeVisible();
    await person.click(await within(strip).findByRole('checkbox', { name: 'I saved it' }));
    await person.click(within(strip).getByRole('button', { name: 'I have copied it' }));
    expect(await within(strip).findByText('Not ended: the old key still lives')).toBeVisible();
    expect(within(strip).getByRole('button', { name: 'End it again' })).toBeVisible();
  });

  it('a deprecated token moves to an access key, and all of them end at once', async () => {
    const session = await openLegacy();
    draw();
    await choose('token of alice', /^Move to an access key/);
    const form = await dialog(/^Move to an access key/);
    await person.type(within(form).getByRole('textbox', { name: 'Description' }), 'moved');
    await person.click(within(form).getByRole('button', { name: 'Begin' }));
    const strip = await screen.findByRole('region', { name: /^Move to an access key/ });
    expect(await within(strip).findByText(/Tuleap takes the new key/)).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'End all deprecated tokens…' }));
    await waitFor(() => expect(wanted[0]?.thing).toMatchObject({ kind: 'all-rest-tokens', minted: [session.id] }));
    await person.click(within(strip).getByRole('checkbox', { name: 'I saved it' }));
    await person.click(within(strip).getByRole('button', { name: 'I have copied it' }));
    expect(await within(strip).findByText(/proven dead/)).toBeVisible();
  });
});

describe('at PrimaTime', () => {
  it('a key is renamed', async () => {
    await openPrimatime();
    draw();
    await choose(/Demo key/, /^Rename/);
    const form = await dialog(/^Rename/);
    const field = within(form).getByRole('textbox', { name: 'Name' });
    await person.clear(field);
    await person.type(field, 'Robot');
    await person.click(within(form).getByRole('button', { name: 'Rename' }));
    expect(await row(/Robot/)).toBeVisible();
    expect(console_.primatime.keys({ email: primatimeDemo.email })[0]).toMatchObject({ name: 'Robot' });
  });

  it('a key is not called renamed where the server says yes and the list keeps the old name', async () => {
    await openPrimatime();
    draw();
    await choose(/Demo key/, /^Rename/);
    const form = await dialog(/^Rename/);
    console_.primatime.fault({ method: 'PUT', kind: 'reply', status: 200, body: '{}' });
    await person.type(within(form).getByRole('textbox', { name: 'Name' }), ' of mine');
    await person.click(within(form).getByRole('button', { name: 'Rename' }));
    expect(await within(form).findByRole('alert')).toHaveTextContent(
      'The server said yes, and the list reads “Demo key”.',
    );
    expect(screen.queryByText(/^Renamed/)).not.toBeInTheDocument();
  });

  it('a key that somebody else changed meanwhile keeps their name, and that is said', async () => {
    await openPrimatime();
    draw();
    await choose(/Demo key/, /^Rename/);
    const [key] = console_.primatime.keys({ email: primatimeDemo.email });
    if (key) Object.assign(key, { version: key.version + 1, name: 'Theirs' });
    const form = await dialog(/^Rename/);
    await person.type(within(form).getByRole('textbox', { name: 'Name' }), ' of mine');
    await person.click(within(form).getByRole('button', { name: 'Rename' }));
    expect(await within(form).findByRole('alert')).toBeVisible();
    expect(await row(/Theirs/)).toBeVisible();
  });

  it('a key comes back from the trash', async () => {
    console_.primatime.addKey({ email: primatimeDemo.email, name: 'Dropped', trashItemId: 'trash-1' });
    await openPrimatime();
    draw();
    await table();
    await person.click(screen.getByRole('button', { name: 'Look into it' }));
    await person.click(await screen.findByRole('button', { name: 'Restore “Dropped”' }));
    expect(await row(/Dropped/)).toBeVisible();
    expect(await screen.findByText('Nothing lies in the trash.')).toBeVisible();
  });

  it('a key is not called restored where the server says yes and leaves it in the trash', async () => {
    console_.primatime.addKey({ email: primatimeDemo.email, name: 'Dropped', trashItemId: 'trash-1' });
    await openPrimatime();
    draw();
    await table();
    await person.click(screen.getByRole('button', { name: 'Look into it' }));
    const restore = await screen.findByRole('button', { name: 'Restore “Dropped”' });
    console_.primatime.fault({ path: 'restore', kind: 'reply', status: 200, body: '{}' });
    await person.click(restore);
    expect(await screen.findByText('The server said yes, and it still lies in the trash.')).toBeVisible();
    expect(screen.queryByText(/^Restored/)).not.toBeInTheDocument();
    expect(restore).toBeVisible();
  });
});

it('says the next step where nobody is signed in', async () => {
  draw();
  expect(await screen.findByRole('link', { name: 'Sign in to Tuleap' })).toHaveAttribute(
    'href',
    '/tuleap?connection=tuleap-demo',
  );
});
