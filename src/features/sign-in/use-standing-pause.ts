import { useEffect, useState } from 'react';
import { useTime } from '../../ui/use-time.ts';
import type { DeskState, Pause } from './sign-in-desk.ts';
import { standingPause } from './sign-in-work.ts';

/** The pause while it stands. Renders when it begins and when it is over, not while it counts. */
export function useStandingPause(state: DeskState, user: string): Pause | undefined {
  const { nowMs, ticker } = useTime();
  const [, drawAgain] = useState(0);
  const pause = standingPause(state, user, nowMs());

  useEffect(
    () =>
      pause &&
      ticker.watch((atMs) => {
        if (atMs >= pause.untilMs) drawAgain(atMs);
      }),
    [pause, ticker],
  );
  return pause;
}
