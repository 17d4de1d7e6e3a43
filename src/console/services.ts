/** Everything a screen needs, composed once: what `main.tsx` builds with the browser's own ports, and a test with its own. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createCaller } from '../http/create-caller.ts';
import type { CallRecord, Caller } from '../http/call.ts';
import type { Hello } from '../http/envelope.ts';
import { createVendorClocks, type VendorClocks } from '../http/vendor-clock.ts';
import { createHybridClock, type Clock, type HybridClock, type Timers } from '../lib/clock.ts';
import type { Later } from '../lib/later.ts';
import type { Locks } from '../lib/locks.ts';
import type { RandomBytes } from '../lib/random.ts';
import type { Provider } from '../providers/contract.ts';
import { entryOf, type Registry } from '../providers/registry.ts';
import type { Hands } from '../refresh/hands.ts';
import { createLeftAlone } from '../refresh/left-alone.ts';
import type { Surroundings } from '../refresh/plan.ts';
import { createScheduler, type Scheduler } from '../refresh/scheduler.ts';
import { viewOfCredential, type Credential, type CredentialView } from '../sessions/credential.ts';
import { viewOf, type SessionRecord, type SessionView } from '../sessions/record.ts';
import { StorageFault, type RecordStore } from '../sessions/record-store.ts';
import { createRepository } from '../sessions/repository.ts';
import { inCallPlaces } from './call-places.ts';
import { countCalls, type CountedCaller } from './count-calls.ts';
import { createGatewayLink, type GatewayLink } from './gateway-link.ts';
import { createKeeping, isForgetful, type KeepingState } from './keeping.ts';
import { createSlotKeeper, type SlotKeeper } from './slot-keeper.ts';
import { createSlotNotes, type Leavings } from './slot-notes.ts';
import type { VaultDesk } from './vault-desk.ts';

const CALLS_KEPT_MAX = 200;
const NOTICES_KEPT_MAX = 5;

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
  readonly sessions: RecordStore<SessionRecord>;
  readonly credentials: RecordStore<Credential>;
  readonly page: PagePort;
  readonly fetch: typeof fetch;
  readonly registry: Registry;
  /** This console's own origin: `http://localhost:4600`. */
  readonly origin: string;
  /** What becomes of the sessions when the page goes; memory only where left out. */
  readonly keeping?: StoreApi<KeepingState>;
  /** What the page leaves to its next start; nothing where left out. */
  readonly leavings?: Leavings;
  /** Keeps sessions at rest; absent where nothing can be kept. */
  readonly vault?: Later<VaultDesk>;
  /** See `CallerPorts`. */
  readonly timeout?: (afterMs: number) => AbortSignal;
}

/** What the screens read. No secret is ever in it. */
export interface ConsoleState {
  /** What the gateway said of itself; null before its first answer. */
  readonly hello: Hello | null;
  /** The last question to the gateway got no answer. */
  readonly gatewaySilent: boolean;
  readonly sessions: readonly SessionView[];
  readonly credentials: readonly CredentialView[];
  /** The vendors' faces that have been loaded, by id. */
  readonly faces: ReadonlyMap<string, Provider>;
  /** Said once to everybody at the console, newest first. */
  readonly notices: readonly Notice[];
  readonly calls: readonly CallRecord[];
  readonly nextRefreshAtMs: number | null;
  readonly online: boolean;
  /** Last pointer or key, on the hybrid clock. */
  readonly attendedAtMs: number;
}

export interface Notice {
  readonly atMs: number;
  readonly sentence: string;
}

export interface Services {
  readonly hands: Hands;
  readonly caller: CountedCaller;
  readonly state: StoreApi<ConsoleState>;
  readonly keeping: StoreApi<KeepingState>;
  readonly vault: Later<VaultDesk> | undefined;
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
  const nowMs = (): number => clock.nowMs();
  const clocks = createVendorClocks();
  const leftAlone = createLeftAlone(nowMs);
  const state = createStore<ConsoleState>(() => atStart(ports.page.online(), nowMs()));

  const keeping = ports.keeping ?? createKeeping('memory');

  const created = createCaller({
    fetch: ports.fetch,
    nowMs,
    wallMs: () => ports.clock.wallMs(),
    pause: (delayMs) => pause(ports.timers, delayMs),
    online: () => ports.page.online(),
    clocks,
    ...(ports.timeout && { timeout: ports.timeout }),
    onCall: (record) => {
      leftAlone.heard(record);
      state.setState(({ calls }) => ({ calls: [record, ...calls].slice(0, CALLS_KEPT_MAX) }));
    },
  });
  const caller = countCalls({ ...created, call: inCallPlaces((request) => created.call(request), ports.locks) });
  const link = createGatewayLink({
    caller,
    timers: ports.timers,
    visible: () => ports.page.visible(),
    onHeard(heard) {
      const { hello: before } = state.getState();
      state.setState(heard === 'silence' ? { gatewaySilent: true } : { hello: heard, gatewaySilent: false });
      if (heard === 'silence' || !before || before === heard) return;
      noticeChange(hands, before, heard);
      // A connection that is back has sessions that are due, and one that is gone has none.
      if (JSON.stringify(before.connections) !== JSON.stringify(heard.connections)) void scheduler.look();
    },
  });
  const notes = createSlotNotes(ports.leavings ?? nothingLeft, ports.locks);
  const hands: Hands = {
    ...createHands(ports, { caller, link, state, clocks, nowMs }),
    async slotUnderWay(call) {
      await slots.prepare(call.provider);
      return notes.begin(call);
    },
  };
  const slots = createSlotKeeper(hands);
  notes.takeUp(hands).catch(reportFault);

  const surroundings = (): Surroundings => ({
    nowMs: nowMs(),
    visible: ports.page.visible(),
    attendedAtMs: Math.max(state.getState().attendedAtMs, keeping.getState().attendedAtMs),
    offsetMs: (connection) => clocks.offsetMs(connection),
    leftAloneUntilMs: (connection) => leftAlone.untilMs(connection),
    serverOf: (connection) => serverOf(state.getState().hello, connection),
    isUnmeasured: (connection) => clocks.estimate(connection) === undefined,
    // Kept sessions are those of every tab, and these locks would keep only this one's own calls apart.
    byHandOnly: keeping.getState().keeping === 'vault' && !ports.locks.acrossTabs,
  });
  const scheduler = createScheduler({
    hands,
    timers: ports.timers,
    // Loaded with the first session that is due: the first page has none.
    refresh: async ({ id, revision }) =>
      (await import('../refresh/refresh-session.ts')).refreshSession(hands, id, 'schedule', revision),
    surroundings,
    mayRun: () => ports.page.online() && keeping.getState().keeping !== 'locked',
    onPlanned: (nextRefreshAtMs) => {
      if (nextRefreshAtMs !== state.getState().nextRefreshAtMs) state.setState({ nextRefreshAtMs });
    },
    onFault: reportFault,
  });
  const stopClock = clock.onClockEvent(() => {
    // What was measured against the old clock says nothing about the new one.
    clocks.forget();
    void scheduler.look();
  });
  const stopListening = listen(ports, { hands, state, keeping, scheduler, clock, slots });
  const stopPokes = ports.page.onPoke(() => link.poke());

  return {
    hands,
    caller,
    state,
    keeping,
    vault: ports.vault,
    scheduler,
    registry: ports.registry,
    clocks,
    nowMs,
    surroundings,
    dispose() {
      stopClock();
      stopListening();
      stopPokes();
      scheduler.dispose();
      link.dispose();
    },
  };
}

/** Rare, so what it needs is fetched then. */
function noticeChange(hands: Hands, before: Hello, after: Hello): void {
  import('../refresh/after-config-change.ts')
    .then(({ afterConfigChange }) => afterConfigChange(hands, before, after))
    .catch(reportFault);
}

const serverOf = (hello: Hello | null, connection: string): string | null | undefined =>
  hello ? (hello.connections.find(({ id }) => id === connection)?.baseUrl ?? null) : undefined;

/** The name alone: a message could quote what was being worked on. */
function reportFault(error: unknown): void {
  console.error('The console met a fault of its own:', error instanceof Error ? error.name : 'unknown');
}

const atStart = (online: boolean, attendedAtMs: number): ConsoleState => ({
  hello: null,
  gatewaySilent: false,
  sessions: [],
  credentials: [],
  faces: new Map(),
  notices: [],
  calls: [],
  nextRefreshAtMs: null,
  online,
  attendedAtMs,
});

const pause = (timers: Timers, delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    timers.set(resolve, delayMs);
  });

interface Making {
  readonly caller: Caller;
  readonly link: GatewayLink;
  readonly state: StoreApi<ConsoleState>;
  readonly clocks: VendorClocks;
  nowMs(): number;
}

const nothingLeft: Leavings = { read: () => null, write: () => undefined };

function createHands(ports: Ports, { caller, link, state, clocks, nowMs }: Making): Omit<Hands, 'slotUnderWay'> {
  const orNothing = async <Value>(answer: Promise<Value>): Promise<Value | undefined> => {
    try {
      return await answer;
    } catch {
      return undefined;
    }
  };
  return {
    repository: createRepository(ports.sessions),
    credentials: ports.credentials,
    caller,
    locks: ports.locks,
    random: ports.random,
    nowMs,
    offsetMs: (connection) => clocks.offsetMs(connection),
    pause: (delayMs) => pause(ports.timers, delayMs),
    redirectUri: (connection) => `${ports.origin}/callback/${connection}`,
    provider: createFaceLoader(ports.registry, state),
    announce(sentence) {
      const notice = { atMs: nowMs(), sentence };
      state.setState(({ notices }) => ({ notices: [notice, ...notices].slice(0, NOTICES_KEPT_MAX) }));
    },
    async connection(id) {
      const hello = await orNothing(link.known());
      return hello?.connections.find((connection) => connection.id === id);
    },
    async boot() {
      return (await orNothing(link.ask()))?.boot;
    },
  };
}

/** Loads each vendor's face once; a chunk that did not arrive is asked for again the next time. */
function createFaceLoader(registry: Registry, state: StoreApi<ConsoleState>): Hands['provider'] {
  const loading = new Map<string, Promise<Provider>>();
  return (id) => {
    const known = loading.get(id);
    if (known) return known;
    const face = entryOf(registry, id).load();
    loading.set(id, face);
    face.then(
      (provider) => {
        state.setState(({ faces }) => ({ faces: new Map(faces).set(id, provider) }));
      },
      () => loading.delete(id),
    );
    return face;
  };
}

/** What was refreshed since we looked last was refreshed by a tab that runs now: its clock and ours are to agree. */
function agreeOnTime(clock: HybridClock, before: readonly SessionView[], records: readonly SessionRecord[]): void {
  const generations = new Map(before.map(({ id, generation }) => [id, generation]));
  for (const { id, generation, refreshedAtMs } of records) {
    if (generation > (generations.get(id) ?? generation)) clock.atLeast(refreshedAtMs);
  }
}

interface Listening {
  readonly hands: Hands;
  readonly state: StoreApi<ConsoleState>;
  readonly keeping: StoreApi<KeepingState>;
  readonly scheduler: Scheduler;
  readonly clock: HybridClock;
  readonly slots: SlotKeeper;
}

function listen(ports: Ports, { hands, state, keeping, scheduler, clock, slots }: Listening): () => void {
  let turn = Promise.resolve();

  /** One read after the other, so that an old answer never paints over a newer one. One that fails stops none after it. */
  const inTurn = (read: () => Promise<void>): void => {
    turn = turn.then(read).catch((error: unknown) => {
      if (error instanceof StorageFault) keeping.setState({ trouble: error.trouble });
      else reportFault(error);
    });
  };
  let readingIsDue = false;
  const readSessions = (): void => {
    // Whatever has changed until the reading begins, one reading sees it all.
    if (readingIsDue) return;
    readingIsDue = true;
    inTurn(async () => {
      readingIsDue = false;
      const records = await hands.repository.list();
      agreeOnTime(clock, state.getState().sessions, records);
      state.setState({ sessions: records.map(viewOf) });
      // Fetches what it needs; the rows come first.
      slots.remember(records);
      await scheduler.look();
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
    ports.page.onPoke(() => {
      const online = ports.page.online();
      if (online !== state.getState().online) state.setState({ online });
      void scheduler.look();
    }),
    ports.page.onActivity(() => {
      const attendedAtMs = clock.nowMs();
      // Once a second is enough to tell a person from an empty chair.
      if (attendedAtMs - state.getState().attendedAtMs >= 1_000) state.setState({ attendedAtMs });
    }),
    ports.page.onLeaving(() => {
      if (isForgetful(keeping.getState())) slots.logOut(state.getState().hello?.connections ?? []);
    }),
  ];
  readSessions();
  readCredentials();
  // Also where the first reading fails: the schedule must not depend on it.
  void scheduler.look();
  return () => {
    for (const stop of stops) stop();
  };
}
