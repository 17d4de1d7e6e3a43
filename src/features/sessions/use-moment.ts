import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useServices } from '../../console/use-services.ts';
import type { SessionView } from '../../sessions/record.ts';
import { useTime } from '../../ui/use-time.ts';
import { momentOf, sameMoment, type Moment } from './moment.ts';
import { steadyRead } from '../../lib/steady-read.ts';

/** What the row says now. Renders when that changes, not when the time does. */
export function useMoment(session: SessionView): Moment {
  const { surroundings } = useServices();
  const { ticker } = useTime();
  const read = useMemo(() => steadyRead(() => momentOf(session, surroundings()), sameMoment), [session, surroundings]);
  const subscribe = useCallback((changed: () => void) => ticker.watch(changed), [ticker]);
  return useSyncExternalStore(subscribe, read);
}
