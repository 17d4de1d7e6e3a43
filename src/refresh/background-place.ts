import type { Locks } from '../lib/locks.ts';

/**
 * A browser has six connections to one origin, over all its tabs. The background takes two of them, so that a vendor who
 * hangs never keeps a person's click, a log out or a page's own parts waiting.
 */
const PLACES = ['keyward.background.1', 'keyward.background.2'];

/** Runs `work` in a place that is free now, or gives `'busy'`. */
export async function inBackgroundPlace<Value>(
  locks: Locks,
  work: () => Promise<Value | 'busy'>,
): Promise<Value | 'busy'> {
  for (const place of PLACES) {
    const turn = { began: false };
    const done = await locks.run(place, 0, () => {
      turn.began = true;
      return work();
    });
    if (turn.began) return done;
  }
  return 'busy';
}
