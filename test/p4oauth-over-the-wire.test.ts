/** P4OAuth's face through the real services and the real gateway, against the stand-in and its page. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CodeSignIn, FormValues } from '../src/providers/sign-in-way.ts';
import { readTicket } from '../src/providers/p4oauth/ticket.ts';
import { callAs } from '../src/refresh/call-as.ts';
import { announceGrant } from '../src/refresh/announce-grant.ts';
import { awaitCode, awaitPosted, postForCode, redeemCode, type CodeAttempt } from '../src/refresh/code-sign-in.ts';
import { logOut } from '../src/refresh/end-session.ts';
import { refreshSession } from '../src/refresh/refresh-session.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import { post } from '../stand-ins/p4oauth/call-p4oauth.ts';
import type { P4OAuthActions } from '../stand-ins/p4oauth/control.ts';
import { standIn } from '../stand-ins/p4oauth/server.ts';
import { demo } from '../stand-ins/p4oauth/world.ts';
import { followToCallback, startHeadlessConsole, valueOf, type HeadlessConsole } from './headless-console.ts';

let rig: HeadlessConsole<P4OAuthActions>;

beforeAll(async () => {
  rig = await startHeadlessConsole(standIn);
});
beforeEach(async () => {
  await rig.reset();
  rig.server.control.setRedirectUri({ redirectUri: rig.hands.redirectUri('p4oauth-demo') });
});
afterAll(() => rig.close());

const never = new AbortController().signal;
const alice: FormValues = { login: 'alice', password: 'alice-demo-password' };

async function begin(id: 'authorization-code' | 'password', values: FormValues = alice) {
  const way = rig.provider.signIn.find((each): each is CodeSignIn => each.kind === 'code' && each.id === id);
  if (!way) throw new Error(`There is no way in by ${id}`);
  const attempt: CodeAttempt = { provider: rig.provider, connection: await rig.connection(), way, values };
  return { attempt, grant: valueOf(await announceGrant(rig.hands, attempt)) };
}

async function openByPassword(values: FormValues = alice) {
  const { attempt, grant } = await begin('password', values);
  valueOf(await postForCode(rig.hands, attempt, grant));
  valueOf(await awaitPosted(rig.hands, attempt, grant));
  return valueOf(await redeemCode(rig.hands, attempt, grant));
}

async function openOnPage(cancel = false) {
  const begun = await begin('authorization-code', { login: 'alice' });
  const { attempt, grant } = begun;
  if (attempt.way.obtain.by !== 'visit') throw new Error('There is no page to visit');
  const { pathname, searchParams } = new URL(
    valueOf(attempt.way.obtain.href(attempt.values, attempt.connection, grant)),
  );
  const asked = { ...Object.fromEntries(searchParams), ...alice, ...(cancel ? { cancel: '1' } : {}) };
  const { location } = await post(rig.server, pathname, asked);
  if (!location) throw new Error('The server sent the browser nowhere');
  return { ...begun, location: location.href, landed: await followToCallback(location.href) };
}

const ticketOf = async ({ id }: SessionRecord, params = {}) => {
  const reply = await callAs(rig.hands, id, 'p4token', params);
  return reply.ok ? readTicket(reply.value) : reply;
};

async function verdictOf({ tokens, lineage }: SessionRecord): Promise<string> {
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

describe('on the server’s page', () => {
  it('signs in: an access token to keep, and a ticket that is shown once and stored nowhere', async () => {
    const { attempt, grant, landed } = await openOnPage();
    expect(landed).toMatchObject({ status: 303, to: '/signed-in?outcome=taken' });
    valueOf(await awaitCode(rig.hands, attempt, grant, never));
    const { record, shownOnce } = valueOf(await redeemCode(rig.hands, attempt, grant));
    expect(record).toMatchObject({
      identity: { name: 'alice' },
      tokens: { accessExpiry: { kind: 'unknown' }, companions: { login: 'alice', redirectUri: grant.redirectUri } },
    });
    expect(shownOnce).toMatchObject([{ label: 'p4d ticket (perforce_token)', secret: expect.any(String) as unknown }]);
    expect(JSON.stringify(await rig.hands.repository.list())).not.toContain(shownOnce[0]?.secret);
    expect(await verdictOf(record)).toBe('live');
  });

  it('hears that it was called off there', async () => {
    const { attempt, grant, landed } = await openOnPage(true);
    expect(landed).toMatchObject({ status: 303, to: '/signed-in?outcome=refused' });
    expect(await awaitCode(rig.hands, attempt, grant, never)).toMatchObject({
      failure: { code: 'refused-access_denied' },
    });
  });

  it('sends a foreign and a repeated callback on to the page that says they are not known, without their code', async () => {
    const callback = rig.hands.redirectUri('p4oauth-demo');
    const notKnown = { status: 303, to: '/signed-in?outcome=unknown', text: '' };
    expect(await followToCallback(`${callback}?code=c&state=${'B'.repeat(22)}`)).toEqual(notKnown);
    const { location, landed } = await openOnPage();
    expect(landed.to).toBe('/signed-in?outcome=taken');
    expect(await followToCallback(location)).toEqual(notKnown);
  });
});

describe('with login and password', () => {
  it('has its code from the redirect, which the gateway keeps and nobody else sees', async () => {
    const { record } = await openByPassword();
    expect(record.lineage).toMatchObject({ way: 'password', kept: false });
    expect(await verdictOf(record)).toBe('live');
    expect(rig.server.control.ledger().map(({ operation }) => operation)).toEqual([
      'password-grant',
      'token',
      'p4token',
    ]);
  });

  it.each(['redirect', 'status'] as const)(
    'says that the password is wrong where the server refuses by %s',
    async (refusal) => {
      rig.server.control.configure({ refusal });
      const { attempt, grant } = await begin('password', { login: 'alice', password: 'not-a-real-password' });
      const posted = await postForCode(rig.hands, attempt, grant);
      const heard = posted.ok ? await awaitCode(rig.hands, attempt, grant, never) : posted;
      expect(heard).toMatchObject({
        ok: false,
        failure: { sentence: expect.stringMatching(/login and password/) as unknown },
      });
      expect(await rig.hands.repository.list()).toEqual([]);
    },
  );

  it('says of a server without the grant that it does not offer it', async () => {
    rig.server.control.configure({ passwordGrant: false });
    const { attempt, grant } = await begin('password');
    expect(await postForCode(rig.hands, attempt, grant)).toMatchObject({
      failure: { code: 'grant-not-offered', fault: 'configuration', status: 404 },
    });
  });

  it.each(['json', 'text', 'html'] as const)(
    'says that this console may not be on the whitelist (%s)',
    async (errorShape) => {
      rig.server.control.configure({ errorShape });
      rig.server.control.unregister({ redirectUri: rig.hands.redirectUri('p4oauth-demo') });
      const { attempt, grant } = await begin('password');
      expect(await postForCode(rig.hands, attempt, grant)).toMatchObject({ failure: { code: 'grant-refused' } });
    },
  );

  it('says of a web page in place of the redirect that it may be one, and not that the password was taken', async () => {
    rig.server.control.fault({ operation: 'password-grant', kind: 'html', status: 200 });
    const { attempt, grant } = await begin('password');
    expect(await postForCode(rig.hands, attempt, grant)).toMatchObject({
      failure: { code: 'code-missing', sentence: expect.stringMatching(/no code.*web page/) as unknown },
    });
  });

  it('takes no code from a redirect to another address', async () => {
    const { attempt, grant } = await begin('password');
    const location = `https://elsewhere.example/callback/p4oauth-demo?code=c&state=${grant.state}`;
    rig.server.control.fault({ operation: 'password-grant', kind: 'redirect', location });
    expect(await postForCode(rig.hands, attempt, grant)).toMatchObject({
      failure: { code: 'sent-elsewhere', sentence: expect.stringMatching(/elsewhere\.example/) as unknown },
    });
  });
});

describe('client authentication', () => {
  const secret = 'P4OAUTH_TEST_SECRET';

  it('is HTTP Basic with the login and the operator’s secret, where the connection says so', async () => {
    rig.server.control.configure({ clientAuthentication: 'basic' });
    Object.assign(rig.server.env, { [secret]: demo.clientSecret });
    await rig.operatorWrites({ settings: { clientAuthentication: 'basic', clientSecret: { env: secret } } });
    expect((await openByPassword()).record.identity.name).toBe('alice');
    expect(rig.server.control.ledger({ operation: 'token' })[0]?.headerNames).toContain('authorization');
  });

  it('without the operator’s secret is a fault of the file, said before anybody signs in', async () => {
    await expect(rig.operatorWrites({ settings: { clientAuthentication: 'basic' } })).rejects.toThrow(
      /settings\.clientSecret: is missing.*clientAuthentication is "basic"/,
    );
  });

  it.each(['json', 'text', 'html'] as const)(
    'is named where the server asks for it and the connection does not (%s)',
    async (errorShape) => {
      rig.server.control.configure({ clientAuthentication: 'basic', errorShape });
      const { attempt, grant } = await begin('password');
      valueOf(await postForCode(rig.hands, attempt, grant));
      expect(await redeemCode(rig.hands, attempt, grant)).toMatchObject({
        failure: {
          code: 'client-refused',
          fault: 'configuration',
          next: expect.stringMatching(/clientAuthentication/) as unknown,
        },
      });
    },
  );

  it('is not sent where the connection says none, although a secret is there', async () => {
    Object.assign(rig.server.env, { [secret]: demo.clientSecret });
    await rig.operatorWrites({ settings: { clientAuthentication: 'none', clientSecret: { env: secret } } });
    await openByPassword();
    expect(rig.server.control.ledger({ operation: 'token' })[0]?.headerNames).not.toContain('authorization');
  });
});

describe('a ticket', () => {
  it.each([401, 403])('is not fetched where a proxy answers %s with its page, and the token stays', async (status) => {
    const { record } = await openByPassword();
    const body = '<!doctype html><title>Log in to the proxy</title>';
    rig.server.control.fault({ operation: 'p4token', kind: 'reply', status, body, times: 1 });
    expect(await ticketOf(record)).toMatchObject({ failure: { code: 'of-proxy', fault: 'provider' } });
    expect(await rig.hands.repository.get(record.id)).toMatchObject({ tokens: record.tokens, signInNeeded: null });
    expect(await ticketOf(record)).toMatchObject({ ok: true });
  });

  it('is fetched for this application and for another one, which get different ones', async () => {
    const { record, shownOnce } = await openByPassword();
    const own = valueOf(await ticketOf(record));
    expect(own).toBe(shownOnce[0]?.secret);
    const other = valueOf(await ticketOf(record, { redirectUri: demo.otherRedirectUri }));
    expect(other).not.toBe(own);
    expect(await ticketOf(record, { redirectUri: 'https://nobody.example/callback' })).toMatchObject({
      failure: { code: 'host-unknown' },
    });
    expect(await ticketOf(record, { login: 'bob' })).toMatchObject({ failure: { code: 'login-refused' } });
  });

  it.each([
    ['json', undefined],
    ['login-page', 'web-page'],
    ['empty', 'unreadable'],
  ] as const)('may come as %s', async (ticketAs, code) => {
    const { record } = await openByPassword();
    rig.server.control.configure({ ticketAs });
    expect(await ticketOf(record)).toMatchObject(code === undefined ? { ok: true } : { failure: { code } });
    expect(await verdictOf(record)).toBe(code === undefined ? 'live' : 'unknown');
  });
});

describe('a session', () => {
  it('counts down where the server reports an end after all', async () => {
    rig.server.control.configure({ reportsExpiry: true });
    expect((await openByPassword()).record.tokens?.accessExpiry).toMatchObject({
      kind: 'relative',
      lifeMs: 43_200_000,
    });
  });

  it('is neither refreshed nor logged out; a dead token asks for a sign-in', async () => {
    const { record } = await openByPassword();
    expect(await refreshSession(rig.hands, record.id, 'person')).toEqual({
      kind: 'impossible',
      why: 'not-refreshable',
    });
    expect(await logOut(rig.hands, record.id)).toMatchObject({ failure: { code: 'no-log-out' } });
    rig.server.control.endAccessTokens();
    expect(await verdictOf(record)).toBe('dead');
    expect(await ticketOf(record)).toMatchObject({ failure: { code: 'token-dead' } });
    expect(await rig.hands.repository.get(record.id)).toMatchObject({
      tokens: null,
      signInNeeded: { code: 'token-dead' },
    });
  });

  it('says what is known of a code whose exchange went wrong', async () => {
    for (const [fault, code] of [
      [{ kind: 'reply', status: 500, body: '' }, 'exchange-failed'],
      [{ kind: 'cut' }, 'exchange-lost'],
    ] as const) {
      const { attempt, grant } = await begin('password');
      valueOf(await postForCode(rig.hands, attempt, grant));
      rig.server.control.fault({ operation: 'token', when: 'after', ...fault });
      expect(await redeemCode(rig.hands, attempt, grant)).toMatchObject({ failure: { code, happened: 'unknown' } });
    }
  });
});

it('has a doctor that knows the server by its refusal', async () => {
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
  await rig.operatorWrites({ baseUrl: `${rig.server.url}/elsewhere` });
  expect(await examine()).toMatchObject({ standing: 'attention' });
});

it('keeps codes, tokens, tickets and passwords out of the gateway’s log and the record of calls', () => {
  expect(rig.log.length).toBeGreaterThan(40);
  const kept = `${rig.log.join('\n')}${JSON.stringify(rig.services.state.getState().calls)}`;
  expect(kept).not.toMatch(/demo-password|not-a-real|A\d{6}-|[0-9a-f]{32}/i);
});

it('gives up soon where the gateway is gone with the code of a form, and says what is left of it', async () => {
  const own = await startHeadlessConsole(standIn);
  own.server.control.setRedirectUri({ redirectUri: own.hands.redirectUri('p4oauth-demo') });
  const way = own.provider.signIn.find((each): each is CodeSignIn => each.kind === 'code' && each.id === 'password');
  if (!way) throw new Error('There is no way in by password');
  const attempt: CodeAttempt = { provider: own.provider, connection: await own.connection(), way, values: alice };
  const grant = valueOf(await announceGrant(own.hands, attempt));
  valueOf(await postForCode(own.hands, attempt, grant));
  await own.close();
  let paused = 0;
  const hands = {
    ...own.hands,
    pause: () => {
      paused += 1;
      return Promise.resolve();
    },
  };
  expect(await awaitPosted(hands, attempt, grant)).toMatchObject({
    ok: false,
    failure: { code: 'gateway-gone', happened: 'no', next: expect.stringMatching(/sign in again/) as unknown },
  });
  expect(paused).toBe(4);
});
