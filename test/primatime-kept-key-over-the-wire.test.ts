/** A kept secret key of PrimaTime, through the real services and the real gateway, against the stand-in. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FormValues } from '../src/providers/sign-in-way.ts';
import { freshToken } from '../src/refresh/fresh-token.ts';
import { forgetCredential } from '../src/refresh/kept-credentials.ts';
import { dueOf, type Surroundings } from '../src/refresh/plan.ts';
import { probeToken } from '../src/refresh/probe-token.ts';
import { refreshSession } from '../src/refresh/refresh-session.ts';
import { viewOf, type SessionRecord } from '../src/sessions/record.ts';
import { callOver } from '../src/sessions/refresh-steps.ts';
import { demo } from '../stand-ins/primatime/account.ts';
import type { PrimatimeActions } from '../stand-ins/primatime/control.ts';
import { standIn } from '../stand-ins/primatime/server.ts';
import { startHeadlessConsole, type HeadlessConsole } from './headless-console.ts';

let rig: HeadlessConsole<PrimatimeActions>;

beforeAll(async () => {
  rig = await startHeadlessConsole(standIn);
});
beforeEach(() => rig.reset());
afterAll(() => rig.close());

const KEY: FormValues = { secretKey: ` ${demo.secretKey}: ` };
const ADA: FormValues = { email: demo.email, password: demo.password };

async function open(id: 'secret-key' | 'password' = 'secret-key', keep = true): Promise<SessionRecord> {
  const record = await rig.open(id, id === 'password' ? ADA : KEY, { keep });
  rig.server.control.clearLedger();
  return record;
}

const now = async ({ id }: SessionRecord): Promise<SessionRecord> => {
  const record = await rig.hands.repository.get(id);
  if (!record) throw new Error('The session is gone');
  return record;
};

const around = (nowMs: number): Surroundings => ({ nowMs, visible: true, attendedAtMs: nowMs, offsetMs: () => 0 });
const verdictOf = (record: SessionRecord) => probeToken(rig.hands, rig.provider, record);
const HOUR_MS = 3_600_000;

/** What reached the server, without the harmless reads. */
const sent = (): readonly string[] =>
  rig.server.control
    .ledger()
    .filter(({ operation }) => operation === 'refresh' || operation === 'sign-in')
    .map(({ operation, status }) => `${operation} ${String(status)}`);

/** How often each refresh token arrived. */
function expectNoneTwice(): void {
  const spent = rig.server.control.ledger({ operation: 'refresh' }).map(({ spends }) => spends);
  expect(new Set(spent).size).toBe(spent.length);
}

describe('a kept secret key', () => {
  it('is kept without what pasting added, and rests while the refresh token lives', async () => {
    const session = await open();
    expect(session.lineage.kept).toBe(true);
    expect(await rig.hands.credentials.get(session.lineage.credential)).toMatchObject({
      values: { secretKey: demo.secretKey },
    });
    expect(await refreshSession(rig.hands, session.id, 'schedule')).toMatchObject({ kind: 'refreshed' });
    expect(sent()).toEqual(['refresh 200']);
  });

  it('signs in anew in the same turn where the server calls the refresh token over', async () => {
    const session = await open();
    rig.server.control.expire({ tokens: true, refreshTokens: true });
    expect(await refreshSession(rig.hands, session.id, 'schedule')).toMatchObject({ kind: 'refreshed' });
    const after = await now(session);
    expect(after).toMatchObject({ signInNeeded: null, uncertain: null, lineage: { kept: true } });
    expect(after.tokens?.refreshToken).not.toBe(session.tokens?.refreshToken);
    expect(await verdictOf(after)).toBe('live');
    expect(sent().map((line) => line.split(' ')[0])).toEqual(['refresh', 'sign-in']);
    // The new pair refreshes by its own refresh token.
    expect(await refreshSession(rig.hands, session.id, 'person')).toMatchObject({ kind: 'refreshed' });
    expect(sent().slice(2)).toEqual(['refresh 200']);
    expectNoneTwice();
  });

  it('drops a refresh token whose answer is lost, never sends it again, and mints when it is time', async () => {
    const session = await open();
    rig.server.control.fault({ kind: 'reset', operation: 'refresh', times: 1, when: 'after' });
    expect(await refreshSession(rig.hands, session.id, 'schedule')).toMatchObject({ kind: 'failed' });
    const waiting = await now(session);
    expect(waiting.tokens?.refreshToken).toBeUndefined();
    expect(waiting).toMatchObject({ uncertain: null, signInNeeded: null, failures: 1 });
    expect(waiting.waiting?.untilMs).toBeGreaterThan(rig.services.nowMs());
    const due = dueOf(viewOf(waiting), around(rig.services.nowMs() + HOUR_MS));
    expect(due).toMatchObject({ kind: 'at', what: 'refresh' });
    expect(await refreshSession(rig.hands, session.id, 'schedule')).toMatchObject({ kind: 'refreshed' });
    expect(sent().map((line) => line.split(' ')[0])).toEqual(['refresh', 'sign-in']);
    expect(await verdictOf(await now(session))).toBe('live');
    expectNoneTwice();
  });

  it('serves a person who copies at once after a lost answer', async () => {
    const session = await open();
    // A token of an hour ago, which by now is over.
    const agoMs = session.refreshedAtMs - HOUR_MS;
    await rig.hands.repository.change(session.id, (record) => ({ ...record, refreshedAtMs: agoMs }));
    await rig.hands.repository.change(session.id, callOver(session.generation, rig.services.nowMs()));
    rig.server.control.fault({ kind: 'reply', status: 500, operation: 'refresh', times: 1 });
    expect(await freshToken(rig.hands, session.id)).toMatchObject({ kind: 'ready', refreshed: true, stale: null });
    expect(sent().map((line) => line.split(' ')[0])).toEqual(['refresh', 'sign-in']);
    expectNoneTwice();
  });

  it('is dropped and said once the server refuses it, and nothing more is sent', async () => {
    const session = await open();
    rig.server.control.expire({ refreshTokens: true });
    for (const key of rig.server.control.keys({ email: demo.email })) key.expirationMs = 1;
    expect(await refreshSession(rig.hands, session.id, 'schedule')).toMatchObject({ kind: 'failed' });
    const dead = await now(session);
    expect(dead).toMatchObject({ signInNeeded: { code: 'credential-dead' }, lineage: { kept: false } });
    expect(dead.signInNeeded?.sentence).toMatch(/secret key/);
    expect(await rig.hands.credentials.get(session.lineage.credential)).toBeUndefined();
    expect(dueOf(viewOf(dead), around(rig.services.nowMs() + HOUR_MS))).toEqual({
      kind: 'held',
      why: 'sign-in-needed',
    });
    expect(await refreshSession(rig.hands, session.id, 'person')).toMatchObject({ kind: 'impossible' });
    expect(sent().map((line) => line.split(' ')[0])).toEqual(['refresh', 'sign-in']);
  });

  it('mints nothing any more once it is forgotten', async () => {
    const session = await open();
    await forgetCredential(rig.hands, session.lineage.credential);
    rig.server.control.expire({ refreshTokens: true });
    expect(await refreshSession(rig.hands, session.id, 'person')).toMatchObject({ kind: 'failed' });
    expect(await now(session)).toMatchObject({ signInNeeded: { code: 'refresh-token-dead' } });
    expect(sent().map((line) => line.split(' ')[0])).toEqual(['refresh']);
  });

  it('takes over a refresh token that ends before its token, and is left alone where tabs are not kept apart', async () => {
    const { tokens, ...session } = viewOf(await open());
    if (!tokens) throw new Error('There are no tokens');
    const nowMs = session.refreshedAtMs;
    const endsFirst = { kind: 'relative', lifeMs: 60_000, anchorMs: nowMs } as const;
    const short = { ...session, tokens: { ...tokens, refreshExpiry: endsFirst } };
    expect(dueOf(short, around(nowMs))).toMatchObject({ kind: 'at', what: 'refresh' });
    const together = { ...around(nowMs), byHandOnly: true };
    expect(dueOf({ ...session, tokens }, together)).toEqual({ kind: 'held', why: 'tabs-not-kept-apart' });
    expect(dueOf({ ...session, tokens: { ...tokens, spends: false } }, together)).toMatchObject({ kind: 'at' });
  });
});

describe('what is not kept', () => {
  it.each([
    ['a password, whatever was ticked', 'password', true],
    ['a secret key without the tick', 'secret-key', false],
  ] as const)('%s: a dead refresh token asks for a sign-in', async (_name, id, keep) => {
    const session = await open(id, keep);
    expect(session.lineage.kept).toBe(false);
    expect(await rig.hands.credentials.get(session.lineage.credential)).toBeUndefined();
    rig.server.control.expire({ refreshTokens: true });
    expect(await refreshSession(rig.hands, session.id, 'schedule')).toMatchObject({ kind: 'failed' });
    expect(await now(session)).toMatchObject({ signInNeeded: { code: 'refresh-token-dead' } });
    expect(sent().map((line) => line.split(' ')[0])).toEqual(['refresh']);
  });
});
