/** Jobs as the console's own services run them: in the places that every call of the browser shares, and on from where they stood. */
import { afterEach, expect, it } from 'vitest';
import { createPageLocks, type Locks } from '../src/lib/locks.ts';
import { jobOf } from '../src/revocation/create-item.ts';
import type { JobRecord } from '../src/revocation/job.ts';
import { sampleItem, sampleJob } from '../src/revocation/sample-job.ts';
import { createMemoryStore } from '../src/sessions/memory-store.ts';
import type { TuleapActions } from '../stand-ins/tuleap/control.ts';
import { standIn } from '../stand-ins/tuleap/server.ts';
import { demo } from '../stand-ins/tuleap/world.ts';
import { startHeadlessConsole, type HeadlessConsole } from './headless-console.ts';
import { startJobs } from './jobs-over-the-wire.ts';

let rig: HeadlessConsole<TuleapActions>;
afterEach(() => rig.close());

/** Real locks that tell which of the shared places were taken. */
function toldLocks() {
  const locks = createPageLocks();
  const taken: string[] = [];
  const told: Locks = {
    ...locks,
    run: (name, waitMs, work) =>
      locks.run(name, waitMs, () => {
        if (name.startsWith('keyward.call.')) taken.push(name);
        return work();
      }),
  };
  return { told, taken };
}

it('takes a shared place for each call of a job, also for one that ends something', async () => {
  const { told, taken } = toldLocks();
  rig = await startHeadlessConsole(standIn, { locks: told });
  const { services, hands, server } = rig;
  const session = await rig.open('access-key', { accessKey: demo.aliceKey });

  const { keys, wish, close } = await startJobs(rig);
  const { identifier } = server.control.addKey({ username: 'alice', description: 'to be ended' });
  const [candidate] = keys.recognise(identifier);
  if (!candidate) throw new Error('It is a key');
  const item = await wish({ thing: keys.thingOf(candidate, null), session, secret: identifier });
  close();

  const desk = await services.jobs.load();
  const secrets = { [item.id]: candidate.secrets };
  const job = jobOf({ id: 'job', kind: 'revoke', title: 'A test', nowMs: hands.nowMs(), items: [item], secrets });
  taken.length = 0;
  server.control.clearLedger();
  await desk.put(job);
  await desk.send('job', { type: 'start', nowMs: hands.nowMs() });
  await expect.poll(() => desk.state.getState().jobs[0]?.items[0]?.finding?.verdict, { timeout: 15_000 }).toBe('dead');

  const calls = server.control.ledger();
  expect(calls.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  expect(taken).toHaveLength(calls.length);
});

it('takes up a job that was stored before the console was built', async () => {
  const jobs = createMemoryStore<JobRecord>();
  await jobs.insert(sampleJob([sampleItem()]));
  rig = await startHeadlessConsole(standIn, { jobs });
  await expect.poll(() => rig.services.jobs.now()?.state.getState().jobs.length).toBe(1);
});
