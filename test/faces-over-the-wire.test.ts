/** The vendors' faces through the page's fetch layer and the real gateway, against the stand-ins: every part but the page. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from '../gateway/app.ts';
import type { GatewayConnection } from '../gateway/connections.ts';
import { listen } from '../gateway/listen.ts';
import { createCaller } from '../src/http/create-caller.ts';
import type { CallRecord, Caller, Reply } from '../src/http/call.ts';
import type { Connection } from '../src/http/envelope.ts';
import type { Params } from '../src/http/operation.ts';
import { createVendorClocks } from '../src/http/vendor-clock.ts';
import { systemRandom, randomName } from '../src/lib/random.ts';
import type { Provider } from '../src/providers/contract.ts';
import type { FormSignIn, FormValues, SignedIn } from '../src/providers/sign-in-way.ts';
import { ocp } from '../src/providers/ocp/index.ts';
import { primatime } from '../src/providers/primatime/index.ts';
import { standIn as ocpStandIn } from '../stand-ins/ocp/server.ts';
import { standIn as primatimeStandIn } from '../stand-ins/primatime/server.ts';
import type { ConnectionEntry } from '../stand-ins/stand-in.ts';

const clocks = createVendorClocks();
const records: CallRecord[] = [];
const log: string[] = [];
let iam: Awaited<ReturnType<typeof ocpStandIn.start>>;
let times: Awaited<ReturnType<typeof primatimeStandIn.start>>;
let gateway: Gateway;
let stop: () => Promise<void>;
let caller: Caller;
let connections: readonly GatewayConnection[] = [];

beforeAll(async () => {
  iam = await ocpStandIn.start();
  times = await primatimeStandIn.start();
  gateway = createGateway({
    vendors: { ocp, primatime },
    connections: { current: () => ({ connections, faults: [] }) },
    clock: { wallMs: () => Date.now(), monotonicMs: () => performance.now() },
    random: (length) => randomBytes(length),
    demo: true,
    log: (line) => log.push(line),
  });
  const listening = await listen(gateway.handler, 0);
  caller = createCaller({
    // What a browser adds by itself.
    fetch: (url, init) =>
      fetch(url, { ...init, headers: [...new Headers(init?.headers), ['sec-fetch-site', 'same-origin']] }),
    origin: `http://127.0.0.1:${listening.port}`,
    clocks,
    nowMs: () => Date.now(),
    wallMs: () => Date.now(),
    online: () => true,
    pause: () => Promise.resolve(),
    onCall: (record) => records.push(record),
  });
  stop = async () => {
    gateway.close();
    await listening.close(true);
    await Promise.all([iam.close(), times.close()]);
  };
});

afterAll(() => stop());

beforeEach(() => {
  iam.control.reset();
  times.control.reset();
  connections = [...iam.connections, ...times.connections].map(asOperatorWrote);
});

/** As the gateway reads it from the operator's file. */
function asOperatorWrote({ settings, ...entry }: ConnectionEntry): GatewayConnection {
  const env: Readonly<Record<string, string>> = { ...iam.env, ...times.env };
  const plain: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const [key, value] of Object.entries(settings)) {
    if (typeof value === 'string') plain[key] = value;
    else secrets[key] = env[value.env] ?? '';
  }
  return { ...entry, settings: plain, secrets, ca: null, insecure: false, forwardClientAddress: false };
}

async function connectionOf(provider: Provider): Promise<Connection> {
  const { connections: known } = await caller.hello();
  const found = known.find((each) => each.provider === provider.id);
  if (!found) throw new Error('The gateway has no such connection');
  return found;
}

async function call(provider: Provider, operation: string, params: Params): Promise<Reply> {
  const { id, baseUrl } = await connectionOf(provider);
  const effect = provider.operations[operation]?.effect;
  if (!effect) throw new Error('There is no such operation');
  return await caller.call({
    connection: id,
    operation,
    effect,
    baseUrl,
    params,
    nonce: randomName(systemRandom),
    boot: gateway.boot,
  });
}

async function signIn(provider: Provider, way: FormSignIn, values: FormValues) {
  const connection = await connectionOf(provider);
  const request = way.request(values, connection);
  if (!request.ok) return request;
  return way.read(await call(provider, way.operation, request.value), values, connection);
}

async function signedIn(provider: Provider, way: FormSignIn, values: FormValues): Promise<SignedIn> {
  const read = await signIn(provider, way, values);
  if (!read.ok) throw new Error(`${read.failure.code}: ${read.failure.sentence}`);
  return read.value;
}

const examine = async (provider: Provider) =>
  provider.doctor.read(
    await call(provider, provider.doctor.operation, provider.doctor.params),
    await connectionOf(provider),
  );

const at = (index: number, change: Partial<GatewayConnection>): void => {
  connections = connections.map((each, place) => (place === index ? { ...each, ...change } : each));
};

describe('OCP', () => {
  const [way] = ocp.signIn;
  const session = ocp.sessionFace(way.id);
  const as = (name: string, more: FormValues = {}): FormValues => ({
    username: name,
    password: `${name}-demo-password`,
    ...more,
  });
  const probe = async ({ tokens }: SignedIn) =>
    session.probe.read(
      await call(ocp, session.probe.operation, session.probe.params(tokens, await connectionOf(ocp))),
      tokens,
    );

  it('signs in, proves the token live, refreshes, logs out twice, and proves it dead', async () => {
    const opened = await signedIn(ocp, way, as('alice'));
    expect(opened.identity.name).toBe('alice');
    expect(opened.tokens).toMatchObject({ accessExpiry: { kind: 'relative' }, refreshExpiry: { kind: 'relative' } });
    expect(await probe(opened)).toMatchObject({ verdict: 'live' });

    const connection = await connectionOf(ocp);
    const reply = await call(ocp, 'refresh', session.refresh.params(opened.tokens, connection));
    const refreshed = session.refresh.read(reply, opened.tokens, connection);
    if (!refreshed.ok) throw new Error(refreshed.failure.code);
    expect(refreshed.value.serverSessionId).toBe(opened.tokens.serverSessionId);

    for (let time = 0; time < 2; time += 1) {
      const end = await call(ocp, 'logOut', session.logOut.params(refreshed.value, connection));
      expect(session.logOut.read(end)).toEqual({ ok: true, value: null });
    }
    expect(await probe(opened)).toMatchObject({ verdict: 'dead' });
    const late = await call(ocp, 'refresh', session.refresh.params(refreshed.value, connection));
    expect(session.refresh.read(late, refreshed.value, connection)).toMatchObject({
      failure: { code: 'session-over' },
    });
  });

  it.each([
    [as('alice', { password: 'not-a-real-password' }), 'wrong-password'],
    [as('nobody'), 'wrong-password'],
    [as('locked'), 'wrong-password'],
    [as('otto'), 'wrong-password'],
    [as('disabled'), 'account-disabled'],
    [as('newcomer'), 'account-not-set-up'],
  ])('refuses %j as %s', async (values, code) => {
    expect(await signIn(ocp, way, values)).toMatchObject({ ok: false, failure: { code, happened: 'no' } });
  });

  it('takes a one-time code', async () => {
    expect(await signIn(ocp, way, as('otto', { otp: '123 456' }))).toMatchObject({ ok: true });
  });

  it.each(['26.7.4', '26.5.5', '22', '17'] as const)(
    'of version %s says by its limit that it is the limit',
    async (version) => {
      iam.control.configure({ version });
      expect(await signIn(ocp, way, as('crowded'))).toMatchObject({ ok: false, failure: { fault: 'limit' } });
    },
  );

  it('sends nothing for a log out without a refresh token', async () => {
    const { tokens } = await signedIn(ocp, way, as('alice'));
    const { refreshToken: _left, ...rest } = tokens;
    const reply = await call(ocp, 'logOut', session.logOut.params(rest, await connectionOf(ocp)));
    expect(session.logOut.read(reply)).toMatchObject({ failure: { code: 'bad-parameter', happened: 'no' } });
    expect(iam.control.ledger().filter(({ operation }) => operation === 'logOut')).toEqual([]);
  });

  it('has a doctor that names a wrong realm, a missing and a superfluous /auth, and a dead host', async () => {
    expect(await examine(ocp)).toMatchObject({ standing: 'clear' });
    at(0, { settings: { realm: 'other', clientId: 'ocp', sessionLimit: '5' } });
    expect((await examine(ocp)).sentence).toMatch(/no realm “other”/);
    at(0, { baseUrl: iam.url, settings: { realm: 'master', clientId: 'ocp', sessionLimit: '5' } });
    expect((await examine(ocp)).sentence).toMatch(/Add \/auth/);
    iam.control.configure({ prefix: '' });
    at(0, { baseUrl: `${iam.url}/auth` });
    expect((await examine(ocp)).sentence).toMatch(/Remove \/auth/);
    at(0, { baseUrl: 'http://127.0.0.1:1/auth' });
    expect(await examine(ocp)).toMatchObject({
      sentence: expect.stringContaining('nothing listens') as unknown,
      next: expect.stringMatching(/^Nothing was sent/) as unknown,
    });
  });
});

describe('PrimaTime', () => {
  const [withKey, withPassword] = primatime.signIn;
  const session = primatime.sessionFace(withKey.id);
  const secretKey = '00000000-0000-4000-8000-0000000005ec';

  it('signs in with a pasted secret key, learns whose it is, refreshes once and never twice', async () => {
    const opened = await signedIn(primatime, withKey, { secretKey: ` "${secretKey}"\n` });
    const connection = await connectionOf(primatime);
    const self = await call(primatime, 'self', { token: opened.tokens.accessToken });
    expect(withKey.identify?.read(self, opened.tokens)).toMatchObject({
      ok: true,
      value: { identity: { name: expect.stringContaining('@') as unknown } },
    });
    expect(session.probe.read(self, opened.tokens)).toMatchObject({ verdict: 'live' });
    expect(opened.tokens).toMatchObject({ accessExpiry: { kind: 'absolute' }, refreshExpiry: { kind: 'absolute' } });

    const params = session.refresh.params(opened.tokens, connection);
    const first = session.refresh.read(await call(primatime, 'refresh', params), opened.tokens, connection);
    expect(first).toMatchObject({ ok: true, value: { refreshToken: expect.any(String) as unknown } });
    expect(first.ok && first.value.refreshToken).not.toBe(opened.tokens.refreshToken);
    const second = session.refresh.read(await call(primatime, 'refresh', params), opened.tokens, connection);
    expect(second).toMatchObject({ ok: false, failure: { code: 'refresh-token-dead', fault: 'credential' } });
  });

  it('refuses a wrong password, a wrong key and a wrong application key alike', async () => {
    const wrong = { ok: false, failure: { code: 'sign-in-refused', fault: 'credential' } };
    expect(
      await signIn(primatime, withPassword, { email: 'ben@acme.example', password: 'not-a-real-password' }),
    ).toMatchObject(wrong);
    expect(await signIn(primatime, withKey, { secretKey: 'not-a-real-key' })).toMatchObject(wrong);
    at(1, { secrets: { apiKey: 'not-a-real-application-key' } });
    expect(await signIn(primatime, withKey, { secretKey })).toMatchObject(wrong);
  });

  it('names another region, an unconfirmed account and a dead token', async () => {
    expect(
      await signIn(primatime, withPassword, {
        email: 'unconfirmed@acme.example',
        password: 'unconfirmed-demo-password',
      }),
    ).toMatchObject({ failure: { code: 'user-not-confirmed' } });
    const opened = await signedIn(primatime, withKey, { secretKey });
    times.control.expire({ tokens: true });
    const dead = await call(primatime, 'self', { token: opened.tokens.accessToken });
    expect(session.probe.read(dead, opened.tokens)).toMatchObject({ verdict: 'dead' });
    times.control.configure({ tenant: 'other-endpoint' });
    expect(await signIn(primatime, withKey, { secretKey })).toMatchObject({ failure: { code: 'other-region' } });
    expect((await examine(primatime)).sentence).toMatch(/region/);
  });

  it('has a doctor that is content when the token is missed', async () => {
    expect(await examine(primatime)).toMatchObject({ standing: 'clear' });
  });

  it('shows the clock of its server', async () => {
    times.control.clock({ offsetMs: 600_000 });
    clocks.forget();
    await examine(primatime);
    const { offsetMs, uncertaintyMs } = clocks.estimate('primatime-demo') ?? { offsetMs: 0, uncertaintyMs: 0 };
    expect(Math.abs(offsetMs - 600_000)).toBeLessThanOrEqual(uncertaintyMs);
  });
});

it('leaves no secret in the gateway’s log or in the record of calls', () => {
  const kept = `${log.join('\n')}${JSON.stringify(records)}`;
  expect(log.length).toBeGreaterThan(20);
  expect(kept).not.toMatch(/demo-password|00000000-0000-4000-8000|eyJ|not-a-real/);
});
