/**
 * Any order of answers, losses, crashes and clicks, against a vendor whose truth the test knows: what a job says is true,
 * and what it sends is not sent twice.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Watch } from '../providers/ending.ts';
import type { JobEvent } from './events.ts';
import { mayExist } from './give-up.ts';
import type { Item, JobRecord, StepOutline } from './job.ts';
import { sampleItem, sampleJob, sampleSession, sampleStep } from './sample-job.ts';
import { fates, sayOf, type Answer, type Fate, type Vendor } from './sample-vendor.ts';
import { step } from './step.ts';

const noises = [
  'prove',
  'repeat',
  'resume',
  'session',
  'tick',
  'cancel',
  'confirm',
  'start',
  'doubled',
  'foreign',
] as const;

interface Turn {
  readonly fate: Fate;
  readonly noise: (typeof noises)[number] | null;
  readonly clear: boolean;
}

const turn: fc.Arbitrary<Turn> = fc.record({
  fate: fc.constantFrom(...fates),
  noise: fc.option(fc.constantFrom(...noises), { freq: 2 }),
  clear: fc.boolean(),
});

const shapes = fc.constantFrom<readonly StepOutline[]>(
  [sampleStep('evidence'), sampleStep('end'), sampleStep('again'), sampleStep('probe', { as: 'thing' })],
  [sampleStep('evidence'), sampleStep('end'), sampleStep('again')],
  [sampleStep('end', { as: 'thing' }), sampleStep('probe', { as: 'thing' })],
  [
    sampleStep('evidence'),
    sampleStep('end', { as: 'thing' }),
    sampleStep('probe', { as: 'thing' }),
    sampleStep('close'),
  ],
);

const watch: Watch = { everyMs: 60_000, thenEveryMs: 600_000, quickTries: 2 };
const before = sampleStep('evidence', { id: 'before' });
const make = [sampleStep('create'), sampleStep('create', { id: 'find', asked: true, touches: false })];
const copied = sampleStep('person', { kind: 'guide', as: 'nobody' });
const quiet = sampleStep('quiet', { watch: { ...watch, stillMs: 1_800_000 } });

/** A new one beside the end of an old one, in either order, with whatever a vendor may put between. */
const moves: fc.Arbitrary<readonly StepOutline[]> = fc
  .record({
    first: fc.constantFrom('make', 'end'),
    has: fc.record({ evidence: fc.boolean(), before: fc.boolean(), find: fc.boolean(), trial: fc.boolean() }),
    also: fc.record({ copied: fc.boolean(), quiet: fc.boolean(), again: fc.boolean(), close: fc.boolean() }),
    probes: fc.constantFrom('none', 'once', 'watched'),
  })
  .map(({ first, has, also, probes }) => {
    const made = [
      ...(has.before ? [before] : []),
      ...make.slice(0, has.find ? 2 : 1),
      ...(has.trial ? [sampleStep('trial', { as: 'thing' })] : []),
      ...(also.copied ? [copied] : []),
      ...(also.quiet ? [quiet] : []),
    ];
    const ended = [
      sampleStep('end'),
      ...(also.again || probes === 'none' ? [sampleStep('again')] : []),
      ...(probes === 'none' ? [] : [sampleStep('probe', { as: 'thing', ...(probes === 'watched' && { watch }) })]),
      ...(also.close ? [sampleStep('close')] : []),
    ];
    return [
      ...(has.evidence ? [sampleStep('evidence')] : []),
      ...(first === 'make' ? [...made, ...ended] : [...ended, ...made]),
    ];
  });

const only = ({ items }: JobRecord): Item => {
  const [item] = items;
  if (!item) throw new Error('The sample has an item');
  return item;
};

/** `givesUpAt`: with which call under way somebody gives up; only sent ones count. */
function run(steps: readonly StepOutline[], turns: readonly Turn[], givesUpAt = Infinity) {
  const vendor: Vendor = { exists: true, deletes: 0, seenSince: true, seenBefore: false, made: 0, isAnswered: false };
  const isMadeFirst = steps.some(
    ({ stage, asked }, at) => stage === 'create' && !asked && at < steps.findIndex((one) => one.stage === 'end'),
  );
  const kind = steps.some(({ stage }) => stage === 'create') ? 'rotate' : 'revoke';
  const isKeptFirst = kind === 'revoke' && steps.some(({ stage }) => stage === 'evidence');
  let nowMs = 1;
  let nonce = 0;
  let wasShown = false;
  let last: JobEvent | null = null;
  const send = (event: JobEvent): void => {
    last = event;
    // What is written down is all that is left after a crash.
    const written = JSON.parse(JSON.stringify(job)) as JobRecord; // it was one
    const next = step(job, event);
    expect(step(written, event)).toEqual(next);
    job = next;
  };
  let job = sampleJob([sampleItem({ steps, shows: [{ name: 'newKey', label: 'The new key' }] })], { kind });
  send({ type: 'start', nowMs });

  for (const { fate, noise, clear } of turns) {
    nowMs += 10_000;
    if (noise) makeNoise(noise);
    const { state, id: item } = only(job);
    if (state.is === 'waiting') send({ type: 'tick', nowMs: nowMs + 3_600_000 });
    if (state.is === 'paused') takeUp(state, clear);
    if (state.is === 'ready') call(state.step, fate, clear);
    if (state.is === 'person' && clear) send({ type: 'confirm', item, step: state.step, nowMs });
    check();
  }
  // From here on all goes well: nothing may be stuck.
  for (let left = 60; left > 0 && only(job).state.is !== 'settled'; left -= 1) {
    const { state, id: item } = only(job);
    if (state.is === 'waiting') send({ type: 'tick', nowMs: (nowMs += 3_600_000) });
    if (state.is === 'paused') takeUp(state, false);
    if (state.is === 'ready') call(state.step, 'works', true);
    if (state.is === 'person') send({ type: 'confirm', item, step: state.step, nowMs });
    check();
  }
  // A watch goes on for as long as it sees that the thing lives.
  const isWatched = steps.some(({ stage, watch: own }) => stage === 'probe' && own) && vendor.exists;
  expect(only(job).state.is).toMatch(isWatched ? /settled|cancelled|ready|waiting/ : /settled|cancelled/);
  return { job, item: only(job), vendor, wasShown };

  /** `without`: a person does without the evidence that could not be read. */
  function takeUp({ step: id, for: what }: Extract<Item['state'], { is: 'paused' }>, without: boolean): void {
    const { id: item } = only(job);
    if (what !== 'evidence') send({ type: 'session', item, as: { ...sampleSession, id: 'again' }, nowMs });
    else if (without) send({ type: 'confirm', item, step: id, nowMs });
    else send({ type: 'resume', item, nowMs });
  }

  function makeNoise(kind: (typeof noises)[number]): void {
    const { id: item } = only(job);
    switch (kind) {
      case 'doubled':
        if (last) send(last);
        return;
      case 'foreign': {
        const reading = { says: 'dead', words: 'of another call' } as const;
        send({ type: 'read', item, step: 'end', nonce: 'foreign', reading, nowMs });
        send({ type: 'read', item: 'other', step: 'probe', nonce: null, reading, nowMs });
        return;
      }
      case 'session':
        send({ type: 'session', item, as: { ...sampleSession, id: 'again' }, nowMs });
        return;
      case 'confirm':
        send({ type: 'confirm', item, step: 'probe', nowMs });
        send({ type: 'confirm', item, step: 'quiet', nowMs });
        return;
      case 'start':
      case 'tick':
        send({ type: kind, nowMs });
        return;
      default:
        send({ type: kind, item, nowMs });
    }
  }

  function call(id: string, fate: Fate, clear: boolean): void {
    const outline = steps.find((one) => one.id === id);
    if (!outline) throw new Error('An item stands at a step of its own');
    const { id: item } = only(job);
    const own = outline.touches ? `nonce-${(nonce += 1)}` : null;
    if (own !== null) {
      send({ type: 'claim', item, step: id, intent: { nonce: own, boot: 'boot', sentAtMs: nowMs }, nowMs });
      const { state } = only(job);
      if (state.is !== 'calling' || state.intent.nonce !== own) return;
      expect(job.givenUpAtMs).toBeUndefined();
      if (nonce === givesUpAt) send({ type: 'close', nowMs });
    }
    const of = { item, step: id, nonce: own, nowMs } as const;
    const trouble = (
      fault: 'access' | 'permission' | 'throttle' | 'provider' | 'network',
      happened: 'no' | 'unknown',
    ) => send({ type: 'trouble', ...of, trouble: { fault, happened, words: fault }, waitMs: 1_000 });
    const reaches = !['not-sent', 'crash-before', 'is-lost-on-the-way', 'signed-out', 'forbidden', 'busy'].includes(
      fate,
    );
    if (outline.stage === 'create' && !outline.asked) {
      // Whatever a person pressed: an answer is the last word, and nothing is made twice.
      expect(vendor.isAnswered).toBe(false);
      expect(vendor.made).toBe(0);
      if (reaches && fate !== 'refuses' && fate !== 'says-yes-and-does-nothing') vendor.made += 1;
    }
    if (outline.stage === 'end' && reaches && isKeptFirst) {
      // Something of it was kept, or somebody does without.
      const { evidence, marks } = only(job);
      expect(evidence !== null || marks.some(({ says }) => says === 'skipped')).toBe(true);
    }
    if (outline.stage === 'end' && reaches) {
      vendor.deletes += 1;
      // The rule itself: the first one, or one that something called for.
      expect(vendor.deletes === 1 || vendor.seenSince).toBe(true);
      vendor.seenSince = false;
      // What takes its place is at hand before.
      if (isMadeFirst) expect(vendor.made).toBe(1);
      if (fate !== 'refuses' && fate !== 'says-yes-and-does-nothing' && fate !== 'server-error') vendor.exists = false;
    }
    switch (fate) {
      case 'works':
      case 'says-yes-and-does-nothing':
      case 'refuses':
        answer(fate);
        return;
      case 'signed-out':
        trouble('access', 'no');
        return;
      case 'forbidden':
        trouble('permission', 'no');
        return;
      case 'busy':
        trouble('throttle', 'no');
        return;
      case 'not-sent':
      case 'crash-before':
        // After a crash the gateway is asked, which never saw the nonce.
        trouble('network', 'no');
        return;
      case 'server-error':
        trouble('provider', 'unknown');
        return;
      case 'crash-after':
        // The gateway may have kept the answer, or may have died as well.
        if (clear) answer(fate);
        else if (own === null) return;
        else send({ type: 'lost', ...of, words: 'lost' });
        return;
      case 'works-and-is-lost':
      case 'is-lost-on-the-way':
        if (own === null) trouble('network', 'unknown');
        else send({ type: 'lost', ...of, words: 'lost' });
        return;
      default:
        fate satisfies never;
    }

    function answer(how: Fate): void {
      if (!outline) return;
      const says = sayOf(outline, vendor, how);
      if (outline.stage === 'create' && !outline.asked) vendor.isAnswered = true;
      if ((says === 'there' || says === 'live') && outline.stage !== 'evidence') vendor.seenSince = true;
      if (says === 'there' && outline.stage === 'evidence') vendor.seenBefore = true;
      const carry = says === 'made' && !outline.asked ? { carry: { newKey: 'canary-new-key' } } : {};
      const kept = says === 'there' && outline.stage === 'evidence' ? { evidence: { row: null, facts: [] } } : {};
      send({ type: 'read', ...of, reading: { says, words: says, ...carry, ...kept } });
    }
  }

  function check(): void {
    const { finding, state, marks } = only(job);
    // Nobody is asked for the same thing again.
    if (state.is === 'person') wasShown ||= job.secrets['item']?.['newKey'] !== undefined;
    if (state.is === 'person') expect(marks.map(({ step: taken }) => taken)).not.toContain(state.step);
    if (state.is !== 'settled' || !finding) return;
    if (finding.verdict === 'dead') expect(vendor.exists).toBe(false);
    if (finding.verdict === 'live') expect(vendor.exists).toBe(true);
  }
}

it('says the truth, sends no ending twice unless it was seen alive, and is never stuck', () => {
  fc.assert(
    fc.property(shapes, fc.array(turn, { maxLength: 25 }), (steps, turns) => void run(steps, turns)),
    { numRuns: 400 },
  );
});

it('makes no second one, asks nobody twice, and ends nothing before what takes its place is there, whatever is pressed', () => {
  fc.assert(
    fc.property(moves, fc.array(turn, { maxLength: 30 }), (steps, turns) => void run(steps, turns)),
    { numRuns: 600 },
  );
});

it('of one that was given up writes down every call that was sent, sends none more, and shows or tells what was made', () => {
  const at = fc.integer({ min: 1, max: 4 });
  fc.assert(
    fc.property(moves, fc.array(turn, { maxLength: 20 }), at, (steps, turns, givesUpAt) => {
      const { job, item, vendor, wasShown } = run(steps, turns, givesUpAt);
      if (job.givenUpAtMs === undefined) return;
      const stages = item.marks.map(({ stage }) => stage);
      if (vendor.deletes > 0) expect(stages).toContain('end');
      const isCopied = steps.some(({ stage }) => stage === 'person');
      if (vendor.made > 0 && isCopied) expect(wasShown || mayExist(item)).toBe(true);
      // What may be at the server unknown to anybody is told before it goes into the history.
      expect(job.closedAtMs === null).toBe(mayExist(item));
      if (job.closedAtMs !== null) expect(job.secrets).toEqual({});
    }),
    { numRuns: 600 },
  );
});

it('proves a key dead that was ended without trouble', () => {
  const steps = [sampleStep('evidence'), sampleStep('end'), sampleStep('again'), sampleStep('probe', { as: 'thing' })];
  expect(run(steps, []).item.finding).toMatchObject({ verdict: 'dead', asWanted: true });
});

it('never says dead where nothing that was read or tried says so', () => {
  const says = fc.constantFrom<Answer>(
    'accepted',
    'refused',
    'not-yours',
    'unknown',
    'there',
    'live',
    'opened',
    'made',
    'seen',
  );
  const event = fc.record({ stage: fc.constantFrom('evidence', 'end', 'again', 'probe'), says });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (events) => {
      let job = step(sampleJob([sampleItem()]), { type: 'start', nowMs: 1 });
      for (const { stage, says: said } of events) {
        const intent = { nonce: 'n', boot: 'b', sentAtMs: 1 };
        job = step(job, { type: 'claim', item: 'item', step: stage, intent, nowMs: 2 });
        const reading = { says: said, words: said };
        const nonce = stage === 'end' ? 'n' : null;
        job = step(job, { type: 'read', item: 'item', step: stage, nonce, reading, nowMs: 3 });
        expect(only(job).finding?.verdict).not.toBe('dead');
      }
    }),
  );
});
