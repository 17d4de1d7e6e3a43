/** Until when something may pass that a key or a refresh token of PrimaTime made: counted from its proven end, never from a 2xx. */
import { describe, expect, it } from 'vitest';
import { callAs } from '../src/refresh/call-as.ts';
import { factsOf } from '../src/revocation/create-item.ts';
import type { Item, JobRecord } from '../src/revocation/job.ts';
import { noteOf } from '../src/revocation/note.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import { demo } from '../stand-ins/primatime/account.ts';
import type { PrimatimeActions } from '../stand-ins/primatime/control.ts';
import { standIn } from '../stand-ins/primatime/server.ts';
import { valueOf, type HeadlessConsole } from './headless-console.ts';
import { useJobs } from './jobs-in-each-test.ts';
import { onlyItem, type JobRig } from './jobs-over-the-wire.ts';

const LEAKED = '00000000-0000-4000-8000-00000000dead';
const HOUR_MS = 3_600_000;
/** Longer than what a call takes here, so that one moment can be told from the other. */
const LATER_MS = 300;

let rig: HeadlessConsole<PrimatimeActions>;
let jobs: JobRig;
let ada: SessionRecord;

useJobs(standIn, async (console_, started) => {
  [rig, jobs] = [console_, started];
  ada = await rig.open('password', { email: demo.email, password: demo.password });
});

const later = () => new Promise((resolve) => setTimeout(resolve, LATER_MS));

async function owned() {
  const { id } = rig.server.control.addKey({ email: demo.email, name: 'Leaked', secretKey: LEAKED });
  const page = { offset: 0, limit: 100 };
  const { list, thingOfRow } = jobs.keys;
  const params = list?.params(factsOf(ada), page);
  if (!list || !params) throw new Error('There is no list');
  const { rows } = valueOf(await list.read(valueOf(await callAs(rig.hands, ada.id, list.operation, params)), page));
  const row = rows.find((each) => each.id === id);
  if (!row) throw new Error('It is not listed');
  return { id, thing: thingOfRow(row) };
}

/** Whoever has the key signs in with it once more: until when that token passes. */
async function useIt(): Promise<number> {
  const authorization = `Basic ${Buffer.from(`${LEAKED}:`).toString('base64')}`;
  const { baseUrl } = await rig.connection();
  const reply = await fetch(`${baseUrl}/auth/login?apikey=${demo.apiKey}`, { headers: { authorization } });
  if (!reply.ok) throw new Error('It does not sign in');
  return Math.max(...rig.server.control.sessions().map(({ tokenEndsMs }) => tokenEndsMs));
}

const untilOf = ({ finding }: Item) => finding?.survives.map(({ untilMs }) => untilMs) ?? [];
const verdictOf = ({ finding }: Item) => finding?.verdict;
const noted = (job: JobRecord): string =>
  noteOf(job, rig.hands.nowMs(), { vendor: () => 'Vendor', connection: () => 'Connection' });

async function proveAgain(id: string): Promise<Item> {
  const before = onlyItem(await jobs.rested(id)).marks.length;
  await jobs.runner.send(id, { type: 'prove', item: 'leaked', nowMs: rig.hands.nowMs() });
  return onlyItem(
    await jobs.until(id, (job) => onlyItem(job).marks.length > before && onlyItem(job).state.is === 'settled'),
  );
}

describe('what a key made', () => {
  it.each(['nothing', 'trashes'] as const)('has no end after a 2xx that does “%s”', async (hardDelete) => {
    rig.server.control.configure({ hardDelete, trashedKeysSignIn: true });
    const { thing } = await owned();
    const job = await jobs.run([await jobs.wish({ id: 'leaked', thing, session: ada, how: 'delete' })]);
    const item = onlyItem(job);
    expect(verdictOf(item)).toBe('live');
    expect(untilOf(item)).toEqual(['not-reported', 'not-reported']);
    expect(noted(job)).toContain('no end before it is proven dead');
    expect(noted(job)).not.toMatch(/Survives.*until \d/);
  });

  it('passes until an hour after the end was proven, whoever brought it about and however much later', async () => {
    rig.server.control.configure({ hardDelete: 'nothing' });
    const { id, thing } = await owned();
    const job = await jobs.run([await jobs.wish({ id: 'leaked', thing, session: ada, how: 'delete' })]);
    expect(verdictOf(onlyItem(job))).toBe('live');
    await later();
    const lastEndsMs = await useIt();
    rig.server.control.configure({ hardDelete: 'deletes' });
    await callAs(rig.hands, ada.id, 'deleteKey', { id });

    const proven = await proveAgain(job.id);
    expect(verdictOf(proven)).toBe('dead');
    const [token, refreshToken] = untilOf(proven).map(Number);
    expect(token).toBeGreaterThanOrEqual(lastEndsMs);
    expect(token).toBeLessThan(lastEndsMs + 60_000);
    expect(refreshToken).toBe(Number(token) + 167 * HOUR_MS);
    expect(noted(await jobs.rested(job.id))).toContain(`until ${new Date(Number(token)).toISOString()}`);

    // It was dead before: proven once more, nothing lives any longer for it.
    await later();
    expect(untilOf(await proveAgain(job.id))).toEqual([token, refreshToken]);
  });

  it('that was found and used on itself: its own token ends, what the living key makes does not', async () => {
    rig.server.control.configure({ hardDelete: 'nothing' });
    rig.server.control.addKey({ email: 'ben@acme.example', name: 'Backup', secretKey: LEAKED });
    const [candidate] = jobs.keys.recognise(`secretKey=${LEAKED}`);
    if (!candidate) throw new Error('It is not recognised');
    const thing = jobs.keys.thingOf(candidate, null);
    const item = await jobs.wish({ id: 'leaked', thing, secret: LEAKED, how: 'delete-by-itself' });
    const startMs = Date.now();
    const told = onlyItem(await jobs.run([item], { [item.id]: candidate.secrets }));
    expect(verdictOf(told)).toBe('live');
    const [own, ...others] = untilOf(told);
    expect(Math.round((Number(own) - startMs) / HOUR_MS)).toBe(1);
    expect(others).toEqual(['not-reported', 'not-reported']);
  });
});

it('what a refresh token made has no end while it still refreshes, and one once it is proven dead', async () => {
  rig.server.control.configure({ refreshTokensWorkOnce: false });
  const { refreshToken } = rig.server.control.openSession({ email: demo.email });
  const [candidate] = jobs.keys.recognise(`{"refreshToken":"${refreshToken}"}`);
  if (!candidate) throw new Error('It is not recognised');
  const thing = jobs.keys.thingOf(candidate, null);
  const item = await jobs.wish({ id: 'leaked', thing, secret: refreshToken, how: 'spend' });
  const job = await jobs.run([item], { [item.id]: candidate.secrets });
  expect(verdictOf(onlyItem(job))).toBe('live');
  expect(untilOf(onlyItem(job))).toEqual(['not-reported']);
  await later();
  const deadAfterMs = Date.now();
  rig.server.control.expire({ refreshTokens: true });
  const proven = await proveAgain(job.id);
  expect(verdictOf(proven)).toBe('dead');
  expect(Number(untilOf(proven)[0])).toBeGreaterThanOrEqual(deadAfterMs + HOUR_MS);
});
