import { createGateway } from '../../gateway/app.ts';
import { fixedConnections } from '../../gateway/config.ts';
import { listen } from '../../gateway/listen.ts';
import { vendors } from '../../gateway/vendors.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { systemRandom } from '../../src/lib/random.ts';
import type { VendorsThread } from './vendors-thread.ts';

/** Starts the gateway in this thread; gives its port. */
export async function start({ connections, env }: VendorsThread): Promise<number> {
  const gateway = createGateway({
    vendors,
    connections: fixedConnections(connections, { vendors, env }),
    clock: systemClock,
    random: systemRandom,
    demo: true,
    log: () => undefined,
  });
  return (await listen(gateway.handler, 0)).port;
}
