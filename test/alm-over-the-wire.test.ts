/** Perforce ALM's face through the real services and the real gateway, against the stand-in. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import type { FormValues } from '../src/providers/sign-in-way.ts';
import { callAs } from '../src/refresh/call-as.ts';
import { forget, logOut } from '../src/refresh/end-session.ts';
import { dueOf, type Surroundings } from '../src/refresh/plan.ts';
import { refreshSession } from '../src/refresh/refresh-session.ts';
import { listTargets } from '../src/refresh/sign-in.ts';
import { viewOf, type SessionRecord } from '../src/sessions/record.ts';
import type { AlmActions } from '../stand-ins/alm/control.ts';
import { standIn } from '../stand-ins/alm/server.ts';
import { demo } from '../stand-ins/alm/world.ts';
import { startHeadlessConsole, valueOf, type HeadlessConsole, type MoreOfAttempt } from './headless-console.ts';

let rig: HeadlessConsole<AlmActions>;

beforeAll(async () => {
  rig = await startHeadlessConsole(standIn);
});
beforeEach(() => rig.reset());
afterAll(() => rig.close());

const KEY: FormValues = { apiKey: `${demo.keyId}:${demo.keySecret}` };

const list = async (id: 'api-key' | 'password', values: FormValues) =>
  listTargets(rig.hands, await rig.typed(id, values));

/** A session for the project of that name. */
const openFor = (
  target: string,
  id: 'api-key' | 'password' = 'api-key',
  values: FormValues = KEY,
  more: MoreOfAttempt = {},
): Promise<SessionRecord> => rig.open(id, values, { ...more, target });

const verdictOf = async ({ lineage, tokens }: SessionRecord) => {
  if (!tokens) return 'no token';
  const { probe } = rig.provider.sessionFace(lineage.way);
  const connection = await rig.connection();
  const { id, baseUrl } = connection;
  const params = probe.params(tokens, connection);
  return probe.read(
    await rig.hands.caller.call({ connection: id, operation: probe.operation, effect: 'read', baseUrl, params }),
    tokens,
  ).verdict;
};

const now = async ({ id }: SessionRecord): Promise<SessionRecord> => {
  const record = await rig.hands.repository.get(id);
  if (!record) throw new Error('The session is gone');
  return record;
};

const DAY_MS = 24 * 3_600_000;
const around = (nowMs: number): Surroundings => ({ nowMs, visible: true, attendedAtMs: nowMs, offsetMs: () => 0 });

describe('signing in', () => {
  it('opens the projects with a pasted key, and a token for the one that was chosen', async () => {
    const found = valueOf(await list('api-key', { apiKey: ` "ApiKey ${demo.keyId}:${demo.keySecret}"\n` }));
    expect(found.targets.map(({ label }) => label)).toContain("O'Brien & Sons {legacy}");
    expect(found.incomplete).toBeNull();

    const session = await openFor('Firmware / Bootloader');
    expect(session).toMatchObject({
      identity: { name: 'Firmware / Bootloader' },
      lineage: { way: 'api-key', label: 'API key demo-key…-alice', kept: false },
      tokens: { accessExpiry: { kind: 'absolute' }, companions: { segment: 'perforce-alm' } },
    });
    expect(await verdictOf(session)).toBe('live');
    expect(rig.server.control.tokens()).toMatchObject([{ project: 'Firmware / Bootloader', keyId: demo.keyId }]);
  });

  it.each([
    ['api-key', KEY],
    ['password', { username: 'alice', password: 'not-a-real-password' }],
  ] as const)('asks once what a typed credential opens: %s', async (way, values) => {
    rig.server.control.fault({ operation: 'projects', kind: 'reset' });
    const listed = await list(way, values);
    expect(listed).toMatchObject({ failure: { code: 'answer-cut' } });
    expect(listed.ok ? '' : listed.failure.next).toBe('Nothing was to be changed by it. Try again.');
    expect(rig.server.control.ledger({ operation: 'projects' })).toHaveLength(1);
  });

  it('takes a secret with colons in it', async () => {
    const apiKey = `${demo.secondKeyId}:${demo.secondKeySecret}`;
    await openFor('Payments', 'api-key', { apiKey });
    expect(rig.server.control.tokens()).toMatchObject([{ keyId: demo.secondKeyId }]);
  });

  it.each([
    [{ username: 'Administrator', password: '' }, 'Payments'],
    [{ username: 'jürgen', password: 'Paßwort-für-die-Demo-🔑' }, 'Rocket 🚀 "Alpha"'],
    [{ username: 'colon', password: 'colon:demo:password' }, 'Payments'],
  ])('takes user name and password of %j', async (values, project) => {
    const session = await openFor(project, 'password', values);
    expect(session.lineage).toMatchObject({ way: 'password', label: `Password of ${values.username}`, kept: false });
    expect(await verdictOf(session)).toBe('live');
    expect(await refreshSession(rig.hands, session.id, 'person')).toEqual({
      kind: 'impossible',
      why: 'not-refreshable',
    });
  });

  it.each([
    ['password', { username: 'alice', password: 'not-a-real-password' }, 'password-wrong'],
    ['password', { username: 'unlicensed', password: 'unlicensed-demo-password' }, 'not-admitted'],
    ['password', { username: 'nobody', password: 'nobody-demo-password' }, 'no-projects'],
    ['api-key', { apiKey: 'demo-key-of-alice:not-a-real-secret' }, 'key-dead'],
  ] as const)('by %s with %j is refused as %s', async (id, values, code) => {
    expect(await list(id, values)).toMatchObject({ ok: false, failure: { code, happened: 'no' } });
  });

  it.each([401, 403, 500] as const)(
    'tells a dead key by its words, whether they come with %i',
    async (deadKeyStatus) => {
      for (const errorShape of ['plain', 'error', 'errors'] as const) {
        rig.server.control.configure({ deadKeyStatus, errorShape });
        expect(await list('api-key', { apiKey: 'gone:not-a-real-secret' })).toMatchObject({
          failure: { code: 'key-dead', fault: 'credential', status: deadKeyStatus },
        });
      }
    },
  );

  it('says that the server is still loading, and lists what is there', async () => {
    rig.server.control.configure({ projectsLoading: 2 });
    const found = valueOf(await list('api-key', KEY));
    expect(found.targets).toHaveLength(2);
    expect(found.incomplete).toMatch(/2 projects/);
  });

  it('finds its way through 200 projects, whatever they are called', async () => {
    rig.server.control.fillProjects({ count: 200 });
    const found = valueOf(await list('api-key', KEY));
    expect(found.targets).toHaveLength(200);
    for (const { label } of found.targets.slice(0, 9)) {
      const session = await openFor(label);
      expect(await verdictOf(session)).toBe('live');
    }
  });

  it('learns that a user may not enter the chosen project', async () => {
    const values = { username: 'guest', password: 'guest-demo-password' };
    const found = valueOf(await list('password', values));
    expect(found.targets).toHaveLength(2);
    const limited = await openFor(found.targets[1]?.label ?? '', 'password', values);
    // A token that is alive without the right to read issues.
    expect(await verdictOf(limited)).toBe('live');
    expect(await callAs(rig.hands, limited.id, 'issues')).toMatchObject({ failure: { code: 'command-missing' } });
  });
});

describe('the two path names', () => {
  it('are tried one after the other where the first is not known, and the one that answers is offered', async () => {
    rig.server.control.configure({ version: '2022.1.0.0' });
    const refused = await list('api-key', { ...KEY, segment: 'perforce-alm' });
    expect(refused).toMatchObject({ ok: false, failure: { code: 'path-unknown' } });
    const offer = refused.ok ? undefined : refused.failure.offer;
    expect(offer?.values).toEqual({ segment: 'helix-alm' });
    // The credential goes nowhere else before the person agrees, and the harmless call carries none.
    expect(
      rig.server.control.ledger().map(({ operation, path }) => `${operation} ${path.split('/')[1] ?? ''}`),
    ).toEqual(['projects perforce-alm', 'versions helix-alm']);
    expect(rig.server.control.ledger({ operation: 'versions' })[0]?.headerNames).not.toContain('authorization');

    const agreed = { ...KEY, ...offer?.values };
    const session = await openFor('Payments', 'api-key', agreed, { keep: true });
    expect(session.tokens?.companions).toMatchObject({ segment: 'helix-alm' });
    expect(await refreshSession(rig.hands, session.id, 'person')).toMatchObject({ kind: 'refreshed' });
  });

  it('do not hide what the other one says of the credential', async () => {
    rig.server.control.configure({ version: '2022.1.0.0' });
    expect(await list('api-key', { apiKey: 'gone:not-a-real-secret', segment: 'helix-alm' })).toMatchObject({
      failure: { code: 'key-dead' },
    });
  });

  it('are not guessed where neither is known', async () => {
    await rig.operatorWrites({ baseUrl: `${rig.server.url}/elsewhere` });
    expect(await list('api-key', KEY)).toMatchObject({ failure: { code: 'path-unknown' } });
  });
});

describe('minting again', () => {
  it('takes the kept key, and the new token takes the place of the old one', async () => {
    const session = await openFor('Payments', 'api-key', KEY, { keep: true });
    expect(await refreshSession(rig.hands, session.id, 'person')).toMatchObject({ kind: 'refreshed' });
    const after = await now(session);
    expect(after).toMatchObject({
      generation: 1,
      lineage: { kept: true },
      tokens: { companions: session.tokens?.companions },
    });
    expect(after.tokens?.accessToken).not.toBe(session.tokens?.accessToken);
    expect(await verdictOf(after)).toBe('live');
  });

  it('goes by the uuid: a project that was renumbered is the same one', async () => {
    const session = await openFor('Payments', 'api-key', KEY, { keep: true });
    rig.server.control.renumberProjects();
    expect(await refreshSession(rig.hands, session.id, 'person')).toMatchObject({ kind: 'refreshed' });
    expect(rig.server.control.tokens().map(({ project }) => project)).toEqual(['Payments', 'Payments']);
  });

  it('is impossible where the key was not kept', async () => {
    const session = await openFor('Payments');
    expect(await refreshSession(rig.hands, session.id, 'person')).toEqual({
      kind: 'impossible',
      why: 'not-refreshable',
    });
  });

  it('takes a shorter life for a setting of the server, and not for an end that is near', async () => {
    const session = await openFor('Payments', 'api-key', KEY, { keep: true });
    rig.server.control.configure({ tokenLifeHours: 2 });
    expect(await refreshSession(rig.hands, session.id, 'person')).toMatchObject({ kind: 'refreshed' });
    const due = dueOf(viewOf(await now(session)), around(rig.services.nowMs()));
    expect(due).toMatchObject({ kind: 'at', what: 'refresh' });
  });

  it.each([401, 403, 500] as const)(
    'with a deleted key (%i) ends every session of that key, and no other',
    async (deadKeyStatus) => {
      rig.server.control.configure({ deadKeyStatus });
      const first = await openFor('Payments', 'api-key', KEY, { keep: true, credential: 'the-key' });
      const second = await openFor('Firmware / Bootloader', 'api-key', KEY, { keep: true, credential: 'the-key' });
      const other = await openFor('Payments', 'password', { username: 'alice', password: 'alice-demo-password' });
      expect(rig.server.control.deleteKey({ id: demo.keyId }).tokensEnded).toBe(2);

      expect(await refreshSession(rig.hands, first.id, 'person')).toMatchObject({ failure: { code: 'key-dead' } });
      for (const session of [first, second]) {
        expect(await now(session)).toMatchObject({
          lineage: { kept: false },
          signInNeeded: { code: 'credential-dead' },
        });
      }
      expect((await now(other)).signInNeeded).toBeNull();
      expect(await verdictOf(first)).toBe('dead');
      // Each was asked for, and found dead: it cannot be copied any more.
      await eventually(async () =>
        expect([(await now(first)).tokens, (await now(second)).tokens]).toEqual([null, null]),
      );
      expect((await now(other)).tokens).not.toBeNull();
      expect(rig.server.control.ledger({ operation: 'issues' })).toHaveLength(3);
      expect(await rig.hands.credentials.all()).toEqual([]);
    },
  );

  it.each([
    [{ almServerUp: false }, 'mint-or-key'],
    [{ busy: true }, 'server-busy'],
    [{ projectsLoading: 4 }, 'project-loading'],
  ])('waits and tries again where the server is in the state %j', async (state, code) => {
    const session = await openFor('Payments', 'api-key', KEY, { keep: true });
    rig.server.control.configure(state);
    expect(await refreshSession(rig.hands, session.id, 'schedule')).toMatchObject({
      kind: 'failed',
      failure: { code },
    });
    expect(await now(session)).toMatchObject({
      lineage: { kept: true },
      signInNeeded: null,
      waiting: { untilMs: expect.any(Number) as unknown },
    });
  });

  it('is not tried again and again for a project that is gone: the list is asked once, and the person is waited for', async () => {
    const session = await openFor('Payments', 'api-key', KEY, { keep: true });
    rig.server.control.fillProjects({ count: 2 });
    rig.server.control.clearLedger();
    expect(await refreshSession(rig.hands, session.id, 'schedule')).toMatchObject({
      kind: 'failed',
      failure: { code: 'project-gone', happened: 'no' },
    });
    const waiting = await now(session);
    expect(waiting).toMatchObject({ lineage: { kept: true }, signInNeeded: null, waiting: { untilMs: null } });
    expect(dueOf(viewOf(waiting), around(waiting.openedAtMs + 8 * DAY_MS))).toEqual({
      kind: 'held',
      why: 'waits-for-person',
    });
    expect(rig.server.control.ledger().map(({ operation, status }) => `${operation} ${String(status)}`)).toEqual([
      'token 404',
      'projects 200',
    ]);
    expect(JSON.stringify(rig.log)).not.toContain(demo.keySecret);
  });

  it('ends with the key where the list tells that it is dead', async () => {
    const session = await openFor('Payments', 'api-key', KEY, { keep: true });
    rig.server.control.fault({ kind: 'reply', status: 404, operation: 'token', body: '{"statusCode":404}' });
    rig.server.control.deleteKey({ id: demo.keyId });
    expect(await refreshSession(rig.hands, session.id, 'schedule')).toMatchObject({ failure: { code: 'key-dead' } });
    expect(await rig.hands.credentials.all()).toEqual([]);
  });

  it.each([
    [{ kind: 'reply', status: 500, body: '{"statusCode":500,"message":"x"}', when: 'after' }, 'mint-or-key'],
    [{ kind: 'html', status: 502, when: 'after' }, 'mint-broken'],
    [{ kind: 'edit', remove: ['accessToken'] }, 'mint-without-token'],
    [{ kind: 'cut' }, 'mint-lost'],
  ] as const)('says that a token may have been issued after %j, and asks again later', async (trouble, code) => {
    const session = await openFor('Payments', 'api-key', KEY, { keep: true });
    rig.server.control.fault({ ...trouble, operation: 'token' });
    expect(await refreshSession(rig.hands, session.id, 'schedule')).toMatchObject({
      kind: 'failed',
      failure: {
        code,
        happened: 'unknown',
        next: expect.stringMatching(/^A token may have been issued all/) as unknown,
      },
    });
    // It was, and the one in use is what it was.
    expect(rig.server.control.tokens()).toHaveLength(2);
    const after = await now(session);
    expect(after).toMatchObject({
      tokens: session.tokens,
      generation: 0,
      signInNeeded: null,
      waiting: { untilMs: expect.any(Number) as unknown },
    });
    expect(await refreshSession(rig.hands, session.id, 'person')).toMatchObject({ kind: 'refreshed' });
  });

  it('waits as long as the server asks, in the vendor’s own spelling', async () => {
    const session = await openFor('Payments', 'api-key', KEY, { keep: true });
    rig.server.control.configure({ rateLimit: { perMinute: 1 } });
    const done = await refreshSession(rig.hands, session.id, 'schedule');
    expect(done).toMatchObject({
      kind: 'failed',
      failure: { code: 'rate-limited', retryAfterMs: expect.any(Number) as unknown },
    });
    const waitsMs = ((await now(session)).waiting?.untilMs ?? 0) - rig.services.nowMs();
    expect(waitsMs).toBeGreaterThan(20_000);
  });
});

it('is forgotten here, and never logged out there', async () => {
  const session = await openFor('Payments');
  expect(await logOut(rig.hands, session.id)).toMatchObject({ failure: { code: 'no-log-out' } });
  expect(await forget(rig.hands, session.id)).toMatchObject({ ended: { how: 'forgotten' }, tokens: null });
  expect(await verdictOf(session)).toBe('live');
});

describe('the doctor', () => {
  const examine = async () => {
    const { operation, params, read } = rig.provider.doctor;
    const connection = await rig.connection();
    const { id, baseUrl } = connection;
    return read(
      await rig.hands.caller.call({ connection: id, operation, effect: 'read', baseUrl, params }),
      connection,
    );
  };

  it('asks under the operator’s path name, without a credential', async () => {
    expect(await examine()).toMatchObject({ standing: 'clear' });
    rig.server.control.configure({ version: '2022.1.0.0' });
    expect((await examine()).sentence).toMatch(/Try helix-alm/);
    await rig.operatorWrites({ settings: { segment: 'helix-alm' } });
    expect((await examine()).sentence).toMatch(/2022\.1\.0\.0 answered under the path name helix-alm/);
    rig.server.control.configure({ almServerUp: false });
    expect((await examine()).sentence).toMatch(/cannot reach the ALM Server/);
  });
});

it('lets no page choose another path name, and keeps every secret out of log and record', async () => {
  const { id, baseUrl } = await rig.connection();
  const params = { segment: 'another-api', apiKey: KEY['apiKey'] ?? '' };
  const reply = await rig.hands.caller.call({
    connection: id,
    operation: 'projectsByKey',
    effect: 'read',
    baseUrl,
    params,
  });
  expect(reply.envelope).toMatchObject({ phase: 'not-sent', cause: { code: 'bad-parameter' } });
  expect(rig.log.length).toBeGreaterThan(50);
  const kept = `${rig.log.join('\n')}${JSON.stringify(rig.services.state.getState().calls)}`;
  expect(kept).not.toMatch(/not-a-real|demo-password|not:a:real|eyJ/);
});
