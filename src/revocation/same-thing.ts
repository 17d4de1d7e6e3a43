/** Whether something is in hand already: in a job of whichever tab that is not over. Pure. */
import type { Thing } from '../providers/ending.ts';
import { isOver } from './give-up.ts';
import type { JobView } from './job.ts';

export interface PlacedThing {
  readonly connection: string;
  readonly thing: Pick<Thing, 'kind' | 'id' | 'fingerprint' | 'session'>;
}

function isSame(one: PlacedThing, other: PlacedThing): boolean {
  if (one.connection !== other.connection || one.thing.kind !== other.thing.kind) return false;
  const known = (['id', 'fingerprint', 'session'] as const).find(
    (by) => one.thing[by] !== null && other.thing[by] !== null,
  );
  return known !== undefined && one.thing[known] === other.thing[known];
}

/** A job of this kind changes the things that it has in hand. One that makes a key has none yet, and a check only looks. */
export const takesInHand = ({ kind }: Pick<JobView, 'kind'>): boolean => kind !== 'create' && kind !== 'check';

/** The job that has it in hand; undefined where none has, or has done with it. */
export const runningWith = (jobs: readonly JobView[], wanted: PlacedThing): JobView | undefined =>
  jobs.find(
    (job) =>
      job.closedAtMs === null && takesInHand(job) && job.items.some((item) => !isOver(item) && isSame(item, wanted)),
  );
