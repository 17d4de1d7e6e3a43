/**
 * Tabs, the browser and the gateway are killed at each point of a refresh. What the vendors' servers wrote down decides:
 * no refresh token may be presented twice but as a marked try, and no session may be lost without a sentence on the screen.
 * KEYWARD_KILLS says how many kills at each point.
 */
import { expect, test } from '../fixtures.ts';
import { ANSWER_KEPT_MS, oneKill, type Outcome, type Victim } from './one-kill.ts';
import { points } from './points.ts';
import { openWorld, pressRefresh, rowOf, vendors, type World } from './world.ts';

const killsOfEach = Number(process.env['KEYWARD_KILLS'] ?? 3);
const seeds = Array.from({ length: killsOfEach }, (_, at) => at + 1);

/** Only ends a test that hangs. */
const SECONDS_A_KILL = 60;

for (const victim of ['tab', 'browser', 'gateway'] as const) {
  test(`a ${victim} is killed at every point of a refresh`, async () => {
    test.setTimeout((60 + seeds.length * points.length * SECONDS_A_KILL) * 1000);
    const world = await openWorld();
    try {
      const outcomes: Outcome[] = [];
      for (const seed of seeds) {
        for (const point of points) {
          outcomes.push(await oneKill(world, victim, point, seed));
          judge(world, `${victim}, ${point}, seed ${seed}`);
        }
      }
      tell(victim, outcomes);
      const kept = outcomes.filter((outcome) => victim !== 'gateway' && isBackInTime(outcome) && outcome.answered);
      expect(kept.flatMap(({ lost }) => lost ?? [])).toEqual([]);
      await everySessionIsAlive(world);
      judge(world, 'at the end');
    } finally {
      await world.close();
    }
  });
}

/** Between a tab that shows its rows and its question to the gateway: half a second of a busy machine, ten on this clock. */
const ASKING_MS = 15_000;
const isBackInTime = ({ awayMs }: Outcome): boolean => (awayMs ?? 0) < ANSWER_KEPT_MS - ASKING_MS;

/** By the servers' own ledgers. */
function judge({ observation, presented }: World, when: string): void {
  for (const vendor of vendors) {
    const times = new Map<string, number>();
    for (const { spends } of presented(vendor)) times.set(spends ?? '', (times.get(spends ?? '') ?? 0) + 1);
    const twice = [...times].filter(([token, count]) => count > (observation.tried.has(token) ? 2 : 1));
    expect(twice, `${when}: refresh tokens that ${vendor} saw too often`).toEqual([]);
  }
}

/** What the screen calls ready can be refreshed: the server takes the token that is stored. */
async function everySessionIsAlive(world: World): Promise<void> {
  const [page] = world.tabs;
  if (!page) throw new Error('There is no tab.');
  for (const vendor of vendors) {
    const taken = () => world.presented(vendor).filter(({ status }) => status === 200).length;
    const before = taken();
    await pressRefresh(page, vendor);
    await expect.poll(taken).toBeGreaterThan(before);
    await expect(rowOf(page, vendor)).toContainText('Ready');
  }
}

/** A row of the table in `docs/reliability.md` for each point. */
function tell(victim: Victim, outcomes: readonly Outcome[]): void {
  for (const point of points) {
    const here = outcomes.filter((outcome) => outcome.point === point);
    const inTime = here.filter(isBackInTime);
    const signedIn = (some: readonly Outcome[]): string =>
      `${some.filter(({ lost }) => lost !== null).length} of ${some.length}`;
    const later = here.length === inTime.length ? '–' : signedIn(here.filter((outcome) => !isBackInTime(outcome)));
    console.log(`| ${victim} | ${point} | ${signedIn(inTime)} | ${later} |`);
  }
  for (const sentence of new Set(outcomes.flatMap(({ lost }) => lost ?? []))) console.log(`said: ${sentence}`);
  const [longest = 0] = outcomes.map(({ awayMs }) => awayMs ?? 0).sort((one, other) => other - one);
  console.log(`The longest absence of the ${victim}: ${Math.round(longest / 1000)} s`);
}
