/** Where an item goes next. Pure; the only place that knows the order of steps. */
import type { Stage, Watch } from '../providers/ending.ts';
import type { Item, ItemState, Mark, StepOutline } from './job.ts';
import { findingOf, isStillThere, isUnsure } from './verdict.ts';

/** An ending call whose answer was lost is sent again by itself this often at most, each time after a reading said so. */
const ENDS_MAX = 3;

export const stepOf = ({ steps }: Item, id: string): StepOutline | undefined => steps.find((step) => step.id === id);

const isProof = ({ stage, asked }: StepOutline): boolean => !asked && (stage === 'again' || stage === 'probe');

/** Taken as often as something is to be proven. Every other step is passed once, however an item came there. */
const proving: ReadonlySet<Stage> = new Set(['again', 'probe', 'close']);

const isPassed = ({ marks }: Item, { id }: StepOutline): boolean => marks.some(({ step }) => step === id);

/** The new one is not at hand: nothing that was to come of it comes any more. */
function lacksNew(item: Item): boolean {
  const made = item.marks.findLast(({ stage }) => stage === 'create');
  const tried = item.marks.findLast(({ stage }) => stage === 'trial');
  const isNone = made !== undefined && (made.says !== 'made' || stepOf(item, made.step)?.asked === true);
  return isNone || (tried !== undefined && tried.says !== 'works');
}

/** The proof is over, and what comes after it goes on. */
export function isPastProof(item: Item): boolean {
  const { state, finding } = item;
  const stage = 'step' in state ? stepOf(item, state.step)?.stage : undefined;
  return finding !== null && stage !== undefined && (isOfNew(stage) || stage === 'quiet' || stage === 'evidence');
}

/** What was begun may be ended: whatever has to be at hand before that is. */
export function mayEnd(item: Item): boolean {
  const end = item.steps.findIndex(({ stage, asked }) => stage === 'end' && !asked);
  const needed = item.steps.slice(0, Math.max(end, 0)).filter(({ stage, asked }) => !asked && isOfNew(stage));
  return needed.length === 0 || (needed.every((step) => isPassed(item, step)) && !lacksNew(item));
}

const isOfNew = (stage: Stage): boolean => stage === 'create' || stage === 'trial' || stage === 'person';

/** Whether a call that makes something may be sent: the first, or one after a reading that found nothing made. */
export function mayMake({ marks }: Item): boolean {
  const last = marks.findLast(({ stage }) => stage === 'create');
  return last === undefined || last.says === 'absent';
}

/** What an item that stands at this step waits for. */
const arriveAt = (step: StepOutline, nowMs: number): ItemState =>
  step.kind === 'guide' ? { is: 'person', step: step.id } : { is: 'ready', step: step.id, sinceMs: nowMs, tries: 0 };

export const goTo = (item: Item, step: StepOutline, nowMs: number): Item => ({ ...item, state: arriveAt(step, nowMs) });

/** The first step of an item that begins; settled where it has none. */
export function begin(item: Item, nowMs: number): Item {
  const first = item.steps.find(({ asked }) => !asked);
  return first ? goTo(item, first, nowMs) : settle(item, nowMs);
}

/** Reads and tries it, whatever came before. */
export function toProof(item: Item, nowMs: number): Item {
  const proof = item.steps.find(isProof);
  return proof ? goTo(item, proof, nowMs) : settle(item, nowMs);
}

export function toEnd(item: Item, nowMs: number): Item {
  const end = item.steps.find(({ stage, asked }) => stage === 'end' && !asked);
  return end ? goTo(item, end, nowMs) : toProof(item, nowMs);
}

/** What it proved so far; a watch goes on with it. */
const withFinding = (item: Item, nowMs: number): Item => ({ ...item, finding: findingOf(item, nowMs) });

export function settle(item: Item, nowMs: number): Item {
  return { ...withFinding(item, nowMs), state: { is: 'settled', atMs: nowMs } };
}

/** The last call of this step certainly had no effect. */
export function unsent(item: Item, id: string): Item {
  if (stepOf(item, id)?.stage !== 'end') return item;
  const sent = Math.max(item.ends.sent - 1, 0);
  // What allowed the call that did not take place allows the next.
  return { ...item, ends: { sent, mayRepeat: sent > 0 } };
}

export const mark = (item: Item, made: Mark): Item => ({ ...item, marks: [...item.marks, made] });

/** The step after this one; after one that was only asked for, the one after the step that asked. */
export function onward(item: Item, step: StepOutline, nowMs: number): Item {
  const from = step.asked ? askerOf(item, step) : step;
  if (step.asked && from.watch && !isSeen(item, from)) return lookAgain(item, from, from.watch, nowMs);
  const next = nextOf(item, from);
  if (isProof(from) && !(next && isProof(next))) return proven(item, next, nowMs);
  return next ? goTo(item, next, nowMs) : settle(item, nowMs);
}

/** The last answer is what a watch waits for, and more than that it is dead of who knows what, or there is more to try. */
export function isSeen(item: Item, from: StepOutline): boolean {
  const says = item.marks.at(-1)?.says;
  if (says !== 'gone' && says !== 'dead') return false;
  const next = nextOf(item, from);
  return (next !== undefined && isProof(next)) || !isUnsure(item);
}

function nextOf(item: Item, from: StepOutline): StepOutline | undefined {
  const isOver = lacksNew(item);
  return item.steps
    .slice(item.steps.indexOf(from) + 1)
    .find((one) => !one.asked && (proving.has(one.stage) || (!isOver && !isPassed(item, one))));
}

/**
 * After the last proof: the ending is sent again where its answer was lost and it turned out not to have happened. What
 * comes after goes on either way, with what was proven.
 */
function proven(item: Item, next: StepOutline | undefined, nowMs: number): Item {
  const end = item.marks.findLast(({ stage }) => stage === 'end');
  const unheard = end?.says === 'lost' || end?.says === 'unknown' || end?.says === 'failed';
  const found = withFinding(item, nowMs);
  if (unheard && isStillThere(item) && item.ends.mayRepeat && item.ends.sent < ENDS_MAX) return toEnd(found, nowMs);
  return next ? goTo(found, next, nowMs) : settle(item, nowMs);
}

/** A watch that did not see what it waits for; what one over a proof saw stands as the finding meanwhile. */
export function lookAgain(item: Item, step: StepOutline, watch: Watch, nowMs: number, noLaterMs = Infinity): Item {
  const tries = item.marks.filter((made) => made.step === step.id).length;
  const afterMs = tries < watch.quickTries ? watch.everyMs : watch.thenEveryMs;
  const why = item.marks.at(-1)?.words ?? '';
  const untilMs = Math.min(nowMs + afterMs, noLaterMs);
  const seen = isProof(step) ? withFinding(item, nowMs) : item;
  return { ...seen, state: { is: 'waiting', step: step.id, untilMs, tries: 0, why } };
}

/** The last step that was taken and that is not asked for by others. */
function askerOf(item: Item, step: StepOutline): StepOutline {
  for (const { step: id } of item.marks.toReversed()) {
    const found = stepOf(item, id);
    if (found && !found.asked) return found;
  }
  return step;
}

/** Passes over whatever would change something: there is nothing to end, or nobody who may. */
export function toProbes(item: Item, nowMs: number): Item {
  const probe = item.steps.find(({ stage, asked }) => !asked && stage === 'probe');
  return probe ? goTo(item, probe, nowMs) : settle(item, nowMs);
}
