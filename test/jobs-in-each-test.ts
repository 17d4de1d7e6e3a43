/** Jobs at one stand-in: a console for a file of tests, and as new before each of them. A fault of the program fails the test. */
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { StandIn } from '../stand-ins/stand-in.ts';
import { startHeadlessConsole, type HeadlessConsole } from './headless-console.ts';
import { startJobs, type JobRig } from './jobs-over-the-wire.ts';

/** To be called at the top of a file. `begin`: what each test starts with. */
export function useJobs<Actions extends object>(
  standIn: StandIn<Actions>,
  begin: (rig: HeadlessConsole<Actions>, jobs: JobRig) => Promise<void>,
): void {
  let rig: HeadlessConsole<Actions>;
  let jobs: JobRig;
  beforeAll(async () => {
    rig = await startHeadlessConsole(standIn);
  });
  beforeEach(async () => {
    await rig.reset();
    jobs = await startJobs(rig);
    await begin(rig, jobs);
  });
  afterEach(() => {
    jobs.close();
    expect(jobs.faults).toEqual([]);
  });
  afterAll(() => rig.close());
}
