import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useServices } from '../../console/use-services.ts';
import { steadyRead } from '../../lib/steady-read.ts';
import type { SessionView } from '../../sessions/record.ts';
import { useTime } from '../../ui/use-time.ts';
import { seenSessions } from './seen-sessions.ts';

/** Looks at every tick, and renders when a slot is taken or free. */
export function useSeen(
  count: Parameters<typeof seenSessions>[0],
  sessions: readonly SessionView[],
  name: string,
  inView: string | null,
) {
  const { hands, nowMs } = useServices();
  const { ticker } = useTime();
  const read = useMemo(
    () =>
      steadyRead(() => {
        const local = sessions.filter(({ identity }) => identity.name === name);
        const connection = count?.connection ?? local[0]?.connection ?? '';
        return seenSessions(count, local, { inView, nowMs: nowMs(), offsetMs: hands.offsetMs(connection) });
      }),
    [count, sessions, name, inView, nowMs, hands],
  );
  const subscribe = useCallback((changed: () => void) => ticker.watch(changed), [ticker]);
  return useSyncExternalStore(subscribe, read);
}
