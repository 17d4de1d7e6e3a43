import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness, type HarnessOptions } from '../../../test/console-harness.tsx';
import { installClipboard, type TestClipboard } from '../../../test/test-clipboard.ts';
import { demo } from '../../../stand-ins/tuleap/world.ts';
import { RevokeSheet } from '../../features/revoke/revoke-sheet.tsx';
import { fingerprintOf } from '../../providers/fingerprint.ts';
import type { KeyRow } from '../../providers/key-row.ts';
import { completeThing } from '../../revocation/create-item.ts';
import type { WantedThing } from '../../revocation/wanted.ts';
import { Page } from './index.tsx';

const AT = 'tuleap-demo';

let console_: ConsoleHarness;
let person: UserEvent;
let clipboard: TestClipboard;

beforeEach(() => {
  person = userEvent.setup({ delay: null });
  clipboard = installClipboard();
});
afterEach(async () => {
  clipboard.remove();
  await console_.close();
});

const start = async (options: HarnessOptions = {}): Promise<void> => {
  console_ = await startConsole({ vendors: ['tuleap'], ...options });
};
const signIn = (accessKey: string = demo.aliceKey) => console_.open(AT, 'access-key', { accessKey });
const addKey = (description = 'ci-deploy'): string =>
  console_.tuleap.addKey({ username: 'alice', description }).identifier;

/** What somebody pasted, as the page of a key hands it on. */
async function pasted(
  text: string,
  provider = 'tuleap',
  kind?: string,
  row: KeyRow | null = null,
): Promise<WantedThing> {
  const keys = await (await console_.services.hands.provider(provider)).keys?.();
  const candidates = keys?.recognise(text) ?? [];
  const candidate = candidates.find((one) => kind === undefined || one.kind === kind);
  if (!keys || !candidate) throw new Error('It is not recognised');
  const fingerprint = await fingerprintOf(candidate.secret);
  const thing = completeThing(keys.thingOf(candidate, row), { fingerprint });
  return { provider, connection: `${provider}-demo`, thing, secrets: candidate.secrets };
}

function Scene({ wanted }: { readonly wanted: readonly WantedThing[] }) {
  const [open, setOpen] = useState(wanted.length > 0);
  const close = (): void => setOpen(false);
  return (
    <>
      {open && <RevokeSheet wanted={wanted} onClose={close} onBegun={close} />}
      <Page />
    </>
  );
}

const confirm = () => screen.findByRole('button', { name: /^Revoke .*prove$/ });
const card = (name: RegExp | string = /./) => screen.findByRole('article', { name });
const told = async (words: RegExp | string, name?: RegExp): Promise<HTMLElement> => {
  await waitFor(async () => expect(await card(name)).toHaveTextContent(words));
  return await card(name);
};
const press = async (name: RegExp | string): Promise<void> =>
  person.click(within(await card()).getByRole('button', { name }));
const calls = (): readonly string[] =>
  console_.tuleap.ledger().map(({ method, operation }) => `${method} ${operation}`);

/** Whatever the sheet asks for. */
async function tickAll(): Promise<void> {
  for (const box of screen.queryAllByRole('checkbox', { name: 'Use what was found on itself' })) {
    await person.click(box);
  }
}

async function revoke(wanted: readonly WantedThing[]): Promise<void> {
  console_.draw(<Scene wanted={wanted} />);
  await confirm();
  await tickAll();
  await person.click(await confirm());
}

describe('a server that says yes and does nothing', () => {
  it('Tuleap 200 but the row is still there: not proven, which stays, and is ended again only where a reading allows it', async () => {
    await start();
    await signIn();
    const wanted = await pasted(addKey());
    console_.tuleap.fault({ operation: 'delete-key', kind: 'reply', status: 200 });
    await revoke([wanted]);
    const one = await told('Not proven: still accepted by the server');
    expect(one).toHaveTextContent('200, which proves nothing');
    expect(one).not.toHaveTextContent(/proven dead/i);
    await press(/^Prove again/);
    await told(/asked 2 times/);
    await told('Not proven: still accepted by the server');
    expect(console_.tuleap.ledger({ method: 'DELETE' })).toHaveLength(1);
    await press(/^Delete again/);
    await told(/Proven dead \d\d:\d\d:\d\d/);
    expect(console_.tuleap.ledger({ method: 'DELETE' })).toHaveLength(2);
  });

  it('PrimaTime: a key that only moved to the trash, or not even there, is not called dead', async () => {
    await start({ vendors: ['primatime'] });
    const secretKey = '00000000-0000-4000-8000-00000000fa15';
    console_.primatime.addKey({ email: 'ada@acme.example', name: 'Chrome plugin', secretKey });
    console_.primatime.fault({ method: 'DELETE', kind: 'reply', status: 200, body: '{}' });
    await revoke([await pasted(secretKey, 'primatime', 'secret-key')]);
    await told('Not proven: still accepted by the server');
    expect(document.body.textContent).not.toContain(secretKey);
  });

  it('probe live after revoke, at OCP: red, and it stays', async () => {
    await start({ vendors: ['ocp'] });
    const { tokens } = await console_.open('ocp-demo', 'password', {
      username: 'alice',
      password: 'alice-demo-password',
    });
    console_.ocp.configure({ endsNothing: true });
    await revoke([await pasted(tokens?.refreshToken ?? '', 'ocp')]);
    const one = await told('Not proven: still accepted by the server');
    expect(one.querySelectorAll('[data-mark="bad"]')).not.toHaveLength(0);
    expect(console_.services.state.getState().sessions[0]?.ended).toBeNull();
    // No time that passes takes it away; a person does.
    await console_.pass(3_600_000);
    expect(await card()).toHaveTextContent('Not proven: still accepted by the server');
  });
});

describe('on the way', () => {
  it('401 in the middle: sign in inline, and it goes on at the same item', async () => {
    await start();
    await signIn();
    const wanted = await pasted(addKey());
    const body = JSON.stringify({ error: { code: 401, message: 'Unauthorized: Invalid access key' } });
    console_.tuleap.fault({ operation: 'delete-key', kind: 'reply', status: 401, body });
    await revoke([wanted]);
    await told('Paused: sign in again as alice, and it goes on at this step.');
    await press('Sign in as alice');
    await person.type(await screen.findByLabelText('Access key'), addKey('another of mine'));
    await person.click(await screen.findByRole('button', { name: 'Sign in' }));
    await screen.findByText(/^Signed in as alice/);
    await console_.pass(100);
    await told('Proven dead');
    const own = console_.tuleap.ledger().filter(({ status, method }) => method === 'DELETE' && status === 200);
    expect(own).toHaveLength(1);
  });

  it('403: not yours, with the other routes', async () => {
    await start();
    await signIn();
    const wanted = await pasted(addKey());
    const body = JSON.stringify({ error: { code: 403, message: 'Forbidden' } });
    console_.tuleap.fault({ operation: 'delete-key', kind: 'reply', status: 403, body });
    await revoke([wanted]);
    const one = await told('Not yours to end: other routes');
    expect(one).toHaveTextContent('Not proven');
    expect(within(one).getByText('Its owner deletes it')).toBeVisible();
    expect(within(one).getByRole('link', { name: /Keys and tokens/ })).toHaveAttribute(
      'href',
      `${console_.baseUrlOf(AT)}/account/keys-tokens`,
    );
  });

  it('another way is offered with what was pasted, which the screen never had', async () => {
    await start();
    await signIn();
    const key = addKey();
    const body = JSON.stringify({ error: { code: 403, message: 'Forbidden' } });
    console_.tuleap.fault({ operation: 'delete-key', kind: 'reply', status: 403, body });
    await revoke([await pasted(key)]);
    await told('Not yours to end: other routes');
    await press(/^Another way/);
    await person.click(await screen.findByRole('checkbox', { name: 'Use what was found on itself' }));
    await person.click(await confirm());
    await waitFor(() => expect(screen.getAllByText(/Proven dead/).length).toBeGreaterThan(0));
    expect(document.body.textContent).not.toContain(key.slice(12));
  });

  it.each([
    ['after it took effect', 'after', 1],
    ['before it took effect', 'before', 2],
  ] as const)('answer lost after DELETE, %s: unknown, read again before any repeat', async (_name, when, deletions) => {
    await start();
    await signIn();
    const wanted = await pasted(addKey());
    console_.tuleap.clearLedger();
    console_.tuleap.fault({ operation: 'delete-key', kind: 'reset', when });
    await revoke([wanted]);
    await told('Proven dead');
    expect(console_.tuleap.ledger({ method: 'DELETE' })).toHaveLength(deletions);
    const between = calls().join(' ');
    expect(between).not.toMatch(/DELETE \S+ DELETE/);
  });
});

describe('evidence that cannot be read', () => {
  const listedKey: Omit<KeyRow, 'id'> = {
    ...{ kind: 'access-key', name: 'ci-deploy', scopes: ['write:rest'], createdAtMs: 1, expiresAtMs: 'never' },
    ...{ lastUse: 'never', fingerprint: 'not-reported', trashId: null, facts: {} },
  };

  it('of a key that was chosen from a list: what the list showed is kept, and its end is proven', async () => {
    await start();
    const { id: by } = await signIn();
    const key = addKey();
    const { thing } = await pasted(key);
    const row = { ...listedKey, id: thing.id ?? '' };
    const wanted = { ...(await pasted(key, 'tuleap', undefined, row)), by, seenAtMs: console_.services.nowMs() };
    const { secrets: _unknown, ...listed } = wanted;
    unreadable(6);
    await revoke([listed]);
    const one = await waitOut('roven dead');
    expect(one).toHaveTextContent('Proven dead');
    expect(one).toHaveTextContent('404, the row is gone');
    expect(one).toHaveTextContent(/Keep the evidence .*\(status 503\)\. · in the list of [\d:]{8}: never used/);
    expect(one).toHaveTextContent(/Evidence kept \S+, read before, in the list that it was chosen from/);
    await person.click(screen.getByRole('button', { name: 'Copy note' }));
    await waitFor(() =>
      expect(clipboard.text).toMatch(/Evidence, kept \S+ read before, in the list[^]+- Scopes: write:rest/),
    );
    expect(console_.tuleap.ledger({ method: 'DELETE' })).toHaveLength(1);
  });

  const unreadable = (times: number): void =>
    console_.tuleap.fault({ method: 'GET', path: '/api/access_keys/', kind: 'reply', status: 503, body: '{}', times });

  /** Through every retry, each once it waits for its time. */
  async function waitOut(words: string): Promise<HTMLElement> {
    const isHere = (): boolean => screen.queryByRole('article')?.textContent.includes(words) === true;
    while (!isHere()) {
      await waitFor(() => expect(isHere() || screen.queryByText(/^Asks again in/) !== null).toBe(true));
      if (!isHere()) await console_.pass(60_000);
    }
    return await card();
  }

  it('of a key that no list had: asks before it is revoked, tries again, and goes on without it where a person says so', async () => {
    await start();
    await signIn();
    const wanted = await pasted(addKey());
    unreadable(12);
    await revoke([wanted]);
    const one = await waitOut('The evidence could not be read');
    expect(one).toHaveTextContent(/Revoke without it\?.*\(status 503\).* Nothing was ended/);
    expect(one).toHaveTextContent('Without evidence, only a try can prove its end.');
    expect(console_.tuleap.ledger({ method: 'DELETE' })).toEqual([]);
    await press(/^Try again/);
    await waitFor(async () => expect(await card()).not.toHaveTextContent('Revoke without it?'));
    await waitOut('The evidence could not be read');
    expect(console_.tuleap.ledger({ method: 'DELETE' })).toEqual([]);
    await press(/^Revoke without evidence/);
    await told('Proven dead');
    expect(await card()).toHaveTextContent('left out by a person, as it could not be read');
    expect(console_.tuleap.ledger({ method: 'DELETE' })).toHaveLength(1);
  });

  it('of what is proven dead only where it was seen alive: says before the press that it will stay not proven', async () => {
    await start();
    const { id: by } = await signIn();
    const { id } = await console_.open(AT, 'password', { username: 'alice', password: 'alice-demo-password' });
    const bare = { kind: 'all-rest-tokens', id: null, name: 'all tokens of alice', row: null, facts: {} };
    const wanted = { provider: 'tuleap', connection: AT, thing: completeThing(bare, { minted: [id] }), by };
    console_.tuleap.fault({ method: 'GET', path: '/api/users/self', kind: 'reply', status: 503, body: '{}', times: 6 });
    await revoke([wanted]);
    expect(await waitOut('The evidence could not be read')).toHaveTextContent(
      'Nothing was ended. Without evidence, no step here can prove its end, unless it is seen alive first: else it will stay “not proven”.',
    );
    await press(/^Revoke without evidence/);
    await told('Not proven');
  });
});

it('a connection that has to be mended before the proof: what was ended before is not denied', async () => {
  await start();
  await signIn();
  const wanted = await pasted(addKey());
  console_.tuleap.fault({ operation: 'delete-key', kind: 'latency', ms: 500 });
  await revoke([wanted]);
  await waitFor(() => expect(console_.tuleap.ledger({ method: 'DELETE' })).toHaveLength(1));
  console_.tuleap.fault({ method: 'GET', path: '/api/access_keys/', kind: 'html', status: 404, times: 'always' });
  const one = await told('Paused: the connection has to be mended first.');
  expect(one).toHaveTextContent('What was done before this step may have taken effect.');
  expect(one).not.toHaveTextContent('Nothing was ended');
});

it('given up while a call is under way: asks first, awaits the answer, and history and note have the call', async () => {
  await start();
  await signIn();
  const wanted = await pasted(addKey());
  console_.tuleap.fault({ operation: 'delete-key', kind: 'latency', ms: 5_000 });
  await revoke([wanted]);
  await waitFor(() => expect(console_.tuleap.ledger({ method: 'DELETE' })).toHaveLength(1));
  await person.click(screen.getByRole('button', { name: 'Give up and close…' }));
  expect(screen.getByText(/^A call is under way\. Its answer is awaited/)).toBeVisible();
  await person.click(screen.getByRole('button', { name: 'Give it up' }));
  expect(await screen.findByText('Given up. The call under way is awaited.')).toBeVisible();
  expect(await screen.findByText('No incident is open')).toBeVisible();
  await person.click(screen.getByRole('button', { name: /^Evidence of/ }));
  await told('200, which proves nothing');
  await person.click(screen.getByRole('button', { name: 'Copy note' }));
  await waitFor(() => expect(clipboard.text).toMatch(/\| end \| `DELETE [^|]+\| accepted: 200/));
  expect(calls().filter((call) => call.startsWith('DELETE'))).toHaveLength(1);
});

describe('the sheet', () => {
  it('names several, wants their number typed, and ends last what the console itself uses', async () => {
    await start();
    const own = await signIn();
    const keys = [own.tokens?.accessToken ?? '', addKey('first'), addKey('second')];
    const wanted = await Promise.all(keys.map((key) => pasted(key)));
    console_.tuleap.clearLedger();
    console_.draw(<Scene wanted={wanted} />);
    const button = await confirm();
    expect(button).toHaveTextContent('Revoke 3 and prove');
    expect(screen.getByText('this console uses it: goes last')).toBeVisible();
    await person.click(button);
    expect(await screen.findByText('Type 3 to say that you mean all of them.')).toBeVisible();
    expect(calls()).toEqual([]);
    await tickAll();
    await person.type(screen.getByLabelText('How many are ended? Type 3'), '3');
    await person.click(button);
    await waitFor(() => expect(screen.getAllByText(/^Proven dead/)).toHaveLength(3));
    const deleted = console_.tuleap.ledger({ method: 'DELETE' }).map(({ path }) => path.split('/').at(-1));
    expect(deleted.at(-1)).toBe(wanted[0]?.thing.id);
    expect(console_.services.state.getState().sessions[0]?.ended).not.toBeNull();
  });

  it('leaves out what a running job has in hand, and leads there', async () => {
    await start();
    await signIn();
    const wanted = await pasted(addKey());
    console_.tuleap.fault({ operation: 'delete-key', kind: 'latency', ms: 9_000 });
    await revoke([wanted]);
    await waitFor(() => expect(console_.tuleap.ledger({ method: 'DELETE' })).toHaveLength(1));
    cleanup();
    console_.draw(<Scene wanted={[wanted]} />);
    expect(await screen.findByText(/^It is being worked on already: Tuleap access key/)).toBeVisible();
    const sheet = screen.getByRole('dialog');
    expect(within(sheet).getByRole('link', { name: 'Open it' })).toHaveAttribute('href', expect.stringMatching(/job=/));
    expect(within(sheet).queryByRole('button', { name: /prove/ })).not.toBeInTheDocument();
  });

  it('uses nothing that was found on itself before somebody has ticked that', async () => {
    await start();
    const key = addKey();
    console_.draw(<Scene wanted={[await pasted(key)]} />);
    await person.click(await confirm());
    expect(await screen.findByText(/^Tick that what was found may be used on itself/)).toBeVisible();
    expect(calls()).toEqual([]);
  });

  it('does not offer that where the operator forbids it, and says what else can be done', async () => {
    await start({ entries: (own) => own.map((entry) => ({ ...entry, allowSelfUse: false })) });
    console_.draw(<Scene wanted={[await pasted(addKey())]} />);
    expect(await screen.findByText(/^Nothing at hand here can end it/)).toBeVisible();
    expect(screen.getByText('Its owner deletes it')).toBeVisible();
    expect(screen.queryByRole('button', { name: /prove/ })).not.toBeInTheDocument();
  });
});

describe('afterwards', () => {
  it('the evidence stands as it was before the probe, the note has it without a secret, and the history keeps it', async () => {
    await start();
    await signIn();
    const name = '<b>\u202Ecanary</b> [x](http://evil.example) `a` |';
    const key = addKey(name);
    await revoke([await pasted(key)]);
    await told('Proven dead');
    await person.click(screen.getByText(/^Evidence kept/));
    expect(await card()).toHaveTextContent('Last usednever');
    await person.click(screen.getByRole('button', { name: 'Copy note' }));
    await waitFor(() => expect(clipboard.text).toContain('**DEAD**'));
    const note = clipboard.text ?? '';
    expect(note).toContain(await fingerprintOf(key));
    expect(note).toMatch(/\| DELETE|DELETE …\/api\/access_keys/);
    expect(note).not.toContain(key.slice(12));
    expect(note).not.toMatch(/<b>|\u202E|\]\(http/);
    await person.click(screen.getByRole('button', { name: 'Close' }));
    expect(await screen.findByText('No incident is open')).toBeVisible();
    await person.click(screen.getByRole('button', { name: /^Evidence of/ }));
    expect(await card()).toHaveTextContent('Proven dead');
    expect(screen.queryByRole('button', { name: /^Prove again/ })).not.toBeInTheDocument();
  });
});

it('the note can be copied by hand or downloaded where the browser refuses the clipboard', async () => {
  await start();
  await signIn();
  await revoke([await pasted(addKey())]);
  await told('Proven dead');
  clipboard.refuses = true;
  await person.click(screen.getByRole('button', { name: 'Copy note' }));
  const field = await screen.findByRole('textbox', { name: 'Incident note' });
  if (!(field instanceof HTMLTextAreaElement)) expect.fail('It is a field of many lines');
  expect(field).toHaveFocus();
  expect(field.value.slice(field.selectionStart, field.selectionEnd)).toMatch(/^# Incident: [\s\S]*\*\*DEAD\*\*/);
  const file = screen.getByRole('link', { name: 'Download it' });
  expect(file).toHaveAttribute('download', 'incident.md');
  expect(decodeURIComponent(file.getAttribute('href') ?? '')).toContain(field.value);
  await person.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

describe('an account', () => {
  it('is suspended by an administrator, proven, and let in again', async () => {
    await start();
    await signIn(demo.adminKey);
    console_.draw(<Scene wanted={[]} />);
    await person.type(await screen.findByLabelText('User name'), 'alice');
    await person.click(screen.getByRole('button', { name: 'Find' }));
    await person.click(await screen.findByRole('button', { name: 'Suspend an account…' }));
    await person.click(await screen.findByRole('button', { name: 'Suspend the account' }));
    await told('Proven dead, while the account is suspended');
    await press(/^Let it in again/);
    // The dialog that says so far only that it is finding out is another one.
    await screen.findByRole('list', { name: 'What is done, in this order' });
    await person.click(within(screen.getByRole('dialog')).getByRole('button', { name: /^Let it in again/ }));
    await waitFor(() => expect(screen.getByText(/^Proven: let in again/)).toBeVisible());
  });
});
