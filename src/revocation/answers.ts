/** What an answer, or the lack of one, makes of an item. Pure. */
import type { Reading, Stage } from '../providers/ending.ts';
import { goTo, isSeen, lookAgain, mark, onward, settle, stepOf, toProbes, unsent } from './advance.ts';
import type { JobEvent } from './events.ts';
import type { Item, JobRecord, Mark, StepOutline } from './job.ts';

/** A server that is down is asked this often for one step before the answer counts as none. */
const TRIES_MAX = 6;
/** A call that makes something and whose answer was lost is sent this often at most, each time after a reading found nothing. */
const MAKES_MAX = 3;

type Event<Type extends JobEvent['type']> = Extract<JobEvent, { readonly type: Type }>;

/** The step that such an answer is for; undefined where the item no longer waits for it. */
function waitingFor(item: Item, { step: id, nonce }: { step: string; nonce: string | null }): StepOutline | undefined {
  const { state } = item;
  const found = stepOf(item, id);
  if (!found) return undefined;
  const isOpen = found.touches
    ? state.is === 'calling' && state.step === id && state.intent.nonce === nonce
    : state.is === 'ready' && state.step === id && nonce === null;
  return isOpen ? found : undefined;
}

/** It could not even be claimed: nothing was sent. */
function notBegun(item: Item, { step: id, nonce, trouble }: Event<'trouble'>): StepOutline | undefined {
  const { state } = item;
  const isHere = state.is === 'ready' && state.step === id && nonce === null && trouble.happened === 'no';
  return isHere ? stepOf(item, id) : undefined;
}

export function answered(item: Item, event: Event<'read'>, kind: JobRecord['kind']): Item {
  const at = waitingFor(item, event);
  if (!at) return item;
  const { reading, nowMs, serverMs } = event;
  return afterLooks(take(item, at, reading, nowMs, serverMs), at, kind);
}

export function skipped(item: Item, { step: id, words, nowMs }: Event<'skip'>, kind: JobRecord['kind']): Item {
  const { state } = item;
  const at = stepOf(item, id);
  if (!at || state.is !== 'ready' || state.step !== id) return item;
  const left = mark(item, { step: id, stage: at.stage, atMs: nowMs, says: 'skipped', words });
  return afterLooks(onward(left, at, nowMs), at, kind);
}

function take(item: Item, at: StepOutline, reading: Reading<Stage>, nowMs: number, serverMs?: number): Item {
  const noted = note(item, at, reading, nowMs, serverMs);
  const asked = reading.then === undefined ? undefined : stepOf(item, reading.then);
  return asked?.asked ? goTo(noted, asked, nowMs) : follow(noted, at, reading, nowMs);
}

/** What the answer told, written down; evidence only once, and before the list's where the thing was not used for it. */
function note(item: Item, at: StepOutline, reading: Reading<Stage>, nowMs: number, serverMs?: number): Item {
  const { says, words, qualifier, mark: seen, evidence, facts, survives, unsure } = reading;
  const isBetter = item.evidence === null || (item.evidence.listed === true && at.as !== 'thing');
  const made: Mark = {
    ...{ step: at.id, stage: at.stage, atMs: nowMs, says, words },
    ...(qualifier !== undefined && { qualifier }),
    ...(serverMs !== undefined && { serverMs }),
    ...(seen !== undefined && { mark: seen }),
    ...(unsure !== undefined && { unsure }),
  };
  return {
    ...mark(item, made),
    ...(evidence && isBetter && { evidence: { ...evidence, takenAtMs: nowMs } }),
    ...(facts && { thing: { ...item.thing, facts: { ...item.thing.facts, ...facts } } }),
    ...(survives && { ending: { ...item.ending, survives } }),
    // The one thing that lets an ending be sent again.
    ...((says === 'there' || says === 'live') &&
      (at.stage === 'again' || at.stage === 'probe') &&
      item.ends.sent > 0 && { ends: { ...item.ends, mayRepeat: true } }),
  };
}

function follow(item: Item, at: StepOutline, { says }: Reading<Stage>, nowMs: number): Item {
  switch (at.stage) {
    case 'open':
      return says === 'opened' ? onward(item, at, nowMs) : settle(item, nowMs);
    case 'evidence':
      return says === 'gone' ? toProbes(item, nowMs) : onward(item, at, nowMs);
    case 'trial':
      return says === 'works' ? onward(item, at, nowMs) : settle(item, nowMs);
    case 'create':
      return afterCreate(item, at, says, nowMs);
    case 'quiet':
      return afterLook(item, at, nowMs);
    case 'again':
    case 'probe':
      return at.watch && !isSeen(item, at) ? lookAgain(item, at, at.watch, nowMs) : onward(item, at, nowMs);
    case 'end':
    case 'person':
    case 'close':
      return onward(item, at, nowMs);
    default:
      return at.stage satisfies never;
  }
}

/** Nothing is touched before the new one is at hand: a lost answer is looked for, and what was found stops the job. */
function afterCreate(item: Item, at: StepOutline, says: Reading<Stage>['says'], nowMs: number): Item {
  if (says === 'made') return at.asked ? settle(item, nowMs) : onward(item, at, nowMs);
  const maker = item.steps.find(({ stage, asked }) => stage === 'create' && !asked);
  const sent = item.marks.filter(({ step }) => step === maker?.id).length;
  if (says === 'absent' && at.asked && maker && sent < MAKES_MAX) return goTo(item, maker, nowMs);
  if (says === 'unknown' && !at.asked) return lookFor(item, nowMs);
  return settle(item, nowMs);
}

function lookFor(item: Item, nowMs: number): Item {
  const finder = item.steps.find(({ stage, asked }) => stage === 'create' && asked);
  return finder ? goTo(item, finder, nowMs) : settle(item, nowMs);
}

/** It stands still once the same use was seen for longer than the vendor may be late with a newer one. */
function afterLook(item: Item, at: StepOutline, nowMs: number): Item {
  const { watch } = at;
  const seen = item.marks.filter(({ step, says }) => step === at.id && says === 'seen');
  const [now] = seen.slice(-1);
  if (!watch) return onward(item, at, nowMs);
  if (!now) return lookAgain(item, at, watch, nowMs);
  const moved = seen.findLastIndex(({ mark: one }) => one !== now.mark);
  const stillUntilMs = (seen[moved + 1] ?? now).atMs + (watch.stillMs ?? 0);
  return nowMs >= stillUntilMs ? onward(item, at, nowMs) : lookAgain(item, at, watch, nowMs, stillUntilMs);
}

/** An answer that only the vendor's table of errors understands, or none at all. */
export function troubled(item: Item, event: Event<'trouble'>, kind: JobRecord['kind']): Item {
  const at = waitingFor(item, event) ?? notBegun(item, event);
  if (!at) return item;
  const { trouble, nowMs, waitMs, nonce } = event;
  if (at.touches && trouble.happened !== 'no') return unheard(item, at, trouble.words, nowMs);
  const before = nonce === null ? item : unsent(item, at.id);
  // What certainly did not take effect has made nothing, and is not asked for again by itself.
  const says = at.stage === 'create' && !at.asked ? 'refused' : 'unknown';
  const pause = (why: 'sign-in' | 'operator' | 'evidence', on = before): Item => ({
    ...on,
    state: { is: 'paused', step: at.id, for: why, why: trouble.words },
  });
  const unclear = (): Item => {
    const next = take(before, at, { says, words: trouble.words }, nowMs);
    return kind === 'revoke' && endsUnseen(next, at) ? pause('evidence', next) : afterLooks(next, at, kind);
  };
  switch (trouble.fault) {
    case 'access':
    case 'credential':
      return at.as === 'session' ? pause('sign-in') : unclear();
    case 'configuration':
      // Without evidence it can be ended all the same, so that is not an operator's to allow.
      return kind === 'revoke' && at.stage === 'evidence' ? unclear() : pause('operator');
    case 'permission':
      return at.stage === 'end' ? take(before, at, { says: 'not-yours', words: trouble.words }, nowMs) : unclear();
    case 'throttle':
    case 'provider':
    case 'network': {
      const tries = (item.state.is === 'ready' || item.state.is === 'calling' ? item.state.tries : 0) + 1;
      if (tries >= TRIES_MAX) return unclear();
      const state = { is: 'waiting', step: at.id, untilMs: nowMs + waitMs, tries, why: trouble.words } as const;
      return { ...before, state };
    }
    case 'limit':
    case 'input':
    case 'local':
      return unclear();
    default:
      return trouble.fault satisfies never;
  }
}

/**
 * The next call would end what nobody has kept anything of. Where a key was said to be compromised, or an account is shut
 * off, that is not worth a delay; else a person is asked.
 */
const endsUnseen = (next: Item, { stage }: StepOutline): boolean =>
  stage === 'evidence' &&
  next.evidence === null &&
  next.state.is === 'ready' &&
  stepOf(next, next.state.step)?.stage === 'end';

/**
 * What is ended next could not be proven: each proof leans on a look before, none of which saw it alive, and one failed. So
 * a person is asked, as that one may be had later, and not once it is ended. By a call of ours or by the person's own hand.
 */
function afterLooks(next: Item, { stage }: StepOutline, kind: JobRecord['kind']): Item {
  const { state, steps, marks } = next;
  const isAtEnd = (state.is === 'ready' || state.is === 'person') && stepOf(next, state.step)?.stage === 'end';
  if (kind !== 'revoke' || stage !== 'evidence' || !isAtEnd) return next;
  const looks = steps.flatMap(({ seenBy }) => seenBy ?? []);
  const saying = (says: Mark['says']): Mark | undefined =>
    looks.map((id) => marks.findLast(({ step }) => step === id)).find((last) => last?.says === says);
  const failed = saying('there') ? undefined : saying('unknown');
  return failed ? { ...next, state: { is: 'paused', step: failed.step, for: 'evidence', why: failed.words } } : next;
}

export function missed(item: Item, event: Event<'lost'>): Item {
  const at = waitingFor(item, event);
  return at ? unheard(item, at, event.words, event.nowMs) : item;
}

/** Nobody knows whether it happened. What was ended is read first, what was created is looked for. */
function unheard(item: Item, at: StepOutline, words: string, nowMs: number): Item {
  const noted = mark(item, { step: at.id, stage: at.stage, atMs: nowMs, says: 'lost', words });
  if (at.stage === 'create' && !at.asked) return lookFor(noted, nowMs);
  if (at.stage === 'open' || at.stage === 'create') return settle(noted, nowMs);
  return onward(noted, at, nowMs);
}
