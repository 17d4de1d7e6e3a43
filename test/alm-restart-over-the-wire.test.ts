/** What a restart of the ALM Server does to the tokens that are open, through the real services and the real gateway. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { checkSession } from '../src/features/sessions/check-session.ts';
import type { FormValues } from '../src/providers/sign-in-way.ts';
import { callAs } from '../src/refresh/call-as.ts';
import { freshToken } from '../src/refresh/fresh-token.ts';
import { accessEndsAtMs, dueOf, type Surroundings } from '../src/refresh/plan.ts';
import { probeToken } from '../src/refresh/probe-token.ts';
import { refreshAndLook } from '../src/refresh/refresh-and-look.ts';
import { refreshSession } from '../src/refresh/refresh-session.ts';
import { viewOf, type SessionRecord } from '../src/sessions/record.ts';
import { callOver } from '../src/sessions/refresh-steps.ts';
import type { AlmActions } from '../stand-ins/alm/control.ts';
import { standIn } from '../stand-ins/alm/server.ts';
import { demo } from '../stand-ins/alm/world.ts';
import { startHeadlessConsole, type HeadlessConsole, type MoreOfAttempt } from './headless-console.ts';

let rig: HeadlessConsole<AlmActions>;

// A console looks after a server's tokens once in a while, so each test has one of its own.
beforeEach(async () => {
  rig = await startHeadlessConsole(standIn);
});
afterEach(() => rig.close());

const KEY: FormValues = { apiKey: `${demo.keyId}:${demo.keySecret}` };
const ALICE: FormValues = { username: 'alice', password: 'alice-demo-password' };

/** A session for the project of that name. */
const openFor = (
  target: string,
  id: 'api-key' | 'password' = 'api-key',
  values: FormValues = KEY,
  more: MoreOfAttempt = {},
): Promise<SessionRecord> => rig.open(id, values, { ...more, target });

const verdictOf = (record: SessionRecord) => probeToken(rig.hands, rig.provider, record);

const now = async ({ id }: SessionRecord): Promise<SessionRecord> => {
  const record = await rig.hands.repository.get(id);
  if (!record) throw new Error('The session is gone');
  return record;
};

const around = (nowMs: number): Surroundings => ({ nowMs, visible: true, attendedAtMs: nowMs, offsetMs: () => 0 });

/** What everybody at the console is told next. */
const nextNotice = (): Promise<string> =>
  new Promise((resolve) => {
    const known = rig.services.state.getState().notices.length;
    rig.services.state.subscribe(({ notices }) => {
      if (notices.length > known && notices[0]) resolve(notices[0].sentence);
    });
  });

it.each([401, 403])('a proxy that answers %s with its page costs neither a kept key nor a token', async (status) => {
  const session = await openFor('Payments', 'api-key', KEY, { keep: true, credential: 'the-key' });
  const body = '<html><h1>Access denied by corporate proxy</h1></html>';
  rig.server.control.fault({ kind: 'reply', status, body, times: 'always' });
  expect(await callAs(rig.hands, session.id, 'issues')).toMatchObject({ ok: false, failure: { code: 'of-proxy' } });
  expect(await refreshSession(rig.hands, session.id, 'person')).toMatchObject({ failure: { code: 'of-proxy' } });
  expect(await now(session)).toMatchObject({ tokens: session.tokens, signInNeeded: null, lineage: { kept: true } });
  expect(await rig.hands.credentials.get('the-key')).toBeDefined();
  rig.server.control.clearFaults();
  expect(await refreshSession(rig.hands, session.id, 'person')).toMatchObject({ kind: 'refreshed' });
});

describe('a restart', () => {
  it('looks after all tokens once the server was restarted, and says so once', async () => {
    const first = await openFor('Payments', 'api-key', KEY, { keep: true, credential: 'the-key' });
    const second = await openFor('Firmware / Bootloader', 'api-key', KEY, { keep: true, credential: 'the-key' });
    const unkept = await openFor('Rocket 🚀 "Alpha"');
    rig.server.control.restart();
    rig.server.control.clearLedger();

    const noticed = nextNotice();
    expect(await callAs(rig.hands, first.id, 'issues')).toMatchObject({ ok: true });
    expect(await noticed).toMatch(
      /most likely .* restarted\. 3 tokens died: 2 were minted again, 1 needs a sign-in\.$/,
    );
    expect(await verdictOf(await now(second))).toBe('live');
    expect(await now(unkept)).toMatchObject({ tokens: null, signInNeeded: { code: 'died-in-restart' } });
    // One token each, and no storm of refused calls.
    expect(rig.server.control.ledger({ operation: 'token' })).toHaveLength(2);
    expect(rig.server.control.ledger({ operation: 'issues' }).filter(({ status }) => status === 401)).toHaveLength(3);
  });

  it('is named where a single token that nothing can mint again is found dead by a check', async () => {
    const unkept = await openFor('Payments');
    rig.server.control.restart();
    const { hands } = rig;
    expect(await checkSession(hands, unkept.id)).toMatchObject({ ok: true, value: { verdict: 'dead', fate: 'lost' } });
    expect((await now(unkept)).signInNeeded?.sentence).toBe(
      'Perforce ALM no longer knew a token before its time: the ALM Server was restarted, or the API key that made it was deleted.',
    );
  });

  it('finds a restart by a token that nothing can mint again, and calls a guess a guess', async () => {
    const byPassword = await openFor('Payments', 'password', ALICE);
    const unkept = await openFor('Firmware / Bootloader');
    rig.server.control.restart();
    const noticed = nextNotice();
    expect(await callAs(rig.hands, byPassword.id, 'issues')).toMatchObject({ failure: { code: 'token-dead' } });
    expect(await noticed).toMatch(/restarted, or the API key .* was deleted\. 2 tokens died: 2 need a sign-in\.$/);
    for (const session of [byPassword, unkept]) {
      expect(await now(session)).toMatchObject({ tokens: null, signInNeeded: { code: expect.any(String) as unknown } });
    }
  });

  it('does not speak of a restart as likely while a token of the same server is alive', async () => {
    const alive = await openFor('Payments', 'password', ALICE);
    const kept = await openFor('Payments', 'api-key', KEY, { keep: true });
    rig.server.control.fault({ kind: 'reply', status: 401, operation: 'issues' });
    const noticed = nextNotice();
    expect(await callAs(rig.hands, kept.id, 'issues')).toMatchObject({ ok: true });
    expect(await noticed).toMatch(
      /not restarted: .* deleted, or that token alone was dropped\. 1 token died and was minted again\.$/,
    );
    expect(await verdictOf(await now(alive))).toBe('live');
  });

  it('nor a deletion of the key is named while another token of that key is alive', async () => {
    await openFor('Firmware / Bootloader', 'api-key', KEY, { credential: 'the-key' });
    const one = await openFor('Payments', 'api-key', KEY, { credential: 'the-key' });
    rig.server.control.fault({ kind: 'reply', status: 401, operation: 'issues' });
    await checkSession(rig.hands, one.id);
    await eventually(async () =>
      expect((await now(one)).signInNeeded?.sentence).toMatch(/another of the same credential: that token alone/),
    );
  });

  it('is not ruled out by a token that was made after the dead one: it may be younger than the restart', async () => {
    const before = await openFor('Payments', 'api-key', KEY, { keep: true, credential: 'the-key' });
    rig.server.control.restart();
    await openFor('Firmware / Bootloader', 'api-key', KEY, { credential: 'the-key' });
    const noticed = nextNotice();
    expect(await callAs(rig.hands, before.id, 'issues')).toMatchObject({ ok: true });
    expect(await noticed).toMatch(
      /its API key still works: the ALM Server was restarted, or that token alone was dropped\. 1 token died and was minted again\.$/,
    );
  });

  it('is not likely, in the row either, where one was replaced before anything was known of it', async () => {
    const unkept = await openFor('Payments');
    await openFor('Firmware / Bootloader', 'api-key', KEY, { keep: true, credential: 'the-key' });
    const other = await openFor('Rocket 🚀 "Alpha"', 'api-key', KEY, { keep: true, credential: 'the-key' });
    for (const { name, uuid } of rig.server.control.projects()) {
      const status = name === 'Rocket 🚀 "Alpha"' ? 503 : 401;
      // In an address its braces are written otherwise.
      rig.server.control.fault({ kind: 'reply', status, operation: 'issues', path: uuid.slice(1, -1) });
    }
    // In place of the wait before it is asked again.
    const pause = async (): Promise<void> => {
      await refreshSession(rig.hands, other.id, 'person');
    };
    await checkSession({ ...rig.hands, pause }, unkept.id);
    const guess = 'its API key still works: the ALM Server was restarted, or that token alone was dropped.';
    await eventually(() =>
      expect(rig.services.state.getState().notices).toEqual([
        expect.objectContaining({
          sentence: expect.stringMatching(/ died: 1 was minted again, 1 needs a sign-in\.$/) as unknown,
        }),
      ]),
    );
    expect(rig.services.state.getState().notices[0]?.sentence).toContain(guess);
    expect((await now(unkept)).signInNeeded?.sentence).toContain(guess);
  });

  it('leaves what a restart killed to the schedule while the server is still loading, and hands nothing dead out', async () => {
    const first = await openFor('Payments', 'api-key', KEY, { keep: true, credential: 'the-key' });
    const second = await openFor('Rocket 🚀 "Alpha"', 'api-key', KEY, { keep: true, credential: 'the-key' });
    rig.server.control.restart();
    rig.server.control.configure({ projectsLoading: 4 });
    const noticed = nextNotice();
    expect(await callAs(rig.hands, first.id, 'issues')).toMatchObject({ failure: { code: 'project-loading' } });
    expect(await noticed).toMatch(/2 tokens died: 2 could not be minted again yet/);
    for (const session of [first, second]) {
      const waiting = await now(session);
      expect(waiting).toMatchObject({ lineage: { kept: true }, signInNeeded: null, failures: 1 });
      expect(accessEndsAtMs(viewOf(waiting), 0)).toBeLessThanOrEqual(rig.services.nowMs());
      expect(await freshToken(rig.hands, session.id)).toMatchObject({ kind: 'dead' });
      // Within seconds, although the token is only moments old.
      const due = dueOf(viewOf(await now(session)), around(rig.services.nowMs()));
      expect(due).toMatchObject({ kind: 'at', what: 'refresh' });
    }
    rig.server.control.configure({ projectsLoading: 0 });
    expect(await refreshSession(rig.hands, second.id, 'schedule')).toMatchObject({ kind: 'refreshed' });
    expect(await now(second)).toMatchObject({ failures: 0, waiting: null });
    expect(await verdictOf(await now(second))).toBe('live');
  });

  it('is said once, whichever hands meet it next', async () => {
    const first = await openFor('Payments', 'api-key', KEY, { keep: true, credential: 'the-key' });
    const second = await openFor('Rocket 🚀 "Alpha"', 'api-key', KEY, { keep: true, credential: 'the-key' });
    rig.server.control.restart();
    rig.server.control.configure({ projectsLoading: 1 });
    const noticed = nextNotice();
    await callAs(rig.hands, first.id, 'issues');
    await noticed;
    rig.server.control.configure({ projectsLoading: 0 });
    rig.server.control.clearLedger();
    expect(await refreshAndLook({ ...rig.hands }, second.id, 'schedule')).toMatchObject({ kind: 'refreshed' });
    expect(await verdictOf(await now(first))).toBe('live');
    expect(rig.server.control.ledger({ operation: 'issues' })).toHaveLength(1);
    expect(rig.services.state.getState().notices).toHaveLength(1);
  });

  it('that two tabs meet in one moment is told by neither with a count that is too small', async () => {
    const opened: SessionRecord[] = [];
    for (const target of ['Payments', 'Firmware / Bootloader', 'Rocket 🚀 "Alpha"', 'Payments']) {
      opened.push(await openFor(target, 'api-key', KEY, { keep: true, credential: 'the-key' }));
    }
    const [first, second] = opened.map(({ id }) => id);
    const saidThere: string[] = [];
    // Of the same vault, with a memory of its own.
    const otherTab = {
      ...rig.hands,
      repository: { ...rig.hands.repository },
      announce(sentence: string) {
        saidThere.unshift(sentence);
        return () => saidThere.splice(saidThere.indexOf(sentence), 1);
      },
    };
    rig.server.control.restart();
    rig.server.control.clearLedger();
    await Promise.all([callAs(rig.hands, first ?? '', 'issues'), callAs(otherTab, second ?? '', 'issues')]);
    const saidHere = () => rig.services.state.getState().notices.map(({ sentence }) => sentence);
    await eventually(() => expect([saidHere().length, saidThere.length]).toEqual([1, 1]));
    expect(rig.server.control.ledger({ operation: 'token' })).toHaveLength(4);
    for (const said of [...saidHere(), ...saidThere]) {
      expect(said).toMatch(
        /any token .* most likely .* 4 tokens died and were minted again\.$|a token .* At least [234] tokens died and were minted again\.$/,
      );
    }
  });

  it('is looked after once: what dies soon afterwards is found token by token', async () => {
    const first = await openFor('Payments', 'api-key', KEY, { keep: true });
    await openFor('Firmware / Bootloader', 'api-key', KEY, { keep: true });
    rig.server.control.restart();
    const noticed = nextNotice();
    await callAs(rig.hands, first.id, 'issues');
    await noticed;
    rig.server.control.restart();
    rig.server.control.clearLedger();
    expect(await callAs(rig.hands, first.id, 'issues')).toMatchObject({ ok: true });
    expect(rig.server.control.ledger().map(({ operation, status }) => `${operation} ${String(status)}`)).toEqual([
      'issues 401',
      'token 200',
      'issues 200',
    ]);
    expect(rig.services.state.getState().notices).toHaveLength(1);
  });

  it.each([
    ['younger than half a minute', 0],
    ['older than that', 70_000],
  ])('is found by a check of one token, %s, whose key is kept: all are minted again, once each', async (_, ageMs) => {
    const names = ['Payments', 'Firmware / Bootloader', 'Rocket 🚀 "Alpha"'];
    const opened: SessionRecord[] = [];
    for (const name of names) {
      const record = await openFor(name, 'api-key', KEY, { keep: true, credential: 'the-key' });
      await rig.hands.repository.change(record.id, (one) => ({ ...one, refreshedAtMs: one.refreshedAtMs - ageMs }));
      opened.push(record);
    }
    const [first] = opened;
    rig.server.control.restart();
    rig.server.control.clearLedger();
    const noticed = nextNotice();
    expect(await checkSession(rig.hands, first?.id ?? '')).toMatchObject({
      value: { verdict: 'dead', fate: 'minted' },
    });
    expect(await noticed).toMatch(/most likely .* restarted\. 3 tokens died and were minted again\.$/);
    const calls = rig.server.control.ledger().map(({ operation, status }) => `${operation} ${String(status)}`);
    expect(calls.sort()).toEqual([...names.map(() => 'issues 401'), ...names.map(() => 'token 200')]);
    for (const record of opened) {
      const { tokens } = await now(record);
      expect(tokens?.accessToken).not.toBe(record.tokens?.accessToken);
      expect(tokens).not.toHaveProperty('refusedAtMs');
      expect(await freshToken(rig.hands, record.id)).toMatchObject({ kind: 'ready', refreshed: false });
      expect(await verdictOf(await now(record))).toBe('live');
    }
    expect(rig.services.state.getState().notices).toHaveLength(1);
  });

  it.each(['schedule', 'copy'] as const)(
    'of which only one refused token is known is looked after by the next refresh, by %s',
    async (asker) => {
      const first = await openFor('Payments', 'api-key', KEY, { keep: true, credential: 'the-key' });
      const second = await openFor('Firmware / Bootloader', 'api-key', KEY, { keep: true, credential: 'the-key' });
      rig.server.control.restart();
      rig.server.control.clearLedger();
      // Its page was left before it came to the others.
      await rig.hands.repository.change(first.id, callOver(first.generation, rig.services.nowMs()));
      const noticed = nextNotice();
      if (asker === 'schedule') await refreshAndLook(rig.hands, first.id, 'schedule');
      else expect(await freshToken(rig.hands, first.id)).toMatchObject({ kind: 'ready', refreshed: true });
      expect(await noticed).toMatch(/2 tokens died and were minted again\.$/);
      expect(await verdictOf(await now(second))).toBe('live');
      expect(rig.server.control.ledger({ operation: 'token' })).toHaveLength(2);
    },
  );

  it('found by a check while the server is still loading leaves all to the schedule, and hands nothing dead out', async () => {
    const first = await openFor('Payments', 'api-key', KEY, { keep: true, credential: 'the-key' });
    const second = await openFor('Rocket 🚀 "Alpha"', 'api-key', KEY, { keep: true, credential: 'the-key' });
    rig.server.control.restart();
    rig.server.control.configure({ projectsLoading: 4 });
    const noticed = nextNotice();
    expect(await checkSession(rig.hands, first.id)).toMatchObject({ value: { verdict: 'dead', fate: 'waits' } });
    expect(await noticed).toMatch(/2 tokens died: 2 could not be minted again yet/);
    for (const session of [first, second]) {
      expect(dueOf(viewOf(await now(session)), around(rig.services.nowMs()))).toMatchObject({ kind: 'at' });
      expect(await freshToken(rig.hands, session.id)).toMatchObject({ kind: 'dead' });
    }
  });

  it('is not what a check finds where the key was deleted: its tokens need a sign-in, and none is handed out', async () => {
    const first = await openFor('Payments', 'api-key', KEY, { keep: true, credential: 'the-key' });
    const second = await openFor('Firmware / Bootloader', 'api-key', KEY, { keep: true, credential: 'the-key' });
    rig.server.control.deleteKey({ id: demo.keyId });
    rig.server.control.clearLedger();
    expect(await checkSession(rig.hands, first.id)).toMatchObject({ value: { verdict: 'dead', fate: 'lost' } });
    for (const session of [first, second]) {
      await expect.poll(async () => (await now(session)).tokens).toBeNull();
      expect((await now(session)).signInNeeded).not.toBeNull();
      expect(await freshToken(rig.hands, session.id)).toMatchObject({ kind: 'dead' });
    }
    const calls = rig.server.control.ledger().map(({ operation, status }) => `${operation} ${String(status)}`);
    expect(calls.sort()).toEqual(['issues 401', 'issues 401', 'token 500']);
    expect(rig.services.state.getState().notices).toEqual([]);
  });

  it('is not seen in a token that ended when it was due', async () => {
    const ended = await openFor('Payments', 'password', ALICE);
    const other = await openFor('Firmware / Bootloader', 'password', ALICE);
    await rig.hands.repository.change(ended.id, (record) => ({
      ...record,
      tokens: record.tokens && { ...record.tokens, accessExpiry: { kind: 'earliest', atMs: rig.services.nowMs() - 1 } },
    }));
    rig.server.control.restart();
    rig.server.control.clearLedger();
    expect(await callAs(rig.hands, ended.id, 'issues')).toMatchObject({ failure: { code: 'token-dead' } });
    expect(rig.server.control.ledger()).toHaveLength(1);
    expect((await now(other)).signInNeeded).toBeNull();
  });
});
