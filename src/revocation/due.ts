/** What a job waits for, read from it alone. */
import type { Item, JobRecord, JobView } from './job.ts';

const HELD_OFF_MAX_MS = 60 * 60_000;

/** Items whose next call is due, the longest waiting first. */
export const dueItems = ({ items }: Pick<JobRecord, 'items'>): readonly Item[] =>
  items.filter(({ state }) => state.is === 'ready').sort((one, other) => sinceMs(one) - sinceMs(other));

const sinceMs = ({ state }: Item): number => (state.is === 'ready' ? state.sinceMs : Infinity);

/** When the next wait is over; null where nothing waits for a time. */
export function wakeAtMs({ items }: Pick<JobRecord, 'items'>): number | null {
  const untilMs = items.flatMap(({ state }) => (state.is === 'waiting' ? [state.untilMs] : []));
  return untilMs.length === 0 ? null : Math.min(...untilMs);
}

/** Something goes on, or will, without a person. */
export const isRunning = ({ startedAtMs, closedAtMs, items }: JobView): boolean =>
  startedAtMs !== null &&
  closedAtMs === null &&
  items.some(({ state }) => state.is === 'ready' || state.is === 'calling' || state.is === 'waiting');

/** Until when running jobs hold the lock off: an hour at most from what a person last did to one; null where none does. */
export function heldOffUntilMs(jobs: readonly JobView[], nowMs: number): number | null {
  const untilMs = jobs
    .filter(isRunning)
    .map(({ startedAtMs, pressedAtMs }) => Math.max(startedAtMs ?? 0, pressedAtMs ?? 0) + HELD_OFF_MAX_MS);
  const last = Math.max(0, ...untilMs);
  return last > nowMs ? last : null;
}
