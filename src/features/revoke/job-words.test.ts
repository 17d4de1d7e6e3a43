import { expect, it } from 'vitest';
import type { Finding } from '../../revocation/job.ts';
import { sampleItem, sampleJob, sampleStep } from '../../revocation/sample-job.ts';
import { linesOf, stateOf, summaryOf, verdictBand } from './job-words.ts';

const settledAs = (qualifier: string | null) => {
  const finding: Finding = {
    ...{ verdict: 'dead', asWanted: true, qualifier, words: '401, refused', atMs: 1 },
    ...{ notYours: false, survives: [] },
  };
  return sampleItem({ state: { is: 'settled', atMs: 1 }, finding });
};

it('never says plainly dead of what is proven only in part: head, verdict and summary tell', () => {
  const item = settledAs('of those known here');
  expect(stateOf(item).word).toBe('Dead, with a limit');
  expect(verdictBand(item)?.title).toBe('Proven dead, of those known here');
  expect(summaryOf(sampleJob([item, settledAs(null)]))).toContain('2 of 2 proven dead, 1 with a limit');
});

it('says it plainly of what is proven whole', () => {
  expect(stateOf(settledAs(null)).word).toBe('Dead');
  expect(summaryOf(sampleJob([settledAs(null)]))).toMatch(/1 of 1 proven dead$/);
});

it('counts how often it was asked, and not that it was left out', () => {
  const mark = { step: 'evidence', stage: 'evidence', words: '' } as const;
  const marks = [
    { ...mark, atMs: 1, says: 'unknown' },
    { ...mark, atMs: 2, says: 'skipped' },
  ] as const;
  const steps = [sampleStep('evidence')];
  expect(linesOf(sampleItem({ steps, marks }))).toMatchObject([{ times: 1, mark: { says: 'skipped' } }]);
  expect(linesOf(sampleItem({ steps, marks: [...marks.slice(0, 1), ...marks] }))).toMatchObject([{ times: 2 }]);
});
