import { expect, it } from 'vitest';
import type { Hands } from '../refresh/hands.ts';
import { sampleItem, sampleJob, sampleStep } from '../revocation/sample-job.ts';
import type { JobRecord } from '../revocation/job.ts';
import { createPageLocks } from '../lib/locks.ts';
import { systemTimers } from '../lib/clock.ts';
import { createMemoryStore } from '../sessions/memory-store.ts';
import { createRepository } from '../sessions/repository.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { createJobDesk } from './job-desk.ts';
import { createKeeping } from './keeping.ts';

const HOUR_MS = 3_600_000;

/** A job that a person has everything to do with needs neither network nor vendor. */
function open() {
  const jobs = createMemoryStore<JobRecord>();
  const keeping = createKeeping('vault');
  const faults: unknown[] = [];
  const never = (): never => {
    throw new Error('Nothing is called here');
  };
  const repository = createRepository(createMemoryStore<SessionRecord>());
  const hands = { repository, locks: createPageLocks(), nowMs: () => 1_000, connection: never, provider: never };
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
