/** Stands at the server: counts refreshes, and knows which tokens are spent and which are good. No library is told. */
import type { Pair } from '../../test/simulation/token-server.ts';
import type { World } from '../../test/simulation/world.ts';
import type { Api } from './contestant.ts';

export interface Tally {
  /** Refreshes that reached the server. */
  requests: number;
  /** Times a spent refresh token was presented again. */
  burnt: number;
  /** The same by intention: once, marked, because the answer is missing for good. */
  probes: number;
  /** Times a person had to sign in again. */
  lost: number;
  /** Calls that the application wanted to make, and those of them that got no valid token. */
  calls: number;
  unserved: number;
}

export const emptyTally = (): Tally => ({ requests: 0, burnt: 0, probes: 0, lost: 0, calls: 0, unserved: 0 });

export interface Witness {
  readonly api: Api;
  tally(): Tally;
  /** The next scene: counts from zero. */
  begin(): Tally;
  isVendorDown(): boolean;
  askAboutProbes(isProbe: () => boolean): void;
}

export function standAtServer(world: World): Witness {
  const server = world.network.server('tuleap');
  const { tokens } = server;
  const pairs = new Map<string, Pair>();
  const spent = new Set<string>();
  let tally = emptyTally();
  let isProbe = (): boolean => false;

  // An access token that was rotated away is good until its own end, as at Tuleap and Keycloak, while its family is.
  function isLive(accessToken: string): boolean {
    const pair = pairs.get(accessToken);
    if (!pair || pair.issuedAtMs + pair.lifeMs <= world.time.nowMs) return false;
    return ['current', 'superseded'].includes(tokens.standing(pair.refreshToken));
  }

  const { open, refresh } = tokens;
  tokens.open = (user) => {
    const pair = open(user);
    if (pair !== 'limit') pairs.set(pair.accessToken, pair);
    return pair;
  };
  tokens.refresh = (refreshToken) => {
    if (spent.has(refreshToken)) tally[isProbe() ? 'probes' : 'burnt'] += 1;
    const pair = refresh(refreshToken);
    if (typeof pair === 'string') return pair;
    spent.add(refreshToken);
    pairs.set(pair.accessToken, pair);
    return pair;
  };
  const isVendorDown = (): boolean => server.weather?.kind === 'fails' || server.weather?.kind === 'asks-to-wait';
  let seen = 0;
  world.time.onRest(() => {
    const { ledger } = world.network;
    for (; seen < ledger.length; seen += 1) if (ledger[seen]?.kind === 'refresh') tally.requests += 1;
  });

  return {
    api: (accessToken) => (isVendorDown() ? 'failed' : isLive(accessToken) ? 'good' : 'refused'),
    isVendorDown,
    tally: () => tally,
    begin: () => (tally = emptyTally()),
    askAboutProbes: (ask) => void (isProbe = ask),
  };
}
