/**
 * The console as `main.tsx` builds it, in a document without a browser: the real services, the real gateway and the real
 * stand-ins on loopback. Only time, locks and the page's visibility are the test's own.
 */
import { act, render, type RenderResult } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { MemoryRouter, useLocation } from 'react-router';
import { createGateway } from '../gateway/app.ts';
import { fixedConnections } from '../gateway/config.ts';
import type { Limits } from '../gateway/limits.ts';
import { listen } from '../gateway/listen.ts';
import { vendors } from '../gateway/vendors.ts';
import { createKeeping } from '../src/console/keeping.ts';
import { createServices, type PagePort, type Services } from '../src/console/services.ts';
import { ServicesProvider } from '../src/console/use-services.ts';
import { createSlotStores } from '../src/console/slot-stores.ts';
import { createVaultDesk } from '../src/console/vault-desk.ts';
import { later } from '../src/lib/later.ts';
import { createPageLocks } from '../src/lib/locks.ts';
import { systemRandom } from '../src/lib/random.ts';
import type { FormValues } from '../src/providers/sign-in-way.ts';
import { registry } from '../src/providers/registry.ts';
import { signIn, type FormAttempt } from '../src/refresh/sign-in.ts';
import type { JobRecord } from '../src/revocation/job.ts';
import type { Credential } from '../src/sessions/credential.ts';
import { createMemoryStore } from '../src/sessions/memory-store.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import { createSwitchingStore } from '../src/sessions/switching-store.ts';
import { LiveRegion } from '../src/ui/live-region.tsx';
import { Notices } from '../src/ui/notices.tsx';
import { ShortcutsProvider } from '../src/ui/use-shortcuts.ts';
import { TimeProvider } from '../src/ui/use-time.ts';
import type { ConnectionEntry } from '../stand-ins/stand-in.ts';
import { beside, startStandInSet, type Controls, type StandInId } from './stand-in-set.ts';
import { createTestTime, type TestTime } from './test-time.ts';
import type { TestTab } from './test-vault.ts';

// vitest wraps Request for jsdom, and the wrapper loses method and headers of a request that is made from another one.
const nodeRequest: unknown = Object.getPrototypeOf(Request);
if (nodeRequest !== Function.prototype) Object.assign(globalThis, { Request: nodeRequest });

/** What a test may do to the page around the console. */
export interface TestPage {
  visible: boolean;
  online: boolean;
  /** Tells the console that something of the above changed, or that somebody came back. */
  poke(): void;
  /** Pointer or key. */
  act(): void;
  /** The page is left. */
  leave(): void;
}

/** As an operator may have written it, with settings that fit or not. */
interface WrittenEntry extends Omit<ConnectionEntry, 'settings'> {
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Each vendor's server by its id; one that was not started throws where it is asked for. */
export interface ConsoleHarness extends Controls {
  readonly services: Services;
  readonly time: TestTime;
  readonly page: TestPage;
  /** Connection ids. */
  readonly connections: Readonly<Record<StandInId, string>>;
  /** The operator changes the file; gets the list that stood there at the start. */
  operatorLists(change: (atStart: readonly WrittenEntry[]) => readonly WrittenEntry[]): Promise<void>;
  /** What the operator's file named for that connection at the start. */
  baseUrlOf(connection: string): string;
  /** Where the page comes from, and so the vendors' servers send the browser back to. */
  readonly origin: string;
  /** Signs in without a screen; throws where that fails. */
  open(
    connection: string,
    way: string,
    values: FormValues,
    more?: Partial<Pick<FormAttempt, 'target' | 'keep' | 'credential'>>,
  ): Promise<SessionRecord>;
  /** Stores a session as it is, without a server. */
  put(record: SessionRecord): Promise<void>;
  /** Lets time pass for the console, and lets the page see it. The servers' clocks are moved by their controls. */
  pass(durationMs: number): Promise<void>;
  /** The gateway goes away; every later call meets a closed port. */
  stopGateway(): Promise<void>;
  draw(screen: ReactNode, at?: string): RenderResult;
  /** Where a link or a form has led: path and query. */
  whereNow(): string;
  close(): Promise<void>;
}

export interface HarnessOptions {
  /** The vendors whose servers are started; two that differ in everything where left out. */
  readonly vendors?: readonly StandInId[];
  /** Fields of the operator's file that differ, by provider: settings, `allowInsecure`. */
  readonly settings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly demo?: boolean;
  /** The whole list of connections, made from the one that the stand-ins bring: another base URL, a second connection. */
  readonly entries?: (own: readonly ConnectionEntry[]) => readonly ConnectionEntry[];
  /** Bounds of the gateway, so that a test need not wait for half a minute. */
  readonly limits?: Partial<Limits>;
  /** A browser that sessions can be kept in; memory only where left out. */
  readonly keepsIn?: TestTab;
  /** Puts something between page and gateway. Takes the gateway's origin, gives the one that the page is to use. */
  readonly through?: (gateway: string) => Promise<string>;
}

export async function startConsole(options: HarnessOptions = {}): Promise<ConsoleHarness> {
  const {
    settings = {},
    demo = true,
    entries: change = (own: readonly ConnectionEntry[]) => own,
    limits,
    through,
    keepsIn,
    vendors: wanted = ['ocp', 'primatime'],
  } = options;
  const time = createTestTime();
  const standIns = await startStandInSet(wanted);
  const entries = change(standIns.connections).map((entry) => ({
    ...entry,
    settings: { ...entry.settings, ...settings[entry.provider] },
  }));
  const fileOf = (list: readonly unknown[]) => fixedConnections(list, { vendors, env: standIns.env });
  let file = fileOf(entries);
  const gateway = createGateway({
    vendors,
    connections: { current: () => file.current() },
    // One machine has one clock: the page tells by it whose answer a stamp belongs to.
    clock: time.clock,
    random: systemRandom,
    demo,
    log: () => undefined,
    ...(limits && { limits }),
  });
  const listening = await listen(gateway.handler, 0);
  const gatewayOrigin = `http://localhost:${listening.port}`;
  const origin = through ? await through(gatewayOrigin) : gatewayOrigin;
  standIns.callBackTo(origin);
  const { page, port } = createTestPage();
  const services: Services = createServices({
    clock: time.clock,
    timers: time.timers,
    random: systemRandom,
    locks: createPageLocks(),
    ...createStores({ time, port }, keepsIn, () => services.caller.underWay()),
    origin,
    page: port,
    fetch: fetchAsPageOf(origin),
    registry,
  });
  let place = '';
  function Place(): null {
    const { pathname, search, hash } = useLocation();
    place = pathname + search + hash;
    return null;
  }

  const own = {
    services,
    time,
    page,
    connections: connectionIds,
    async operatorLists(change) {
      file = fileOf(change(entries));
      // The question that every spending call asks first, and the page every few seconds.
      await act(() => services.hands.boot());
    },
    baseUrlOf: (connection) => entries.find(({ id }) => id === connection)?.baseUrl ?? '',
    origin,
    async open(connectionId, wayId, values, more = {}) {
      const connection = await services.hands.connection(connectionId);
      if (!connection) throw new Error(`The gateway knows no connection ${connectionId}`);
      const provider = await services.hands.provider(connection.provider);
      const way = provider.signIn.find(({ id }) => id === wayId);
      if (way?.kind !== 'form') throw new Error(`${provider.id} has no form called ${wayId}`);
      const attempt = { provider, connection, way, values, keep: false, ...more };
      const signed = await act(() => signIn(services.hands, attempt));
      if (!signed.ok) throw new Error(`${signed.failure.code}: ${signed.failure.sentence}`);
      return signed.value.record;
    },
    async put(record) {
      await act(() => services.hands.repository.put(record));
    },
    async pass(durationMs) {
      await act(async () => {
        time.pass(durationMs);
        // The ticker reads the clock when the page is looked at; its own timer runs on the machine's time.
        document.dispatchEvent(new Event('visibilitychange'));
        await services.scheduler.look();
      });
    },
    stopGateway: () => listening.close(true),
    draw: (screen, at = '/') =>
      render(
        <StrictMode>
          <ServicesProvider value={services}>
            <TimeProvider nowMs={services.nowMs}>
              <LiveRegion>
                <Notices>
                  <ShortcutsProvider>
                    <MemoryRouter initialEntries={[at]}>
                      {screen}
                      <Place />
                    </MemoryRouter>
                  </ShortcutsProvider>
                </Notices>
              </LiveRegion>
            </TimeProvider>
          </ServicesProvider>
        </StrictMode>,
      ),
    whereNow: () => place,
    async close() {
      services.dispose();
      await listening.close(true);
      gateway.close();
      await standIns.close();
    },
  } satisfies Omit<ConsoleHarness, StandInId>;
  return beside(own, standIns.controls);
}

/** Every stand-in brings one connection, named so. */
const connectionIds = Object.fromEntries(registry.map(({ id }) => [id, `${id}-demo`])) as Record<StandInId, string>; // one of each id

/** As `main.tsx` builds them. */
function createStores(
  { time, port }: { readonly time: TestTime; readonly port: PagePort },
  tab: TestTab | undefined,
  callsUnderWay: () => number,
) {
  const sessions = createSwitchingStore(createMemoryStore<SessionRecord>());
  const credentials = createSwitchingStore(createMemoryStore<Credential>());
  const jobs = createSwitchingStore(createMemoryStore<JobRecord>());
  const slots = createSlotStores();
  const stores = { sessions, credentials, jobs, slots };
  if (!tab) return stores;
  const keeping = createKeeping('undecided');
  const shared = { ...time, ...stores, keeping };
  const vault = later(() =>
    Promise.resolve(
      createVaultDesk({ ...shared, browser: tab.browser, random: systemRandom, page: port, callsUnderWay }),
    ),
  );
  return { ...stores, keeping, vault };
}

/** The gateway refuses what no page of its own origin can have sent, so the request says what a browser would say. */
export const fetchAsPageOf =
  (origin: string): typeof fetch =>
  (input, init = {}) => {
    if (typeof input !== 'string') throw new TypeError('The console fetches by address');
    return fetch(new URL(input, origin), { ...init, headers: { ...headersOf(init), origin } });
  };

const headersOf = ({ headers }: RequestInit): Record<string, string> => Object.fromEntries(new Headers(headers));

export function createTestPage(): { readonly page: TestPage; readonly port: PagePort } {
  const listeners = { poke: new Set<() => void>(), activity: new Set<() => void>(), leaving: new Set<() => void>() };
  const on = (set: Set<() => void>) => (listener: () => void) => {
    set.add(listener);
    return () => void set.delete(listener);
  };
  const tell = (set: Set<() => void>): void => act(() => set.forEach((listener) => listener()));
  const page: TestPage = {
    visible: true,
    online: true,
    poke: () => tell(listeners.poke),
    act: () => tell(listeners.activity),
    leave: () => tell(listeners.leaving),
  };
  const port: PagePort = {
    visible: () => page.visible,
    online: () => page.online,
    onPoke: on(listeners.poke),
    onActivity: on(listeners.activity),
    onLeaving: on(listeners.leaving),
  };
  return { page, port };
}
