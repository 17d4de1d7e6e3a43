import { describe, expect, it } from 'vitest';
import type { Finding, Item } from '../../revocation/job.ts';
import { sampleItem, sampleStep } from '../../revocation/sample-job.ts';
import { outcomeOf } from './job-words.ts';

const steps = [sampleStep('evidence'), sampleStep('end'), sampleStep('probe'), sampleStep('create')];
const settled = { is: 'settled', atMs: 1 } as const;
const ready = { is: 'ready', step: 'create', sinceMs: 1, tries: 0 } as const;
const finding = (verdict: Finding['verdict']): Finding => ({
  ...{ verdict, asWanted: verdict === 'dead', qualifier: null, words: 'told', atMs: 1, survives: [], notYours: false },
});
const wordOf = (more: Partial<Item>): string => outcomeOf(sampleItem({ steps, ...more })).word;

describe('a rotation that has ended nothing', () => {
  it('is stopped once nothing goes on, and not while the new one is made', () => {
    expect(wordOf({ state: settled, finding: finding('unknown') })).toBe('Stopped: nothing was made');
    expect(wordOf({ state: ready, finding: finding('unknown') })).toBe('Not proven');
  });

  it('because the old one was dead before says that', () => {
    expect(wordOf({ state: ready, finding: finding('dead') })).toMatch(/^The old key is proven dead/);
    expect(wordOf({ state: settled, finding: finding('dead') })).toMatch(/^The old key is proven dead/);
  });
});
