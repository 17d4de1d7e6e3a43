/** Locks when nobody has been at the console for a while, in any tab. Background refreshing is not somebody. */
import type { Timers } from '../lib/clock.ts';

/** Minutes; null: only when the browser closes. */
export const idleChoices = [5, 15, 30, 60, 240, null] as const;
export type IdleLimit = (typeof idleChoices)[number];
export const IDLE_LIMIT: IdleLimit = 15;

const LOOK_AT_LEAST_EVERY_MS = 60_000;
const WRITE_EVERY_MS = 5_000;

export interface AutoLockPorts {
  readonly timers: Timers;
  /** Milliseconds on the hybrid clock: counts sleep. */
  nowMs(): number;
  /** Milliseconds since 1970. */
  wallMs(): number;
  /** When somebody was last at the console in any tab; milliseconds since 1970, undefined where nobody wrote it. */
  readonly shared: { read(): number | undefined; write(wallMs: number): void };
  limit(): IdleLimit;
  /** Somebody has opened the vault here; false where another tab has handed over its key. */
  readonly openedByHand: boolean;
  /** Nobody's absence counts before that moment of the hybrid clock; null: it counts. */
  heldOffUntilMs(): number | null;
  readonly page: { onPoke(listener: () => void): () => void; onActivity(listener: () => void): () => void };
  /** Somebody was at the console at this moment of the hybrid clock, here or in another tab. */
  onAttended(atMs: number): void;
  onIdle(): void;
}

export interface AutoLock {
  /** Looks now: after a change of the limit, or of the clock, and before a key is handed over. True where it locks. */
  look(): boolean;
  dispose(): void;
}

export function watchIdle(ports: AutoLockPorts): AutoLock {
  // A key from another tab is nobody; where no tab has left a time, the page that was opened is all there is to go by.
  let attendedAtMs = (ports.openedByHand ? undefined : sharedAtMs()) ?? ports.nowMs();
  let writtenAtMs = 0;
  let timer: unknown = null;
  let idle = false;

  /** What the tabs wrote, on the hybrid clock. A moment in the future says nothing: somebody has set the clock back since. */
  function sharedAtMs(): number | undefined {
    const wroteMs = ports.shared.read() ?? Infinity;
    const ageMs = ports.wallMs() - wroteMs;
    return ageMs >= 0 ? ports.nowMs() - ageMs : undefined;
  }

  /** True where the time is over. */
  function check(): boolean {
    if (idle) return true;
    // A tab that was frozen must not lock the one in use, so what the others wrote counts as well.
    attendedAtMs = Math.max(attendedAtMs, sharedAtMs() ?? 0);
    const limit = ports.limit();
    const untilMs = attendedAtMs + (limit === null ? Infinity : limit * 60_000);
    const leftMs = Math.max(untilMs, ports.heldOffUntilMs() ?? 0) - ports.nowMs();
    idle = leftMs <= 0;
    ports.timers.clear(timer);
    if (idle) {
      ports.onIdle();
      return true;
    }
    timer = ports.timers.set(check, Math.min(leftMs, LOOK_AT_LEAST_EVERY_MS));
    ports.onAttended(attendedAtMs);
    return false;
  }

  const stops = [
    ports.page.onPoke(check),
    ports.page.onActivity(() => {
      // Checked before it counts: the first touch after a night must find the console locked.
      const nowMs = ports.nowMs();
      if (nowMs - attendedAtMs < 1_000 || check()) return;
      attendedAtMs = nowMs;
      if (nowMs - writtenAtMs < WRITE_EVERY_MS) return;
      writtenAtMs = nowMs;
      ports.shared.write(ports.wallMs());
    }),
  ];
  if (ports.openedByHand) ports.shared.write(ports.wallMs());
  check();

  return {
    look: check,
    dispose() {
      idle = true;
      ports.timers.clear(timer);
      for (const stop of stops) stop();
    },
  };
}
