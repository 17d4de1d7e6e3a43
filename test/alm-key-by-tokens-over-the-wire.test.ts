/** An API key whose secret is not here, through real jobs: what the tokens that it made tell of its end, and what else kills them. */
import { describe, expect, it } from 'vitest';
import type { FormValues } from '../src/providers/sign-in-way.ts';
import { refreshSession } from '../src/refresh/refresh-session.ts';
import type { Item } from '../src/revocation/job.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import type { AlmActions } from '../stand-ins/alm/control.ts';
import { standIn } from '../stand-ins/alm/server.ts';
import { demo } from '../stand-ins/alm/world.ts';
import type { HeadlessConsole } from './headless-console.ts';
import { useJobs } from './jobs-in-each-test.ts';
import { onlyItem, type JobRig } from './jobs-over-the-wire.ts';

const KEY: FormValues = { apiKey: `${demo.keyId}:${demo.keySecret}` };
const OTHER: FormValues = { apiKey: 'another-key:another-secret-of-alice' };
const ALICE: FormValues = { username: 'alice', password: 'alice-demo-password' };
const WEEK_MS = 7 * 24 * 3_600_000;

let rig: HeadlessConsole<AlmActions>;
let jobs: JobRig;

useJobs(standIn, (console_, started) => {
  [rig, jobs] = [console_, started];
  return Promise.resolve();
});

const { keyId } = demo;
const byKey = (target = 'Payments') => rig.open('api-key', KEY, { target });
const byAnotherKey = () => {
  rig.server.control.putKey({ id: 'another-key', secret: 'another-secret-of-alice', username: 'alice' });
  return rig.open('api-key', OTHER, { target: 'Payments', keep: true });
};
const byPassword = () => rig.open('password', ALICE, { target: 'Payments' });
const deleteIt = (): void => void rig.server.control.deleteKey({ id: keyId });
const restart = (): void => void rig.server.control.restart();

/** Begun, looked at, and up to the person. */
async function guided(minted: readonly SessionRecord[]): Promise<string> {
  const label = minted[0]?.lineage.label ?? '';
  const thing = { kind: 'api-key', id: keyId, name: label, row: null, facts: {} };
  const id = await jobs.store([await jobs.wish({ thing, minted })]);
  await jobs.start(id);
  expect(onlyItem(await jobs.rested(id)).state).toEqual({ is: 'person', step: 'end' });
  return id;
}

const press = (id: string): Promise<unknown> =>
  jobs.runner.send(id, { type: 'confirm', item: itemIdOf(id), step: 'end', nowMs: rig.hands.nowMs() });
const again = (id: string): Promise<unknown> =>
  jobs.runner.send(id, { type: 'prove', item: itemIdOf(id), nowMs: rig.hands.nowMs() });

const names = new Map<string, string>();
const itemIdOf = (id: string): string => names.get(id) ?? '';

async function itemAfter(id: string, act: (id: string) => Promise<unknown>): Promise<Item> {
  const before = onlyItem(await jobs.until(id, () => true));
  names.set(id, before.id);
  await act(id);
  const isOver = ({ marks, finding, state }: Item): boolean =>
    marks.length > before.marks.length && finding !== null && (state.is === 'settled' || state.is === 'waiting');
  return onlyItem(await jobs.until(id, ({ items }) => items.every(isOver)));
}

const told = ({ marks }: Item) => marks.map(({ step, says }) => `${step}: ${says}`);
const UNKNOWN = { verdict: 'unknown', asWanted: false };

describe('its dead token', () => {
  it('proves nothing after a restart: the key may live, the watch stays, and it says what would tell', async () => {
    await byPassword();
    const id = await guided([await byKey()]);
    expect((await itemAfter(id, press)).finding).toMatchObject({ verdict: 'live' });
    restart();
    const item = await itemAfter(id, again);
    expect(item).toMatchObject({ finding: UNKNOWN, state: { is: 'waiting', step: 'minted-1' } });
    expect(item.finding?.words).toMatch(/nor any older one .* most likely restarted, and the key may live\. Paste/);
  });

  it('proves nothing where no other token is here that would tell of a restart', async () => {
    const id = await guided([await byKey()]);
    restart();
    const item = await itemAfter(id, press);
    expect(item).toMatchObject({ finding: UNKNOWN, state: { is: 'waiting' } });
    expect(item.finding?.words).toMatch(/a restart of the ALM Server does the same.*Paste the key’s secret/);
    expect(told(item)).toEqual(['look-1: there', 'end: done', 'minted-1: dead']);
  });

  it('proves it dead where an older token of a password lives on', async () => {
    await byPassword();
    const id = await guided([await byKey()]);
    deleteIt();
    const item = await itemAfter(id, press);
    expect(item.state.is).toBe('settled');
    expect(item.finding).toMatchObject({
      verdict: 'dead',
      asWanted: true,
      qualifier: 'judged by a token that it made',
    });
    expect(told(item)).toEqual(['look-1: there', 'end: done', 'minted-1: unknown', 'restarted-1: dead']);
  });

  it('is not explained by a token that was minted after the restart, be it in a new session or in an old one', async () => {
    const kept = await byAnotherKey();
    const id = await guided([await byKey()]);
    restart();
    await byPassword();
    expect((await itemAfter(id, press)).finding).toMatchObject(UNKNOWN);
    expect(await refreshSession(rig.hands, kept.id, 'use')).toMatchObject({ kind: 'refreshed' });
    const item = await itemAfter(id, again);
    expect(item.finding).toMatchObject(UNKNOWN);
  });

  it('is not explained by an answer to a token that was replaced meanwhile', async () => {
    const kept = await byAnotherKey();
    const id = await guided([await byKey()]);
    deleteIt();
    rig.server.control.fault({ operation: 'issues', kind: 'latency', ms: 800, times: 'always' });
    const item = itemAfter(id, press);
    await jobs.until(id, ({ items }) => items.every(({ marks }) => marks.at(-1)?.step === 'minted-1'));
    expect(await refreshSession(rig.hands, kept.id, 'use')).toMatchObject({ kind: 'refreshed' });
    expect((await item).finding).toMatchObject(UNKNOWN);
    expect(told(await item).at(-1)).toBe('restarted-1: skipped');
  });

  it('is explained by one that was minted while it was seen alive later', async () => {
    const id = await guided([await byKey()]);
    await byPassword();
    expect((await itemAfter(id, press)).finding).toMatchObject({ verdict: 'live' });
    deleteIt();
    expect((await itemAfter(id, again)).finding).toMatchObject({ verdict: 'dead' });
  });

  it('proves nothing once its own time is over, by the clock of the server', async () => {
    await byPassword();
    const id = await guided([await byKey()]);
    rig.server.control.clock({ advanceMs: WEEK_MS + 1_000 });
    const item = await itemAfter(id, press);
    expect(item).toMatchObject({ finding: UNKNOWN, state: { is: 'waiting' } });
    expect(item.finding?.words).toMatch(/it had reached its own end, and the key may live\. Paste/);
  });

  it('proves nothing where it alone is dead, and another of the same key lives that no job knows', async () => {
    const one = await byKey();
    const id = await guided([one]);
    await byKey('Firmware / Bootloader');
    expect((await itemAfter(id, press)).finding).toMatchObject({ verdict: 'live' });
    await rig.hands.repository.change(one.id, (now) => ({
      ...now,
      tokens: now.tokens && { ...now.tokens, accessToken: 'known.to.nobody' },
    }));
    expect((await itemAfter(id, again)).finding).toMatchObject(UNKNOWN);
  });

  it('proves nothing where nobody said when it would end', async () => {
    await byPassword();
    const one = await byKey();
    await rig.hands.repository.change(one.id, (now) => ({
      ...now,
      tokens: now.tokens && { ...now.tokens, accessExpiry: { kind: 'unknown' } },
    }));
    const id = await guided([one]);
    deleteIt();
    expect((await itemAfter(id, press)).finding?.words).toMatch(/when it ends by itself is not known/);
  });

  it('is asked of every older token, until one lives', async () => {
    const another = await byAnotherKey();
    await byPassword();
    const id = await guided([await byKey(), await byKey('Firmware / Bootloader')]);
    deleteIt();
    rig.server.control.deleteKey({ id: 'another-key' });
    const item = await itemAfter(id, press);
    expect(item).toMatchObject({ state: { is: 'settled' }, finding: { verdict: 'dead' } });
    expect(told(item).slice(3)).toEqual([
      ...['minted-1: unknown', 'restarted-1: unknown', 'restarted-1: dead'],
      ...['minted-2: unknown', 'restarted-2: unknown', 'restarted-2: dead'],
    ]);
    // It was only asked, and is neither renewed nor given up for that.
    expect(await rig.hands.repository.get(another.id)).toEqual(another);
  });

  it('waits for a server that does not tell whether it knows the older one', async () => {
    await byPassword();
    const one = await byKey();
    const id = await guided([one]);
    deleteIt();
    rig.server.control.fault({ operation: 'issues', kind: 'html', status: 401, times: 'always' });
    expect((await itemAfter(id, press)).finding).toMatchObject(UNKNOWN);
    rig.server.control.clearFaults();
    expect((await itemAfter(id, again)).finding).toMatchObject({ verdict: 'dead' });
  });
});

describe('a look that failed', () => {
  const answers = (status: number) =>
    rig.server.control.fault({ operation: 'issues', kind: 'html', status, times: 'always' });

  it.each([401, 403])(
    'at a proxy’s %i page: a person is asked first, and the look can be had once more',
    async (status) => {
      await byPassword();
      const minted = await byKey();
      const thing = { kind: 'api-key', id: keyId, name: minted.lineage.label, row: null, facts: {} };
      const id = await jobs.store([await jobs.wish({ thing, minted: [minted] })]);
      answers(status);
      await jobs.start(id);
      const asked = onlyItem(await jobs.rested(id));
      expect(asked.state).toMatchObject({ is: 'paused', for: 'evidence', step: 'look-1' });
      rig.server.control.clearFaults();
      await jobs.runner.send(id, { type: 'resume', item: asked.id, nowMs: rig.hands.nowMs() });
      await jobs.until(id, ({ items }) => items.every(({ state }) => state.is === 'person'));
      deleteIt();
      expect((await itemAfter(id, press)).finding).toMatchObject({ verdict: 'dead' });
    },
  );
});
