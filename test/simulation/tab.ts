/** One tab of the console: the product's own services over simulated ports, and a page that can be hidden, frozen or killed. */
import { createKeeping, type Keeping } from '../../src/console/keeping.ts';
import { createServices, type Ports, type Services } from '../../src/console/services.ts';
import { createSlotStores, type SlotStores } from '../../src/console/slot-stores.ts';
import { createPageLocks, createWebLocks } from '../../src/lib/locks.ts';
import type { Timers } from '../../src/lib/clock.ts';
import type { Registry } from '../../src/providers/registry.ts';
import type { Credential } from '../../src/sessions/credential.ts';
import type { SessionRecord } from '../../src/sessions/record.ts';
import type { Chance } from './chance.ts';
import type { Computer } from './computer.ts';
import { createErrand, type TabErrand } from './errand.ts';
import type { SharedStorage } from './shared-storage.ts';
import type { SimulatedGateway } from './simulated-gateway.ts';
import { timeoutOver } from './timeout.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { SimulatedLocks } from './web-locks.ts';

export interface Tab {
  readonly errand: TabErrand;
  readonly services: Services;
  /** What this tab keeps about limited places. */
  readonly slots: SlotStores;
  /** Every delay that the console asked a timer for; milliseconds. */
  readonly delays: readonly number[];
  readonly timersArmed: number;
  readonly openedAtMs: number;
  visible: boolean;
  /** A browser wakes a tab that was hidden for long once a minute. */
  throttled: boolean;
  /** Visibility, focus and the like: worth looking again. */
  poke(): void;
  /** A pointer or a key. */
  touch(): void;
  /** Killed: no handler runs. */
  kill(): void;
  /** Closed or reloaded by a person, so that the page has its last moment. */
  close(): void;
}

/** What all tabs of the browser share. */
export interface Browser {
  readonly time: VirtualTime;
  readonly computer: Computer;
  readonly chance: Chance;
  readonly sessions: SharedStorage<SessionRecord>;
  readonly credentials: SharedStorage<Credential>;
  readonly locks: SimulatedLocks;
  readonly gateway: SimulatedGateway;
  readonly registry: Registry;
  readonly hasWebLocks: boolean;
  /** As a tab that is opened finds it. */
  keptAs: Keeping;
  online: boolean;
}

const MINUTE_MS = 60_000;

export function openTab(browser: Browser): Tab {
  const { computer, chance, gateway } = browser;
  const errand = createErrand(computer, chance);
  const listeners = { poke: new Set<() => void>(), activity: new Set<() => void>(), leaving: new Set<() => void>() };
  const { timers, delays, armed } = tabTimers(browser, errand, () => tab.throttled);
  const timeout = timeoutOver(computer.timers, errand);
  const listen = (to: Set<() => void>) => (listener: () => void) => {
    to.add(listener);
    return () => to.delete(listener);
  };
  const tell = (whom: Set<() => void>): void => errand.deliver(() => whom.forEach((listener) => listener()));

  const slots = createSlotStores();
  const ports: Ports = {
    slots,
    clock: computer.clock,
    timers,
    timeout,
    random: (length) => chance.bytes(length),
    locks: browser.hasWebLocks ? createWebLocks(browser.locks.openFor(errand), timeout) : createPageLocks(),
    sessions: browser.sessions.openFor(errand),
    credentials: browser.credentials.openFor(errand),
    page: {
      visible: () => tab.visible,
      online: () => browser.online,
      onPoke: listen(listeners.poke),
      onActivity: listen(listeners.activity),
      onLeaving: listen(listeners.leaving),
    },
    fetch: gateway.fetchFor(errand),
    registry: browser.registry,
    origin: 'http://localhost:4600',
    keeping: createKeeping(browser.keptAs),
  };
  const tab: Tab = {
    errand,
    slots,
    visible: true,
    throttled: false,
    openedAtMs: browser.time.nowMs,
    delays,
    get timersArmed() {
      return armed.size;
    },
    services: createServices(ports),
    poke: () => tell(listeners.poke),
    touch: () => tell(listeners.activity),
    kill: () => errand.end(),
    close() {
      tell(listeners.leaving);
      errand.end();
    },
  };
  return tab;
}

/** The page's own timers: they stop with the page, and of a throttled page fire on full minutes alone. */
function tabTimers({ computer }: Browser, errand: TabErrand, throttled: () => boolean) {
  const delays: number[] = [];
  const armed = new Set<unknown>();
  const set = (run: () => void, delayMs: number): unknown => {
    const fire = (): void => {
      if (!armed.has(handle)) return;
      const late = computer.clock.monotonicMs() % MINUTE_MS;
      if (throttled() && late !== 0 && errand.alive) return void computer.timers.set(fire, MINUTE_MS - late);
      armed.delete(handle);
      errand.deliver(run);
    };
    const handle = computer.timers.set(fire, delayMs);
    armed.add(handle);
    return handle;
  };
  const timers: Timers = {
    set(run, delayMs) {
      delays.push(delayMs);
      return set(run, delayMs);
    },
    clear(handle) {
      armed.delete(handle);
      computer.timers.clear(handle);
    },
  };
  return { timers, delays, armed };
}
