import type { Locks } from '../lib/locks.ts';

/**
 * A browser has six connections to one origin, over all its tabs. The background takes two of them, so that a vendor who
 * hangs never keeps a person's click, a log out or a page's own parts waiting.
 */
export const BACKGROUND_PLACES = ['keyward.background.1', 'keyward.background.2'];
/** No refresh takes longer with the questions after it: a place that is still taken is held by a page that stands still. */
const PATIENCE_MS = 45_000;

/**
 * Runs `work` in the place that is free first, or gives `'busy'` where none came free. It waits in line, because a hidden
 * page wakes once a minute: a turn that it had to come back for would be a minute late.
 */
export function inBackgroundPlace<Value>(locks: Locks, work: () => Promise<Value | 'busy'>): Promise<Value | 'busy'> {
  return new Promise((resolve, reject) => {
    let begun = false;
    const inTurn = async (): Promise<void> => {
      // In line for both: the second that comes free is passed on at once.
      if (begun) return;
      begun = true;
      await work().then(resolve, reject);
    };
    Promise.all(BACKGROUND_PLACES.map((place) => locks.run(place, PATIENCE_MS, inTurn))).then(
      () => resolve('busy'),
      reject,
    );
  });
}
