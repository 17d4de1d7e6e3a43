/** Keeps what the screens read in step with what is stored, with the page and with the clock. */
import type { StoreApi } from 'zustand/vanilla';
import type { HybridClock, Timers } from '../lib/clock.ts';
import type { Later } from '../lib/later.ts';
import type { Hands } from '../refresh/hands.ts';
import type { Scheduler } from '../refresh/scheduler.ts';
import { viewOfCredential } from '../sessions/credential.ts';
import { viewsOf, type SessionRecord, type SessionView } from '../sessions/record.ts';
import { StorageFault } from '../sessions/record-store.ts';
import { isForgetful, type KeepingState } from './keeping.ts';
import type { ConsoleState, PagePort } from './services.ts';
import type { SlotCounter } from './slot-counter.ts';
import type { SlotKeeper } from './slot-keeper.ts';
import type { SlotStores } from './slot-stores.ts';

/** After a start with sessions, what is on the screen comes before what counts them. */
const COUNTS_AFTER_MS = 1_000;

/** What was refreshed since we looked last was refreshed by a tab that runs now: its clock and ours are to agree. */
function agreeOnTime(clock: HybridClock, before: readonly SessionView[], records: readonly SessionRecord[]): void {
  const generations = new Map(before.map(({ id, generation }) => [id, generation]));
  for (const { id, generation, refreshedAtMs } of records) {
    if (generation > (generations.get(id) ?? generation)) clock.atLeast(refreshedAtMs);
  }
}

export interface Listening {
  readonly page: PagePort;
  readonly timers: Timers;
  readonly hands: Hands;
  readonly state: StoreApi<ConsoleState>;
  readonly keeping: StoreApi<KeepingState>;
  readonly scheduler: Scheduler;
  readonly clock: HybridClock;
  readonly slots: SlotKeeper;
  readonly stores: SlotStores;
  readonly slotCounter: Later<SlotCounter>;
  onFault(error: unknown): void;
}

/** Returns the function that stops it. */
export function listen(ports: Listening): () => void {
  const { page, timers, hands, state, keeping, scheduler, clock, slots, stores, slotCounter } = ports;
  let turn = Promise.resolve();

  /** One read after the other, so that an old answer never paints over a newer one. One that fails stops none after it. */
  const inTurn = (read: () => Promise<void>): void => {
    turn = turn.then(read).catch((error: unknown) => {
      if (error instanceof StorageFault) keeping.setState({ trouble: error.trouble });
      else ports.onFault(error);
    });
  };
  let firstCount: unknown = null;
  let readingIsDue = false;
  const readSessions = (): void => {
    // Whatever has changed until the reading begins, one reading sees it all.
    if (readingIsDue) return;
    readingIsDue = true;
    inTurn(async () => {
      readingIsDue = false;
      const isFirst = !state.getState().sessionsRead;
      const records = await hands.repository.list().catch((error: unknown) => {
        state.setState({ sessionsRead: true });
        throw error;
      });
      agreeOnTime(clock, state.getState().sessions, records);
      state.setState({ sessions: viewsOf(records, hands.repository.held()), sessionsRead: true });
      // Fetches what it needs; the rows come first. Kept sessions are not logged out when the page is left.
      if (isForgetful(keeping.getState())) slots.remember(records);
      if (slotCounter.now() ?? records.some((record) => record.holdsSlot && !record.ended)) {
        if (isFirst) firstCount = timers.set(countSlots, COUNTS_AFTER_MS);
        else countSlots();
      }
      await scheduler.look();
    });
  };
  // What does not arrive is asked for again with the next change.
  const countSlots = (): void =>
    void slotCounter.load().then(
      (counter) => counter.look(),
      () => undefined,
    );
  const readSignIns = (): void => {
    inTurn(async () => {
      state.setState({ leftSignIns: await stores.signIns.all() });
    });
  };
  const readCredentials = (): void => {
    inTurn(async () => {
      state.setState({ credentials: (await hands.credentials.all()).map(viewOfCredential) });
    });
  };

  const stops = [
    hands.repository.onChange(readSessions),
    hands.credentials.onChange(readCredentials),
    stores.signIns.onChange(readSignIns),
    page.onPoke(() => {
      slotCounter.now()?.look();
      const online = page.online();
      if (online !== state.getState().online) state.setState({ online });
      void scheduler.look();
    }),
    page.onActivity(() => {
      const attendedAtMs = clock.nowMs();
      // Once a second is enough to tell a person from an empty chair.
      if (attendedAtMs - state.getState().attendedAtMs >= 1_000) state.setState({ attendedAtMs });
    }),
    page.onLeaving(() => {
      if (isForgetful(keeping.getState())) slots.logOut(state.getState().hello?.connections ?? []);
    }),
  ];
  readSessions();
  readCredentials();
  readSignIns();
  // Also where the first reading fails: the schedule must not depend on it.
  void scheduler.look();
  return () => {
    timers.clear(firstCount);
    for (const stop of stops) stop();
  };
}
