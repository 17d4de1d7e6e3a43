import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useServices } from '../../console/use-services.ts';
import { steadyRead } from '../../lib/steady-read.ts';
import type { Identity } from '../../providers/tokens.ts';
import type { SessionView } from '../../sessions/record.ts';
import { useTime } from '../../ui/use-time.ts';
import { seenSessions } from './seen-sessions.ts';

/** A session that an earlier version stored has the name that was typed, which may be an e-mail. */
export const isOnePerson = (one: Identity, { id, name }: Identity): boolean =>
  one.name === name || (id !== undefined && one.id === id);

/** Looks at every tick, and renders when a slot is taken or free. `local`: at that connection, and not of anybody else. */
export function useSeen(
  count: Parameters<typeof seenSessions>[0],
  local: readonly SessionView[],
  inView: string | null,
) {
  const { hands, nowMs } = useServices();
  const { ticker } = useTime();
  const read = useMemo(
    () =>
      steadyRead(() => {
        const connection = count?.connection ?? local[0]?.connection ?? '';
        return seenSessions(count, local, { inView, nowMs: nowMs(), offsetMs: hands.offsetMs(connection) });
      }),
    [count, local, inView, nowMs, hands],
  );
  const subscribe = useCallback((changed: () => void) => ticker.watch(changed), [ticker]);
  return useSyncExternalStore(subscribe, read);
}
