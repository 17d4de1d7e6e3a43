/** What refreshes, sign-ins and features work with, made of the ports and of what the console has built on them. */
import type { StoreApi } from 'zustand/vanilla';
import type { Caller } from '../http/call.ts';
import type { VendorClocks } from '../http/vendor-clock.ts';
import type { Hands } from '../refresh/hands.ts';
import { createRepository } from '../sessions/repository.ts';
import { createFaceLoader } from './face-loader.ts';
import type { GatewayLink } from './gateway-link.ts';
import type { ConsoleState, Ports } from './services.ts';

/** As many as the screen keeps: one that falls out here leaves it as well. */
const NOTICES_KEPT_MAX = 20;

interface Making {
  readonly caller: Caller;
  readonly link: GatewayLink;
  readonly state: StoreApi<ConsoleState>;
  readonly clocks: VendorClocks;
  nowMs(): number;
  pause(delayMs: number): Promise<void>;
}

export function createHands(
  ports: Ports,
  { caller, link, state, clocks, nowMs, pause }: Making,
): Omit<Hands, 'slotUnderWay' | 'visitUnderWay' | 'locked'> {
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
    online: () => ports.page.online(),
    random: ports.random,
    nowMs,
    offsetMs: (connection) => clocks.offsetMs(connection),
    pause,
    redirectUri: (connection) => `${ports.origin}/callback/${connection}`,
    provider: createFaceLoader(ports.registry, (id, provider) => {
      state.setState(({ faces }) => ({ faces: new Map(faces).set(id, provider) }));
    }),
    announce(sentence) {
      const notice = { atMs: nowMs(), sentence };
      state.setState(({ notices }) => ({ notices: [notice, ...notices].slice(0, NOTICES_KEPT_MAX) }));
      return () => state.setState(({ notices }) => ({ notices: notices.filter((one) => one !== notice) }));
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
