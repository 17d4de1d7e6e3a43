/**
 * The console without a screen over the servers of several vendors, with the real gateway. Its page can die in the middle of
 * anything, and another opens over what was stored.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGateway } from '../gateway/app.ts';
import { fixedConnections } from '../gateway/config.ts';
import { listen } from '../gateway/listen.ts';
import { vendors } from '../gateway/vendors.ts';
import { createServices, type Services } from '../src/console/services.ts';
import { systemClock, systemTimers } from '../src/lib/clock.ts';
import { createPageLocks } from '../src/lib/locks.ts';
import { systemRandom } from '../src/lib/random.ts';
import { registry } from '../src/providers/registry.ts';
import type { JobRecord } from '../src/revocation/job.ts';
import type { Credential } from '../src/sessions/credential.ts';
import { createMemoryStore } from '../src/sessions/memory-store.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import type { RecordStore } from '../src/sessions/record-store.ts';
import { fetchAsPageOf, quietPage } from './headless-console.ts';
import { mortal } from './mortal-store.ts';
import { startStandInSet, type StandInId, type StandInSet } from './stand-in-set.ts';

/** Where a call to a vendor is. */
export const MOMENTS = ['leaves the page', 'comes to the gateway', 'is answered'] as const;
type Moment = (typeof MOMENTS)[number];

export interface ReloadableConsole {
  readonly standIns: StandInSet;
  readonly jobs: RecordStore<JobRecord>;
  /** Of the page that is open. */
  services(): Services;
  /** The page dies where it stands: nothing of it is sent, heard or written any more. */
  reload(): void;
  /** Told of every moment of every call; one at a time. */
  watch(listener: (moment: Moment) => void): void;
  /** The most calls that the page had under way at once: at that connection, or in all. */
  mostUnderWay(connection?: string): number;
  close(): Promise<void>;
}

interface Page {
  readonly services: Services;
  die(): void;
}

const CALL = '/gw/v1/call/';
const IN_ALL = '';
const never = new Promise<never>(() => undefined);

/** By connection, and in all. */
function countFlights() {
  const underWay = new Map<string, number>();
  const most = new Map<string, number>();
  const change = (where: string, by: number): void => {
    const count = (underWay.get(where) ?? 0) + by;
    underWay.set(where, count);
    most.set(where, Math.max(most.get(where) ?? 0, count));
  };
  return {
    /** Gives what ends it. */
    begin(connection: string) {
      for (const where of [connection, IN_ALL]) change(where, 1);
      return () => {
        for (const where of [connection, IN_ALL]) change(where, -1);
      };
    },
    most: (where: string) => most.get(where) ?? 0,
  };
}

export async function startReloadableConsole(ids: readonly StandInId[]): Promise<ReloadableConsole> {
  const standIns = await startStandInSet(ids);
  const gateway = createGateway({
    vendors,
    connections: fixedConnections(standIns.connections, { vendors, env: standIns.env }),
    clock: systemClock,
    random: systemRandom,
    demo: true,
    log: () => undefined,
  });
  let tell: (moment: Moment) => void = () => undefined;
  const flights = countFlights();
  const door = (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url?.startsWith(CALL)) {
      const landed = flights.begin(request.url.slice(CALL.length).split('/')[0] ?? '');
      response.once('close', landed);
      tell('comes to the gateway');
    }
    return gateway.handler(request, response);
  };
  const listening = await listen(door, 0);
  const origin = `http://localhost:${listening.port}`;
  standIns.callBackTo(origin);
  const sessions = createMemoryStore<SessionRecord>();
  const credentials = createMemoryStore<Credential>();
  const jobs = createMemoryStore<JobRecord>();

  /** Of the page with that signal: a call of a page that is gone is broken off, and its answer reaches nobody. */
  const fetchOf =
    (gone: AbortSignal): typeof fetch =>
    async (input, init = {}) => {
      const isCall = typeof input === 'string' && input.includes(CALL);
      const isGone = (): boolean => gone.aborted;
      if (isCall) tell('leaves the page');
      if (isGone()) return await never;
      try {
        const signal = init.signal ? AbortSignal.any([gone, init.signal]) : gone;
        const response = await fetchAsPageOf(origin)(input, { ...init, signal });
        if (isCall) tell('is answered');
        return isGone() ? await never : response;
      } catch (error) {
        if (isGone()) return await never;
        throw error;
      }
    };
  const open = (): Page => {
    const gone = new AbortController();
    const isDead = (): boolean => gone.signal.aborted;
    const services = createServices({
      clock: systemClock,
      timers: systemTimers,
      random: systemRandom,
      // The browser gives back the locks of a page that is gone.
      locks: createPageLocks(),
      sessions: mortal(sessions, isDead),
      credentials: mortal(credentials, isDead),
      jobs: mortal(jobs, isDead),
      origin,
      page: quietPage,
      fetch: fetchOf(gone.signal),
      registry,
    });
    return {
      services,
      die() {
        gone.abort();
        services.dispose();
      },
    };
  };
  let page = open();

  return {
    standIns,
    jobs,
    services: () => page.services,
    reload() {
      page.die();
      page = open();
    },
    watch(listener) {
      tell = listener;
    },
    mostUnderWay: (connection = IN_ALL) => flights.most(connection),
    async close() {
      page.die();
      await listening.close(true);
      gateway.close();
      await standIns.close();
    },
  };
}
