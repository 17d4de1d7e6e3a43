import { useEffect, useState } from 'react';
import { useSessions } from '../../console/use-services.ts';
import { useTime } from '../../ui/use-time.ts';
import type { Pause } from './sign-in-desk.ts';
import { standingPause } from './sign-in-work.ts';

/** The pause while it stands. Renders when it begins and when it is over, not while it counts. */
export function useStandingPause(pause: Pause | undefined, connection: string): Pause | undefined {
  const sessions = useSessions();
  const { nowMs, ticker } = useTime();
  const [passedMs, setPassedMs] = useState(0);

  useEffect(() => {
    if (!pause) return undefined;
    const look = (atMs: number): void => {
      if (atMs >= pause.untilMs) setPassedMs(pause.untilMs);
    };
    look(nowMs());
    return ticker.watch(look);
  }, [pause, nowMs, ticker]);

  return standingPause(pause, sessions, connection, passedMs);
}
