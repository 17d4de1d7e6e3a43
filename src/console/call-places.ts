import type { Call, CallRequest, Reply } from '../http/call.ts';
import type { Locks } from '../lib/locks.ts';

/**
 * A browser has six connections to one origin, over all its tabs. Calls to vendors take four of them, so that vendors who
 * hang never keep a page's own parts, the question for an outcome or a log out waiting.
 */
const PLACES = ['keyward.call.1', 'keyward.call.2', 'keyward.call.3', 'keyward.call.4'] as const;
/** No call runs for longer: a place that is not free by then is held by a page that stands still. */
const PATIENCE_MS = 35_000;

/** Each call waits for a free place. */
export function inCallPlaces(call: Call, locks: Locks): Call {
  let turn = 0;

  async function whereFree(request: CallRequest): Promise<Reply> {
    const run = async (): Promise<{ readonly reply: Reply }> => ({ reply: await call(request) });
    for (const place of PLACES) {
      const done = await locks.run(place, 0, run);
      if (done !== 'busy') return done.reply;
    }
    turn = (turn + 1) % PLACES.length;
    const done = await locks.run(PLACES[turn] ?? PLACES[0], PATIENCE_MS, run);
    return done === 'busy' ? await call(request) : done.reply;
  }

  return whereFree;
}

/** What ends something waits for nothing: it may be a page's last call. */
export const endingsAtOnce =
  (placed: Call, call: Call): Call =>
  (request) =>
    request.effect === 'end' ? call(request) : placed(request);
