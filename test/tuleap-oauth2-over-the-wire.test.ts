/** Tuleap's OAuth2 through the real services and the real gateway, against the stand-in and its pages. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CodeSignIn } from '../src/providers/sign-in-way.ts';
import { announceGrant } from '../src/refresh/announce-grant.ts';
import { awaitCode, redeemCode, type CodeAttempt } from '../src/refresh/code-sign-in.ts';
import { logOut } from '../src/refresh/end-session.ts';
import { refreshSession } from '../src/refresh/refresh-session.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import { call, consent } from '../stand-ins/tuleap/call-tuleap.ts';
import type { TuleapActions } from '../stand-ins/tuleap/control.ts';
import { standIn } from '../stand-ins/tuleap/server.ts';
import { followToCallback, startHeadlessConsole, valueOf, type HeadlessConsole } from './headless-console.ts';

const ALL = 'openid profile offline_access read:project';

let rig: HeadlessConsole<TuleapActions>;

beforeAll(async () => {
  rig = await startHeadlessConsole(standIn);
});
beforeEach(async () => {
  await rig.reset();
  rig.server.control.setRedirectUri({ redirectUri: rig.hands.redirectUri('tuleap-demo') });
});
afterEach(() => {
  // Using a refresh token twice ends the whole access, at the real server too.
  for (const times of Object.values(rig.server.control.spends())) expect(times).toBe(1);
});
afterAll(() => rig.close());

const never = new AbortController().signal;

async function begin(scope = ALL) {
  const way = rig.provider.signIn.find((each): each is CodeSignIn => each.kind === 'code');
  if (way?.obtain.by !== 'visit') throw new Error('Tuleap has no page to visit');
  const attempt: CodeAttempt = { provider: rig.provider, connection: await rig.connection(), way, values: { scope } };
  const grant = valueOf(await announceGrant(rig.hands, attempt));
  const { pathname, search } = new URL(valueOf(way.obtain.href(attempt.values, attempt.connection, grant)));
  return { attempt, grant, page: `${pathname}${search}` };
}

/** The person signs in at Tuleap and answers its question. Gives where the browser is sent. */
async function visit(page: string, answer: 'authorize' | 'deny' = 'authorize'): Promise<string> {
  const headers = { cookie: rig.server.control.openWebSession({ username: 'alice' }).cookie };
  const shown = await call(rig.server, 'GET', page, { headers });
  const { location } = shown.location === null ? await consent(rig.server, shown, answer, headers) : shown;
  if (location === null) throw new Error(`Tuleap sent the browser nowhere: ${shown.text}`);
  return location;
}

async function open(scope = ALL): Promise<SessionRecord> {
  const { attempt, grant, page } = await begin(scope);
  const landed = await followToCallback(await visit(page));
  expect(landed).toMatchObject({ status: 303, to: '/signed-in?outcome=taken' });
  valueOf(await awaitCode(rig.hands, attempt, grant, never));
  return valueOf(await redeemCode(rig.hands, attempt, grant)).record;
}

async function verdictOf({ tokens }: SessionRecord): Promise<string> {
  if (!tokens) return 'no token';
  const { probe } = rig.provider.sessionFace('oauth2');
  const connection = await rig.connection();
  const params = probe.params(tokens, connection);
  const { id, baseUrl } = connection;
  return probe.read(
    await rig.hands.caller.call({ connection: id, operation: probe.operation, effect: 'read', baseUrl, params }),
    tokens,
  ).verdict;
}

describe('OAuth2 with PKCE', () => {
  it('signs in on Tuleap’s page, refreshes once, logs out, and proves it', async () => {
    const session = await open();
    expect(session).toMatchObject({
      identity: { name: 'alice', id: '102' },
      tokens: {
        accessExpiry: { kind: 'relative', lifeMs: 3_600_000 },
        refreshExpiry: { kind: 'relative', lifeMs: 21_600_000 },
        companions: { scope: ALL },
      },
    });
    expect(await verdictOf(session)).toBe('live');

    const refreshed = await refreshSession(rig.hands, session.id, 'person');
    if (refreshed.kind !== 'refreshed') throw new Error(refreshed.kind);
    expect(refreshed.record.tokens?.refreshToken).not.toBe(session.tokens?.refreshToken);
    expect(refreshed.record.tokens?.companions).toEqual({ scope: ALL });
    // The former access token lives on until its own end.
    expect(await verdictOf(session)).toBe('live');

    expect(valueOf(await logOut(rig.hands, session.id))).toMatchObject({
      ended: { how: 'logged-out', evidence: expect.stringMatching(/401/) as unknown },
    });
    expect(await verdictOf(session)).toBe('dead');
    expect(await verdictOf(refreshed.record)).toBe('dead');
  });

  it('cannot be refreshed without offline_access, and logs out all the same', async () => {
    const session = await open('openid read:project');
    expect(session.tokens).not.toHaveProperty('refreshToken');
    expect(await refreshSession(rig.hands, session.id, 'person')).toEqual({
      kind: 'impossible',
      why: 'not-refreshable',
    });
    expect(valueOf(await logOut(rig.hands, session.id))).toMatchObject({ ended: { how: 'logged-out' } });
    expect(await verdictOf(session)).toBe('dead');
  });

  it.each([
    ['a web page', { kind: 'html', status: 200 }],
    ['no answer', { kind: 'reply', status: 503 }],
  ] as const)('takes a web page for no log out, whatever the proof: %s', async (_, proof) => {
    const session = await open();
    rig.server.control.fault({ operation: 'revoke', kind: 'html', status: 200 });
    rig.server.control.fault({ operation: 'userinfo', ...proof });
    expect(await logOut(rig.hands, session.id)).toMatchObject({ failure: { code: 'web-page', happened: 'unknown' } });
    expect(await rig.hands.repository.get(session.id)).toMatchObject({ tokens: session.tokens, ended: null });

    rig.server.control.clearFaults();
    expect(valueOf(await logOut(rig.hands, session.id))).toMatchObject({ ended: { how: 'logged-out' } });
    expect(await verdictOf(session)).toBe('dead');
  });

  it('works without openid, nameless, and its token is known as live', async () => {
    const session = await open('read:project');
    expect(session.identity).toEqual({ name: 'Owner of an OAuth2 token' });
    expect(await verdictOf(session)).toBe('live');
  });

  it('hears of a refusal on Tuleap’s page', async () => {
    const { attempt, grant, page } = await begin();
    expect(await followToCallback(await visit(page, 'deny'))).toMatchObject({
      status: 303,
      to: '/signed-in?outcome=refused',
    });
    expect(await awaitCode(rig.hands, attempt, grant, never)).toMatchObject({
      ok: false,
      failure: { code: 'refused-access_denied', sentence: 'The access was not allowed on Tuleap’s page.' },
    });
  });

  it('hears of a scope that this Tuleap does not know', async () => {
    const { attempt, grant, page } = await begin();
    await followToCallback(await visit(page.replace('read%3Aproject', 'read%3Aunknown')));
    expect(await awaitCode(rig.hands, attempt, grant, never)).toMatchObject({
      failure: { code: 'refused-invalid_scope' },
    });
  });

  it('takes a code once, from the state that announced it, and from nowhere else', async () => {
    const { attempt, grant, page } = await begin();
    const location = await visit(page);
    const foreign = new URL(location);
    foreign.searchParams.set('state', 'A'.repeat(22));
    const notKnown = { status: 303, to: '/signed-in?outcome=unknown', text: '' };
    expect(await followToCallback(foreign.href)).toEqual(notKnown);
    expect(await followToCallback(location)).toMatchObject({ status: 303, to: '/signed-in?outcome=taken' });
    expect(await followToCallback(location)).toEqual(notKnown);
    valueOf(await awaitCode(rig.hands, attempt, grant, never));
    valueOf(await redeemCode(rig.hands, attempt, grant));
    expect(await redeemCode(rig.hands, attempt, grant)).toMatchObject({
      ok: false,
      failure: { code: 'client-missing-here', happened: 'no' },
    });
  });

  it('says of a late code that it is too late', async () => {
    const { attempt, grant, page } = await begin();
    await followToCallback(await visit(page));
    rig.server.control.clock({ advanceMs: 61_000 });
    expect(await redeemCode(rig.hands, attempt, grant)).toMatchObject({
      failure: { code: 'code-refused', happened: 'no' },
    });
  });

  it('sends nobody who has no session yet to refresh one', async () => {
    const { attempt, grant, page } = await begin();
    await followToCallback(await visit(page));
    rig.server.control.fault({ path: '/oauth2/token', kind: 'html', status: 401 });
    const refused = await redeemCode(rig.hands, attempt, grant);
    expect(refused).toMatchObject({ failure: { code: 'unauthorised' } });
    expect(refused.ok ? '' : refused.failure.next).not.toMatch(/refresh/i);
  });

  it.each([[{ httpsMandatory: true }, 'https-mandatory']] as const)(
    'names what the server wants: %j',
    async (state, code) => {
      const { attempt, grant, page } = await begin();
      await followToCallback(await visit(page));
      rig.server.control.configure(state);
      expect(await redeemCode(rig.hands, attempt, grant)).toMatchObject({ failure: { code, fault: 'configuration' } });
    },
  );
});

describe('the operator’s part', () => {
  it('is a client secret that the page never has; a wrong one is named as such', async () => {
    expect(Object.values((await rig.connection()).settings)).toEqual(['tlp-client-id-1']);
    const { attempt, grant, page } = await begin();
    await followToCallback(await visit(page));
    rig.server.control.putApp({ name: 'Keyward', secret: `tlp-oauth2-c1-1.${'0'.repeat(64)}` });
    expect(await redeemCode(rig.hands, attempt, grant)).toMatchObject({
      failure: {
        code: 'client-refused',
        fault: 'configuration',
        next: expect.stringMatching(/operator’s file/) as unknown,
      },
    });
  });

  it('stops the refresh and not the session where the secret is wrong later on', async () => {
    const session = await open();
    rig.server.control.putApp({ name: 'Keyward', secret: `tlp-oauth2-c1-1.${'0'.repeat(64)}` });
    expect(await refreshSession(rig.hands, session.id, 'person')).toMatchObject({
      failure: { code: 'client-refused' },
    });
    expect(await rig.hands.repository.get(session.id)).toMatchObject({
      signInNeeded: null,
      waiting: { untilMs: null },
      tokens: { refreshToken: session.tokens?.refreshToken },
    });
    expect(await verdictOf(session)).toBe('live');
  });

  it('missing in the file, is asked for before anything is sent', async () => {
    const begun = await begin();
    await followToCallback(await visit(begun.page));
    await rig.operatorWrites({ settings: { clientId: 'tlp-client-id-1' } });
    expect(await redeemCode(rig.hands, begun.attempt, begun.grant)).toMatchObject({
      failure: { code: 'client-missing-here', happened: 'no', fault: 'configuration' },
    });
    expect(rig.server.control.ledger({ path: '/oauth2/token' })).toEqual([]);
  });
});

describe('a refresh whose answer is doubtful', () => {
  it.each([401, 403])(
    'is a %s of a proxy: the refresh token stays, and works once the proxy lets it through',
    async (status) => {
      const session = await open();
      const body = '<!DOCTYPE html><title>Log in to the proxy</title>';
      rig.server.control.fault({ path: '/oauth2/token', kind: 'reply', status, body, when: 'before' });
      expect(await refreshSession(rig.hands, session.id, 'person')).toMatchObject({ failure: { code: 'of-proxy' } });
      expect(await rig.hands.repository.get(session.id)).toMatchObject({ tokens: session.tokens, signInNeeded: null });
      expect(await refreshSession(rig.hands, session.id, 'person')).toMatchObject({ kind: 'refreshed' });
    },
  );

  it('leaves the session uncertain and is not sent again by itself', async () => {
    const session = await open();
    rig.server.control.fault({ path: '/oauth2/token', kind: 'reply', status: 500, body: '', when: 'after' });
    expect(await refreshSession(rig.hands, session.id, 'schedule')).toEqual({ kind: 'uncertain' });
    expect(await rig.hands.repository.get(session.id)).toMatchObject({ uncertain: { probed: false } });
    expect(rig.server.control.ledger({ path: '/oauth2/token' })).toHaveLength(2);
  });

  it('ends the session where the vendor says that the access was revoked', async () => {
    const session = await open();
    rig.server.control.endGrants({ username: 'alice' });
    expect(await refreshSession(rig.hands, session.id, 'person')).toMatchObject({
      failure: { code: 'refresh-token-dead' },
    });
    expect(await rig.hands.repository.get(session.id)).toMatchObject({ signInNeeded: { code: 'refresh-token-dead' } });
  });
});

it('shows no code, verifier, token or client secret in the gateway’s log and the record of calls', () => {
  expect(rig.log.length).toBeGreaterThan(20);
  const kept = `${rig.log.join('\n')}${JSON.stringify(rig.services.state.getState().calls)}`;
  expect(kept).not.toMatch(/tlp-oauth2|facade|demo-password|[0-9a-f]{32}/);
});
