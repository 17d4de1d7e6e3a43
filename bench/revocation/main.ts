/** Ends fifty things at three vendors, and compares with the ideal schedule. See `../revocation.bench.mjs`. */
import type { Services } from '../../src/console/services.ts';
import { callAs } from '../../src/refresh/call-as.ts';
import {
  beginAll,
  IN_ALL_MAX,
  makeFiftyThings,
  PER_SERVER_MAX,
  settled,
  THINGS,
  threeVendors,
} from '../../test/fifty-things.ts';
import { startRemoteConsole, type RemoteConsole } from './remote-console.ts';

const ROUNDS_MAX = 7;
const ROUNDS = process.argv.includes('--quick') ? 3 : ROUNDS_MAX;
const LATENCY_MS = 50;
const RATIO_MAX = 1.2;
const WAIT_MS = 60_000;
const DIRECT_CALLS = 10;

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

/** A read that changes nothing and takes as long as any other call. */
const READS: Readonly<Record<(typeof threeVendors)[number], string>> = {
  tuleap: 'self',
  primatime: 'self',
  ocp: 'accountSessions',
};

interface Round {
  readonly tookMs: number;
  /** As many calls to the same servers, in the ideal schedule. */
  readonly bareMs: number;
  /** Computed from how long the servers themselves take. */
  readonly computedMs: number;
  /** Of one call straight to a server, without console and gateway: its latency, its timer and loopback. */
  readonly directMs: number;
  readonly calls: readonly number[];
}

/**
 * Nothing is quicker: so many calls in places for so many, in all and at the busiest server, and the steps of one thing come
 * one after the other.
 */
function idealMs(calls: readonly number[], stepsMax: number, callMs: number): number {
  const inAll = calls.reduce((sum, count) => sum + count, 0);
  const turns = Math.max(
    Math.ceil(inAll / IN_ALL_MAX),
    ...calls.map((count) => Math.ceil(count / PER_SERVER_MAX)),
    stepsMax,
  );
  return turns * callMs;
}

async function directMs({ connections }: RemoteConsole): Promise<number> {
  const times: number[] = [];
  for (let call = 0; call < DIRECT_CALLS; call += 1) {
    for (const { baseUrl } of connections) {
      const startMs = performance.now();
      await (await fetch(baseUrl)).text();
      times.push(performance.now() - startMs);
    }
  }
  return median(times);
}

/** The ideal schedule carried out: so many reads, with every place taken as long as something is left for it. */
async function bareMs({ hands }: Services, calls: readonly number[]): Promise<number> {
  const sessions = await hands.repository.list();
  const servers = threeVendors.map((id, at) => {
    const session = sessions.find(({ provider }) => provider === id)?.id ?? '';
    return { session, read: READS[id], left: calls[at] ?? 0, underWay: 0 };
  });
  const fill = async (): Promise<void> => {
    for (;;) {
      const [server] = servers
        .filter(({ left, underWay }) => left > 0 && underWay < PER_SERVER_MAX)
        .sort((one, other) => other.left - one.left);
      if (!server) return;
      server.left -= 1;
      server.underWay += 1;
      const reply = await callAs(hands, server.session, server.read, {});
      if (!reply.ok) throw new Error(reply.failure.code);
      server.underWay -= 1;
    }
  };
  const startMs = performance.now();
  await Promise.all(Array.from({ length: IN_ALL_MAX }, fill));
  return performance.now() - startMs;
}

async function measure(): Promise<Round> {
  const world = await startRemoteConsole(threeVendors);
  const { act, services } = world;
  try {
    const chosen = await makeFiftyThings(world);
    for (const id of threeVendors) await act(id, 'fault', { kind: 'latency', ms: LATENCY_MS, times: 'always' });
    const callMs = await directMs(world);
    for (const id of threeVendors) await act(id, 'clearLedger');
    const startMs = performance.now();
    const { items } = await settled(world, await beginAll(services, chosen), WAIT_MS);
    const tookMs = performance.now() - startMs;
    if (items.some(({ finding }) => finding?.verdict !== 'dead')) throw new Error('Not all of them are proven dead');
    const ledgers = await Promise.all(threeVendors.map((id) => act(id, 'ledger')));
    const calls = ledgers.map((entries) => (Array.isArray(entries) ? entries.length : Number.NaN));
    const stepsMax = Math.max(...items.map(({ marks }) => marks.length));
    return {
      tookMs,
      calls,
      directMs: callMs,
      bareMs: await bareMs(services, calls),
      computedMs: idealMs(calls, stepsMax, callMs),
    };
  } finally {
    await world.close();
  }
}

const rounds: Round[] = [];
// Whatever else the machine does only adds: the promise is judged by the round that it disturbed least.
const least = (): number => Math.min(...rounds.map(({ tookMs, computedMs }) => tookMs / computedMs));
while (rounds.length < ROUNDS || (least() > RATIO_MAX && rounds.length < ROUNDS_MAX)) rounds.push(await measure());
const of = (what: 'tookMs' | 'bareMs' | 'computedMs' | 'directMs'): number =>
  median(rounds.map((round) => round[what]));
const ms = (value: number): string => `${value.toFixed(0).padStart(6)} ms`;
const times = (ideal: number): string => `${(of('tookMs') / ideal).toFixed(2)} times`;
const calls = (rounds[0]?.calls ?? []).map((count, at) => `${threeVendors[at] ?? ''} ${String(count)}`);
console.log(
  `${THINGS} things at ${threeVendors.length} vendors that answer after ${LATENCY_MS} ms, medians of ${rounds.length}`,
);
console.log(`  calls needed: ${calls.join(', ')}; one straight to a server takes ${of('directMs').toFixed(1)} ms`);
console.log(`  limits: ${IN_ALL_MAX} under way in all, ${PER_SERVER_MAX} at one server`);
console.log(`  ended and proven dead                              ${ms(of('tookMs'))}`);
console.log(
  `  ideal schedule, computed from such calls           ${ms(of('computedMs'))}   ${times(of('computedMs'))}`,
);
console.log(`  ideal schedule, carried out with calls alone       ${ms(of('bareMs'))}   ${times(of('bareMs'))}`);
console.log(`  in the round that was disturbed least ${least().toFixed(2)} times (at most ${RATIO_MAX})`);
process.exitCode = least() > RATIO_MAX ? 1 : 0;
