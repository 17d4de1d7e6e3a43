/**
 * The console as `main.tsx` builds it, in a document without a browser: the real services, the real gateway and the real
 * stand-ins on loopback. Only time, locks and the page's visibility are the test's own.
 */
import { QueryClientProvider } from '@tanstack/react-query';
import { act, configure, render, type RenderResult } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { MemoryRouter, useLocation } from 'react-router';
import { createGateway } from '../gateway/app.ts';
import { fixedConnections } from '../gateway/config.ts';
import type { Limits } from '../gateway/limits.ts';
import { listen } from '../gateway/listen.ts';
import { vendors } from '../gateway/vendors.ts';
import { createServices, type PagePort, type Services } from '../src/console/services.ts';
import { ServicesProvider } from '../src/console/use-services.ts';
import { createPageLocks } from '../src/lib/locks.ts';
import { systemRandom } from '../src/lib/random.ts';
import type { FormValues } from '../src/providers/contract.ts';
import { registry } from '../src/providers/registry.ts';
import { signIn } from '../src/refresh/sign-in.ts';
import { createMemoryStore } from '../src/sessions/memory-store.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import { LiveRegion } from '../src/ui/live-region.tsx';
import { Notices } from '../src/ui/notices.tsx';
import { ShortcutsProvider } from '../src/ui/use-shortcuts.ts';
import { TimeProvider } from '../src/ui/use-time.ts';
import { standIn as ocpStandIn } from '../stand-ins/ocp/server.ts';
import { standIn as primatimeStandIn } from '../stand-ins/primatime/server.ts';
import type { ConnectionEntry } from '../stand-ins/stand-in.ts';
import { createTestTime, type TestTime } from './test-time.ts';

// vitest wraps Request for jsdom, and the wrapper loses method and headers of a request that is made from another one.
const nodeRequest: unknown = Object.getPrototypeOf(Request);
if (nodeRequest !== Function.prototype) Object.assign(globalThis, { Request: nodeRequest });

// What is waited for here has been over a real network, on a machine that may be busy with other tests.
configure({ asyncUtilTimeout: 5_000 });

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

export interface ConsoleHarness {
  readonly services: Services;
  readonly time: TestTime;
  readonly page: TestPage;
  readonly ocp: Awaited<ReturnType<typeof ocpStandIn.start>>['control'];
  readonly primatime: Awaited<ReturnType<typeof primatimeStandIn.start>>['control'];
  /** Connection ids. */
  readonly connections: { readonly ocp: string; readonly primatime: string };
  /** Signs in without a screen; throws where that fails. */
  open(connection: string, way: string, values: FormValues): Promise<SessionRecord>;
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
  /** Fields of the operator's file that differ, by provider: settings, `allowInsecure`. */
  readonly settings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly demo?: boolean;
  /** The whole list of connections, made from the one that the stand-ins bring: another base URL, a second connection. */
  readonly entries?: (own: readonly ConnectionEntry[]) => readonly ConnectionEntry[];
  /** Bounds of the gateway, so that a test need not wait for half a minute. */
  readonly limits?: Partial<Limits>;
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
  } = options;
  const time = createTestTime();
  const [ocp, primatime] = await Promise.all([ocpStandIn.start(), primatimeStandIn.start()]);
  const entries = change([...ocp.connections, ...primatime.connections]).map((entry) => ({
    ...entry,
    settings: { ...entry.settings, ...settings[entry.provider] },
  }));
  const gateway = createGateway({
    vendors,
    connections: fixedConnections(entries, { vendors, env: { ...ocp.env, ...primatime.env } }),
    // One machine has one clock: the page tells by it whose answer a stamp belongs to.
    clock: time.clock,
    random: systemRandom,
    demo,
    log: () => undefined,
    ...(limits && { limits }),
  });
  const listening = await listen(gateway.handler, 0);
  const gatewayOrigin = `http://127.0.0.1:${listening.port}`;
  const origin = through ? await through(gatewayOrigin) : gatewayOrigin;
  const { page, port } = createTestPage();
  const services = createServices({
    clock: time.clock,
    timers: time.timers,
    random: systemRandom,
    locks: createPageLocks(),
    store: createMemoryStore(),
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

  return {
    services,
    time,
    page,
    ocp: ocp.control,
    primatime: primatime.control,
    connections: { ocp: idOf(ocp.connections), primatime: idOf(primatime.connections) },
    async open(connectionId, wayId, values) {
      const connection = await services.hands.connection(connectionId);
      if (!connection) throw new Error(`The gateway knows no connection ${connectionId}`);
      const provider = await services.hands.provider(connection.provider);
      const way = provider.signIn.find(({ id }) => id === wayId);
      if (!way) throw new Error(`${provider.id} has no way in called ${wayId}`);
      const signed = await act(() => signIn(services.hands, provider, way, connection, values));
      if (!signed.ok) throw new Error(`${signed.failure.code}: ${signed.failure.sentence}`);
      return signed.value;
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
          <QueryClientProvider client={services.queries}>
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
          </QueryClientProvider>
        </StrictMode>,
      ),
    whereNow: () => place,
    async close() {
      services.dispose();
      await listening.close(true);
      gateway.close();
      await Promise.all([ocp.close(), primatime.close()]);
    },
  };
}

function idOf([first]: readonly { readonly id: string }[]): string {
  if (!first) throw new Error('A stand-in brings no connection');
  return first.id;
}

/** The gateway refuses what no page of its own origin can have sent, so the request says what a browser would say. */
const fetchAsPageOf =
  (origin: string): typeof fetch =>
  (input, init = {}) => {
    if (typeof input !== 'string') throw new TypeError('The console fetches by address');
    return fetch(new URL(input, origin), { ...init, headers: { ...headersOf(init), origin } });
  };

const headersOf = ({ headers }: RequestInit): Record<string, string> => Object.fromEntries(new Headers(headers));

function createTestPage(): { readonly page: TestPage; readonly port: PagePort } {
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
