/** A refresh by the schedule, for a copy or on request. */
import type { Hands } from './hands.ts';
import { refreshSession, type Asker, type Refreshed } from './refresh-session.ts';
import { unlessRefused } from './storage-refuses.ts';
import { lookAfterRestart } from './vendor-restart.ts';

/**
 * The same as `refreshSession`. Where a new token replaces one that the server refused before its time, the others of that
 * server are looked after as well: whoever met the refusal may not have come to it.
 */
export async function refreshAndLook(
  hands: Hands,
  id: string,
  asker: Asker,
  plannedRevision?: number,
): Promise<Refreshed> {
  const read = await unlessRefused(() => hands.repository.get(id));
  if (!read.ok) return { kind: 'failed', failure: read.failure };
  const before = read.value;
  const done = await refreshSession(hands, id, asker, plannedRevision);
  if (done.kind === 'refreshed' && before?.tokens?.refusedAtMs !== undefined) {
    void lookAfterRestart(hands, await hands.provider(before.provider), before, 'minted');
  }
  return done;
}
