/** Many things at three vendors in one job, as the console's own services carry it out. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Chosen } from '../src/console/begin-job.ts';
import type { JobRecord } from '../src/revocation/job.ts';
import {
  beginAll,
  IN_ALL_MAX,
  PER_SERVER_MAX,
  settled,
  startWithFiftyThings,
  THINGS,
  threeVendors,
} from './fifty-things.ts';
import { MOMENTS, type ReloadableConsole } from './reloadable-console.ts';
import { createChance } from './simulation/chance.ts';

const WAIT_MS = 60_000;
const RELOADS = 10;
/** Of about 200 calls, three moments each; what was sent again after a reload makes them more. */
const MOMENTS_BETWEEN_MAX = 50;

let rig: ReloadableConsole;
let chosen: readonly Chosen[];

beforeEach(async () => {
  ({ rig, chosen } = await startWithFiftyThings());
});
afterEach(() => rig.close());

const servers = () => threeVendors.map((id) => rig.standIns.controls[id]);

function delayAnswers(ms: number): void {
  for (const server of servers()) {
    server.fault({ kind: 'latency', ms, times: 'always' });
    server.clearLedger();
  }
}

function expectAllDeadOnce({ items }: JobRecord): void {
  expect(items.map(({ finding }) => finding?.verdict)).toEqual(items.map(() => 'dead'));
  expect(items).toHaveLength(THINGS);
  // Also one that was not carried out stands in the ledger.
  const paths = servers().flatMap((server) => server.ledger({ method: 'DELETE' }).map(({ path }) => path));
  expect(paths.filter((path, at) => paths.indexOf(path) !== at)).toEqual([]);
  expect(paths).toHaveLength(THINGS);
}

it('fifty at once: four calls under way in all, three at one server, and each DELETE sent once', async () => {
  delayAnswers(20);
  expectAllDeadOnce(await settled(rig, await beginAll(rig.services(), chosen), WAIT_MS));
  expect(rig.mostUnderWay()).toBe(IN_ALL_MAX);
  for (const id of threeVendors) expect(rig.mostUnderWay(`${id}-demo`)).toBe(PER_SERVER_MAX);
  for (const server of servers()) {
    expect(Math.max(...server.ledger().map(({ underWay }) => underWay))).toBe(PER_SERVER_MAX);
  }
});

it('goes on over ten reloads, wherever they strike: before a call, under way, and as its answer comes', async () => {
  delayAnswers(10);
  const chance = createChance(6);
  let reloads = 0;
  let left = chance.between(1, MOMENTS_BETWEEN_MAX);
  const id = await beginAll(rig.services(), chosen);
  rig.watch((moment) => {
    left -= 1;
    // Each kind of moment in turn, the first of its kind that comes.
    if (left > 0 || reloads === RELOADS || moment !== MOMENTS[reloads % MOMENTS.length]) return;
    left = chance.between(1, MOMENTS_BETWEEN_MAX);
    reloads += 1;
    rig.reload();
  });
  expectAllDeadOnce(await settled(rig, id, WAIT_MS));
  expect(reloads).toBe(RELOADS);
});
