/** Jobs in their store. Events of one job are taken in their order, as many in one write as have come together. */
import type { RecordStore } from '../sessions/record-store.ts';
import type { JobEvent } from './events.ts';
import type { JobRecord } from './job.ts';
import { step } from './step.ts';

export interface Applied {
  /** False: it did not fit, and changed nothing. */
  readonly took: boolean;
  readonly job: JobRecord;
}

export interface Journal {
  /** Null where there is no such job. Rejects with a `StorageFault` where a claim could not be written; then nothing may be sent. */
  apply(id: string, event: JobEvent): Promise<Applied | null>;
}

interface Waiting {
  readonly event: JobEvent;
  readonly resolve: (applied: Applied | null) => void;
  readonly reject: (error: unknown) => void;
}

/** What came from a vendor is held until it is stored; what only precedes a call may be refused. */
const isAnswer = ({ type }: JobEvent): boolean => type === 'read' || type === 'lost' || type === 'skip';

export function createJournal(store: RecordStore<JobRecord>): Journal {
  const queues = new Map<string, Waiting[]>();

  /** Those at the head that share one fate when the write fails. */
  function takeAlike(queue: Waiting[]): readonly Waiting[] {
    const [first] = queue;
    const end = first ? queue.findIndex(({ event }) => isAnswer(event) !== isAnswer(first.event)) : -1;
    return queue.splice(0, end < 0 ? queue.length : end);
  }

  async function drain(id: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const batch = takeAlike(queue);
      try {
        const applied = await commit(
          id,
          batch.map(({ event }) => event),
        );
        batch.forEach(({ resolve }, index) => resolve(applied?.[index] ?? null));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    queues.delete(id);
  }

  async function commit(id: string, events: readonly JobEvent[]): Promise<readonly Applied[] | null> {
    for (;;) {
      const job = await store.get(id);
      if (!job) return null;
      let next = job;
      const took = events.map((event) => {
        const before = next;
        next = step(before, event);
        return next !== before;
      });
      const written = next === job ? job : { ...next, revision: job.revision + 1 };
      // Another tab came between: what it wrote is read, and the events are judged again.
      if (written === job || (await store.replace(written, job.revision))) {
        return took.map((did) => ({ took: did, job: written }));
      }
    }
  }

  return {
    apply: (id, event) =>
      new Promise((resolve, reject) => {
        const known = queues.get(id);
        const waiting = { event, resolve, reject };
        if (known) {
          known.push(waiting);
          return;
        }
        const queue = [waiting];
        queues.set(id, queue);
        void drain(id, queue);
      }),
  };
}
