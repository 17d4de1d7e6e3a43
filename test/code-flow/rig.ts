/** The real services and the real gateway on loopback, with the tests’ own vendor, in front of the foreign server. */
import { createGateway } from '../../gateway/app.ts';
import { fixedConnections } from '../../gateway/config.ts';
import { listen } from '../../gateway/listen.ts';
import { createServices, type Services } from '../../src/console/services.ts';
import { systemClock, systemTimers } from '../../src/lib/clock.ts';
import { createPageLocks } from '../../src/lib/locks.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { createMemoryStore } from '../../src/sessions/memory-store.ts';
import { client, startOAuthServer, type OAuthServer } from './server.ts';
import { plain, vendors } from './vendor.ts';

export interface CodeFlowRig {
  readonly services: Services;
  readonly server: OAuthServer;
  /** `http://localhost:…`: the console's own. */
  readonly origin: string;
  /** Every line that the gateway wrote. */
  readonly log: readonly string[];
  /** Lets the gateway's clock jump ahead; milliseconds. */
  passAtGateway(durationMs: number): void;
  close(): Promise<void>;
}

/** Connections of the same vendor to the same server; either has a callback of its own. */
export const connectionIds = ['plain-one', 'plain-two'] as const;

export async function startCodeFlowRig(): Promise<CodeFlowRig> {
  const server = await startOAuthServer();
  const log: string[] = [];
  let aheadMs = 0;
  const gateway = createGateway({
    vendors,
    connections: fixedConnections(
      connectionIds.map((id) => ({
        id,
        provider: plain.id,
        name: id,
        baseUrl: server.url,
        settings: { clientId: client.id, clientSecret: { env: 'CLIENT_SECRET' } },
      })),
      { vendors, env: { CLIENT_SECRET: client.secret } },
    ),
    clock: {
      wallMs: () => systemClock.wallMs() + aheadMs,
      monotonicMs: () => systemClock.monotonicMs() + aheadMs,
    },
    random: systemRandom,
    demo: false,
    log: (line) => log.push(line),
  });
  const listening = await listen(gateway.handler, 0);
  const origin = `http://localhost:${listening.port}`;
  const services = createServices({
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
    locks: createPageLocks(),
    sessions: createMemoryStore(),
    credentials: createMemoryStore(),
    origin,
    page: {
      visible: () => true,
      online: () => true,
      onPoke: () => () => undefined,
      onActivity: () => () => undefined,
      onLeaving: () => () => undefined,
    },
    fetch(input, init = {}) {
      if (typeof input !== 'string') throw new TypeError('The console fetches by address');
      // The gateway takes requests of its own page alone, so each says what a browser would say of it.
      return fetch(new URL(input, origin), {
        ...init,
        headers: { ...Object.fromEntries(new Headers(init.headers)), origin },
      });
    },
    registry: [{ ...plain, load: () => Promise.resolve(plain) }],
  });
  server.register(connectionIds.map((id) => services.hands.redirectUri(id)));

  return {
    services,
    server,
    origin,
    log,
    passAtGateway(durationMs) {
      aheadMs += durationMs;
    },
    async close() {
      services.dispose();
      await listening.close(true);
      gateway.close();
      await server.close();
    },
  };
}
