import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { useServices, useSessions } from '../../console/use-services.ts';
import { steadyRead } from '../../lib/steady-read.ts';
import type { Hands } from '../../refresh/hands.ts';
import { StorageFault } from '../../sessions/record-store.ts';
import { strikeOff } from '../../sessions/place-gone.ts';
import { possiblyHeld, type Held } from '../../sessions/slot-ledger.ts';
import { useTime } from '../../ui/use-time.ts';

/** Places at that connection that this browser took and did not give back. Looks at every tick, and renders when one is free. */
export function useHeld(connection: string): readonly Held[] {
  const { state, nowMs } = useServices();
  const sessions = useSessions();
  const signIns = useStore(state, ({ leftSignIns }) => leftSignIns);
  const { ticker } = useTime();
  const read = useMemo(
    () => steadyRead(() => possiblyHeld(sessions, signIns, nowMs()).filter((one) => one.connection === connection)),
    [sessions, signIns, nowMs, connection],
  );
  const subscribe = useCallback((changed: () => void) => ticker.watch(changed), [ticker]);
  return useSyncExternalStore(subscribe, read);
}

export interface Freeing {
  readonly busy: boolean;
  /** The last time, not all of them could be freed. */
  readonly failed: boolean;
  free(): Promise<void>;
}

export function useFreeing(connection: string): Freeing {
  const { hands, slotCounter } = useServices();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  return {
    busy,
    failed,
    async free() {
      setBusy(true);
      const kept = await reclaim(hands, connection).catch(() => 1);
      setFailed(kept > 0);
      setBusy(false);
      slotCounter.now()?.look();
    },
  };
}

/** Takes what only a person can know to be over off the list: nothing is sent. */
export function useStrike({ id, name }: Held): { readonly failed: boolean; strike(): Promise<void> } {
  const { signIns, hands } = useServices();
  const [failed, setFailed] = useState(false);
  return {
    failed,
    async strike() {
      try {
        // Of what is only noted as a sign-in nobody's name is known.
        await (name === null ? signIns.delete(id) : hands.repository.change(id, strikeOff));
      } catch (error) {
        if (!(error instanceof StorageFault)) throw error;
        setFailed(true);
      }
    },
  };
}

/** How many could not be freed. Rejects where what frees them did not arrive. */
async function reclaim(hands: Hands, connection: string): Promise<number> {
  const { reclaimSlots } = await import('../../refresh/reclaim-slots.ts');
  return (await reclaimSlots(hands, (record) => record.connection === connection)).kept;
}
