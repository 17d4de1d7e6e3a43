/**
 * One step of a job, pure: the job as it was and what happened give the job as it is. An event that does not fit gives the
 * very same job back, so that a late, doubled or foreign answer changes nothing.
 */
import type { Item, JobRecord } from './job.ts';
import { answered, missed, skipped, troubled } from './answers.ts';
import { mark, mayEnd, mayMake, onward, settle, stepOf, toEnd, toProof, unsent } from './advance.ts';
import type { JobEvent } from './events.ts';
import { giveUp, windUp } from './give-up.ts';
import { release } from './release.ts';

type ItemEvent = Extract<JobEvent, { readonly item: string; readonly step?: string }>;

export function step(job: JobRecord, event: JobEvent): JobRecord {
  if (job.closedAtMs !== null) return job;
  const isGivenUp = job.givenUpAtMs !== undefined;
  if (isGivenUp && begins.has(event.type)) return job;
  const next = take(job, event);
  if (next === job || next.startedAtMs === null || next.closedAtMs !== null) return next;
  const noted = pressed.has(event.type) ? { ...next, pressedAtMs: event.nowMs } : next;
  return isGivenUp ? windUp(noted, event.nowMs) : withItems(noted, release(noted.items, event.nowMs));
}

/** By a person alone. A sign-in is not among them: a session may come back by itself. */
const pressed: ReadonlySet<JobEvent['type']> = new Set(['add', 'confirm', 'resume', 'prove', 'repeat']);

/** Not for a job that was given up. */
const begins: ReadonlySet<JobEvent['type']> = new Set(['start', 'add', 'prove', 'repeat']);

function take(job: JobRecord, event: JobEvent): JobRecord {
  switch (event.type) {
    case 'start':
      return job.startedAtMs === null ? { ...job, startedAtMs: event.nowMs } : job;
    case 'add':
      return add(job, event);
    case 'close':
      return giveUp(job, event.nowMs, event.unheard === true);
    case 'cancel':
      return each(job, (item) => (event.item === null || event.item === item.id ? cancel(item) : item));
    case 'tick':
      return each(job, (item) => due(item, event.nowMs));
    case 'read':
    case 'confirm':
      return withSecrets(job, event);
    default:
      return one(job, event, (item) => takeOne(item, event, job.kind));
  }
}

/** What is there already stays as it is, so that the same things added again stand there once. */
function add(job: JobRecord, { title, items, secrets }: Extract<JobEvent, { readonly type: 'add' }>): JobRecord {
  const more = items.filter(({ id }) => !job.items.some((one) => one.id === id));
  if (more.length === 0) return job;
  return { ...job, title, items: [...job.items, ...more], secrets: { ...secrets, ...job.secrets } };
}

const each = (job: JobRecord, change: (item: Item) => Item): JobRecord => withItems(job, job.items.map(change));

const one = (job: JobRecord, { item: id }: ItemEvent, change: (item: Item) => Item): JobRecord =>
  each(job, (item) => (item.id === id ? change(item) : item));

/** The same job where no item changed. */
function withItems(job: JobRecord, items: readonly Item[]): JobRecord {
  return items.every((item, index) => item === job.items[index]) ? job : { ...job, items };
}

/** Answers may carry secrets for later steps; a person who has copied one no longer needs it kept. */
function withSecrets(job: JobRecord, event: ItemEvent & { readonly type: 'read' | 'confirm' }): JobRecord {
  const next = one(job, event, (item) => takeOne(item, event, job.kind));
  if (next === job) return job;
  const had = job.secrets[event.item] ?? {};
  const item = job.items.find(({ id }) => id === event.item);
  const shown = item && stepOf(item, event.step)?.stage === 'person' ? item.shows : [];
  const kept =
    event.type === 'read'
      ? { ...had, ...event.reading.carry }
      : Object.fromEntries(Object.entries(had).filter(([name]) => !shown.some((one) => one.name === name)));
  return { ...next, secrets: { ...job.secrets, [event.item]: kept } };
}

function takeOne(item: Item, event: ItemEvent, kind: JobRecord['kind']): Item {
  switch (event.type) {
    case 'claim':
      return claim(item, event);
    case 'read':
      return answered(item, event, kind);
    case 'skip':
      return skipped(item, event, kind);
    case 'trouble':
      return troubled(item, event, kind);
    case 'lost':
      return missed(item, event);
    case 'renewed':
      return renewed(item, event);
    case 'confirm':
      return confirmed(item, event);
    case 'session':
      return item.state.is === 'paused' && item.state.for === 'sign-in'
        ? { ...resumed(item, event.nowMs), as: event.as }
        : item;
    case 'resume':
      return item.state.is === 'paused' ? resumed(item, event.nowMs) : item;
    case 'prove':
      return isIdle(item) ? toProof(item, event.nowMs) : item;
    case 'repeat':
      if (!isIdle(item) || !mayEnd(item)) return item;
      return item.ends.sent === 0 || item.ends.mayRepeat ? toEnd(item, event.nowMs) : toProof(item, event.nowMs);
    default:
      return event satisfies never;
  }
}

/** Nothing is under way, so a person may ask for more. */
export function isIdle(item: Item): boolean {
  const { state } = item;
  if (state.is === 'settled') return true;
  // The new one waits to be copied, and the old one that was to be ended before may still live.
  if (state.is === 'person') return item.ends.sent > 0 && stepOf(item, state.step)?.stage === 'person';
  const stage = state.is === 'waiting' ? stepOf(item, state.step)?.stage : undefined;
  return stage === 'again' || stage === 'probe';
}

const cancel = (item: Item): Item => (item.state.is === 'planned' ? { ...item, state: { is: 'cancelled' } } : item);

function due(item: Item, nowMs: number): Item {
  const { state } = item;
  if (state.is !== 'waiting' || state.untilMs > nowMs) return item;
  return { ...item, state: { is: 'ready', step: state.step, sinceMs: nowMs, tries: state.tries } };
}

function claim(item: Item, { step: id, intent, nowMs }: ItemEvent & { readonly type: 'claim' }): Item {
  const { state } = item;
  const at = stepOf(item, id);
  if (state.is !== 'ready' || state.step !== id || !at?.touches) return item;
  // Whatever led here: a second one is sent only after something said that it is still there.
  if (at.stage === 'end' && item.ends.sent > 0 && !item.ends.mayRepeat) return toProof(item, nowMs);
  if (at.stage === 'create' && !mayMake(item)) return settle(item, nowMs);
  const ends = at.stage === 'end' ? { sent: item.ends.sent + 1, mayRepeat: false } : item.ends;
  return { ...item, ends, state: { is: 'calling', step: id, tries: state.tries, intent } };
}

function renewed(item: Item, { step: id, nonce, nowMs }: ItemEvent & { readonly type: 'renewed' }): Item {
  const { state } = item;
  if (state.is !== 'calling' || state.step !== id || state.intent.nonce !== nonce) return item;
  return unsent({ ...item, state: { is: 'ready', step: id, sinceMs: nowMs, tries: state.tries } }, id);
}

function resumed(item: Item, nowMs: number): Item {
  if (item.state.is !== 'paused') return item;
  return { ...item, state: { is: 'ready', step: item.state.step, sinceMs: nowMs, tries: 0 } };
}

function confirmed(item: Item, { step: id, nowMs }: ItemEvent & { readonly type: 'confirm' }): Item {
  const { state } = item;
  const at = stepOf(item, id);
  if (at && state.is === 'paused' && state.for === 'evidence' && state.step === id) {
    const words = 'left out by a person, as it could not be read';
    return onward(mark(item, { step: id, stage: at.stage, atMs: nowMs, says: 'skipped', words }), at, nowMs);
  }
  if (!at || (state.is !== 'person' && state.is !== 'waiting') || state.step !== id) return item;
  // Of a watch, only that over the last use may be cut short: a proof is not a person's to give.
  if (state.is === 'waiting' && at.stage !== 'quiet') return item;
  // Nothing was waited for: a person said so.
  const words = state.is === 'waiting' ? 'ended by a person, who said that nothing uses it any more' : at.says;
  const made = { step: id, stage: at.stage, atMs: nowMs, says: 'done', words } as const;
  return onward(mark(item, made), at, nowMs);
}
