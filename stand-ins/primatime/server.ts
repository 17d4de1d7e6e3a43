/**
 * PrimaTime as its contract describes it: secrets in query strings, `/Date(ms)/`, refresh tokens that work once, no log
 * out, and a trash. What no source states is a switch of the control.
 */
import { runStandIn } from '../run-stand-in.ts';
import type { StandIn } from '../stand-in.ts';
import { createAccount, demo } from './account.ts';
import { createActions } from './control.ts';
import type { PrimatimeActions } from './control.ts';
import { handle, nameOf } from './routes.ts';

const demoPort = 4612;
const apiKeyVariable = 'KEYWARD_DEMO_PRIMATIME_API_KEY';

export const standIn: StandIn<PrimatimeActions> = {
  id: 'primatime',
  demoPort,
  start: (options) =>
    runStandIn(
      {
        id: 'primatime',
        demoPort,
        basePath: '/v1',
        build(clock) {
          const account = createAccount(clock);
          return {
            actions: createActions(account),
            reset: () => account.reset(),
            behaviour: {
              name: ({ method, url }) => {
                const operation = nameOf(method, url);
                return operation === 'refresh'
                  ? { operation, spends: url.searchParams.get('refresh_token') }
                  : { operation };
              },
              handle: (request, peer) => handle(account, request, peer),
            },
          };
        },
        connections: (baseUrl) => [
          {
            id: 'primatime-demo',
            provider: 'primatime',
            name: 'PrimaTime (demo)',
            baseUrl,
            settings: { tenant: 'acme', region: 'generic', apiKey: { env: apiKeyVariable } },
          },
        ],
        accounts: [
          `secret key ${demo.secretKey} (as user, without a password)`,
          `${demo.email} / ${demo.password}`,
          'ben@acme.example / ben-demo-password',
          'unconfirmed@acme.example, inactive@acme.example / <name>-demo-password: refused, each for its own reason',
        ],
        env: { [apiKeyVariable]: demo.apiKey },
      },
      options,
    ),
};
