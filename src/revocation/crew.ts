import { randomName } from '../lib/random.ts';
import { StorageFault } from '../sessions/record-store.ts';
import type { Hands } from '../refresh/hands.ts';
import type { Bell } from './bell.ts';
import { dueItems } from './due.ts';
import type { JobEvent } from './events.ts';
import type { CallIntent, Item, JobRecord } from './job.ts';
import type { Journal } from './journal.ts';
import { perform, recall, workOf, type Work } from './perform.ts';
import type { CallPlaces } from './places.ts';

interface CrewPorts {
  readonly hands: Hands;
  readonly places: CallPlaces;
  onFault(error: unknown): void;
}

export interface Crew {
  size(): number;
  /** Resolves once no call is under way. */
  landed(): Promise<void>;
  /** Throws where a write failed: nothing goes on that cannot be written down. */
  check(): void;
  /** How long until a server that asked to be left alone may be called again; infinite where none did. */
  quietForMs(): number;
  /**
   * Begins what is due, and asks what became of calls that were claimed and whose owner is gone: under the job's lock,
   * whoever it was no longer works on them.
   */
  begin(job: JobRecord): void;
}

/** A gateway's life is asked for anew after this; one that ended meanwhile makes an answer that must be read again. */
const BOOT_GOOD_MS = 2_000;
const AGAIN_MS = 2_000;

/** The calls of one job that are under way here. */
export function createCrew({ hands, places, onFault }: CrewPorts, journal: Journal, id: string, bell: Bell): Crew {
  const flying = new Map<string, Promise<void>>();
  /** Steps whose session was refreshed for them, so that a second refusal counts. */
  const renewed = new Set<string>();
  const quietUntilMs = new Map<string, number>();
  let boot: { readonly id: Promise<string | undefined>; readonly atMs: number } | null = null;
  let fault: StorageFault | null = null;

  const isQuiet = ({ baseUrl }: Item): boolean => (quietUntilMs.get(new URL(baseUrl).origin) ?? 0) > hands.nowMs();

  function bootNow(): Promise<string | undefined> {
    const nowMs = hands.nowMs();
    if (!boot || nowMs - boot.atMs > BOOT_GOOD_MS) boot = { id: hands.boot(), atMs: nowMs };
    return boot.id;
  }

  async function apply(event: JobEvent): Promise<boolean> {
    return (await journal.apply(id, event))?.took ?? false;
  }

  async function fly(job: JobRecord, item: Item, step: string): Promise<void> {
    const work = await workOf(hands, job, item, step);
    if (!('step' in work)) {
      const { fault: whose, happened, sentence: words } = work;
      const trouble = { fault: whose, happened, words };
      await apply({
        type: 'trouble',
        item: item.id,
        step,
        nonce: null,
        trouble,
        waitMs: AGAIN_MS,
        nowMs: hands.nowMs(),
      });
      return;
    }
    const reason = work.step.skip?.(work.context) ?? null;
    if (reason !== null) {
      await apply({ type: 'skip', item: item.id, step, words: reason, nowMs: hands.nowMs() });
      return;
    }
    const server = new URL(item.baseUrl).origin;
    const event = await places.run(server, work.provider.limits.inFlightMax, () => callIn(work, `${item.id} ${step}`));
    if (!event) return;
    if (event.type === 'trouble' && event.trouble.fault === 'throttle') {
      quietUntilMs.set(server, Math.max(quietUntilMs.get(server) ?? 0, event.nowMs + event.waitMs));
    }
    await apply(event);
  }

  /** Within its place: written down first where it touches something. Null where the claim was refused. */
  async function callIn(work: Work, name: string): Promise<JobEvent | null> {
    const { item, step, provider } = work;
    // The server may have asked to be left alone while this one waited for its place.
    if (isQuiet(item)) return null;
    const touches = provider.operations[step.operation]?.effect !== 'read';
    const intent = touches ? await claim(work) : null;
    if (touches && !intent) return null;
    const event = await perform(work, intent, !renewed.has(name));
    // The next time that it is asked for, the new token may have grown old too.
    if (event.type !== 'renewed') renewed.delete(name);
    else if (intent) renewed.add(name);
    else return await perform(work, null, false);
    return event;
  }

  async function claim({ item, step }: Work): Promise<CallIntent | null> {
    const life = await bootNow();
    const nowMs = hands.nowMs();
    if (life === undefined) {
      boot = null;
      const trouble = {
        fault: 'network',
        happened: 'no',
        words: 'The gateway of this console does not answer.',
      } as const;
      // Without a claim there is no call to settle: it waits where it stands, until somebody looks again.
      quietUntilMs.set(new URL(item.baseUrl).origin, nowMs + AGAIN_MS);
      await apply({
        type: 'trouble',
        item: item.id,
        step: step.id,
        nonce: null,
        trouble,
        waitMs: AGAIN_MS,
        nowMs,
      });
      return null;
    }
    const intent = { nonce: randomName(hands.random), boot: life, sentAtMs: nowMs };
    const applied = await journal.apply(id, { type: 'claim', item: item.id, step: step.id, intent, nowMs });
    const state = applied?.job.items.find((one) => one.id === item.id)?.state;
    return applied?.took && state?.is === 'calling' && state.intent.nonce === intent.nonce ? intent : null;
  }

  function launch(item: string, flight: Promise<void>): void {
    const landing = flight
      .catch((error: unknown) => {
        if (error instanceof StorageFault) fault = error;
        else onFault(error);
      })
      .finally(() => {
        flying.delete(item);
        bell.ring();
      });
    flying.set(item, landing);
  }

  return {
    size: () => flying.size,
    async landed() {
      await Promise.all(flying.values());
    },
    check() {
      if (fault) throw fault;
    },
    quietForMs: () =>
      Math.min(...[...quietUntilMs.values()].map((untilMs) => untilMs - hands.nowMs()).filter((ms) => ms > 0)),
    begin(job) {
      for (const item of job.items) {
        const { state } = item;
        if (flying.has(item.id) || state.is !== 'calling') continue;
        launch(item.id, recallOne(job, item, state.step, state.intent));
      }
      for (const item of dueItems(job)) {
        const { state } = item;
        if (flying.has(item.id) || state.is !== 'ready' || isQuiet(item)) continue;
        launch(item.id, fly(job, item, state.step));
      }
    },
  };

  async function recallOne(job: JobRecord, item: Item, step: string, intent: CallIntent): Promise<void> {
    const work = await workOf(hands, job, item, step);
    const words = 'The page was left before the answer came, and what was begun can no longer be read.';
    const lost = { type: 'lost', item: item.id, step, nonce: intent.nonce, words, nowMs: hands.nowMs() } as const;
    await apply('step' in work ? await recall(work, intent) : lost);
  }
}
