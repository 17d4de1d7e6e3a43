/**
 * Tuleap as its contract describes it: four ways in, of which the first one present decides; keys whose deletion always
 * answers 200; deprecated tokens without an end of their own; and OAuth2 with a confidential client, single-use refresh
 * tokens and grants that die as a whole. What documentation and code say differently is a switch of the control.
 *
 * Simplifications: http instead of https, JSON and forms instead of XML too, and the session cookie without its `__Host-`.
 */
import { runStandIn } from '../run-stand-in.ts';
import type { StandIn } from '../stand-in.ts';
import { createActions } from './control.ts';
import type { TuleapActions } from './control.ts';
import { clientIdOf } from './oauth-store.ts';
import { nameCall } from './operations.ts';
import { createRoutes } from './routes.ts';
import { createWorld, demo } from './world.ts';

const demoPort = 4614;
const secretVariable = 'KEYWARD_DEMO_TULEAP_CLIENT_SECRET';

export const standIn: StandIn<TuleapActions> = {
  id: 'tuleap',
  demoPort,
  start: (options) =>
    runStandIn(
      {
        id: 'tuleap',
        demoPort,
        basePath: '',
        build(clock) {
          const world = createWorld(clock);
          const routes = createRoutes(world);
          return {
            actions: createActions(world),
            reset: () => world.reset(),
            behaviour: { name: nameCall, handle: (request, peer) => routes.fetch(request, peer) },
          };
        },
        connections: (baseUrl) => [
          {
            id: 'tuleap-demo',
            provider: 'tuleap',
            name: 'Tuleap (demo)',
            baseUrl,
            settings: { clientId: clientIdOf({ id: 1 }), clientSecret: { env: secretVariable } },
          },
        ],
        accounts: [
          `access key ${demo.aliceKey} (alice’s)`,
          `access key ${demo.adminKey} (the site administrator’s)`,
          'alice / alice-demo-password; bob / bob-demo-password',
          'admin / admin-demo-password: may suspend accounts; delegate / delegate-demo-password: so may this one',
          'suspended, pending, expired, passkey / <name>-demo-password: refused, each for its own reason',
        ],
        env: { [secretVariable]: demo.clientSecret },
      },
      options,
    ),
};
