/** Tabs, a computer, a gateway and vendors' servers in one place, on one time, from one seed. */
import { sessionRecord } from '../session-record.ts';
import { sampleReply } from '../../src/http/sample-reply.ts';
import { endsAtMs } from '../../src/lib/time.ts';
import { momentOf, type Moment } from '../../src/features/sessions/moment.ts';
import type { Provider } from '../../src/providers/contract.ts';
import { registry } from '../../src/providers/registry.ts';
import type { Tokens } from '../../src/providers/tokens.ts';
// Fetched by the console when it is first needed; here they are to be there at once, so that a run is the same every time.
import '../../src/refresh/end-session.ts';
import '../../src/providers/ocp/server-sessions.ts';
import '../../src/console/slot-notes.ts';
import '../../src/console/slot-counter.ts';
import '../../src/console/take-up-notes.ts';
import '../../src/refresh/after-config-change.ts';
import '../../src/refresh/call-as.ts';
import '../../src/refresh/send-log-out.ts';
import '../../src/refresh/refresh-and-look.ts';
import type { Credential } from '../../src/sessions/credential.ts';
import { viewOf, type SessionRecord } from '../../src/sessions/record.ts';
import { createChance, type Chance } from './chance.ts';
import { createComputer, type Computer } from './computer.ts';
import { createSharedStorage, type SharedStorage } from './shared-storage.ts';
import { createSimulatedGateway, type SimulatedGateway } from './simulated-gateway.ts';
import { openTab, type Browser, type Tab } from './tab.ts';
import { createTokenServer, type ServerPolicy } from './token-server.ts';
import { createVendorNetwork, type VendorNetwork } from './vendor-network.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';
import { createSimulatedLocks, type SimulatedLocks } from './web-locks.ts';
import { wires } from './wires.ts';

export interface World {
  readonly time: VirtualTime;
  readonly computer: Computer;
  readonly chance: Chance;
  readonly sessions: SharedStorage<SessionRecord>;
  readonly credentials: SharedStorage<Credential>;
  readonly locks: SimulatedLocks;
  readonly gateway: SimulatedGateway;
  readonly network: VendorNetwork;
  readonly browser: Browser;
  /** Those that are open, in the order of their opening. */
  readonly tabs: readonly Tab[];
  /** Sessions that a person had refreshed, by hand or by a call. */
  readonly askedByHand: Set<string>;
  openTab(): Promise<Tab>;
  /** A session as a sign-in would have left it; gives its id. */
  openSession(vendor: string, differs?: Partial<SessionRecord>): string;
  record(id: string): SessionRecord;
  /** What a row of that tab's table says of the session now. */
  moment(id: string, tab?: Tab): Moment;
  pass(ms: number): Promise<void>;
  /** Until that holds after an event; throws where it does not come to hold within that time. */
  until(holds: () => boolean, mostMs?: number): Promise<void>;
}

export interface WorldOptions {
  readonly seed?: number;
  readonly tabs?: number;
  readonly policy?: Readonly<Record<string, Partial<ServerPolicy>>>;
  readonly hasWebLocks?: boolean;
}

const START_MS = Date.UTC(2026, 0, 5, 9);

const faces = new Map<string, Provider>(
  await Promise.all(registry.map(async (entry) => [entry.id, await entry.load()] as const)),
);
const loaded = registry.map((entry) => ({ ...entry, load: () => Promise.resolve(faceOf(entry.id)) }));

export function faceOf(vendor: string): Provider {
  const face = faces.get(vendor);
  if (!face) throw new Error(`No provider is registered under this id: ${vendor}`);
  return face;
}

export async function createWorld({ seed = 1, tabs: count = 1, policy = {}, hasWebLocks = true }: WorldOptions = {}) {
  const time = createVirtualTime(START_MS);
  const chance = createChance(seed);
  const computer = createComputer(time);
  const made = wires.map((wire) => [wire, createTokenServer(time, chance, policy[wire.vendor])] as const);
  const network = createVendorNetwork(time, computer, chance, made);
  const connections = wires.map(({ connection }) => connection);
  const gateway = createSimulatedGateway({ computer, chance, connections, send: network.send });
  const shared = { time, computer, chance, gateway, registry: loaded };
  const sessions = createSharedStorage<SessionRecord>(chance);
  const credentials = createSharedStorage<Credential>(chance);
  const locks = createSimulatedLocks(computer, chance);
  const browser: Browser = { ...shared, sessions, credentials, locks, hasWebLocks, keptAs: 'vault', online: true };
  const opened: Tab[] = [];

  const world: World = {
    time,
    computer,
    chance,
    sessions,
    credentials,
    locks,
    gateway,
    network,
    browser,
    askedByHand: new Set(),
    get tabs() {
      return opened.filter(({ errand }) => errand.alive);
    },
    async openTab() {
      const tab = openTab(browser);
      opened.push(tab);
      await time.runUntil(time.nowMs + 20);
      return tab;
    },
    openSession: (vendor, differs) => openSession(world, vendor, differs),
    record(id) {
      const record = sessions.records.get(id);
      if (!record) throw new Error(`There is no session of this id: ${id}`);
      return record;
    },
    moment(id, tab) {
      const [first] = world.tabs;
      const where = tab ?? first;
      if (!where) throw new Error('No tab is open');
      return momentOf(viewOf(world.record(id)), where.services.surroundings());
    },
    pass: (ms) => time.runUntil(time.nowMs + ms),
    async until(holds, mostMs = 600_000) {
      if (holds()) return;
      await time.runUntil(time.nowMs + mostMs, holds);
      if (!holds()) throw new Error(`Not within ${mostMs} ms`);
    },
  };
  gateway.start();
  for (let each = 0; each < count; each += 1) await world.openTab();
  return world;
}

function openSession(world: World, vendor: string, differs: Partial<SessionRecord> = {}): string {
  const { wire, tokens: server } = world.network.server(vendor);
  const face = faceOf(vendor);
  const { refresh } = face.sessionFace(wire.way);
  const pair = server.open('alice');
  if (!refresh || pair === 'limit') throw new Error(`A session of ${vendor} cannot be opened`);
  const nowMs = world.computer.clock.wallMs();
  const { status, body } = wire.pair(pair, server);
  const reply = { ...sampleReply(status, JSON.parse(body)), startedAtMs: nowMs };
  const before: Tokens = {
    accessToken: '',
    accessExpiry: { kind: 'unknown' },
    companions: { segment: 'perforce-alm', project: 'demo' },
    facts: [],
  };
  const read = refresh.read(reply, before, { ...wire.connection, forwardsClientAddress: false, secretsSet: [] });
  if (!read.ok) throw new Error(`The pair cannot be read: ${read.failure.sentence}`);
  const endMs = endsAtMs(read.value.accessExpiry, server.policy.clockAheadMs);
  const id = `session-${world.sessions.records.size + 1}`;
  world.sessions.putBack(
    sessionRecord({
      id,
      connection: wire.connection.id,
      provider: vendor,
      baseUrl: wire.connection.baseUrl,
      lineage: { way: wire.way, label: wire.way, credential: `credential-${id}`, kept: false },
      tokens: read.value,
      holdsSlot: face.slots !== null,
      firstLifeMs: endMs === undefined ? null : endMs - nowMs,
      openedAtMs: nowMs,
      refreshedAtMs: nowMs,
      ...differs,
    }),
  );
  return id;
}
