/**
 * P4OAuth as its contract describes it: two grants that both end at a whitelisted redirect URI, an access token of unknown
 * life, and a p4d ticket for one host. What no source states (errors, client authentication, lifetimes) is a setting of the
 * control.
 */
import { runStandIn } from '../run-stand-in.ts';
import type { StandIn } from '../stand-in.ts';
import { createActions } from './control.ts';
import type { P4OAuthActions } from './control.ts';
import { createRoutes, nameOf } from './routes.ts';
import { createWorld, demo } from './world.ts';

const demoPort = 4615;

export const standIn: StandIn<P4OAuthActions> = {
  id: 'p4oauth',
  demoPort,
  start: (options) =>
    runStandIn(
      {
        id: 'p4oauth',
        demoPort,
        basePath: '',
        build(clock) {
          const world = createWorld(clock);
          const routes = createRoutes(world);
          return {
            actions: createActions(world),
            reset: () => world.reset(),
            behaviour: {
              name: ({ method, url }) => ({ operation: nameOf(method, url.pathname) }),
              handle: (request) => routes.fetch(request),
            },
          };
        },
        connections: (baseUrl) => [
          {
            id: 'p4oauth-demo',
            provider: 'p4oauth',
            name: 'P4OAuth (demo)',
            baseUrl,
            settings: { clientAuthentication: 'none' },
          },
        ],
        accounts: [
          'alice / alice-demo-password',
          'bob / bob-demo-password',
          `whitelisted beside this console: ${demo.otherRedirectUri}`,
        ],
        // For a connection to this server that is set to HTTP Basic; the demo’s own is not.
        env: { KEYWARD_DEMO_P4OAUTH_CLIENT_SECRET: demo.clientSecret },
      },
      options,
    ),
};
