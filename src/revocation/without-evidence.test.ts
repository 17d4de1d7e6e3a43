import { expect, it } from 'vitest';
import { sampleItem, sampleStep } from './sample-job.ts';
import { proofLeft } from './without-evidence.ts';

const [look, end, again] = [sampleStep('evidence'), sampleStep('end'), sampleStep('again')];
const seenProbe = sampleStep('probe', { seenBy: 'evidence' });
const seen = (bySame: boolean) => ({ seen: { atMs: 1, bySame } });

it.each([
  ['a try of the thing itself', [look, end, again, sampleStep('probe')], {}, 'try'],
  ['nothing, where the look was to tell that it lived', [look, end, seenProbe], {}, 'nothing'],
  ['not even the list then', [look, end, again, seenProbe], seen(true), 'nothing'],
  ['a list that had it for the same eyes', [look, end, again], seen(true), 'list'],
  ['no list that had it for others', [look, end, again], seen(false), 'nothing'],
  ['nothing where nothing is read or tried', [look, end], {}, 'nothing'],
] as const)('%s', (_, steps, more, left) => {
  expect(proofLeft(sampleItem({ steps, ...more }))).toBe(left);
});

it('a try of what another look saw alive', () => {
  const steps = [look, sampleStep('evidence', { id: 'other' }), end, seenProbe];
  const seenAlive = { step: 'evidence', stage: 'evidence', atMs: 1, says: 'there', words: '' } as const;
  expect(proofLeft(sampleItem({ steps, marks: [seenAlive] }))).toBe('try');
});
