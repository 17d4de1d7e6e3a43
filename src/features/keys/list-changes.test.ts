import { expect, it } from 'vitest';
import type { Mark } from '../../revocation/job.ts';
import { sampleItem, sampleJob } from '../../revocation/sample-job.ts';
import { changedAtMs } from './list-changes.ts';

const mark = (stage: Mark['stage'], says: Mark['says'], atMs: number): Mark => ({
  ...{ step: stage, stage, says, atMs },
  words: '',
});

it('knows when something was last made or ended at a connection, and at no other', () => {
  const made = sampleItem({ connection: 'one', marks: [mark('evidence', 'there', 5), mark('create', 'made', 2)] });
  const ended = sampleItem({ connection: 'one', marks: [mark('end', 'lost', 3), mark('probe', 'dead', 6)] });
  const jobs = [sampleJob([made]), sampleJob([ended])];
  expect(changedAtMs(jobs, 'one')).toBe(3);
  expect(changedAtMs(jobs, 'other')).toBe(-Infinity);
  expect(changedAtMs([], 'one')).toBe(-Infinity);
});
