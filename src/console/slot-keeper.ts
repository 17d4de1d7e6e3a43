import type { Connection } from '../http/envelope.ts';
import type { Provider } from '../providers/contract.ts';
import type { logOutOnLeaving } from '../refresh/send-log-out.ts';
import type { Hands } from '../refresh/hands.ts';
import type { SessionRecord } from '../sessions/record.ts';

export interface SlotKeeper {
  remember(records: readonly SessionRecord[]): void;
  /** Fetches what logging out a session of this vendor takes: before there is one. */
  prepare(provider: string): Promise<void>;
  /** Logs out every session that holds a slot, in the last turn that a page gets. */
  logOut(connections: readonly Connection[]): void;
}

/** Keeps at hand what is needed to log out, when the page is left, the sessions that take one of a limited number. */
export function createSlotKeeper(hands: Hands): SlotKeeper {
  const providers = new Map<string, Provider>();
  let leave: typeof logOutOnLeaving | undefined;
  let holding: readonly SessionRecord[] = [];

  async function prepare(id: string): Promise<void> {
    leave ??= (await import('../refresh/send-log-out.ts')).logOutOnLeaving;
    if (!providers.has(id)) providers.set(id, await hands.provider(id));
  }

  return {
    remember(records) {
      holding = records.filter((record) => record.holdsSlot && (record.tokens ?? record.leftover) && !record.ended);
      // What does not arrive is asked for again with the next change.
      for (const { provider } of holding) prepare(provider).catch(() => undefined);
    },
    prepare,
    logOut(connections) {
      const leaving = holding.flatMap((record) => {
        const provider = providers.get(record.provider);
        const connection = connections.find(({ id }) => id === record.connection);
        return provider && connection ? [{ record, face: provider.sessionFace(record.lineage.way), connection }] : [];
      });
      leave?.(hands, leaving);
    },
  };
}
