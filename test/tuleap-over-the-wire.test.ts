/** Tuleap's face through the real services and the real gateway, against the stand-in: the three ways without OAuth2. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CheckOnly, FormValues } from '../src/providers/sign-in-way.ts';
import { callAs } from '../src/refresh/call-as.ts';
import { logOut } from '../src/refresh/end-session.ts';
import { checkOnce, signIn } from '../src/refresh/sign-in.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import { call as callDirectly } from '../stand-ins/tuleap/call-tuleap.ts';
import type { TuleapActions } from '../stand-ins/tuleap/control.ts';
import { standIn } from '../stand-ins/tuleap/server.ts';
import { demo } from '../stand-ins/tuleap/world.ts';
import { startHeadlessConsole, valueOf, type HeadlessConsole } from './headless-console.ts';

const HOUR_MS = 3_600_000;

let rig: HeadlessConsole<TuleapActions>;

beforeAll(async () => {
  rig = await startHeadlessConsole(standIn);
});
beforeEach(() => rig.reset());
afterAll(() => rig.close());

const tryToOpen = async (id: 'access-key' | 'password', values: FormValues) =>
  signIn(rig.hands, { ...(await rig.typed(id, values)), keep: false });

const as = (username: string): FormValues => ({ username, password: `${username}-demo-password` });

const nextOf = (result: Awaited<ReturnType<typeof tryToOpen>>): string => (result.ok ? '' : result.failure.next);

async function verdictOf({ lineage, tokens }: SessionRecord): Promise<string> {
  if (!tokens) return 'no token';
  const { probe } = rig.provider.sessionFace(lineage.way);
  const connection = await rig.connection();
  const params = probe.params(tokens, connection);
  const { id, baseUrl } = connection;
  return probe.read(
    await rig.hands.caller.call({ connection: id, operation: probe.operation, effect: 'read', baseUrl, params }),
    tokens,
  ).verdict;
}

describe('with an access key', () => {
  it('signs in, learns whose it is, and reads what the server knows of it', async () => {
    const session = await rig.open('access-key', { accessKey: ` 'X-Auth-AccessKey: ${demo.aliceKey}'\n` });
    expect(session).toMatchObject({
      identity: { name: 'alice', id: '102' },
      lineage: { way: 'access-key', label: 'Access key no. 1', kept: false },
      tokens: { accessExpiry: { kind: 'never' } },
    });
    expect(session.tokens?.facts).toContainEqual({ label: 'Scopes', value: 'write:rest' });
    expect(await verdictOf(session)).toBe('live');
    expect(await callAs(rig.hands, session.id, 'self')).toMatchObject({ ok: true });
    // Nothing but the key’s own header, and no cookie.
    const [read] = rig.server.control.ledger({ path: '/access_keys/self' });
    expect(read?.headerNames).toContain('x-auth-accesskey');
    expect(read?.headerNames).not.toContain('authorization');
    expect(read?.headerNames).not.toContain('cookie');
  });

  it('knows the end of a key that has one, by the server’s clock', async () => {
    const { identifier } = rig.server.control.addKey({ username: 'alice', expiresInSeconds: 3_600 });
    const session = await rig.open('access-key', { accessKey: identifier });
    const expiry = session.tokens?.accessExpiry;
    expect(expiry?.kind === 'absolute' && Math.abs(expiry.serverMs - Date.now() - HOUR_MS)).toBeLessThan(5_000);
  });

  it.each([
    [
      'an expired one',
      () => rig.server.control.addKey({ username: 'alice', expiresInSeconds: -1 }).identifier,
      'key-refused',
    ],
    [
      'one for SVN alone',
      () => rig.server.control.addKey({ username: 'alice', scopes: ['write:svn'] }).identifier,
      'key-refused',
    ],
    [
      'one of a suspended account',
      () => rig.server.control.addKey({ username: 'suspended' }).identifier,
      'account-barred',
    ],
    [
      'one that is spelled as the documentation prints it',
      () => demo.aliceKey.replace('tlp-k1-', 'tlp.k1.'),
      'key-malformed',
    ],
    ['half of one', () => demo.aliceKey.slice(0, 30), 'key-malformed'],
  ])('refuses %s', async (_, key, code) => {
    expect(await tryToOpen('access-key', { accessKey: key() })).toMatchObject({ ok: false, failure: { code } });
    expect(await rig.hands.repository.list()).toEqual([]);
  });

  it('takes a key as the documentation prints it, where the server makes such keys', async () => {
    rig.server.control.configure({ keySpelling: 'documented' });
    const { identifier } = rig.server.control.addKey({ username: 'alice' });
    expect(identifier).toMatch(/^tlp\.k1\./);
    expect(await rig.open('access-key', { accessKey: identifier })).toMatchObject({ identity: { name: 'alice' } });
  });

  it('finds a key that was deleted dead, and asks for a sign-in', async () => {
    const session = await rig.open('access-key', { accessKey: demo.aliceKey });
    await callDirectly(rig.server, 'DELETE', '/api/access_keys/1', { headers: { 'x-auth-accesskey': demo.aliceKey } });
    expect(await verdictOf(session)).toBe('dead');
    expect(await callAs(rig.hands, session.id, 'self')).toMatchObject({ failure: { code: 'credential-over' } });
    expect(await rig.hands.repository.get(session.id)).toMatchObject({
      tokens: null,
      signInNeeded: { code: 'credential-over' },
    });
  });

  it('says of a server error that it may be the credential, and sends nothing again', async () => {
    rig.server.control.fault({
      operation: 'read-key',
      kind: 'reply',
      status: 500,
      body: '{"error":{"code":500,"message":"Internal Server Error"}}',
    });
    expect(await tryToOpen('access-key', { accessKey: demo.aliceKey })).toMatchObject({
      failure: {
        code: 'credential-or-server',
        happened: 'no',
        sentence: expect.stringMatching(/may be the credential/) as unknown,
      },
    });
    expect(rig.server.control.ledger({ operation: 'read-key' })).toHaveLength(1);
  });
});

describe('where something else answers to an access key', () => {
  it.each([
    ['a web page', { kind: 'html', status: 200 }],
    ['nothing', { kind: 'reply', status: 200, body: '' }],
    ['garbage', { kind: 'garbage' }],
    ['no answer', { kind: 'reset' }],
  ] as const)('%s opens no session, and nothing need be looked after', async (_, fault) => {
    rig.server.control.fault({ operation: 'read-key', ...fault });
    const refused = await tryToOpen('access-key', { accessKey: demo.aliceKey });
    expect(refused).toMatchObject({ failure: { happened: 'no' } });
    expect(nextOf(refused)).toMatch(/^Nothing was to be changed by it\./);
  });

  it('sends nobody who has no session yet to refresh one', async () => {
    rig.server.control.fault({ operation: 'read-key', kind: 'html', status: 401 });
    const refused = await tryToOpen('access-key', { accessKey: demo.aliceKey });
    expect(nextOf(refused)).not.toMatch(/refresh/i);
    expect(nextOf(refused)).toContain('a proxy on the way may ask for a credential of its own');
  });
});

describe('with user name and password', () => {
  it.each(['code', 'documented'] as const)('opens a token of at least a day, as the %s has it', async (tokenShape) => {
    rig.server.control.configure({ tokenShape });
    const session = await rig.open('password', as('alice'));
    expect(session).toMatchObject({
      identity: { name: 'alice', id: '102' },
      tokens: { accessExpiry: { kind: 'earliest' }, companions: { userId: '102' } },
    });
    const { accessExpiry } = session.tokens ?? {};
    expect(accessExpiry?.kind === 'earliest' && Math.abs(accessExpiry.atMs - Date.now() - 24 * HOUR_MS)).toBeLessThan(
      5_000,
    );
    expect(await verdictOf(session)).toBe('live');
    expect(await callAs(rig.hands, session.id, 'self')).toMatchObject({ ok: true });
  });

  it('logs out, proves it, and does so again without harm', async () => {
    const session = await rig.open('password', as('bob'));
    const { tokens } = session;
    expect(valueOf(await logOut(rig.hands, session.id))).toMatchObject({
      ended: { how: 'logged-out', evidence: 'Tuleap answered 401 to the token.' },
    });
    expect(await verdictOf({ ...session, tokens })).toBe('dead');

    // A session whose token the server dropped by itself ends as well.
    const other = await rig.open('password', as('bob'));
    rig.server.control.clock({ advanceMs: 30 * HOUR_MS });
    expect(valueOf(await logOut(rig.hands, other.id))).toMatchObject({ ended: { how: 'logged-out' } });
  });

  it.each([
    ['a web page', { kind: 'html', status: 200 }, 'web-page'],
    [
      'other words',
      { kind: 'reply', status: 200, body: 'ok', headers: { 'content-type': 'text/plain' } },
      'unreadable',
    ],
  ] as const)('takes %s for no log out, and keeps the session for the next try', async (_, fault, code) => {
    const session = await rig.open('password', as('alice'));
    rig.server.control.fault({ operation: 'delete-token', ...fault });
    rig.server.control.fault({ operation: 'read-user', ...fault });
    expect(await logOut(rig.hands, session.id)).toMatchObject({ failure: { code, happened: 'unknown' } });
    expect(await rig.hands.repository.get(session.id)).toMatchObject({ tokens: session.tokens, ended: null });

    rig.server.control.clearFaults();
    expect(valueOf(await logOut(rig.hands, session.id))).toMatchObject({
      ended: { how: 'logged-out', evidence: 'Tuleap answered 401 to the token.' },
    });
  });

  it('keeps to the server’s own yes where its proof is lost, and says that it is none', async () => {
    const session = await rig.open('password', as('alice'));
    rig.server.control.fault({ operation: 'read-user', kind: 'reply', status: 503 });
    expect(valueOf(await logOut(rig.hands, session.id))).toMatchObject({
      ended: { how: 'logged-out', evidence: expect.stringMatching(/^Not proven: /) as unknown },
    });
    expect(await verdictOf(session)).toBe('dead');
  });

  it('asks for the password again after a day: nothing refreshes such a token', async () => {
    const session = await rig.open('password', as('alice'));
    rig.server.control.clock({ advanceMs: 30 * HOUR_MS });
    expect(await callAs(rig.hands, session.id, 'self')).toMatchObject({ failure: { code: 'credential-over' } });
    expect(await rig.hands.repository.get(session.id)).toMatchObject({ signInNeeded: { code: 'credential-over' } });
    expect(rig.server.control.ledger({ operation: 'create-token' })).toHaveLength(1);
  });

  it.each([
    [{ username: 'alice', password: 'not-a-real-password' }, 'sign-in-refused'],
    [as('passkey'), 'password-switched-off'],
    // The sign-in itself looks at the password alone.
    [as('suspended'), 'account-barred'],
    [as('expired'), 'account-barred'],
    [as('pending'), 'account-barred'],
  ])('refuses %j as %s', async (values, code) => {
    expect(await tryToOpen('password', values)).toMatchObject({ ok: false, failure: { code } });
    expect(await rig.hands.repository.list()).toEqual([]);
  });

  it('tries once to end the token that was issued to an account that may not enter, and says what became of it', async () => {
    const refused = await tryToOpen('password', as('suspended'));
    expect(rig.server.control.ledger({ operation: 'delete-token' })).toMatchObject([{ status: 403 }]);
    expect(refused).toMatchObject({ failure: { code: 'account-barred', happened: 'unknown' } });
    expect(nextOf(refused)).toMatch(
      /^A token was issued before that, and the server refused to end it again, for the same reason\. Nobody holds it/,
    );
    expect(nextOf(refused)).not.toContain('Nothing took effect');
  });

  it('says where a token that was issued could not be ended again, and tries that once', async () => {
    rig.server.control.fault({ operation: 'delete-token', kind: 'html', status: 502 });
    const refused = await tryToOpen('password', as('suspended'));
    expect(rig.server.control.ledger({ operation: 'delete-token' })).toHaveLength(1);
    expect(nextOf(refused)).toMatch(
      /^A token was issued before that, and ending it again failed: [^.]+\. Nobody holds it/,
    );
  });

  it('signs nobody in whom the server takes for an anonymous visitor', async () => {
    const anonymous = { id: null, username: null, display_name: 'Anonymous user', is_anonymous: true };
    rig.server.control.fault({
      operation: 'read-user',
      kind: 'reply',
      status: 200,
      body: JSON.stringify(anonymous),
      headers: { 'content-type': 'application/json' },
    });
    const refused = await tryToOpen('password', as('alice'));
    expect(refused).toMatchObject({ ok: false, failure: { code: 'anonymous', happened: 'no' } });
    expect(rig.server.control.ledger({ operation: 'delete-token' })).toMatchObject([{ status: 200 }]);
    expect(nextOf(refused)).toMatch(
      /^A token was issued before that, and was ended again at once\. Nobody is signed in/,
    );
  });

  it('keeps the session where only the question who it is went wrong', async () => {
    rig.server.control.fault({ operation: 'read-user', kind: 'html', status: 502 });
    expect(await tryToOpen('password', as('alice'))).toMatchObject({
      ok: true,
      value: { record: { identity: { name: 'alice' } } },
    });
  });

  it('reads refusals in another language by their status, and quotes them', async () => {
    rig.server.control.configure({ language: 'fr' });
    expect(await tryToOpen('password', { username: 'alice', password: 'not-a-real-password' })).toMatchObject({
      failure: { code: 'sign-in-refused', serverSaid: expect.stringMatching(/invalide/) as unknown },
    });
    expect(await tryToOpen('password', as('suspended'))).toMatchObject({
      failure: { code: 'account-barred', serverSaid: expect.stringMatching(/suspendu/) as unknown },
    });
  });
});

describe('HTTP Basic, checked once', () => {
  const check = async (values: FormValues) => {
    const way = rig.provider.signIn.find((each): each is CheckOnly => each.kind === 'check');
    if (!way) throw new Error('There is nothing to check with');
    return checkOnce(rig.hands, { provider: rig.provider, connection: await rig.connection(), way, values });
  };

  it('says whom Tuleap took it for, and keeps nothing', async () => {
    expect(valueOf(await check(as('alice')))).toBe('Tuleap accepts it, for alice (Alice).');
    expect(await rig.hands.repository.list()).toEqual([]);
    expect(await rig.hands.credentials.all()).toEqual([]);
  });

  it.each([
    [{ username: 'alice', password: 'not-a-real-password' }, 'basic-refused'],
    [as('suspended'), 'basic-refused'],
    [as('passkey'), 'basic-refused'],
    [as('jürgen:'), 'user-with-colon'],
  ])('refuses %j as %s', async (values, code) => {
    expect(await check(values)).toMatchObject({ failure: { code } });
  });

  it('sends a password once where its answer is lost: each time is a failed log-in', async () => {
    rig.server.control.fault({ operation: 'read-user', kind: 'reset' });
    expect(await check({ username: 'alice', password: 'not-a-real-password' })).toMatchObject({
      failure: { code: 'answer-cut', happened: 'unknown' },
    });
    expect(rig.server.control.ledger({ operation: 'read-user' })).toHaveLength(1);
  });

  it.each([
    ['a lost answer', { kind: 'reset' }],
    ['a web page', { kind: 'html', status: 200 }],
  ] as const)('leaves no doubt after %s that nothing was changed', async (_, fault) => {
    rig.server.control.fault({ operation: 'read-user', ...fault });
    const refused = await check(as('alice'));
    expect(refused.ok ? '' : refused.failure.next).toMatch(/^Nothing was to be changed by it\./);
  });
});

describe('the gate before the routes', () => {
  it.each([
    [
      {
        status: 403,
        body: '{"error":"Referer doesn\'t match host. CSRF tentative ?"}',
        headers: { 'content-type': 'application/json' },
      },
      'taken-for-a-page',
    ],
    [
      {
        status: 403,
        body: 'Request has been rejected based on its Fetch Metadata headers',
        headers: { 'content-type': 'text/plain' },
      },
      'taken-for-a-page',
    ],
    [
      {
        status: 401,
        body: '{"error":{"code":401,"message":"Unauthorized"}}',
        headers: { 'content-type': 'application/json' },
      },
      'no-credential-seen',
    ],
  ])('is told from a refusal of the key: %j', async (reply, code) => {
    rig.server.control.fault({ operation: 'read-key', kind: 'reply', ...reply });
    expect(await tryToOpen('access-key', { accessKey: demo.aliceKey })).toMatchObject({
      failure: { code, fault: 'configuration' },
    });
  });
});

it('has a doctor that knows Tuleap by its version, without a credential', async () => {
  const { operation, params, read } = rig.provider.doctor;
  const examine = async () => {
    const connection = await rig.connection();
    const { id, baseUrl } = connection;
    return read(
      await rig.hands.caller.call({ connection: id, operation, effect: 'read', baseUrl, params }),
      connection,
    );
  };
  expect(await examine()).toMatchObject({ standing: 'clear' });
  await rig.operatorWrites({ baseUrl: `${rig.server.url}/tuleap` });
  expect((await examine()).next).toMatch(/without \/api/);
});

it('keeps every secret out of the gateway’s log and the record of calls', () => {
  expect(rig.log.length).toBeGreaterThan(40);
  const kept = `${rig.log.join('\n')}${JSON.stringify(rig.services.state.getState().calls)}`;
  expect(kept).not.toMatch(/demo-password|not-a-real|0badc0de|tlp-k1|[0-9a-f]{32}/);
});
