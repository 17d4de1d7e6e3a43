/** Section 8: so many requests a minute per project and address, and so many a second over all. */
import { ApiError, throttled } from './errors.ts';
import type { World } from './world.ts';

export interface Traffic {
  /** Counts a call; throws where it is one too many. Gives the headers that its answer carries. */
  count(project: string | null, address: string): Record<string, string>;
  clear(): void;
}

const minuteMs = 60_000;

export function createTraffic(world: World): Traffic {
  const windows = new Map<string, { startMs: number; used: number }>();

  /** Requests of the window that this moment falls in, this one included. */
  const use = (key: string, lengthMs: number): { used: number; endsMs: number } => {
    const nowMs = world.clock.nowMs();
    const known = windows.get(key);
    const window =
      known && nowMs - known.startMs < lengthMs && nowMs >= known.startMs ? known : { startMs: nowMs, used: 0 };
    window.used += 1;
    windows.set(key, window);
    return { used: window.used, endsMs: window.startMs + lengthMs };
  };

  return {
    count(project, address) {
      const { perMinute, perSecond, resetAs } = world.settings.rateLimit;
      if (perSecond !== null && use('all', 1000).used > perSecond) throw throttled();
      if (perMinute === null || project === null) return {};
      const { used, endsMs } = use(`${project} ${address}`, minuteMs);
      const secondsLeft = Math.max(1, Math.ceil((endsMs - world.clock.nowMs()) / 1000));
      const headers = {
        'X-RateLimit-Limit': String(perMinute),
        'X-RateLimit-Remaining': String(Math.max(0, perMinute - used)),
        'X-RateLimit-Reset': resetAs === 'seconds' ? String(secondsLeft) : new Date(endsMs).toUTCString(),
      };
      if (used <= perMinute) return headers;
      throw new ApiError(429, 'You have exceeded the rate limit. Try again later.', {
        // The vendor's spelling.
        headers: { ...headers, RetryAfter: String(secondsLeft) },
      });
    },
    clear: () => windows.clear(),
  };
}
