/**
 * Refreshes what is due, in the background. One timer for everything; visibility, focus, online, wake and messages only
 * make it look again, and looking twice is harmless.
 */
import type { Timers } from '../lib/clock.ts';
import { viewOf, type SessionView } from '../sessions/record.ts';
import type { Hands } from './hands.ts';
import { plan, type Planned, type Surroundings } from './plan.ts';

const LOOK_AT_LEAST_EVERY_MS = 60_000;
/** As many as the background has places over all tabs: what finds none rests, and is looked at again. */
const IN_FLIGHT_MAX = 2;
/** However a try ends, the same session is not tried again by itself before this: no loop without a pause. */
const REST_MS = 10_000;

export interface SchedulerPorts {
  readonly hands: Hands;
  readonly timers: Timers;
  /** Refreshes that session for the schedule, as it was planned; what comes of it is in its record. */
  refresh(planned: SessionView): Promise<unknown>;
  surroundings(): Surroundings;
  /** False while offline or locked: nothing is sent. */
  mayRun(): boolean;
  /** What is due next, or since that moment, for the shell to say; null where none waits for a time. */
  onPlanned(next: Planned | null): void;
  /** A bug or a broken port, never an answer of a vendor. The loop goes on. */
  onFault(error: unknown): void;
}

export interface Scheduler {
  /** Looks at the records now, and sets the timer anew. */
  look(): Promise<void>;
  /** Stops for good. Harmless when repeated. */
  dispose(): void;
}

export function createScheduler(ports: SchedulerPorts): Scheduler {
  /** By session: the connection. */
  const running = new Map<string, string>();
  const restsUntilMs = new Map<string, number>();
  let timer: unknown = null;
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  let disposed = false;

  async function once(): Promise<void> {
    const records = await ports.hands.repository.list();
    if (disposed) return;
    const around = ports.surroundings();
    // What waits to be stored holds its place: nothing can be done for that session before.
    const held = ports.hands.repository.held();
    const { due, next: planned } = plan(records.filter(({ id }) => !held.has(id)).map(viewOf), around);
    let next = planned;
    let first: Planned | undefined;
    for (const record of due) {
      const atMs = Math.max(restsUntilMs.get(record.id) ?? 0, around.nowMs);
      if (atMs === around.nowMs) {
        first ??= { record, atMs };
        if (ports.mayRun() && mayAsk(record, around)) start(record);
      } else if (atMs < (next?.atMs ?? Infinity)) next = { record, atMs };
    }
    ports.onPlanned(first ?? next);
    arm(next?.atMs ?? Infinity, around.nowMs);
  }

  /** Of a server that was left alone one call finds out whether it is well again. */
  const mayAsk = ({ connection }: SessionView, around: Surroundings): boolean =>
    around.leftAloneUntilMs?.(connection) === undefined || ![...running.values()].includes(connection);

  function start(planned: SessionView): void {
    const { id, connection } = planned;
    if (running.size >= IN_FLIGHT_MAX || running.has(id)) return;
    running.set(id, connection);
    void ports
      .refresh(planned)
      .catch(ports.onFault)
      .finally(() => {
        running.delete(id);
        restsUntilMs.set(id, ports.hands.nowMs() + REST_MS);
        void scheduler.look();
      });
  }

  function arm(wakeAtMs: number, nowMs: number): void {
    ports.timers.clear(timer);
    const delayMs = Math.min(Math.max(wakeAtMs - nowMs, 0), LOOK_AT_LEAST_EVERY_MS);
    timer = ports.timers.set(() => void scheduler.look(), delayMs);
  }

  const scheduler: Scheduler = {
    look() {
      if (disposed) return Promise.resolve();
      if (looking) {
        lookAgain = true;
        return looking;
      }
      looking = once()
        .catch((error: unknown) => {
          ports.onFault(error);
          arm(Infinity, ports.surroundings().nowMs);
        })
        .finally(() => {
          looking = null;
          if (!lookAgain) return;
          lookAgain = false;
          void scheduler.look();
        });
      return looking;
    },
    dispose() {
      disposed = true;
      ports.timers.clear(timer);
    },
  };
  return scheduler;
}
