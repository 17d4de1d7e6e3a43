/** Jobs through the real services and the real gateway, against a stand-in: what a screen would ask for, a test asks for. */
import { systemTimers } from '../src/lib/clock.ts';
import { createPageLocks, type Locks } from '../src/lib/locks.ts';
import type { BareThing, Ending, Means } from '../src/providers/ending.ts';
import { fingerprintOf } from '../src/providers/fingerprint.ts';
import type { KeysFace, Move } from '../src/providers/keys-face.ts';
import type { FormValues } from '../src/providers/sign-in-way.ts';
import type { Hands } from '../src/refresh/hands.ts';
import { completeThing, factsOf, itemOf, jobOf } from '../src/revocation/create-item.ts';
import type { Item, JobRecord } from '../src/revocation/job.ts';
import { createPagePlaces } from '../src/revocation/places.ts';
import { createRunner, type Runner } from '../src/revocation/runner.ts';
import { createMemoryStore } from '../src/sessions/memory-store.ts';
import type { RecordStore } from '../src/sessions/record-store.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import type { HeadlessConsole } from './headless-console.ts';
import { mortal } from './mortal-store.ts';

export interface JobRig {
  readonly keys: KeysFace;
  readonly jobs: RecordStore<JobRecord>;
  runner: Runner;
  /** Faults of the program itself. */
  readonly faults: unknown[];
  /** The page dies where it stands: nothing that it had under way is written down any more. Another opens. */
  crash(): Promise<void>;
  /** Another tab over the same records; `locks` across the two, as most browsers have them. */
  openTab(locks: 'shared' | 'of its own'): Promise<Runner>;
  close(): void;
  wish(wish: ThingWish): Promise<Item>;
  /** Stores a job of these, starts it, and waits until nothing goes on by itself. */
  run(items: readonly Item[], secrets?: JobRecord['secrets']): Promise<JobRecord>;
  store(items: readonly Item[], secrets?: JobRecord['secrets']): Promise<string>;
  start(id: string): Promise<void>;
  /** The job once every item is settled, paused, cancelled or up to a person. */
  rested(id: string): Promise<JobRecord>;
  until(id: string, holds: (job: JobRecord) => boolean): Promise<JobRecord>;
}

export interface ThingWish {
  readonly id?: string;
  readonly thing: BareThing;
  readonly session?: SessionRecord;
  /** The session that carries it. */
  readonly of?: SessionRecord;
  readonly minted?: readonly SessionRecord[];
  readonly secret?: string;
  readonly values?: FormValues;
  /** Of the ending or move; the best where left out. */
  readonly how?: string;
  /** False: the operator forbids to use what was found on itself. */
  readonly selfUse?: boolean;
  /** A person ticks what is asked for, unless the test says otherwise. */
  readonly consented?: boolean;
}

interface Tab {
  readonly runner: Runner;
  readonly die: () => void;
}

const WAIT_MAX_MS = 15_000;
const RESTING: readonly Item['state']['is'][] = ['settled', 'paused', 'cancelled', 'person'];

export async function startJobs<Actions extends object>(rig: HeadlessConsole<Actions>): Promise<JobRig> {
  const keys = await rig.provider.keys?.();
  if (!keys) throw new Error('The vendor says nothing of its keys');
  const jobs = createMemoryStore<JobRecord>();
  const faults: unknown[] = [];
  // Without the jitter that a test would wait for; names stay random.
  const hands: Hands = {
    ...rig.hands,
    random: (length) => (length === 2 ? new Uint8Array(2) : rig.hands.random(length)),
  };
  // Of this browser: what an earlier one left locked is not locked here.
  const locks = createPageLocks();
  const tabs: Runner[] = [];
  const begin = (own: Locks): Tab => {
    let dead = false;
    const onFault = (error: unknown): void => void faults.push(error);
    const runner = createRunner({
      hands: { ...hands, locks: own },
      jobs: mortal(jobs, () => dead),
      places: createPagePlaces(),
      timers: systemTimers,
      onFault,
    });
    return {
      runner,
      die: () => {
        dead = true;
      },
    };
  };
  let tab = begin(locks);
  let count = 0;

  const until: JobRig['until'] = async (id, holds) => {
    const deadlineMs = Date.now() + WAIT_MAX_MS;
    for (;;) {
      const job = await jobs.get(id);
      if (!job) throw new Error('The job is gone');
      if (holds(job)) return job;
      if (Date.now() > deadlineMs) {
        throw new Error(
          `It does not come about: ${JSON.stringify(job.items.map(({ state, marks }) => ({ state, marks })))} ${String(faults[0])}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const job: JobRig = {
    keys,
    jobs,
    runner: tab.runner,
    faults,
    async crash() {
      tab.die();
      // The browser gives back the locks of a page that is gone.
      tab = begin(createPageLocks());
      job.runner = tab.runner;
      await job.runner.look();
    },
    async openTab(which) {
      const { runner } = begin(which === 'shared' ? locks : createPageLocks());
      tabs.push(runner);
      await runner.look();
      return runner;
    },
    close() {
      for (const runner of [job.runner, ...tabs]) runner.dispose();
    },
    async wish({
      id,
      thing: bare,
      session,
      of,
      minted = [],
      secret,
      values = {},
      how,
      selfUse = true,
      consented = true,
    }) {
      const fingerprint = secret === undefined ? null : await fingerprintOf(secret);
      const thing = completeThing(bare, { fingerprint, session: of?.id ?? null, minted: minted.map((one) => one.id) });
      const own = of !== undefined && of.id === session?.id;
      const means: Means = {
        session: session ? factsOf(session) : null,
        secret: secret !== undefined || of !== undefined,
        own,
        selfUse,
      };
      const connection = await rig.connection();
      const offered: readonly (Ending | Move)[] = [
        ...keys.endings(thing, means, connection),
        ...(keys.moves?.(thing, means, connection, values) ?? []),
        ...[keys.check(thing, means, connection)].filter((check) => check !== null),
      ];
      const ending = how === undefined ? offered[0] : offered.find((one) => one.id === how);
      if (!ending) throw new Error(`It is not offered: ${how ?? 'anything'}`);
      count += 1;
      return itemOf({
        id: id ?? `item-${String(count)}`,
        provider: rig.provider,
        connection,
        thing,
        means,
        ending,
        values,
        consented,
      });
    },
    async store(items, secrets = {}) {
      count += 1;
      const record = jobOf({
        id: `job-${String(count)}`,
        kind: 'revoke',
        title: 'A test',
        nowMs: hands.nowMs(),
        items,
        secrets,
      });
      await jobs.insert(record);
      return record.id;
    },
    async start(id) {
      await job.runner.send(id, { type: 'start', nowMs: hands.nowMs() });
    },
    rested: (id) => until(id, ({ items }) => items.every(({ state }) => RESTING.includes(state.is))),
    until,
    async run(items, secrets) {
      const id = await job.store(items, secrets);
      await job.start(id);
      return await job.rested(id);
    },
  };
  return job;
}

/** The one item of a job of one. */
export function onlyItem({ items }: JobRecord): Item {
  const [item] = items;
  if (!item || items.length > 1) throw new Error('It is no job of one item');
  return item;
}
