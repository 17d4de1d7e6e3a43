import { describe, expect, it } from 'vitest';
import type { Reading, Stage } from '../providers/ending.ts';
import type { JobEvent } from './events.ts';
import { givingUpWords, isAwaited } from './give-up.ts';
import type { Item, JobRecord } from './job.ts';
import { noteOf } from './note.ts';
import { sampleItem, sampleJob, sampleStep } from './sample-job.ts';
import { step } from './step.ts';

const go = (job: JobRecord, ...events: readonly JobEvent[]): JobRecord => events.reduce(step, job);
const first = ({ items }: JobRecord): Item => items[0] ?? sampleItem();
const read = (id: string, says: Reading<Stage>['says'], more: Partial<Reading<Stage>> = {}): JobEvent => ({
  ...{ type: 'read', item: 'item', step: id, nonce: id === 'end' || id === 'create' ? 'n' : null, nowMs: 2 },
  reading: { says, words: `${says} of the server`, ...more },
});
const claim = (id: string): JobEvent => ({
  ...{ type: 'claim', item: 'item', step: id, nowMs: 2, intent: { nonce: 'n', boot: 'b', sentAtMs: 2 } },
});
const lost = (id: string): JobEvent => ({
  ...{ type: 'lost', item: 'item', step: id, nonce: 'n', words: 'The answer is lost', nowMs: 3 },
});
const giveUp: JobEvent = { type: 'close', nowMs: 3 };
const names = { vendor: () => 'Vendor', connection: () => 'Connection' };

describe('giving up while a call that ends something is under way', () => {
  const calling = go(
    sampleJob([sampleItem(), sampleItem({ id: 'other' })]),
    { type: 'start', nowMs: 1 },
    read('evidence', 'there'),
    claim('end'),
  );

  it('awaits its answer and writes it down, and sends nothing after it', () => {
    const given = go(calling, giveUp);
    expect(given).toMatchObject({ closedAtMs: null, givenUpAtMs: 3 });
    expect(given.items.map(({ state }) => state.is)).toEqual(['calling', 'settled']);
    expect(isAwaited(given)).toBe(true);
    expect(noteOf(given, 4, names)).toContain('| end | `GET …/end` | sent, not answered yet |');
    const closed = go(given, read('end', 'accepted'));
    expect(closed).toMatchObject({ closedAtMs: 2, secrets: {} });
    expect(first(closed)).toMatchObject({ finding: { verdict: 'unknown', words: 'accepted of the server' } });
    expect(noteOf(closed, 4, names)).toContain('| end | `GET …/end` | accepted: accepted of the server |');
  });

  it('says of a lost answer that it is lost', () => {
    const closed = go(calling, giveUp, lost('end'));
    expect(closed.closedAtMs).toBe(3);
    expect(first(closed).marks.at(-1)).toMatchObject({ step: 'end', says: 'lost' });
  });

  it('waits no longer where somebody says so, and writes down that it was sent', () => {
    const given = go(calling, giveUp);
    expect(go(given, giveUp)).toBe(given);
    const closed = go(given, { type: 'close', unheard: true, nowMs: 5 });
    expect(closed.closedAtMs).toBe(5);
    expect(first(closed)).toMatchObject({ ends: { sent: 1 }, finding: { verdict: 'unknown' } });
    expect(noteOf(closed, 6, names)).toMatch(/end \| `GET …\/end` \| lost: It was sent, and its answer was not waited/);
  });

  it('takes in nothing more, and begins nothing more', () => {
    const given = go(calling, giveUp);
    const more = { title: 'More', items: [sampleItem({ id: 'more' })], secrets: {} };
    expect(go(given, { type: 'add', ...more, nowMs: 4 })).toBe(given);
    expect(go(given, { type: 'prove', item: 'other', nowMs: 4 })).toBe(given);
  });
});

describe('giving up while a call that makes a key is under way', () => {
  const steps = [
    ...[sampleStep('create'), sampleStep('create', { id: 'find', asked: true, touches: false })],
    ...[sampleStep('person', { kind: 'guide', as: 'nobody' }), sampleStep('end'), sampleStep('again')],
  ];
  const calling = go(
    sampleJob([sampleItem({ steps, shows: [{ name: 'newKey', label: 'The new key' }] })]),
    { type: 'start', nowMs: 1 },
    claim('create'),
  );
  const given = go(calling, giveUp);

  it('does not say that what was not done is left undone', () => {
    expect(givingUpWords(calling)).toMatch(/^The call that makes the new key is under way/);
    expect(given.closedAtMs).toBeNull();
  });

  it('shows the secret that came, and is over once it was copied', () => {
    const shown = go(given, read('create', 'made', { carry: { newKey: 'canary' } }));
    expect(first(shown).state).toEqual({ is: 'person', step: 'person' });
    expect(shown.secrets).toEqual({ item: { newKey: 'canary' } });
    const copied = go(shown, { type: 'confirm', item: 'item', step: 'person', nowMs: 4 });
    expect(copied).toMatchObject({ closedAtMs: 4, secrets: {}, items: [{ ends: { sent: 0 } }] });
  });

  it('looks for what a lost answer may have made, and stays until somebody was told that it was', () => {
    const looking = go(given, lost('create'));
    expect(first(looking).state).toMatchObject({ is: 'ready', step: 'find' });
    const found = go(looking, read('find', 'made'));
    expect(found).toMatchObject({ closedAtMs: null, items: [{ state: { is: 'settled' } }] });
    expect(go(found, giveUp).closedAtMs).toBe(3);
  });

  it('is over where nothing was made', () => {
    expect(go(given, lost('create'), read('find', 'absent')).closedAtMs).toBe(2);
    expect(go(given, read('create', 'refused')).closedAtMs).toBe(2);
  });
});

it('closes at once what is over, and what was never begun', () => {
  expect(go(sampleJob([sampleItem()]), giveUp)).toMatchObject({
    closedAtMs: 3,
    items: [{ state: { is: 'cancelled' } }],
  });
  expect(go(sampleJob([sampleItem({ state: { is: 'settled', atMs: 1 } })]), giveUp).closedAtMs).toBe(3);
});
