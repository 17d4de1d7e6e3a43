/**
 * Giving up, pure: nothing begins any more. A call that was sent cannot be taken back, so its answer is awaited and written
 * down; what it made is shown once, or looked for, before the job goes into the history.
 */
import { goTo, mark, settle, stepOf } from './advance.ts';
import type { Item, JobRecord, JobView } from './job.ts';

export const isOver = ({ state }: Pick<Item, 'state'>): boolean => state.is === 'settled' || state.is === 'cancelled';

/** A call that makes something was sent, and nobody knows that nothing came of it. */
export function mayExist({ marks, steps }: Pick<Item, 'marks' | 'steps'>): boolean {
  const last = marks.findLast(({ stage }) => stage === 'create');
  if (last?.says === 'made') return steps.some(({ id, asked }) => asked && id === last.step);
  return last?.says === 'lost' || last?.says === 'unknown';
}

/** `unheard`: a call that is under way is not waited for any longer. */
export function giveUp(job: JobRecord, nowMs: number, unheard: boolean): JobRecord {
  if (job.items.every(isOver)) return closed(job, nowMs);
  const isAgain = job.givenUpAtMs !== undefined;
  const items = job.items.map((item): Item => {
    if (isOver(item)) return item;
    if (item.state.is === 'planned') return { ...item, state: { is: 'cancelled' } };
    if (item.state.is === 'calling') return unheard ? settle(sentUnheard(item, nowMs), nowMs) : item;
    return !isAgain && isTidying(item) ? item : settle(item, nowMs);
  });
  if (isAgain && items.every((item, at) => item === job.items[at])) return job;
  return windUp({ ...job, items, givenUpAtMs: job.givenUpAtMs ?? nowMs }, nowMs);
}

/** A job that was given up, after whatever happened to it: what would go on rests, and once nothing is left it is closed. */
export function windUp(job: JobRecord, nowMs: number): JobRecord {
  const items = job.items.map((item) => rest(item, job.secrets[item.id] ?? {}, nowMs));
  const next = { ...job, items };
  return items.every((item) => isOver(item) && !mayExist(item)) ? closed(next, nowMs) : next;
}

const closed = (job: JobRecord, nowMs: number): JobRecord => ({ ...job, closedAtMs: nowMs, secrets: {} });

function rest(item: Item, secrets: Readonly<Record<string, string>>, nowMs: number): Item {
  const { state, steps, shows } = item;
  if (isOver(item) || state.is === 'calling' || state.is === 'person' || state.is === 'paused') return item;
  if (isTidying(item)) return item;
  const copy = steps.find(({ stage, asked }) => stage === 'person' && !asked);
  const isShown = shows.some(({ name }) => secrets[name] !== undefined);
  return copy && isShown ? goTo(item, copy, nowMs) : settle(item, nowMs);
}

/** A reading that looks for what may have been made, or a call that takes back what a proof has left. */
function isTidying(item: Item): boolean {
  const { state } = item;
  const at = state.is === 'ready' || state.is === 'waiting' ? stepOf(item, state.step) : undefined;
  return at?.stage === 'close' || (at?.stage === 'create' && at.asked);
}

function sentUnheard(item: Item, nowMs: number): Item {
  const at = item.state.is === 'calling' ? stepOf(item, item.state.step) : undefined;
  if (!at) return item;
  const words = 'It was sent, and its answer was not waited for: whether it took effect is not known';
  return mark(item, { step: at.id, stage: at.stage, atMs: nowMs, says: 'lost', words });
}

/** What a person is told before the second press. */
export function givingUpWords({ items, givenUpAtMs }: Pick<JobView, 'items' | 'givenUpAtMs'>): string {
  const calling = items.flatMap((item) => (item.state.is === 'calling' ? [stepOf(item, item.state.step)?.stage] : []));
  const isCalling = calling.length > 0;
  if (isCalling && givenUpAtMs !== undefined) return 'Whether the call took effect will not be known here.';
  if (calling.includes('create')) {
    return 'The call that makes the new key is under way. Its answer is awaited; nothing else is done.';
  }
  if (isCalling) return 'A call is under way. Its answer is awaited and written down; nothing else is done.';
  const holds = items.some(({ state, shows }) => state.is === 'person' && shows.length > 0);
  return holds ? 'The new key is dropped here and lives on at the server.' : 'What was not done yet is left undone.';
}

/** Given up, and a call is still under way. */
export const isAwaited = ({ items, givenUpAtMs }: Pick<JobView, 'items' | 'givenUpAtMs'>): boolean =>
  givenUpAtMs !== undefined && items.some(({ state }) => state.is === 'calling');
