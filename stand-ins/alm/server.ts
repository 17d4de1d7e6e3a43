/**
 * Perforce ALM's REST API as its contract describes it: two names for one path, a token per project minted by a GET, tokens
 * that die with the server or with the key that minted them, and no log out. What no source states is a switch of the
 * control.
 *
 * A simplification: it speaks http, and keys are made and deleted by the control, since the vendor offers no call for it.
 */
import { runStandIn } from '../run-stand-in.ts';
import type { StandIn } from '../stand-in.ts';
import { createActions } from './control.ts';
import type { AlmActions } from './control.ts';
import { answer, nameOf } from './routes.ts';
import { createTraffic } from './traffic.ts';
import { createWorld, demo } from './world.ts';

const demoPort = 4613;

export const standIn: StandIn<AlmActions> = {
  id: 'alm',
  demoPort,
  start: (options) =>
    runStandIn(
      {
        id: 'alm',
        demoPort,
        // The path name is a setting of the connection, so that the other one can be tried.
        basePath: '',
        build(clock) {
          const world = createWorld(clock);
          const traffic = createTraffic(world);
          return {
            actions: createActions(world),
            reset() {
              world.reset();
              traffic.clear();
            },
            behaviour: {
              name: ({ method, url }) => ({ operation: nameOf(method, url) }),
              handle: (request, peer) => answer(world, traffic, request, peer),
            },
          };
        },
        connections: (baseUrl) => [
          {
            id: 'alm-demo',
            provider: 'alm',
            name: 'Perforce ALM (demo)',
            baseUrl,
            settings: { segment: 'perforce-alm' },
          },
        ],
        accounts: [
          `API key ${demo.keyId}:${demo.keySecret} (alice’s)`,
          `API key ${demo.secondKeyId}:${demo.secondKeySecret} (alice’s, with colons in the secret)`,
          'alice / alice-demo-password',
          'Administrator, without a password; jürgen / Paßwort-für-die-Demo-🔑',
          'guest / guest-demo-password: one project with every right, one without commands',
          'nobody / nobody-demo-password: no project; unlicensed / unlicensed-demo-password: refused',
        ],
        env: {},
      },
      options,
    ),
};
