import { describe, expect, it } from 'vitest';
import type { Hands } from '../refresh/hands.ts';
import { sampleItem, sampleJob, sampleStep } from '../revocation/sample-job.ts';
import type { JobRecord } from '../revocation/job.ts';
import { createPageLocks } from '../lib/locks.ts';
import { systemTimers } from '../lib/clock.ts';
import { createMemoryStore } from '../sessions/memory-store.ts';
import { createRepository } from '../sessions/repository.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { createJobDesk } from './job-desk.ts';
import { createKeeping, type Keeping } from './keeping.ts';

const HOUR_MS = 3_600_000;

/** A job that a person has everything to do with needs neither network nor vendor. */
function open(jobs = createMemoryStore<JobRecord>(), locks = createPageLocks(), kept: Keeping = 'vault') {
  const keeping = createKeeping(kept);
  const faults: unknown[] = [];
  const never = (): never => {
    throw new Error('Nothing is called here');
  };
  const repository = createRepository(createMemoryStore<SessionRecord>());
  const hands = { repository, locks, nowMs: () => 1_000, connection: never, provider: never };
  const desk = createJobDesk({
    hands: hands as unknown as Hands, // what a job of guides alone reaches for
    jobs,
    timers: systemTimers,
    keeping,
    onFault: (error) => faults.push(error),
  });
  return { desk, keeping, jobs, faults };
}

const guided = sampleItem({
  steps: [sampleStep('person', { kind: 'guide', as: 'nobody' })],
  shows: [{ name: 'newKey', label: 'The new key' }],
});
const secrets = { item: { newKey: 'canary-new-key', pasted: 'canary-pasted' } };

it('shows jobs without their secrets, gives out only what is to be copied, and that until it was', async () => {
  const { desk, faults } = open();
  await desk.put(sampleJob([guided], { secrets }));
  await desk.send('job', { type: 'start', nowMs: 1_000 });
  await expect.poll(() => desk.state.getState().jobs[0]?.items[0]?.state.is).toBe('person');
  expect(JSON.stringify(desk.state.getState())).not.toContain('canary');
  expect(await desk.shown('job', 'item', 'newKey')).toBe('canary-new-key');
  expect(await desk.shown('job', 'item', 'pasted')).toBeUndefined();
  await desk.send('job', { type: 'confirm', item: 'item', step: 'person', nowMs: 1_001 });
  expect(await desk.shown('job', 'item', 'newKey')).toBeUndefined();
  desk.dispose();
  expect(faults).toEqual([]);
});

it('holds the lock off while a job goes on by itself, and lets go when nothing does', async () => {
  const { desk, keeping, jobs } = open();
  const waiting = { is: 'waiting', step: 'probe', untilMs: HOUR_MS * 9, tries: 0, why: '' } as const;
  await jobs.insert(sampleJob([sampleItem({ state: waiting })], { startedAtMs: 500 }));
  await expect.poll(() => keeping.getState().heldOffUntilMs).toBe(HOUR_MS + 500);
  await desk.send('job', { type: 'close', nowMs: 2_000 });
  await expect.poll(() => keeping.getState().heldOffUntilMs).toBeNull();
  desk.dispose();
});

describe('one thing', () => {
  const job = (id: string, items = [guided]): JobRecord => sampleJob(items, { id });
  const other = sampleItem({ ...guided, id: 'other', thing: { ...guided.thing, id: '27' } });

  it('is taken in hand by one of two tabs that press at once, and the other is led to that job', async () => {
    const jobs = createMemoryStore<JobRecord>();
    const locks = createPageLocks();
    const tabs = [open(jobs, locks), open(jobs, locks)] as const;
    const ids = await Promise.all([tabs[0].desk.put(job('first')), tabs[1].desk.put(job('second'))]);
    const stored = await jobs.all();
    expect(stored).toHaveLength(1);
    expect(ids).toEqual([stored[0]?.id, stored[0]?.id]);
    for (const { desk } of tabs) desk.dispose();
  });

  it('is left out of a job of many that stands in another, and its secret with it', async () => {
    const { desk, jobs } = open();
    await desk.put(job('first'));
    await desk.put({
      ...job('second', [guided, other]),
      secrets: { item: { key: 'canary' }, other: { key: 'canary' } },
    });
    const second = await jobs.get('second');
    expect(second?.items.map(({ id }) => id)).toEqual(['other']);
    expect(second?.secrets).toEqual({ other: { key: 'canary' } });
    desk.dispose();
  });

  it('joins no second job', async () => {
    const { desk, jobs } = open();
    await desk.put(job('first'));
    await desk.put(job('second', [other]));
    const more = { title: 'More', items: [sampleItem({ ...guided, id: 'more' })], secrets: {} };
    expect(await desk.add('second', more)).toBe('first');
    expect((await jobs.get('second'))?.items).toHaveLength(1);
    desk.dispose();
  });

  it('may be taken in hand again once that is over', async () => {
    const { desk } = open();
    await desk.put(job('first'));
    await desk.send('first', { type: 'cancel', item: null, nowMs: 1_000 });
    expect(await desk.put(job('second'))).toBe('second');
    desk.dispose();
  });
});

it('has the browser ask before a reload that would forget what is under way', async () => {
  const { desk, keeping } = open(createMemoryStore(), createPageLocks(), 'memory');
  const isAsked = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  expect(isAsked()).toBe(false);
  await desk.put(sampleJob([guided]));
  await desk.send('job', { type: 'start', nowMs: 1_000 });
  await expect.poll(isAsked).toBe(true);
  keeping.setState({ keeping: 'vault' });
  expect(isAsked()).toBe(false);
  keeping.setState({ keeping: 'memory' });
  expect(isAsked()).toBe(true);
  await desk.send('job', { type: 'confirm', item: 'item', step: 'person', nowMs: 1_001 });
  await expect.poll(isAsked).toBe(false);
  desk.dispose();
});
