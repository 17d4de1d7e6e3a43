/** What becomes of the sessions when the page goes: what the first page must know before the vault's code is there. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StorageTrouble } from '../sessions/record-store.ts';

/** `undecided` and `memory`: a reload forgets. `locked`: kept, nothing is readable or sent. `vault`: kept and open. */
export type Keeping = 'undecided' | 'memory' | 'locked' | 'vault';

export interface KeepingState {
  readonly keeping: Keeping;
  /** What this browser's storage does not do; null while it does its part. */
  readonly trouble: StorageTrouble | null;
  /** What kept the memory of this tab out of a vault that another tab has opened; null where nothing does. */
  readonly outside: StorageTrouble | null;
  /** Answers that wait in memory until they can be stored. */
  readonly held: number;
  /** Records that cannot be read. */
  readonly damaged: number;
  /** Last pointer or key in any tab, on the hybrid clock; 0 where only this tab's is known. */
  readonly attendedAtMs: number;
  /** Work that must not be cut short holds the lock off until then, on the hybrid clock; null where there is none. */
  readonly heldOffUntilMs: number | null;
  /** Jobs on the incident board. */
  readonly openJobs: number;
}

export const createKeeping = (keeping: Keeping): StoreApi<KeepingState> =>
  createStore(() => ({
    keeping,
    trouble: null,
    outside: null,
    held: 0,
    damaged: 0,
    attendedAtMs: 0,
    heldOffUntilMs: null,
    openJobs: 0,
  }));

export const isForgetful = ({ keeping }: KeepingState): boolean => keeping === 'undecided' || keeping === 'memory';

/** Also the name of the choice in local storage: `memory` or `vault`. */
export const KEEPING_CHOICE = 'keyward.keeping';

/** A vault that lies here is locked, whatever else is stored. */
export async function keepingAtStart(): Promise<Keeping> {
  try {
    if ((await indexedDB.databases()).some(({ name }) => name === 'keyward')) return 'locked';
    return localStorage.getItem(KEEPING_CHOICE) === 'memory' ? 'memory' : 'undecided';
  } catch {
    // Storage is switched off for this site.
    return 'undecided';
  }
}
