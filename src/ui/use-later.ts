import { useEffect, useState } from 'react';
import type { Later } from '../lib/later.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * A part of the program once it is wanted and has arrived; undefined before. One that could not be fetched is asked for
 * again as long as it is wanted, ever more seldom: whoever serves it may have been away.
 */
export function useLater<Part extends object>(part: Later<Part>, wanted: boolean): Part | undefined {
  const [arrived, setArrived] = useState(() => part.now());
  useEffect(() => {
    if (!wanted) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const ask = (waitMs: number): void => {
      part.load().then(
        (loaded) => {
          if (!left) setArrived(loaded);
        },
        () => {
          if (!left) timer = setTimeout(() => ask(Math.min(waitMs * 2, LONGEST_WAIT_MS)), waitMs);
        },
      );
    };
    ask(FIRST_WAIT_MS);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [part, wanted]);
  return wanted ? (arrived ?? part.now()) : undefined;
}
