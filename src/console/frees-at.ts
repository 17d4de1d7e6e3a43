import type { ServerSessionsFace } from '../providers/server-sessions-face.ts';
import { latestFreeMs } from '../sessions/slot-history.ts';
import type { SlotCount } from './slot-counter.ts';

/** By session: the latest time at which the server frees it by itself, on our clock, where enough is known. */
export function freesAtMs(
  face: ServerSessionsFace,
  { sessions, idleMs }: SlotCount,
  offsetMs: number,
): ReadonlyMap<string, number> {
  const ends = (sessions ?? []).map((session) => {
    const endMs = latestFreeMs(session, { idleMs, graceMs: face.idleGraceMs(session), offsetMs });
    return endMs === undefined ? undefined : ([session.id, endMs] as const);
  });
  return new Map(ends.filter((end) => end !== undefined));
}
