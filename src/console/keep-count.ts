import type { RecordStore } from '../sessions/record-store.ts';
import { emptyHistory, noteForUser, type SlotHistory } from '../sessions/slot-history.ts';

interface Counted {
  readonly connection: string;
  readonly name: string;
}

/** Another tab may have counted since: the step is taken over what is stored now. */
export async function keepCount(
  histories: RecordStore<SlotHistory>,
  { connection, name }: Counted,
  noted: Parameters<typeof noteForUser>[2],
): Promise<void> {
  for (;;) {
    const stored = await histories.get(connection);
    const next = noteForUser(stored ?? emptyHistory(connection), name, noted);
    const went = stored
      ? await histories.replace({ ...next, revision: stored.revision + 1 }, stored.revision)
      : await histories.insert(next);
    if (went) return;
  }
}
