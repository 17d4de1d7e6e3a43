/**
 * The console without a screen over servers that run beside it: the vendors’ in one thread, the gateway in another, as they
 * would on machines of their own. In one thread with the console, four answers that come at once would wait for each other.
 */
import { Worker } from 'node:worker_threads';
import { createServices } from '../../src/console/services.ts';
import { systemClock, systemTimers } from '../../src/lib/clock.ts';
import { createPageLocks } from '../../src/lib/locks.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { registry } from '../../src/providers/registry.ts';
import type { JobRecord } from '../../src/revocation/job.ts';
import type { Credential } from '../../src/sessions/credential.ts';
import { createMemoryStore } from '../../src/sessions/memory-store.ts';
import type { SessionRecord } from '../../src/sessions/record.ts';
import type { RecordStore } from '../../src/sessions/record-store.ts';
import { fetchAsPageOf, quietPage } from '../../test/headless-console.ts';
import type { ThingsWorld } from '../../test/fifty-things.ts';
import type { VendorsThread } from './vendors-thread.ts';

export interface RemoteConsole extends ThingsWorld {
  readonly jobs: RecordStore<JobRecord>;
  /** An action of a server's control port. */
  act(id: string, action: string, value?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** A thread that runs `start` of such a module with that value, and what that gave. */
async function startThread(file: string, given: unknown): Promise<{ readonly said: unknown; readonly worker: Worker }> {
  const worker = new Worker(new URL('./thread.mjs', import.meta.url), { workerData: { file, given } });
  const said = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  return { said, worker };
}

export async function startRemoteConsole(ids: readonly string[]): Promise<RemoteConsole> {
  const vendors = await startThread('./bench/revocation/vendors-thread.ts', ids);
  const { connections, controls } = vendors.said as VendorsThread; // what its `start` gives
  const gateway = await startThread('./bench/revocation/gateway-thread.ts', vendors.said);
  const origin = `http://localhost:${String(gateway.said)}`;
  const jobs = createMemoryStore<JobRecord>();
  const services = createServices({
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
    locks: createPageLocks(),
    sessions: createMemoryStore<SessionRecord>(),
    credentials: createMemoryStore<Credential>(),
    jobs,
    origin,
    page: quietPage,
    fetch: fetchAsPageOf(origin),
    registry,
  });
  const act = async (id: string, action: string, value?: unknown): Promise<unknown> => {
    const body = value === undefined ? '' : JSON.stringify(value);
    const answer = await fetch(`${controls[id] ?? ''}/${action}`, { method: 'POST', body });
    if (!answer.ok) throw new Error(`${id} does not ${action}: ${await answer.text()}`);
    return await answer.json();
  };
  return {
    services,
    jobs,
    connections,
    act,
    addAccessKey: async (key) => ((await act('tuleap', 'addKey', key)) as { readonly identifier: string }).identifier, // as the control gives it
    addSecretKey: (key) => act('primatime', 'addKey', key),
    configureRealm: (change) => act('ocp', 'configureRealm', change),
    async close() {
      services.dispose();
      await Promise.all([gateway.worker.terminate(), vendors.worker.terminate()]);
    },
  };
}
