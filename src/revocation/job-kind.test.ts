import { expect, it } from 'vitest';
import { jobKind } from './job-kind.ts';
import { sampleItem, sampleJob } from './sample-job.ts';
import { step } from './step.ts';

const started = step(sampleJob([sampleItem()], { secrets: { item: { accessKey: 'not-a-real-key' } } }), {
  type: 'start',
  nowMs: 1,
});
const intent = { nonce: 'n', boot: 'b', sentAtMs: 1 };

it('takes a job back as it was written, and nothing else', () => {
  expect(jobKind.read(JSON.parse(JSON.stringify(started)))).toEqual(started);
  for (const value of [
    null,
    {},
    [],
    { ...started, items: {} },
    { ...started, items: [{ ...started.items[0], state: 'x' }] },
  ]) {
    expect(jobKind.read(value)).toBeUndefined();
  }
});

it('insists on what a server has answered, and not on what only precedes a call', () => {
  const read = step(started, {
    type: 'read',
    item: 'item',
    step: 'evidence',
    nonce: null,
    reading: { says: 'there', words: 'x' },
    nowMs: 2,
  });
  const claimed = step(read, { type: 'claim', item: 'item', step: 'end', intent, nowMs: 3 });
  expect(jobKind.mayFail(started, undefined)).toBe(true);
  expect(jobKind.mayFail(read, started)).toBe(false);
  expect(jobKind.mayFail(claimed, read)).toBe(true);
});
