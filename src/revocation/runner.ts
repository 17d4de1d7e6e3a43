/**
 * Drives jobs: takes what is due, makes the call, writes down what came back. What a job means is in `step.ts`; here are the
 * effects alone. One tab at a time runs a job; where a browser has no locks across tabs, the journal's compare-and-set still
 * lets one tab alone claim a call that touches something.
 */
import type { Timers } from '../lib/clock.ts';
import type { Hands } from '../refresh/hands.ts';
import { StorageFault, type RecordStore } from '../sessions/record-store.ts';
import { end } from '../sessions/ending-steps.ts';
import { createBell, type Bell } from './bell.ts';
import { factsOf } from './create-item.ts';
import { createCrew } from './crew.ts';
import { isRunning, wakeAtMs } from './due.ts';
import type { JobEvent } from './events.ts';
import type { Item, JobRecord } from './job.ts';
import { createJournal, type Journal } from './journal.ts';
import { workOf } from './perform.ts';
import type { CallPlaces } from './places.ts';

export interface RunnerPorts {
  readonly hands: Hands;
  readonly jobs: RecordStore<JobRecord>;
  readonly places: CallPlaces;
  readonly timers: Timers;
  /** A fault of the program itself; its name alone may be shown. */
  onFault(error: unknown): void;
}

export interface Runner {
  /** Takes up whatever is stored and not over. Harmless when repeated. */
  look(): Promise<void>;
  /** What a person does to a job: start, confirm, prove, repeat, cancel, close. False where it did not fit. */
  send(job: string, event: JobEvent): Promise<boolean>;
  dispose(): void;
}

const LOCK_WAIT_MS = 60_000;
const STORAGE_WAIT_MS = 2_000;
const LONGEST_SLEEP_MS = 60_000;

export function createRunner(ports: RunnerPorts): Runner {
  const { hands, jobs } = ports;
  const journal = createJournal(jobs);
  const running = new Map<string, Bell>();
  let disposed = false;

  async function run(id: string): Promise<void> {
    if (running.has(id)) return;
    const bell = createBell();
    running.set(id, bell);
    try {
      let done: unknown = 'busy';
      while (done === 'busy' && !disposed) {
        done = await hands.locks.run(`keyward.job.${id}`, LOCK_WAIT_MS, () => underLock(id, bell));
      }
    } catch (error) {
      if (!(error instanceof StorageFault)) ports.onFault(error);
      else ports.timers.set(() => void look(), STORAGE_WAIT_MS);
    } finally {
      running.delete(id);
    }
    // What changed in the last moment was told to a runner that was on its way out.
    const after = await jobs.get(id).catch(() => undefined);
    if (after && isRunning(after) && !disposed) ports.timers.set(() => void look(), 0);
  }

  async function underLock(id: string, bell: Bell): Promise<void> {
    const crew = createCrew(ports, journal, id, bell);
    try {
      for (;;) {
        const job = await jobs.get(id);
        if (disposed || !job) break;
        await endSessions(hands, job);
        if (job.closedAtMs !== null) break;
        crew.begin(job);
        if (!isRunning(job) && crew.size() === 0) break;
        const nowMs = hands.nowMs();
        const wake = wakeAtMs(job);
        const sleepMs = Math.min(wake === null ? Infinity : wake - nowMs, crew.quietForMs(), LONGEST_SLEEP_MS);
        if (wake !== null && wake <= nowMs) await journal.apply(id, { type: 'tick', nowMs });
        else await bell.rung(ports.timers, sleepMs);
        crew.check();
      }
    } finally {
      // Whoever holds the lock next must find no call of ours under way.
      await crew.landed();
    }
  }

  async function look(): Promise<void> {
    if (disposed) return;
    for (const job of await jobs.all()) {
      await takeUpSignedIn(hands, journal, job);
      await lookAt(job.id);
    }
  }

  async function lookAt(id: string): Promise<void> {
    running.get(id)?.ring();
    if (running.has(id) || disposed) return;
    const job = await jobs.get(id);
    if (job && isRunning(job)) void run(id);
  }

  const quietly = (done: Promise<void>): void => {
    done.catch((error: unknown) => {
      if (!(error instanceof StorageFault)) ports.onFault(error);
    });
  };
  let lookIsDue = false;
  const stops = [
    jobs.onChange((id) => quietly(lookAt(id))),
    hands.repository.onChange(() => {
      // A burst of changes is looked at once.
      if (lookIsDue) return;
      lookIsDue = true;
      ports.timers.set(() => {
        lookIsDue = false;
        quietly(look());
      }, 0);
    }),
  ];

  return {
    look,
    async send(id, event) {
      const applied = await journal.apply(id, event);
      return applied?.took ?? false;
    },
    dispose() {
      disposed = true;
      for (const stop of stops) stop();
      for (const bell of running.values()) bell.ring();
    },
  };
}

/** A pause that was waiting for the same person to sign in is over once there is a session that can do the same. */
async function takeUpSignedIn(hands: Hands, journal: Journal, job: JobRecord): Promise<void> {
  const paused = job.items.filter(({ state }) => state.is === 'paused' && state.for === 'sign-in');
  if (paused.length === 0 || job.closedAtMs !== null) return;
  const sessions = (await hands.repository.list()).filter(
    ({ tokens, ended, signInNeeded }) => tokens && !ended && !signInNeeded,
  );
  for (const item of paused) {
    for (const session of sessions) {
      const as = factsOf(session);
      if (session.connection !== item.connection || !isSamePerson(item, as)) continue;
      const { state } = item;
      if (state.is !== 'paused') continue;
      const work = await workOf(hands, job, { ...item, as }, state.step);
      if (!('step' in work)) continue;
      await journal.apply(job.id, { type: 'session', item: item.id, as, nowMs: hands.nowMs() });
      break;
    }
  }
}

function isSamePerson({ as: before }: Item, now: NonNullable<Item['as']>): boolean {
  if (!before) return false;
  const { id, name } = before.identity;
  return id !== undefined && now.identity.id !== undefined ? id === now.identity.id : name === now.identity.name;
}

/** Sessions of ours that died with what was proven dead. */
async function endSessions({ repository, nowMs }: Hands, { items }: JobRecord): Promise<void> {
  for (const { finding, ending, state } of items) {
    if (state.is !== 'settled' || finding?.verdict !== 'dead') continue;
    for (const id of ending.endsSessions) {
      const record = await repository.get(id);
      if (record && !record.ended) await repository.change(id, end('logged-out', nowMs(), finding.words));
    }
  }
}
