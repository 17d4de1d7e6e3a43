/** Everything a screen needs, composed once: what `main.tsx` builds with the browser's own ports, and a test with its own. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createCaller } from '../http/create-caller.ts';
import type { Call, CallRecord } from '../http/call.ts';
import type { Connection, Hello } from '../http/envelope.ts';
import { createVendorClocks, type VendorClocks } from '../http/vendor-clock.ts';
import { createHybridClock, type Clock, type Timers } from '../lib/clock.ts';
import { isNotFetched, later, type Later } from '../lib/later.ts';
import type { Locks } from '../lib/locks.ts';
import { randomName, type RandomBytes } from '../lib/random.ts';
import type { Provider } from '../providers/contract.ts';
import type { Registry } from '../providers/registry.ts';
import type { Hands } from '../refresh/hands.ts';
import { createLeftAlone } from '../refresh/left-alone.ts';
import type { Surroundings } from '../refresh/plan.ts';
import { createScheduler, type Scheduler } from '../refresh/scheduler.ts';
import type { JobRecord } from '../revocation/job.ts';
import type { Credential, CredentialView } from '../sessions/credential.ts';
import { createMemoryStore } from '../sessions/memory-store.ts';
import type { SessionRecord, SessionView } from '../sessions/record.ts';
import type { RecordStore } from '../sessions/record-store.ts';
import type { LeftSignIn } from '../sessions/slot-ledger.ts';
import { endingsAtOnce, inCallPlaces } from './call-places.ts';
import { createCallCount, type CountedCaller } from './count-calls.ts';
import { createHands } from './create-hands.ts';
import { createGatewayLink } from './gateway-link.ts';
import type { JobDesk } from './job-desk.ts';
import { createKeeping, type KeepingState } from './keeping.ts';
import { listen } from './listen.ts';
import type { SlotCounter, SlotCounts } from './slot-counter.ts';
import type { Leavings } from './slot-notes.ts';
import { createSlotStores, type SlotStores } from './slot-stores.ts';
import type { VaultDesk } from './vault-desk.ts';

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
  readonly sessions: RecordStore<SessionRecord>;
  readonly credentials: RecordStore<Credential>;
  /** Revocations and their evidence; in memory where left out. */
  readonly jobs?: RecordStore<JobRecord>;
  /** What is kept about limited places; memory only where left out. */
  readonly slots?: SlotStores;
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
  /** Of every connection that was heard of since the page was opened, by id: the last name, also once it is gone. */
  readonly names: ReadonlyMap<string, string>;
  /** When the first question to the gateway got no answer, on the hybrid clock; null while it answers. */
  readonly silentSinceMs: number | null;
  /** How many questions it has answered so far: one more than before means that it is there. */
  readonly gatewayAnswers: number;
  readonly sessions: readonly SessionView[];
  /** The sessions were read at least once, or cannot be: before that there being none says nothing. */
  readonly sessionsRead: boolean;
  readonly credentials: readonly CredentialView[];
  /** Sign-ins under way that take a place, and those whose answer was lost. */
  readonly leftSignIns: readonly LeftSignIn[];
  /** The vendors' faces that have been loaded, by id. */
  readonly faces: ReadonlyMap<string, Provider>;
  /** Said once to everybody at the console, newest first. */
  readonly notices: readonly Notice[];
  readonly calls: readonly CallRecord[];
  readonly nextRefreshAtMs: number | null;
  /** That one is no plain refresh: its session is uncertain, and the server and the old refresh token are tried. */
  readonly nextIsTry: boolean;
  /** Since when this browser has no network, on the hybrid clock; null while it has. */
  readonly offlineSinceMs: number | null;
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
  /** Fetched with the first job, or by whoever wants to make one. */
  readonly jobs: Later<JobDesk>;
  readonly scheduler: Scheduler;
  /** Sign-ins that take a place, from the call until it is known what became of it. */
  readonly signIns: RecordStore<LeftSignIn>;
  /** Sessions at the servers, by user; empty until the counter is there. */
  readonly slotCounts: StoreApi<SlotCounts>;
  readonly slotCounter: Later<SlotCounter>;
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
  const state = createStore<ConsoleState>(() => atStart(ports.page, nowMs()));

  const keeping = ports.keeping ?? createKeeping('memory');
  const pause = (delayMs: number): Promise<void> =>
    new Promise((resolve) => {
      ports.timers.set(resolve, delayMs);
    });

  const created = createCaller({
    fetch: ports.fetch,
    nowMs,
    wallMs: () => ports.clock.wallMs(),
    pause,
    online: () => ports.page.online(),
    clocks,
    ...(ports.timeout && { timeout: ports.timeout }),
    onCall: (record) => {
      leftAlone.heard(record);
      state.setState(({ calls }) => ({ calls: [record, ...calls].slice(0, CALLS_KEPT_MAX) }));
    },
  });
  const counted = createCallCount();
  const call: Call = (request) => created.call(request);
  const placed = inCallPlaces(call, ports.locks);
  const caller = counted(created, endingsAtOnce(placed, call));
  const link = createGatewayLink({
    caller,
    timers: ports.timers,
    visible: () => ports.page.visible(),
    onHeard(heard) {
      const { hello: before } = state.getState();
      state.setState(({ gatewayAnswers, names, silentSinceMs }) =>
        heard === 'silence'
          ? { silentSinceMs: silentSinceMs ?? nowMs() }
          : {
              hello: heard,
              names: heard === before ? names : new Map([...names, ...heard.connections.map(nameById)]),
              silentSinceMs: null,
              gatewayAnswers: gatewayAnswers + 1,
            },
      );
      if (heard === 'silence' || !before || before === heard) return;
      noticeChange(hands, before, heard);
      // A connection that is back has sessions that are due, and one that is gone has none.
      if (JSON.stringify(before.connections) !== JSON.stringify(heard.connections)) void scheduler.look();
    },
  });
  const stores = ports.slots ?? createSlotStores();
  const leavings = ports.leavings ?? { read: () => null, write: () => undefined };
  const notes = later(async () =>
    (await import('./slot-notes.ts')).createSlotNotes({
      leavings,
      signIns: stores.signIns,
      locks: ports.locks,
      hands,
      keeping,
      nowMs,
      idleMs: async (connection) => (await stores.histories.get(connection))?.idleMs ?? null,
    }),
  );
  const hands: Hands = {
    ...createHands(ports, { caller, link, state, clocks, nowMs, pause }),
    locked: () => keeping.getState().keeping === 'locked',
    async slotUnderWay(call) {
      const all = await notes.load();
      if ((await hands.provider(call.provider)).slots) await all.keeper.prepare(call.provider);
      return all.begin(call);
    },
    visitUnderWay(connection) {
      const over = notes.load().then((all) => all.wait({ connection, wait: randomName(ports.random) }));
      over.catch(reportFault);
      return () =>
        void over.then(
          (end) => end(),
          () => undefined,
        );
    },
  };
  const takeUpNotes = async (): Promise<void> => {
    // Mostly there is nothing, and then nothing is fetched.
    const isAny = leavings.read() !== null || (await stores.signIns.all()).length > 0;
    if (isAny) await (await notes.load()).takeUp();
  };
  takeUpNotes().catch(reportFault);

  const jobStore = ports.jobs ?? createMemoryStore<JobRecord>();
  const jobs = later(async () =>
    (await import('./job-desk.ts')).createJobDesk({
      // A page's last call is none of a job's: hundreds of endings wait for their places as everything does.
      hands: { ...hands, caller: counted(created, placed) },
      jobs: jobStore,
      timers: ports.timers,
      keeping,
      onFault: reportFault,
    }),
  );
  const takeUpJobs = (): void => void jobs.load().catch(reportFault);
  const stopJobs = jobStore.onChange(takeUpJobs);
  // One that was left in the vault goes on where it stood.
  jobStore.all().then((all) => {
    if (all.some(({ closedAtMs }) => closedAtMs === null)) takeUpJobs();
  }, reportFault);

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
  const mayRun = (): boolean => ports.page.online() && !hands.locked();
  // What is asked of the gateway before something is sent: where the vault was locked meanwhile, nothing is.
  const whileOpen: Hands = {
    ...hands,
    connection: async (id) => hands.connection(id).then((connection) => (mayRun() ? connection : undefined)),
    boot: async () => hands.boot().then((boot) => (mayRun() ? boot : undefined)),
  };
  const scheduler = createScheduler({
    hands,
    timers: ports.timers,
    // Loaded with the first session that is due: the first page has none.
    refresh: async ({ id, revision }) =>
      (await import('../refresh/refresh-and-look.ts')).refreshAndLook(whileOpen, id, 'schedule', revision),
    surroundings,
    mayRun,
    onPlanned: (next) => {
      const planned = { nextRefreshAtMs: next?.atMs ?? null, nextIsTry: !!next?.record.uncertain };
      const { nextRefreshAtMs, nextIsTry } = state.getState();
      if (planned.nextRefreshAtMs !== nextRefreshAtMs || planned.nextIsTry !== nextIsTry) state.setState(planned);
    },
    onFault: reportFault,
  });
  const slotCounts = createStore<SlotCounts>(() => new Map());
  const slotCounter = later(async () =>
    (await import('./slot-counter.ts')).createSlotCounter({
      hands,
      timers: ports.timers,
      counts: slotCounts,
      histories: stores.histories,
      mayCount: (connection) => ports.page.visible() && mayRun() && (leftAlone.untilMs(connection) ?? 0) <= nowMs(),
      onFault: reportFault,
    }),
  );
  const stopClock = clock.onClockEvent(() => {
    // After a sleep: whoever asked for the time is about to draw or to send something.
    ports.vault?.now()?.isOver();
    // What was measured against the old clock says nothing about the new one.
    clocks.forget();
    void scheduler.look();
  });
  const stopListening = listen({
    ...{ page: ports.page, timers: ports.timers, hands, state, keeping, scheduler, clock, notes, stores, slotCounter },
    onFault: reportFault,
  });
  const stopPokes = ports.page.onPoke(() => {
    link.poke();
    takeUpNotes().catch(reportFault);
  });

  return {
    hands,
    caller,
    state,
    keeping,
    vault: ports.vault,
    jobs,
    scheduler,
    signIns: stores.signIns,
    slotCounts,
    slotCounter,
    registry: ports.registry,
    clocks,
    nowMs,
    surroundings,
    dispose() {
      stopClock();
      stopListening();
      stopPokes();
      stopJobs();
      jobs.now()?.dispose();
      slotCounter.now()?.dispose();
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

const nameById = ({ id, name }: Connection) => [id, name] as const;

/** The name alone: a message could quote what was being worked on. */
function reportFault(error: unknown): void {
  if (isNotFetched(error)) return;
  console.error('The console met a fault of its own:', error instanceof Error ? error.name : 'unknown');
}

const atStart = (page: PagePort, attendedAtMs: number): ConsoleState => ({
  hello: null,
  names: new Map(),
  silentSinceMs: null,
  gatewayAnswers: 0,
  sessions: [],
  sessionsRead: false,
  credentials: [],
  leftSignIns: [],
  faces: new Map(),
  notices: [],
  calls: [],
  nextRefreshAtMs: null,
  nextIsTry: false,
  offlineSinceMs: page.online() ? null : attendedAtMs,
  attendedAtMs,
});
