/** Everything a screen needs, composed once: what `main.tsx` builds with the browser's own ports, and a test with its own. */
import { QueryClient } from '@tanstack/react-query';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createCaller } from '../http/create-caller.ts';
import type { CallRecord, Caller } from '../http/call.ts';
import type { Connection, Hello } from '../http/envelope.ts';
import { createVendorClocks, type VendorClocks } from '../http/vendor-clock.ts';
import { createHybridClock, type Clock, type Timers } from '../lib/clock.ts';
import type { Locks } from '../lib/locks.ts';
import type { RandomBytes } from '../lib/random.ts';
import type { Provider } from '../providers/contract.ts';
import { entryOf, type Registry } from '../providers/registry.ts';
import { logOutOnLeaving } from '../refresh/end-session.ts';
import type { Hands } from '../refresh/hands.ts';
import type { Surroundings } from '../refresh/plan.ts';
import { createScheduler, type Scheduler } from '../refresh/scheduler.ts';
import { viewOf, type SessionRecord, type SessionView } from '../sessions/record.ts';
import type { RecordStore } from '../sessions/record-store.ts';
import { createRepository } from '../sessions/repository.ts';
import { helloQuery } from './hello-query.ts';

const CALLS_KEPT_MAX = 200;

/** What the page can tell of itself and of the person in front of it. */
export interface PagePort {
  visible(): boolean;
  online(): boolean;
  /** Calls back whenever it is worth looking again: visibility, focus, online, offline, a page shown again. */
  onPoke(listener: () => void): () => void;
  /** Calls back on pointer and key. */
  onActivity(listener: () => void): () => void;
  /** Calls back when the page is left, in the last moment in which a request can still be started. */
  onLeaving(listener: () => void): () => void;
}

export interface Ports {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: RandomBytes;
  readonly locks: Locks;
  readonly store: RecordStore;
  readonly page: PagePort;
  readonly fetch: typeof fetch;
  readonly registry: Registry;
}

/** What the screens read and no server knows. No secret is ever in it. */
export interface ConsoleState {
  readonly sessions: readonly SessionView[];
  readonly calls: readonly CallRecord[];
  readonly nextRefreshAtMs: number | null;
  readonly online: boolean;
  /** Last pointer or key, on the hybrid clock. */
  readonly attendedAtMs: number;
}

export interface Services {
  readonly hands: Hands;
  readonly caller: Caller;
  readonly queries: QueryClient;
  readonly state: StoreApi<ConsoleState>;
  readonly scheduler: Scheduler;
  readonly registry: Registry;
  readonly clocks: VendorClocks;
  nowMs(): number;
  surroundings(): Surroundings;
  /** Stops timers and listeners. Harmless when repeated. */
  dispose(): void;
}

export function createServices(ports: Ports): Services {
  const clock = createHybridClock(ports.clock);
  const clocks = createVendorClocks();
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false } } });
  const state = createStore<ConsoleState>(() => ({
    sessions: [],
    calls: [],
    nextRefreshAtMs: null,
    online: ports.page.online(),
    attendedAtMs: clock.nowMs(),
  }));

  const caller = createCaller({
    fetch: ports.fetch,
    nowMs: () => clock.nowMs(),
    wallMs: () => ports.clock.wallMs(),
    pause: (delayMs) => pause(ports.timers, delayMs),
    online: () => ports.page.online(),
    clocks,
    onCall: (record) => {
      state.setState(({ calls }) => ({ calls: [record, ...calls].slice(0, CALLS_KEPT_MAX) }));
    },
  });
  const hello = (): Promise<Hello> => queries.fetchQuery({ ...helloQuery(caller), staleTime: 0 });
  const hands = createHands(ports, caller, queries, hello, clock.nowMs, clocks);

  const surroundings = (): Surroundings => ({
    nowMs: clock.nowMs(),
    visible: ports.page.visible(),
    attendedAtMs: state.getState().attendedAtMs,
    offsetMs: (connection) => clocks.offsetMs(connection),
  });
  const scheduler = createScheduler({
    hands,
    timers: ports.timers,
    surroundings,
    mayRun: () => ports.page.online(),
    onPlanned: (nextRefreshAtMs) => {
      if (nextRefreshAtMs !== state.getState().nextRefreshAtMs) state.setState({ nextRefreshAtMs });
    },
    onFault: (error) => {
      // The name alone: a message could quote what was being worked on.
      console.error('The refresh schedule met a fault of its own:', error instanceof Error ? error.name : 'unknown');
    },
  });
  clock.onClockEvent(() => {
    // What was measured against the old clock says nothing about the new one.
    clocks.forget();
    void scheduler.look();
  });
  const stop = listen(ports, { hands, state, scheduler, queries, nowMs: clock.nowMs });

  return {
    hands,
    caller,
    queries,
    state,
    scheduler,
    registry: ports.registry,
    clocks,
    nowMs: () => clock.nowMs(),
    surroundings,
    dispose() {
      stop();
      scheduler.dispose();
      queries.clear();
    },
  };
}

const pause = (timers: Timers, delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    timers.set(resolve, delayMs);
  });

function createHands(
  ports: Ports,
  caller: Caller,
  queries: QueryClient,
  hello: () => Promise<Hello>,
  nowMs: () => number,
  clocks: VendorClocks,
): Hands {
  const faces = new Map<string, Promise<Provider>>();
  return {
    repository: createRepository(ports.store),
    caller,
    locks: ports.locks,
    random: ports.random,
    nowMs,
    offsetMs: (connection) => clocks.offsetMs(connection),
    pause: (delayMs) => pause(ports.timers, delayMs),
    provider(id) {
      const known = faces.get(id);
      if (known) return known;
      const face = entryOf(ports.registry, id).load();
      faces.set(id, face);
      // A chunk that did not arrive is asked for again the next time.
      face.catch(() => faces.delete(id));
      return face;
    },
    async connection(id) {
      try {
        const { connections } = await queries.ensureQueryData(helloQuery(caller));
        return connections.find((connection) => connection.id === id);
      } catch {
        return undefined;
      }
    },
    async boot() {
      try {
        return (await hello()).boot;
      } catch {
        return undefined;
      }
    },
  };
}

interface Listening {
  readonly hands: Hands;
  readonly state: StoreApi<ConsoleState>;
  readonly scheduler: Scheduler;
  readonly queries: QueryClient;
  nowMs(): number;
}

function listen(ports: Ports, { hands, state, scheduler, queries, nowMs }: Listening): () => void {
  const slots = createSlotKeeper(hands, queries);
  let turn = Promise.resolve();

  /** Reads everything anew, one read after the other, so that an old answer never paints over a newer one. */
  const readSessions = (): void => {
    turn = turn.then(async () => {
      const records = await hands.repository.list();
      slots.remember(records);
      state.setState({ sessions: records.map(viewOf) });
      await scheduler.look();
    });
  };

  const stops = [
    hands.repository.onChange(readSessions),
    ports.page.onPoke(() => {
      const online = ports.page.online();
      if (online !== state.getState().online) state.setState({ online });
      void scheduler.look();
    }),
    ports.page.onActivity(() => {
      const attendedAtMs = nowMs();
      // Once a second is enough to tell a person from an empty chair.
      if (attendedAtMs - state.getState().attendedAtMs >= 1_000) state.setState({ attendedAtMs });
    }),
    ports.page.onLeaving(() => {
      slots.logOut();
    }),
  ];
  readSessions();
  return () => {
    for (const stop of stops) stop();
  };
}

/** Keeps at hand what is needed to log out, when the page is left, the sessions that hold a slot. */
function createSlotKeeper(hands: Hands, queries: QueryClient) {
  const providers = new Map<string, Provider>();
  let holding: readonly SessionRecord[] = [];

  return {
    remember(records: readonly SessionRecord[]): void {
      holding = records.filter((record) => record.holdsSlot && record.tokens && !record.ended);
      for (const { provider: id } of holding) {
        if (!providers.has(id)) void hands.provider(id).then((provider) => providers.set(id, provider));
      }
    },
    logOut(): void {
      const connections: readonly Connection[] = queries.getQueryData<Hello>(helloQuery(hands.caller).queryKey)?.connections ?? [];
      const leaving = holding.flatMap((record) => {
        const provider = providers.get(record.provider);
        const connection = connections.find(({ id }) => id === record.connection);
        return provider && connection ? [{ record, provider, connection }] : [];
      });
      logOutOnLeaving(hands, leaving);
    },
  };
}
