/** What a count proves gone holds no place any more: it leaves the ledger, and what would have ended it is dropped. */
import type { StoreApi } from 'zustand/vanilla';
import { freePlace, leftAtMs } from '../sessions/place-gone.ts';
import type { Hands } from './hands.ts';

/** Of one person's sessions. */
interface Listed {
  readonly connection: string;
  readonly name: string;
  /** Null for the user of a session of this browser. */
  readonly person: { readonly id: string } | null;
  readonly rights: { readonly ownId: string | null } | null;
  /** The session that asked. */
  readonly asker: string | null;
  readonly sessions: readonly { readonly id: string }[] | null;
  readonly askedAtMs: number | null;
}

async function freeWhatIsGone({ repository }: Pick<Hands, 'repository'>, count: Listed): Promise<void> {
  const { connection, name, person, rights, asker: askerId, sessions, askedAtMs } = count;
  if (!sessions || askedAtMs === null) return;
  const personId = person?.id ?? rights?.ownId ?? undefined;
  const records = await repository.list();
  const asker = records.find(({ id }) => id === askerId);
  for (const record of records) {
    const { identity, leftover } = record;
    const named = leftover?.serverSessionId;
    // One that has no end of its own stands apart from what the list names: it proves nothing of it.
    if (named === undefined || leftover?.untilMs === null) continue;
    if (sessions.some(({ id }) => id === named)) continue;
    // The connection may have led to another server when it was opened.
    if (record.connection !== connection || record.baseUrl !== asker?.baseUrl) continue;
    const isSame =
      personId !== undefined && identity.id !== undefined ? identity.id === personId : identity.name === name;
    if (isSame && leftAtMs(record) <= askedAtMs) await repository.change(record.id, freePlace(named));
  }
}

/** Looks at every new list as long as there are counts. */
export function freeAsCounted(
  hands: Pick<Hands, 'repository'>,
  counts: Pick<StoreApi<ReadonlyMap<string, Listed>>, 'subscribe'>,
  onFault: (error: unknown) => void,
): void {
  counts.subscribe((now, before) => {
    for (const [key, count] of now) {
      if (count.askedAtMs !== before.get(key)?.askedAtMs) freeWhatIsGone(hands, count).catch(onFault);
    }
  });
}
