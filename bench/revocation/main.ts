/** Ends fifty things at three vendors, and compares with the ideal schedule. See `../revocation.bench.mjs`. */
import type { Services } from '../../src/console/services.ts';
import { callAs } from '../../src/refresh/call-as.ts';
import {
  beginAll,
  IN_ALL_MAX,
  PER_SERVER_MAX,
  settled,
  startWithFiftyThings,
  THINGS,
  threeVendors,
} from '../../test/fifty-things.ts';

const ROUNDS = process.argv.includes('--quick') ? 3 : 7;
const LATENCY_MS = 50;
const RATIO_MAX = 1.2;
const WAIT_MS = 60_000;

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
  /** By the latency alone. */
  readonly computedMs: number;
  readonly calls: readonly number[];
}

/**
 * Nothing is quicker: so many calls in places for so many, in all and at the busiest server, and the steps of one thing come
 * one after the other.
 */
function computedMs(calls: readonly number[], stepsMax: number): number {
  const inAll = calls.reduce((sum, count) => sum + count, 0);
  const turns = Math.max(
    Math.ceil(inAll / IN_ALL_MAX),
    ...calls.map((count) => Math.ceil(count / PER_SERVER_MAX)),
    stepsMax,
  );
  return turns * LATENCY_MS;
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
  const { rig, chosen } = await startWithFiftyThings();
  try {
    const servers = threeVendors.map((id) => rig.standIns.controls[id]);
    for (const server of servers) {
      server.fault({ kind: 'latency', ms: LATENCY_MS, times: 'always' });
      server.clearLedger();
    }
    const startMs = performance.now();
    const { items } = await settled(rig, await beginAll(rig.services(), chosen), WAIT_MS);
    const tookMs = performance.now() - startMs;
    if (items.some(({ finding }) => finding?.verdict !== 'dead')) throw new Error('Not all of them are proven dead');
    const calls = servers.map((server) => server.ledger().length);
    const stepsMax = Math.max(...items.map(({ marks }) => marks.length));
    return { tookMs, calls, bareMs: await bareMs(rig.services(), calls), computedMs: computedMs(calls, stepsMax) };
  } finally {
    await rig.close();
  }
}

const rounds: Round[] = [];
for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure());
const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};
const [tookMs, idealMs] = [median(rounds.map((round) => round.tookMs)), median(rounds.map((round) => round.bareMs))];
const ratio = tookMs / idealMs;
const ms = (value: number): string => `${value.toFixed(0).padStart(6)} ms`;
console.log(
  `${THINGS} things at ${threeVendors.length} vendors that answer after ${LATENCY_MS} ms, medians of ${ROUNDS}`,
);
console.log(
  `  calls needed: ${(rounds[0]?.calls ?? []).map((count, at) => `${threeVendors[at] ?? ''} ${count}`).join(', ')}`,
);
console.log(`  limits: ${IN_ALL_MAX} under way in all, ${PER_SERVER_MAX} at one server`);
console.log(`  ideal schedule, by the latency alone     ${ms(median(rounds.map((round) => round.computedMs)))}`);
console.log(`  ideal schedule, with the calls alone     ${ms(idealMs)}`);
console.log(`  ended and proven dead                    ${ms(tookMs)}`);
console.log(`  ${ratio.toFixed(2)} times the second (at most ${RATIO_MAX})`);
process.exitCode = ratio > RATIO_MAX ? 1 : 0;
