import { describe, expect, it } from 'vitest';
import type { Reading, Stage, Watch } from '../providers/ending.ts';
import { heldOffUntilMs } from './due.ts';
import type { JobEvent } from './events.ts';
import type { Item, JobRecord } from './job.ts';
import { sampleItem, sampleJob, sampleSession, sampleStep } from './sample-job.ts';
import { step } from './step.ts';

const HOUR_MS = 3_600_000;
const go = (job: JobRecord, ...events: readonly JobEvent[]): JobRecord => events.reduce(step, job);
const start: JobEvent = { type: 'start', nowMs: 1 };
const begun = (item: Partial<Item> = {}): JobRecord => go(sampleJob([sampleItem(item)]), start);
const first = ({ items }: JobRecord): Item => items[0] ?? sampleItem();

const read = (id: string, says: Reading<Stage>['says'], more: Partial<Reading<Stage>> = {}, nowMs = 2): JobEvent => ({
  ...{ type: 'read', item: 'item', step: id, nonce: id === 'end' || id === 'create' ? 'n' : null, nowMs },
  reading: { says, words: says, ...more },
});
const claim = (id = 'end', nonce = 'n'): JobEvent => ({
  ...{ type: 'claim', item: 'item', step: id, nowMs: 2, intent: { nonce, boot: 'b', sentAtMs: 2 } },
});
const ended = [claim(), read('end', 'accepted')] as const;

describe('what outlives it by so much', () => {
  const ending = {
    ...sampleItem().ending,
    survives: [
      { words: 'Made with it', untilMs: 'not-reported', lastsMs: 1_000 },
      { words: 'Another', untilMs: 'never' },
    ],
  } as const;
  const at = (id: string, says: Reading<Stage>['says'], nowMs: number): JobEvent => ({
    ...{ type: 'read', item: 'item', step: id, nonce: id === 'end' ? 'n' : null, reading: { says, words: says } },
    ...{ nowMs, serverMs: nowMs + 50_000 },
  });
  const prove: JobEvent = { type: 'prove', item: 'item', nowMs: 9 };
  const untilOf = (job: JobRecord) => first(job).finding?.survives.map(({ untilMs }) => untilMs);
  const accepted = go(begun({ ending }), at('evidence', 'there', 10), claim(), at('end', 'accepted', 20));

  it('has no end while it lives, whatever the ending was answered', () => {
    const job = go(accepted, at('again', 'gone', 30), at('probe', 'live', 40));
    expect(untilOf(job)).toEqual(['not-reported', 'never']);
  });

  it('has none while that is not known', () => {
    const job = go(accepted, at('again', 'gone', 30), at('probe', 'unknown', 40));
    expect(untilOf(job)).toEqual(['not-reported', 'never']);
  });

  it('ends that much after the proof, by the server’s clock; a proof that is repeated moves nothing', () => {
    const job = go(accepted, at('again', 'gone', 30), at('probe', 'dead', 40));
    expect(untilOf(job)).toEqual([52_040, 'never']);
    expect(untilOf(go(job, prove, at('again', 'gone', 130), at('probe', 'dead', 140)))).toEqual([52_040, 'never']);
  });

  it('is counted anew once it was seen alive after a proof', () => {
    const job = go(accepted, at('again', 'gone', 30), at('probe', 'dead', 40), prove, at('again', 'there', 130));
    const alive = go(job, at('probe', 'dead', 140));
    expect(untilOf(alive)).toEqual(['not-reported', 'never']);
    expect(untilOf(go(alive, prove, at('again', 'gone', 230), at('probe', 'dead', 240)))).toEqual([52_230, 'never']);
  });

  it('still ends then while a later proof tells nothing, and has no end once it was seen alive', () => {
    const job = go(accepted, at('again', 'gone', 30), at('probe', 'dead', 40));
    const once = go(job, prove, at('again', 'unknown', 130), at('probe', 'unknown', 140));
    expect([first(once).finding?.verdict, untilOf(once)]).toEqual(['unknown', [52_040, 'never']]);
    const twice = go(once, prove, at('again', 'unknown', 230), at('probe', 'unknown', 240));
    expect(untilOf(twice)).toEqual([52_040, 'never']);
    expect(untilOf(go(twice, prove, at('again', 'gone', 330), at('probe', 'dead', 340)))).toEqual([52_040, 'never']);
    const alive = go(twice, prove, at('again', 'unknown', 330), at('probe', 'live', 340));
    expect(untilOf(alive)).toEqual(['not-reported', 'never']);
    const unclear = go(alive, prove, at('again', 'unknown', 430), at('probe', 'unknown', 440));
    expect(untilOf(unclear)).toEqual(['not-reported', 'never']);
  });

  it('waits for the last of two readings that it takes', () => {
    const steps = [
      sampleStep('evidence'),
      sampleStep('end'),
      sampleStep('again'),
      sampleStep('again', { id: 'trash' }),
    ];
    const job = go(begun({ ending, steps }), at('evidence', 'there', 10), claim(), at('end', 'accepted', 20));
    const half = go(job, at('again', 'gone', 30), at('trash', 'unknown', 40));
    expect(untilOf(half)).toEqual(['not-reported', 'never']);
    expect(untilOf(go(half, prove, at('again', 'gone', 130), at('trash', 'gone', 140)))).toEqual([52_140, 'never']);
  });
});

describe('an answer', () => {
  it('settles the call with its own nonce alone', () => {
    const job = go(begun(), read('evidence', 'there'), claim('end', 'mine'));
    expect(go(job, read('end', 'accepted'))).toBe(job);
  });

  it('keeps the first evidence, whatever is read later', () => {
    const row = { kind: 'k', id: '26', name: 'old', facts: {} };
    const evidence = { row: row as never, facts: [] }; // only what the test compares
    const job = go(
      begun(),
      read('evidence', 'there', { evidence }),
      ...ended,
      read('again', 'there', { evidence: { row: null, facts: [] } }),
    );
    expect(first(job).evidence).toMatchObject({ row: { name: 'old' }, takenAtMs: 2 });
  });

  it('that a row is gone proves nothing to eyes that never saw it', () => {
    const steps = [sampleStep('evidence'), sampleStep('end'), sampleStep('again')];
    const seen = go(begun({ steps }), read('evidence', 'there'), ...ended, read('again', 'gone'));
    const unseen = go(begun({ steps }), read('evidence', 'unknown'), ...ended, read('again', 'gone'));
    expect([first(seen).finding?.verdict, first(unseen).finding?.verdict]).toEqual(['dead', 'unknown']);
  });

  it('of the ending is not looked at: a probe that tells neither leaves it unknown', () => {
    const job = go(begun(), read('evidence', 'there'), ...ended, read('again', 'gone'), read('probe', 'unknown'));
    expect(first(job).finding).toMatchObject({ verdict: 'unknown', asWanted: false });
  });

  it('that another may do it is kept, and it is tried all the same', () => {
    const trouble = { fault: 'permission', happened: 'no', words: '403' } as const;
    const refused: JobEvent = { type: 'trouble', item: 'item', step: 'end', nonce: 'n', trouble, waitMs: 0, nowMs: 2 };
    const job = go(begun(), read('evidence', 'there'), claim(), refused, read('again', 'there'), read('probe', 'live'));
    expect(first(job).finding).toMatchObject({ verdict: 'live', notYours: true });
  });

  it('may ask for another step, whose answer stands for its own', () => {
    const steps = [sampleStep('end'), sampleStep('probe'), sampleStep('probe', { id: 'up?', asked: true })];
    const asked = go(begun({ steps }), ...ended, read('probe', 'unknown', { then: 'up?' }));
    expect(first(asked).state).toMatchObject({ is: 'ready', step: 'up?' });
    expect(first(go(asked, read('up?', 'dead'))).finding?.verdict).toBe('dead');
    expect(first(go(asked, read('up?', 'unknown'))).finding?.verdict).toBe('unknown');
  });
});

describe('a watch', () => {
  const watch: Watch = { everyMs: 10_000, thenEveryMs: 60_000, quickTries: 2 };
  const guided = [sampleStep('end', { kind: 'guide', touches: false }), sampleStep('probe', { as: 'thing', watch })];
  const done: JobEvent = { type: 'confirm', item: 'item', step: 'end', nowMs: 2 };

  it('begins when a person says that it is done, asks ever more seldom, and turns dead by itself', () => {
    let job = begun({ steps: guided });
    expect(first(job).state).toEqual({ is: 'person', step: 'end' });
    job = go(job, done, read('probe', 'live', {}, 100));
    expect(first(job)).toMatchObject({ state: { is: 'waiting', untilMs: 10_100 }, finding: { verdict: 'live' } });
    job = go(job, { type: 'tick', nowMs: 10_100 }, read('probe', 'live', {}, 10_100));
    expect(first(job).state).toMatchObject({ is: 'waiting', untilMs: 70_100 });
    // No person can say that it is dead.
    expect(go(job, { type: 'confirm', item: 'item', step: 'probe', nowMs: 11_000 })).toBe(job);
    job = go(job, { type: 'tick', nowMs: 70_100 }, read('probe', 'dead', {}, 70_100));
    expect(first(job)).toMatchObject({ state: { is: 'settled' }, finding: { verdict: 'dead', asWanted: true } });
  });

  it('over the last use goes on once it stood still for long enough, and begins anew where it moved', () => {
    const quiet = { ...watch, stillMs: 30_000 };
    const steps = [sampleStep('quiet', { watch: quiet }), sampleStep('end'), sampleStep('probe')];
    const seen = (mark: string, nowMs: number): JobEvent => read('quiet', 'seen', { mark }, nowMs);
    const tick = (nowMs: number): JobEvent => ({ type: 'tick', nowMs });
    let job = go(begun({ steps }), seen('a', 0), tick(10_000), seen('a', 10_000), tick(40_000), seen('b', 40_000));
    expect(first(job).state.is).toBe('waiting');
    job = go(job, tick(70_000), seen('b', 69_999));
    expect(first(job).state).toMatchObject({ is: 'waiting', untilMs: 70_000 });
    job = go(job, tick(70_000), seen('b', 70_000));
    expect(first(job).state).toMatchObject({ is: 'ready', step: 'end' });
  });

  it('over the last use proves nothing: what it sees is no finding', () => {
    const quiet = sampleStep('quiet', { watch: { ...watch, stillMs: 30_000 } });
    const steps = [sampleStep('create'), quiet, sampleStep('end'), sampleStep('again')];
    const made = read('create', 'made');
    const job = go(begun({ steps }), claim('create'), made, read('quiet', 'seen', { mark: 'a' }, 5));
    expect(first(job)).toMatchObject({ state: { is: 'waiting', step: 'quiet' }, finding: null });
  });

  it('over the last use that a person cuts short says who said so, and not what would have been asked', () => {
    const steps = [
      sampleStep('quiet', { watch: { ...watch, stillMs: 30_000 } }),
      sampleStep('end'),
      sampleStep('probe'),
    ];
    const job = go(begun({ steps }), read('quiet', 'seen', { mark: 'a' }, 0), {
      ...{ type: 'confirm', item: 'item', step: 'quiet', nowMs: 5 },
    });
    expect(first(job).marks.at(-1)?.words).toBe('ended by a person, who said that nothing uses it any more');
  });
});

describe('evidence that cannot be read', () => {
  const trouble = { fault: 'provider', happened: 'no', words: '503' } as const;
  const unread = (nowMs: number): readonly JobEvent[] => [
    { type: 'trouble', item: 'item', step: 'evidence', nonce: null, trouble, waitMs: 10, nowMs },
    { type: 'tick', nowMs: nowMs + 10 },
  ];
  const sixTimes = [0, 10, 20, 30, 40, 50].flatMap(unread);
  const row = { kind: 'key', id: '26', facts: {} } as never; // only what the test compares
  const steps = [sampleStep('evidence'), sampleStep('end'), sampleStep('again')];
  const listed = { row, facts: [], takenAtMs: 0, listed: true } as const;
  const without: JobEvent = { type: 'confirm', item: 'item', step: 'evidence', nowMs: 60 };

  it('and that nothing else told: a person is asked before anything is ended', () => {
    const job = go(begun({ steps }), ...sixTimes);
    expect(first(job).state).toEqual({ is: 'paused', step: 'evidence', for: 'evidence', why: '503' });
    const gone = go(job, without);
    expect(first(gone).state).toMatchObject({ is: 'ready', step: 'end' });
    expect(first(gone).marks.map(({ says }) => says)).toEqual(['unknown', 'skipped']);
    const again = go(job, { type: 'resume', item: 'item', nowMs: 60 });
    expect(first(again).state).toMatchObject({ is: 'ready', step: 'evidence', tries: 0 });
    const evidence = { row, facts: [] };
    expect(first(go(again, read('evidence', 'there', { evidence }))).state).toMatchObject({ step: 'end' });
  });

  it('for a fault of the connection: a person is asked, as it may be ended all the same', () => {
    const wrong = { fault: 'configuration', happened: 'no', words: '404' } as const;
    const event = { type: 'trouble', item: 'item', step: 'evidence', nonce: null, waitMs: 10, nowMs: 0 } as const;
    const refused: JobEvent = { ...event, trouble: wrong };
    const job = go(begun({ steps }), refused);
    expect(first(job).state).toEqual({ is: 'paused', step: 'evidence', for: 'evidence', why: '404' });
    expect(first(go(job, without)).state).toMatchObject({ is: 'ready', step: 'end' });
    const moved = go(sampleJob([sampleItem({ steps })], { kind: 'rotate' }), start, refused);
    expect(first(moved).state).toMatchObject({ is: 'paused', for: 'operator' });
  });

  it('and that a later step may still give: that one is taken first', () => {
    const two = [sampleStep('evidence'), sampleStep('evidence', { id: 'other' }), sampleStep('end')];
    expect(first(go(begun({ steps: two }), ...sixTimes)).state).toMatchObject({ is: 'ready', step: 'other' });
  });

  it.each(['contain', 'rotate'] as const)('does not hold up a job to %s', (kind) => {
    const job = go(sampleJob([sampleItem({ steps })], { kind }), start, ...sixTimes);
    expect(first(job).state).toMatchObject({ is: 'ready', step: 'end' });
  });

  it('was read before, in the list: it goes on, and the end is proven to the same eyes alone', () => {
    const [same, other] = [true, false].map((bySame) => {
      const job = go(begun({ steps, evidence: listed, seen: { atMs: 0, bySame } }), ...sixTimes, ...ended);
      return first(go(job, read('again', 'gone')));
    });
    expect([same?.finding?.verdict, other?.finding?.verdict]).toEqual(['dead', 'unknown']);
    expect(same?.evidence).toBe(listed);
  });

  it('gives way to a newer reading, but not to one that used the thing', () => {
    const evidence = { row: null, facts: [] };
    const by = (as: 'session' | 'thing') =>
      go(begun({ steps: [sampleStep('evidence', { as })], evidence: listed }), read('evidence', 'there', { evidence }));
    expect(first(by('session')).evidence).toEqual({ ...evidence, takenAtMs: 2 });
    expect(first(by('thing')).evidence).toBe(listed);
  });
});

describe('more things', () => {
  const more = { title: 'Two things', items: [sampleItem({ id: 'more' })], secrets: { more: { key: 'canary' } } };

  it('join a job that has begun, and begin; the same once more changes nothing', () => {
    const begun = step(sampleJob([sampleItem()]), { type: 'start', nowMs: 1 });
    const event = { type: 'add', ...more, nowMs: 2 } as const;
    const joined = step(begun, event);
    expect(joined).toMatchObject({ title: 'Two things', secrets: { more: { key: 'canary' } } });
    expect(joined.items.map(({ id, state }) => [id, state.is])).toEqual([
      ['item', 'ready'],
      ['more', 'ready'],
    ]);
    expect(step(joined, event)).toBe(joined);
  });

  it('do not join one that was closed', () => {
    const closed = sampleJob([sampleItem()], { closedAtMs: 1 });
    expect(step(closed, { type: 'add', ...more, nowMs: 2 })).toBe(closed);
  });
});

describe('the order', () => {
  it('takes last what ends a session that others are asked with, and is not stuck where all do', () => {
    const own = sampleItem({ id: 'own', ending: { ...sampleItem().ending, endsSessions: ['session'] } });
    const job = go(sampleJob([own, sampleItem()]), start);
    expect(job.items.map(({ state }) => state.is)).toEqual(['planned', 'ready']);
    const over = go(job, read('evidence', 'gone'), read('probe', 'dead'));
    expect(over.items.map(({ state }) => state.is)).toEqual(['ready', 'settled']);
    const each = ['one', 'two'].map((id) =>
      sampleItem({ id, ending: { ...sampleItem().ending, endsSessions: ['session'] } }),
    );
    expect(go(sampleJob(each), start).items.map(({ state }) => state.is)).toEqual(['ready', 'planned']);
  });

  it('goes on at the same step after a sign-in, as the new session', () => {
    const trouble = { fault: 'access', happened: 'no', words: '401' } as const;
    const paused = go(begun(), read('evidence', 'there'), claim(), {
      ...{ type: 'trouble', item: 'item', step: 'end', nonce: 'n', trouble, waitMs: 0, nowMs: 3 },
    });
    expect(first(paused)).toMatchObject({ state: { is: 'paused', for: 'sign-in', step: 'end' }, ends: { sent: 0 } });
    const job = go(paused, { type: 'session', item: 'item', as: { ...sampleSession, id: 'new' }, nowMs: 4 });
    expect(first(job)).toMatchObject({ state: { is: 'ready', step: 'end' }, as: { id: 'new' } });
  });
});

describe('the lock', () => {
  it('is held off while something goes on without a person, and for an hour at most', () => {
    const job = begun();
    expect(heldOffUntilMs([job], 1_000)).toBe(HOUR_MS + 1);
    expect(heldOffUntilMs([job], HOUR_MS + 1)).toBeNull();
    expect(heldOffUntilMs([go(job, { type: 'close', nowMs: 2 })], 1_000)).toBeNull();
    expect(heldOffUntilMs([sampleJob([sampleItem()])], 1_000)).toBeNull();
  });

  it('is held off anew by what a person adds or asks for, for an hour from then, and by nothing else', () => {
    const late = 61 * 60_000;
    const guided = sampleItem({ steps: [sampleStep('end', { kind: 'guide', touches: false }), sampleStep('probe')] });
    const job = go(sampleJob([guided]), start);
    const more = { title: 'Two', items: [sampleItem({ id: 'more' })], secrets: {} };
    const joined = go(job, { type: 'add', ...more, nowMs: late });
    expect(heldOffUntilMs([joined], late)).toBe(late + HOUR_MS);
    const done = go(job, { type: 'confirm', item: 'item', step: 'end', nowMs: late });
    expect(heldOffUntilMs([done], late)).toBe(late + HOUR_MS);
    const answer = { ...read('evidence', 'there', {}, late + 5), item: 'more' } as JobEvent; // of the other item
    expect(heldOffUntilMs([go(joined, answer)], late + HOUR_MS)).toBeNull();
  });
});
