/**
 * The code flow with PKCE and refresh, through the real services and the real gateway, against an OAuth2 server that is
 * not ours.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defaultLimits } from '../gateway/limits.ts';
import type { CodeGrant, CodeSignIn } from '../src/providers/sign-in-way.ts';
import { announceGrant } from '../src/refresh/announce-grant.ts';
import { awaitCode, redeemCode, type CodeAttempt } from '../src/refresh/code-sign-in.ts';
import { logOut } from '../src/refresh/end-session.ts';
import { refreshSession } from '../src/refresh/refresh-session.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import { connectionIds, startCodeFlowRig, type CodeFlowRig } from './code-flow/rig.ts';
import { client } from './code-flow/server.ts';
import { plain } from './code-flow/vendor.ts';
import { followToCallback, valueOf } from './headless-console.ts';
import { createPageVisitor, pageOf, sentToOf } from './page-visitor.ts';

const [ONE, TWO] = connectionIds;
const never = new AbortController().signal;
const landed = { status: 303, to: '/signed-in?outcome=taken' };
const notKnown = { status: 303, to: '/signed-in?outcome=unknown', text: '' };

/** Everything that must stay out of the log and the record of calls. */
const secrets = new Set<string>([client.secret]);

let rig: CodeFlowRig;

beforeAll(async () => {
  // The package warns of its own pages, which take any password.
  vi.spyOn(console, 'warn').mockReturnValue();
  rig = await startCodeFlowRig();
});
afterAll(() => rig.close());

interface Begun {
  readonly attempt: CodeAttempt;
  readonly grant: CodeGrant;
  /** The vendor's page that the new tab opens. */
  readonly href: string;
}

async function begin(): Promise<Begun> {
  const { hands } = rig.services;
  const way: CodeSignIn = plain.signIn[0];
  const connection = await hands.connection(ONE);
  if (way.obtain.by !== 'visit' || !connection) throw new Error('There is no page to visit');
  const attempt: CodeAttempt = { provider: plain, connection, way, values: {} };
  const grant = valueOf(await announceGrant(hands, attempt));
  secrets.add(grant.verifier);
  return { attempt, grant, href: valueOf(way.obtain.href(attempt.values, connection, grant)) };
}

/** The person signs in at the server and consents. Gives where the browser is sent. */
async function visit({ href }: Pick<Begun, 'href'>): Promise<string> {
  const visitor = createPageVisitor(rig.server.url);
  const login = pageOf(await visitor.open(href));
  const consent = pageOf(await visitor.submit(login, { login: 'alice', password: 'not-a-real-password' }));
  const location = sentToOf(await visitor.submit(consent, {}));
  const code = new URL(location).searchParams.get('code');
  if (code === null) throw new Error('The server sent the browser back without a code');
  secrets.add(code);
  return location;
}

async function redeem({ attempt, grant }: Begun): Promise<SessionRecord> {
  valueOf(await awaitCode(rig.services.hands, attempt, grant, never));
  return remember(valueOf(await redeemCode(rig.services.hands, attempt, grant)).record);
}

async function open(): Promise<SessionRecord> {
  const begun = await begin();
  expect(await followToCallback(await visit(begun))).toMatchObject(landed);
  return redeem(begun);
}

async function refresh({ id }: SessionRecord): Promise<SessionRecord> {
  const refreshed = await refreshSession(rig.services.hands, id, 'person');
  if (refreshed.kind !== 'refreshed') throw new Error(JSON.stringify(refreshed));
  return remember(refreshed.record);
}

function remember(record: SessionRecord): SessionRecord {
  for (const token of [record.tokens?.accessToken, record.tokens?.refreshToken]) if (token) secrets.add(token);
  return record;
}

const stored = (id: string): Promise<SessionRecord | undefined> => rig.services.hands.repository.get(id);
const waitsFor = ({ attempt, grant }: Begun): Promise<unknown> =>
  rig.services.hands.caller.park(attempt.connection.id, grant.state, 'ask');

describe('signing in', () => {
  it('stores tokens that the server takes, and its name for the person', async () => {
    const { id, tokens } = await open();
    expect(await stored(id)).toMatchObject({ connection: ONE, identity: { name: 'alice' }, tokens });
    expect(await rig.server.takes(tokens?.accessToken)).toBe(true);
    expect(await rig.server.takes(tokens?.refreshToken)).toBe(true);
  });

  it('is refused by the server with a verifier that is not the challenge’s', async () => {
    const { attempt, grant, ...begun } = await begin();
    await followToCallback(await visit(begun));
    const { verifier } = (await begin()).grant;
    expect(await redeemCode(rig.services.hands, attempt, { ...grant, verifier })).toMatchObject({
      ok: false,
      failure: { code: 'grant-refused', status: 400 },
    });
  });

  it('hears that the person did not allow it', async () => {
    const { attempt, grant, href } = await begin();
    const visitor = createPageVisitor(rig.server.url);
    const { at } = pageOf(await visitor.open(href));
    const called = await followToCallback(sentToOf(await visitor.open(`${at}/abort`)));
    expect(called).toMatchObject({ status: 303, to: '/signed-in?outcome=refused' });
    expect(await awaitCode(rig.services.hands, attempt, grant, never)).toMatchObject({
      failure: { code: 'refused-access_denied', sentence: 'It was not allowed on the server’s page.' },
    });
  });
});

describe('refresh', () => {
  it('brings a new pair each time, and the server takes the old refresh token no more', async () => {
    const first = await open();
    const second = await refresh(first);
    const third = await refresh(second);
    expect((await stored(first.id))?.tokens).toEqual(third.tokens);
    const pairs = [first, second, third].flatMap(({ tokens }) => [tokens?.accessToken, tokens?.refreshToken]);
    expect(new Set(pairs).size).toBe(6);
    const taken = [first, second, third].map(({ tokens }) => rig.server.takes(tokens?.refreshToken));
    expect(await Promise.all(taken)).toEqual([false, false, true]);
    expect(await rig.server.takes(third.tokens?.accessToken)).toBe(true);
  });

  it('says so once the server has ended the grant, because somebody else used the old token again', async () => {
    const first = await open();
    const second = await refresh(first);
    const again = { grant_type: 'refresh_token', refresh_token: first.tokens?.refreshToken ?? '' };
    expect(await rig.server.token(again)).toEqual({ status: 400, error: 'invalid_grant' });
    expect(await rig.server.takes(second.tokens?.refreshToken)).toBe(false);
    expect(await refreshSession(rig.services.hands, first.id, 'person')).toMatchObject({
      failure: { code: 'grant-refused' },
    });
    expect(await stored(first.id)).toMatchObject({ signInNeeded: { code: 'grant-refused' } });
  });

  it('is over after log out', async () => {
    const { id, tokens } = await open();
    valueOf(await logOut(rig.services.hands, id));
    expect(await stored(id)).toMatchObject({ ended: { how: 'logged-out' } });
    expect(await rig.server.takes(tokens?.refreshToken)).toBe(false);
  });
});

describe('a callback', () => {
  it('counts once: repeated before and after the code is used, it is refused', async () => {
    const begun = await begin();
    const location = await visit(begun);
    expect(await followToCallback(location)).toMatchObject(landed);
    expect(await followToCallback(location)).toMatchObject(notKnown);
    const { id, tokens } = await redeem(begun);
    expect(await followToCallback(location)).toMatchObject(notKnown);
    expect(await waitsFor(begun)).toEqual({ state: 'unknown' });
    // The state is used up, so that nothing reaches the server, which would end the grant over a second use of the code.
    expect(await redeemCode(rig.services.hands, begun.attempt, begun.grant)).toMatchObject({
      ok: false,
      failure: { happened: 'no', status: null },
    });
    expect((await stored(id))?.tokens).toEqual(tokens);
    expect(await rig.server.takes(tokens?.refreshToken)).toBe(true);
  });

  it('with a state that nobody announced is refused, and takes nothing from the one that waits', async () => {
    const before = await open();
    const begun = await begin();
    const location = await visit(begun);
    const foreign = new URL(location);
    foreign.searchParams.set('state', 'A'.repeat(22));
    expect(await followToCallback(foreign.href)).toMatchObject(notKnown);
    foreign.searchParams.delete('state');
    expect(await followToCallback(foreign.href)).toMatchObject(notKnown);
    expect(await waitsFor(begun)).toEqual({ state: 'waiting' });

    expect(await followToCallback(location)).toMatchObject(landed);
    expect((await redeem(begun)).id).not.toBe(before.id);
    expect((await stored(before.id))?.tokens).toEqual(before.tokens);
  });

  it('at another connection than the one that announced its state is refused', async () => {
    const begun = await begin();
    const location = await visit(begun);
    expect(await followToCallback(location.replace(ONE, TWO))).toMatchObject(notKnown);
    expect(await waitsFor(begun)).toEqual({ state: 'waiting' });
  });

  it('that comes too late is refused, and the page that waits is told', async () => {
    const begun = await begin();
    const location = await visit(begun);
    rig.passAtGateway(defaultLimits.stateAnnouncedMs + 1);
    expect(await followToCallback(location)).toMatchObject(notKnown);
    expect(await awaitCode(rig.services.hands, begun.attempt, begun.grant, never)).toMatchObject({
      failure: { code: 'state-over', happened: 'no' },
    });
  });

  it('whose code nobody asks for in time is forgotten', async () => {
    const begun = await begin();
    expect(await followToCallback(await visit(begun))).toMatchObject(landed);
    rig.passAtGateway(defaultLimits.codeKeptMs + 1);
    expect(await redeemCode(rig.services.hands, begun.attempt, begun.grant)).toMatchObject({
      ok: false,
      failure: { happened: 'no', status: null },
    });
  });
});

it('shows no code, verifier, token or client secret in the gateway’s log, the record of calls and what screens read', () => {
  expect(rig.log.filter((line) => line === `${ONE} callback: a code`).length).toBeGreaterThan(5);
  expect(secrets.size).toBeGreaterThan(30);
  const kept = `${rig.log.join('\n')}${JSON.stringify(rig.services.state.getState())}`;
  expect([...secrets].filter((secret) => kept.includes(secret))).toEqual([]);
});
