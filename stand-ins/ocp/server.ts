/**
 * OCP's IAM, a Keycloak, as its contract describes it: realms, clients, users, sessions and their limit, by version.
 *
 * A simplification: passwords are compared as they are, and one-time codes are fixed.
 */
import { runStandIn } from '../run-stand-in.ts';
import type { StandIn } from '../stand-in.ts';
import { createActions } from './control.ts';
import type { OcpActions } from './control.ts';
import { nameCall } from './operations.ts';
import { createRoutes, outsidePrefix } from './routes.ts';
import { createWorld } from './world.ts';

const demoPort = 4611;

export const standIn: StandIn<OcpActions> = {
  id: 'ocp',
  demoPort,
  start: (options) =>
    runStandIn(
      {
        id: 'ocp',
        demoPort,
        basePath: '/auth',
        build(clock) {
          const world = createWorld(clock);
          const routes = createRoutes(world);
          return {
            actions: createActions(world),
            reset: () => world.reset(),
            behaviour: {
              name: (call) => nameCall(call, world.server.prefix),
              handle(request, peer) {
                const { prefix } = world.server;
                const url = new URL(request.url);
                if (!url.pathname.startsWith(`${prefix}/`)) return outsidePrefix();
                url.pathname = url.pathname.slice(prefix.length);
                return routes.fetch(new Request(url, request), peer);
              },
            },
          };
        },
        connections: (baseUrl) => [
          {
            id: 'ocp-demo',
            provider: 'ocp',
            name: 'OCP (demo)',
            baseUrl,
            settings: { realm: 'master', clientId: 'ocp', sessionLimit: '5' },
          },
        ],
        accounts: [
          'alice / alice-demo-password',
          'bob / bob-demo-password',
          'otto / otto-demo-password, one-time code 123456',
          'crowded / crowded-demo-password: five sessions are open elsewhere for the first 30 minutes',
          'support / support-demo-password: may list and end the sessions of others',
          'disabled, locked and newcomer / <name>-demo-password: refused, each for its own reason',
        ],
        env: {},
      },
      options,
    ),
};
