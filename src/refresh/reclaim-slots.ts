import type { SessionRecord } from '../sessions/record.ts';
import { logOut } from './end-session.ts';
import type { Hands } from './hands.ts';

/** One place that was freed, or why it was not. */
export interface Reclaimed {
  readonly freed: number;
  readonly kept: number;
}

/**
 * Ends the sessions that this browser opened and that nothing here refreshes any more: their refresh tokens end them even
 * after their time. Harmless when repeated; what is not freed stays in the list.
 */
export async function reclaimSlots(
  hands: Hands,
  which: (record: SessionRecord) => boolean = () => true,
): Promise<Reclaimed> {
  let freed = 0;
  let kept = 0;
  for (const record of await hands.repository.list()) {
    if (record.ended || record.leftover?.refreshToken === undefined || !which(record)) continue;
    const done = await logOut(hands, record.id);
    if (done.ok) freed += 1;
    else kept += 1;
  }
  return { freed, kept };
}
