import { createMemoryStore } from '../sessions/memory-store.ts';
import type { SlotHistory } from '../sessions/slot-history.ts';
import type { LeftSignIn } from '../sessions/slot-ledger.ts';
import { createSwitchingStore, type SwitchingStore } from '../sessions/switching-store.ts';

/** What is kept about places that are limited at a vendor. */
export interface SlotStores {
  readonly signIns: SwitchingStore<LeftSignIn>;
  readonly histories: SwitchingStore<SlotHistory>;
}

export const createSlotStores = (): SlotStores => ({
  signIns: createSwitchingStore(createMemoryStore<LeftSignIn>()),
  histories: createSwitchingStore(createMemoryStore<SlotHistory>()),
});
