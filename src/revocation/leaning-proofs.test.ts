/** Proofs that lean on a look before: a token for the key that made it, a few known ones for all. */
import { describe, expect, it } from 'vitest';
import type { Reading, Says, Stage, Watch } from '../providers/ending.ts';
import type { JobEvent } from './events.ts';
import type { Item, JobRecord } from './job.ts';
import { sampleItem, sampleJob, sampleStep } from './sample-job.ts';
import { step } from './step.ts';

const go = (job: JobRecord, ...events: readonly JobEvent[]): JobRecord => events.reduce(step, job);
const start: JobEvent = { type: 'start', nowMs: 1 };
const begun = (item: Partial<Item> = {}): JobRecord => go(sampleJob([sampleItem(item)]), start);
const first = ({ items }: JobRecord): Item => items[0] ?? sampleItem();
const read = (id: string, says: Reading<Stage>['says'], more: Partial<Reading<Stage>> = {}): JobEvent => ({
  ...{ type: 'read', item: 'item', step: id, nonce: id === 'end' ? 'n' : null, nowMs: 2 },
  reading: { says, words: says, ...more },
});
const ended: readonly JobEvent[] = [
  { type: 'claim', item: 'item', step: 'end', nowMs: 2, intent: { nonce: 'n', boot: 'b', sentAtMs: 2 } },
  read('end', 'accepted'),
];

describe('a probe that stands for more than itself', () => {
  const steps = [
    sampleStep('evidence', { id: 'look-1' }),
    sampleStep('evidence', { id: 'look-2' }),
    sampleStep('end'),
    sampleStep('probe', { id: 'probe-1', seenBy: 'look-1' }),
    sampleStep('probe', { id: 'probe-2', seenBy: 'look-2' }),
  ];
  const evidence = { row: null, facts: [] };
  const without = (id: string): JobEvent => ({ type: 'confirm', item: 'item', step: id, nowMs: 2 });
  const after = (looks: readonly Says['evidence'][], probes: readonly Says['probe'][]) =>
    first(
      go(
        begun({ steps }),
        ...looks.map((says, index) => read(`look-${String(index + 1)}`, says)),
        ...looks.map((_, index) => without(`look-${String(index + 1)}`)),
        ...ended,
        ...probes.map((says, index) => read(`probe-${String(index + 1)}`, says)),
      ),
    ).finding;

  it.each([
    [['there', 'there'], ['dead', 'dead'], 'dead'],
    [['there', 'dead'], ['dead', 'dead'], 'dead'],
    [['dead', 'there'], ['dead', 'dead'], 'dead'],
    [['dead', 'dead'], ['dead', 'dead'], 'unknown'],
    [['dead', 'unknown'], ['dead', 'dead'], 'unknown'],
    [['dead', 'there'], ['dead', 'unknown'], 'unknown'],
    [['dead', 'unknown'], ['dead', 'live'], 'live'],
  ] as const)('seen before as %j and after as %j it is %s', (looks, probes, verdict) => {
    expect(after(looks, probes)?.verdict).toBe(verdict);
  });

  it.each([
    [['unknown', 'dead'], 'look-1'],
    [['dead', 'unknown'], 'look-2'],
    [['unknown', 'unknown'], 'look-1'],
  ] as const)('a person is asked before the end where nothing was seen alive and a look failed: %j', (looks, step) => {
    for (const kind of ['call', 'guide'] as const) {
      const own = steps.map((one) => (one.stage === 'end' ? { ...one, kind, touches: kind === 'call' } : one));
      const events = looks.map((says, index) => read(`look-${String(index + 1)}`, says, { evidence }));
      const job = go(begun({ steps: own }), ...events);
      expect(first(job).state).toEqual({ is: 'paused', step, for: 'evidence', why: 'unknown' });
      const again = go(job, { type: 'resume', item: 'item', nowMs: 3 }, read(step, 'there'));
      expect(first(again).state).toMatchObject({ is: kind === 'call' ? 'ready' : 'person', step: 'end' });
      expect(first(go(job, without(step))).state).toMatchObject({ step: 'end' });
    }
  });

  it.each([
    [['there', 'unknown'], 'revoke'],
    [['unknown', 'there'], 'revoke'],
    [['dead', 'dead'], 'revoke'],
    [['unknown', 'unknown'], 'contain'],
  ] as const)('nobody is asked after %j of a job to %s', (looks, kind) => {
    const events = looks.map((says, index) => read(`look-${String(index + 1)}`, says, { evidence }));
    const job = go(sampleJob([sampleItem({ steps })], { kind }), start, ...events);
    expect(first(job).state).toMatchObject({ is: 'ready', step: 'end' });
  });

  it('a person is asked as well where the look that did not fail was left out', () => {
    const leftOut: JobEvent = { type: 'skip', item: 'item', step: 'look-2', words: 'nothing to look with', nowMs: 2 };
    const failed = read('look-1', 'unknown', { words: 'no answer', evidence });
    const state = { is: 'paused', step: 'look-1', for: 'evidence', why: 'no answer' };
    expect(first(go(begun({ steps }), failed, leftOut)).state).toEqual(state);
    const contain = go(sampleJob([sampleItem({ steps })], { kind: 'contain' }), start, failed, leftOut);
    expect(first(contain).state).toMatchObject({ is: 'ready', step: 'end' });
  });

  it('proves it where it was seen alive after the end, though not before', () => {
    const job = go(begun({ steps }), read('look-1', 'unknown'), read('look-2', 'unknown'), without('look-1'), ...ended);
    const alive = go(job, read('probe-1', 'live'), read('probe-2', 'dead'));
    const prove: JobEvent = { type: 'prove', item: 'item', nowMs: 9 };
    expect(first(go(alive, prove, read('probe-1', 'dead'), read('probe-2', 'dead'))).finding?.verdict).toBe('dead');
  });

  it('says why it proves nothing', () => {
    expect(after(['dead', 'dead'], ['dead', 'dead'])).toMatchObject({
      ...{ qualifier: null, words: 'dead; nothing here saw it alive before, so that proves nothing' },
    });
  });
});

describe('a dead one that may have died of something else', () => {
  const watch: Watch = { everyMs: 10, thenEveryMs: 10, quickTries: 2 };
  const asked = sampleStep('probe', { id: 'asked', asked: true, seenBy: 'look-1' });
  const [look1, look2, end] = [
    sampleStep('evidence', { id: 'look-1' }),
    sampleStep('evidence', { id: 'look-2' }),
    sampleStep('end'),
  ];
  const [probe1, probe2] = ['1', '2'].map((id) =>
    sampleStep('probe', { id: `probe-${id}`, seenBy: `look-${id}`, watch }),
  );
  const unsure = { unsure: 'it may be a restart' };
  const after = (...events: readonly JobEvent[]) =>
    first(
      go(
        begun({ steps: [look1, look2, end, probe1, asked, probe2].filter((one) => one !== undefined) }),
        ...[read('look-1', 'there'), read('look-2', 'there'), ...ended, ...events],
      ),
    );

  it('proves nothing, and the last of them is watched on', () => {
    const one = after(read('probe-1', 'dead', unsure));
    expect(one.state).toMatchObject({ is: 'ready', step: 'probe-2' });
    const both = after(read('probe-1', 'dead', unsure), read('probe-2', 'dead', unsure));
    expect(both).toMatchObject({ state: { is: 'waiting', step: 'probe-2' }, finding: { verdict: 'unknown' } });
    expect(both.finding?.words).toBe('dead; it may be a restart');
  });

  it('leaves the proof to another that died of nothing else, and the watch is over', () => {
    const item = after(read('probe-1', 'dead', unsure), read('probe-2', 'dead'));
    expect(item).toMatchObject({ state: { is: 'settled' }, finding: { verdict: 'dead', words: 'dead' } });
    const other = after(read('probe-1', 'dead'), read('probe-2', 'dead', unsure));
    expect(other).toMatchObject({ state: { is: 'settled' }, finding: { verdict: 'dead' } });
  });

  it('does not hide one that lives', () => {
    const item = after(read('probe-1', 'dead', unsure), read('probe-2', 'live'));
    expect(item).toMatchObject({ state: { is: 'waiting', step: 'probe-2' }, finding: { verdict: 'live' } });
  });

  it('is proven, or not, by what is asked about it, and the watch with it', () => {
    const asks = read('probe-1', 'unknown', { then: 'asked' });
    const proven = after(asks, read('asked', 'dead'));
    expect(proven.state).toMatchObject({ is: 'ready', step: 'probe-2' });
    expect(after(asks, read('asked', 'unknown')).state).toMatchObject({ is: 'waiting', step: 'probe-1' });
    const open = after(asks, read('asked', 'dead', unsure), read('probe-2', 'dead', unsure));
    expect(open).toMatchObject({ state: { is: 'waiting', step: 'probe-2' }, finding: { verdict: 'unknown' } });
  });
});
