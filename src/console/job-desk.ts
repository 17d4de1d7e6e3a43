/** Jobs as the console uses them: stored, run, and read by screens. Loaded with the first job. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Timers } from '../lib/clock.ts';
import type { Hands } from '../refresh/hands.ts';
import { heldOffUntilMs } from '../revocation/due.ts';
import type { JobEvent } from '../revocation/events.ts';
import { isOver } from '../revocation/give-up.ts';
import { isOnBoard, viewOfJob, type Item, type JobRecord, type JobView } from '../revocation/job.ts';
import { runningWith, takesInHand } from '../revocation/same-thing.ts';
import { createPagePlaces } from '../revocation/places.ts';
import { createRunner } from '../revocation/runner.ts';
import type { RecordStore } from '../sessions/record-store.ts';
import { createLeavingQuestion } from './ask-before-leaving.ts';
import { isForgetful, type KeepingState } from './keeping.ts';

export interface JobDeskPorts {
  /** Every call waits for one of the places that all tabs share. */
  readonly hands: Hands;
  readonly jobs: RecordStore<JobRecord>;
  readonly timers: Timers;
  readonly keeping: StoreApi<KeepingState>;
  onFault(error: unknown): void;
}

/** By item: which item of an earlier job has its secrets. */
type SecretSources = Readonly<Record<string, { readonly job: string; readonly item: string }>>;

export interface JobDesk {
  /** What screens read, the newest first. No secret is ever in it. */
  readonly state: StoreApi<{ readonly jobs: readonly JobView[] }>;
  /**
   * Stores a job, which does nothing before it is started, and gives its id. What a running job of any tab has in hand is
   * left out; where that is all of it, nothing is stored, and the id is that of the running one. Rejects with a
   * `StorageFault` where it cannot be kept.
   */
  put(job: JobRecord, from?: SecretSources): Promise<string>;
  /** Puts more into a job that stands open; the rest as above. Null where it is closed or gone. */
  add(job: string, more: Pick<JobRecord, 'title' | 'items' | 'secrets'>, from?: SecretSources): Promise<string | null>;
  /** What a person does to it. False where it did not fit. */
  send(job: string, event: JobEvent): Promise<boolean>;
  /** A secret that an item shows once, for the dialog that shows it; undefined once it is dropped. */
  shown(job: string, item: string, name: string): Promise<string | undefined>;
  dispose(): void;
}

const TAKE_WAIT_MS = 10_000;

export function createJobDesk(ports: JobDeskPorts): JobDesk {
  const { hands, jobs, keeping, onFault } = ports;
  const state = createStore<{ readonly jobs: readonly JobView[] }>(() => ({ jobs: [] }));
  const runner = createRunner({ ...ports, places: createPagePlaces() });

  const askOnLeaving = createLeavingQuestion();
  /** Of what is under way in memory alone, a reload leaves nothing. */
  function askWhereLost(): void {
    const isUnderWay = state
      .getState()
      .jobs.some(({ closedAtMs, kind, items }) => closedAtMs === null && kind !== 'check' && !items.every(isOver));
    askOnLeaving(isUnderWay && isForgetful(keeping.getState()));
  }
  const stopAsking = keeping.subscribe(askWhereLost);

  function show(views: readonly JobView[]): void {
    state.setState({ jobs: [...views].sort((one, other) => other.createdAtMs - one.createdAtMs) });
    askWhereLost();
    const untilMs = heldOffUntilMs(views, hands.nowMs());
    const openJobs = views.filter(isOnBoard).length;
    const before = keeping.getState();
    if (untilMs !== before.heldOffUntilMs || openJobs !== before.openJobs) {
      keeping.setState({ heldOffUntilMs: untilMs, openJobs });
    }
  }

  /** What a check has found out stays as evidence, and what was pasted for it is dropped. */
  async function closeChecks(views: readonly JobView[]): Promise<void> {
    for (const { id, kind, closedAtMs, items } of views) {
      const isOver = items.every(({ state: { is } }) => is === 'settled' || is === 'cancelled');
      if (kind === 'check' && closedAtMs === null && isOver)
        await runner.send(id, { type: 'close', nowMs: hands.nowMs() });
    }
  }

  async function withEarlier(given: JobRecord['secrets'], from: SecretSources): Promise<JobRecord['secrets']> {
    const secrets = { ...given };
    for (const [id, { job: earlier, item }] of Object.entries(from)) {
      secrets[id] = { ...(await jobs.get(earlier))?.secrets[item], ...secrets[id] };
    }
    return secrets;
  }

  /** One tab after the other, so that of two that press at once one alone takes a thing in hand. */
  async function takeInHand(
    items: readonly Item[],
    store: (free: readonly Item[]) => Promise<string | null>,
  ): Promise<string | null> {
    const done = await hands.locks.run('keyward.things', TAKE_WAIT_MS, async () => {
      const stored = await jobs.all();
      const running = items.map((item) => runningWith(stored, item)?.id);
      const free = items.filter((_item, at) => running[at] === undefined);
      const [first] = running;
      return free.length === 0 && first !== undefined ? first : await store(free);
    });
    if (done === 'busy') throw new Error('Another tab has been taking things in hand for too long');
    return done;
  }

  /** Of these items alone. */
  const secretsOf = async (items: readonly Item[], given: JobRecord['secrets'], from: SecretSources) => {
    const all = await withEarlier(given, from);
    return Object.fromEntries(items.flatMap(({ id }) => (all[id] ? [[id, all[id]] as const] : [])));
  };

  let turn = Promise.resolve();
  /** One after the other, so that an older reading never paints over a newer one. */
  const inTurn = (read: () => Promise<void>): void => {
    turn = turn.then(read).catch(onFault);
  };
  const due = new Set<string>();
  const stop = jobs.onChange((id) => {
    if (due.has(id)) return;
    due.add(id);
    inTurn(async () => {
      due.delete(id);
      const job = await jobs.get(id);
      const others = state.getState().jobs.filter((one) => one.id !== id);
      show(job ? [...others, viewOfJob(job)] : others);
      if (job) await closeChecks([viewOfJob(job)]);
    });
  });
  inTurn(async () => {
    const views = (await jobs.all()).map(viewOfJob);
    show(views);
    await closeChecks(views);
    await runner.look();
  });

  return {
    state,
    async put(job, from = {}) {
      const store = async (items: readonly Item[]): Promise<string> => {
        const secrets = await secretsOf(items, job.secrets, from);
        if (!(await jobs.insert({ ...job, items, secrets })))
          throw new Error(`A job of this id is stored already: ${job.id}`);
        return job.id;
      };
      return takesInHand(job) ? ((await takeInHand(job.items, store)) ?? job.id) : await store(job.items);
    },
    add: (job, { title, items, secrets: given }, from = {}) =>
      takeInHand(items, async (free) => {
        const secrets = await secretsOf(free, given, from);
        const event = { type: 'add', title, items: free, secrets, nowMs: hands.nowMs() } as const;
        return (await runner.send(job, event)) ? job : null;
      }),
    send: (job, event) => runner.send(job, event),
    async shown(job, item, name) {
      const record = await jobs.get(job);
      const mayShow = record?.items.find(({ id }) => id === item)?.shows.some((one) => one.name === name);
      return mayShow ? record?.secrets[item]?.[name] : undefined;
    },
    dispose() {
      stop();
      stopAsking();
      askOnLeaving(false);
      runner.dispose();
      keeping.setState({ heldOffUntilMs: null, openJobs: 0 });
    },
  };
}
