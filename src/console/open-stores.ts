/** The sealed stores of an open vault, and what this tab has not finished in them. */
import type { StoreApi } from 'zustand/vanilla';
import type { Timers } from '../lib/clock.ts';
import type { RandomBytes } from '../lib/random.ts';
import { jobKind } from '../revocation/job-kind.ts';
import type { JobRecord } from '../revocation/job.ts';
import type { Credential } from '../sessions/credential.ts';
import { createMemoryStore } from '../sessions/memory-store.ts';
import type { SessionRecord } from '../sessions/record.ts';
import type { SwitchingStore } from '../sessions/switching-store.ts';
import type { VaultBrowser } from '../vault/browser.ts';
import type { VaultKeys } from '../vault/keys.ts';
import { credentialKind, historyKind, sessionKind, signInKind } from '../vault/kinds.ts';
import type { Sealable } from '../vault/record-cipher.ts';
import type { Reopening } from '../vault/reopening.ts';
import { createSealedStore, readWritten, type Kind, type SealedStore } from '../vault/sealed-store.ts';
import type { KeepingState } from './keeping.ts';
import type { SlotStores } from './slot-stores.ts';

export interface StoresPorts {
  readonly browser: VaultBrowser;
  readonly connection: Reopening;
  readonly keeping: StoreApi<KeepingState>;
  readonly timers: Timers;
  readonly random: RandomBytes;
  readonly sessions: SwitchingStore<SessionRecord>;
  readonly credentials: SwitchingStore<Credential>;
  readonly jobs: SwitchingStore<JobRecord>;
  readonly slots: SlotStores;
}

export interface OpenStores {
  /** True while a write, or a refresh that this tab began, is not settled. */
  unsettled(): Promise<boolean>;
  /** Deletes the records that cannot be read. */
  forgetDamaged(): Promise<void>;
}

/** What was kept in memory moves in. Rejects with a `StorageFault`, and then all is as before. */
export async function openStores(ports: StoresPorts, keys: VaultKeys): Promise<OpenStores> {
  const damaged = new Map<string, readonly string[]>();
  const sealed = sealing(ports, keys, damaged);
  const { store: sessions, unsettled } = watchOwn(sealed(sessionKind));
  const moves = [
    moving(historyKind, ports.slots.histories, sealed(historyKind)),
    moving(signInKind, ports.slots.signIns, sealed(signInKind)),
    moving(credentialKind, ports.credentials, sealed(credentialKind)),
    // What a job asks as comes before the job.
    moving(sessionKind, ports.sessions, sessions),
    moving(jobKind, ports.jobs, sealed(jobKind)),
  ];
  try {
    // First: what goes in and comes back was in sight of the other tabs meanwhile, and one may have refreshed it.
    if ((await ports.sessions.all()).length > 0) await sessions.ready?.();
    await moveAll(moves);
  } catch (error) {
    for (const { dispose } of moves) dispose();
    throw error;
  }
  return {
    unsettled,
    async forgetDamaged() {
      for (const { forget } of moves) await forget(damaged);
    },
  };
}

interface Moving {
  there(): Promise<void>;
  /** Back into memory, where it came from. */
  back(): Promise<void>;
  /** Deletes those that cannot be read, and reads the rest anew. */
  forget(damaged: ReadonlyMap<string, readonly string[]>): Promise<void>;
  dispose(): void;
}

const moving = <Stored extends Sealable>(
  { table }: Kind<Stored>,
  from: SwitchingStore<Stored>,
  to: SealedStore<Stored>,
): Moving => ({
  there: () => from.moveTo(to),
  back() {
    const memory = createMemoryStore<Stored>();
    return from.moveTo({ ...memory, admit: (record) => memory.insert(record) });
  },
  async forget(damaged) {
    for (const id of damaged.get(table) ?? []) await to.delete(id);
    await to.all();
  },
  dispose: () => to.dispose(),
});

/** All of them, or none: where one does not go, those before it go back. */
async function moveAll(moves: readonly Moving[]): Promise<void> {
  for (const [index, { there }] of moves.entries()) {
    try {
      await there();
    } catch (error) {
      for (const { back } of moves.slice(0, index).toReversed()) await back();
      throw error;
    }
  }
}

const sealing = (
  { browser, connection, keeping, random, timers }: StoresPorts,
  keys: VaultKeys,
  damaged: Map<string, readonly string[]>,
) => {
  let stopWarning: (() => void) | null = null;
  return <Stored extends Sealable>(kind: Kind<Stored>): SealedStore<Stored> =>
    createSealedStore(
      {
        connection,
        keys,
        random,
        channel: browser.channel(`keyward.${kind.table}`, readWritten),
        pause: (delayMs) => new Promise((resolve) => timers.set(() => resolve(), delayMs)),
        onWrite(trouble) {
          if (trouble !== keeping.getState().trouble) keeping.setState({ trouble });
        },
        onHeld(change) {
          const held = keeping.getState().held + change;
          keeping.setState({ held });
          if (held > 0) stopWarning ??= browser.warnOnLeaving();
          else {
            stopWarning?.();
            stopWarning = null;
          }
        },
        onDamaged(ids) {
          // What could be read is not lost.
          if (keeping.getState().trouble === 'lost') keeping.setState({ trouble: null });
          damaged.set(kind.table, ids);
          const count = [...damaged.values()].flat().length;
          if (count !== keeping.getState().damaged) keeping.setState({ damaged: count });
        },
      },
      kind,
    );
};

/** Keeps an eye on the writes of this tab and on the intents that it opened. */
function watchOwn(store: SealedStore<SessionRecord>) {
  const intents = new Map<string, string>();
  let writing = 0;

  const watched =
    <Rest extends readonly unknown[]>(write: (record: SessionRecord, ...rest: Rest) => Promise<boolean>) =>
    async (record: SessionRecord, ...rest: Rest): Promise<boolean> => {
      writing += 1;
      try {
        const went = await write(record, ...rest);
        if (went && record.intent) intents.set(record.id, record.intent.nonce);
        else if (went) intents.delete(record.id);
        return went;
      } finally {
        writing -= 1;
      }
    };

  return {
    store: { ...store, insert: watched(store.insert), replace: watched(store.replace) },
    async unsettled(): Promise<boolean> {
      for (const [id, nonce] of intents) {
        // Another tab may have settled it.
        if ((await store.get(id))?.intent?.nonce !== nonce) intents.delete(id);
      }
      return writing > 0 || intents.size > 0;
    },
  };
}
