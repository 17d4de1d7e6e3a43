/** Keeps what the screens read in step with what is stored, with the page and with the clock. */
import type { StoreApi } from 'zustand/vanilla';
import type { HybridClock, Timers } from '../lib/clock.ts';
import type { Later } from '../lib/later.ts';
import type { Hands } from '../refresh/hands.ts';
import { UNATTENDED_AFTER_MS } from '../refresh/plan.ts';
import type { Scheduler } from '../refresh/scheduler.ts';
import { viewOfCredential } from '../sessions/credential.ts';
import { newestOf, viewOf, type SessionRecord, type SessionView } from '../sessions/record.ts';
import { StorageFault } from '../sessions/record-store.ts';
import { isForgetful, type KeepingState } from './keeping.ts';
import type { ConsoleState, PagePort } from './services.ts';
import type { SlotCounter } from './slot-counter.ts';
import type { SlotNotes } from './slot-notes.ts';
import type { SlotStores } from './slot-stores.ts';

/** After a start with sessions, what is on the screen comes before what counts them. */
const COUNTS_AFTER_MS = 1_000;
const READ_AGAIN_MS = 2_000;

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
  readonly notes: Later<SlotNotes>;
  readonly stores: SlotStores;
  readonly slotCounter: Later<SlotCounter>;
  onFault(error: unknown): void;
}

/** Returns the function that stops it. */
export function listen(ports: Listening): () => void {
  const { page, timers, hands, state, keeping, scheduler, clock, notes, stores, slotCounter } = ports;
  let turn = Promise.resolve();

  const again = new Map<() => void, unknown>();
  /**
   * One read after the other, so that an old answer never paints over a newer one. One that fails stops none after it, and is
   * tried again: what it was to show would else stay as it was until the next change.
   */
  const inTurn = (whole: () => void, read: () => Promise<void>): void => {
    turn = turn.then(read).catch((error: unknown) => {
      if (!(error instanceof StorageFault)) {
        ports.onFault(error);
        return;
      }
      keeping.setState({ trouble: error.trouble });
      timers.clear(again.get(whole));
      // Any other trouble stays until the page is loaded anew.
      if (error.trouble === 'lost') again.set(whole, timers.set(whole, READ_AGAIN_MS));
    });
  };
  let firstCount: unknown = null;
  let readingIsDue = false;
  const readSessions = (): void => {
    // Whatever has changed until the reading begins, one reading sees it all.
    if (readingIsDue) return;
    readingIsDue = true;
    inTurn(readSessions, async () => {
      readingIsDue = false;
      const isFirst = !state.getState().sessionsRead;
      const show = (views: readonly SessionView[]): void =>
        state.setState({ sessions: newestOf(views, hands.repository.held()), sessionsRead: true });
      const records = await hands.repository.list().catch((error: unknown) => {
        // What is held in memory is newer than what was read before.
        show(state.getState().sessions);
        throw error;
      });
      agreeOnTime(clock, state.getState().sessions, records);
      show(records.map(viewOf));
      const holds = records.some((record) => record.holdsSlot && !record.ended);
      // The rows come first. Kept sessions are not logged out when the page is left.
      if (notes.now() ?? (holds && isForgetful(keeping.getState()))) {
        // What does not arrive is asked for again with the next change.
        void notes.load().then(
          ({ keeper }) => keeper.remember(records),
          () => undefined,
        );
      }
      if (slotCounter.now() ?? holds) {
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
    inTurn(readSignIns, async () => {
      state.setState({ leftSignIns: await stores.signIns.all() });
    });
  };
  const readCredentials = (): void => {
    inTurn(readCredentials, async () => {
      state.setState({ credentials: (await hands.credentials.all()).map(viewOfCredential) });
    });
  };

  const stops = [
    hands.repository.onChange(readSessions),
    hands.credentials.onChange(readCredentials),
    stores.signIns.onChange(readSignIns),
    page.onPoke(() => {
      slotCounter.now()?.look();
      state.setState(({ offlineSinceMs }) => ({
        offlineSinceMs: page.online() ? null : (offlineSinceMs ?? clock.nowMs()),
      }));
      void scheduler.look();
    }),
    page.onActivity(() => {
      const attendedAtMs = clock.nowMs();
      const awayMs = attendedAtMs - state.getState().attendedAtMs;
      // Once a second is enough to tell a person from an empty chair.
      if (awayMs >= 1_000) state.setState({ attendedAtMs });
      // What was left to lapse meanwhile is due now.
      if (awayMs >= UNATTENDED_AFTER_MS) void scheduler.look();
    }),
    page.onLeaving(() => {
      notes.now()?.keeper.logOut(state.getState().hello);
    }),
  ];
  readSessions();
  readCredentials();
  readSignIns();
  // Also where the first reading fails: the schedule must not depend on it.
  void scheduler.look();
  return () => {
    for (const handle of [firstCount, ...again.values()]) timers.clear(handle);
    for (const stop of stops) stop();
  };
}
