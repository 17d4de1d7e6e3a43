/** Sends one library through the day, and counts what the server and the application saw of it. */
import { createChance, type Chance } from '../../test/simulation/chance.ts';
import { createWorld, type World } from '../../test/simulation/world.ts';
import type { Contestant, Seat } from './contestant.ts';
import { day, type Scene } from './day.ts';
import { employPerson, type Person } from './person.ts';
import { standAtServer, type Tally } from './witness.ts';

interface Cast {
  readonly world: World;
  readonly seat: Seat;
  readonly person: Person;
  /** Of its own, so that a person does the same things at the same time whatever the library does. */
  readonly chance: Chance;
}

const LIFE_MS = 300_000;
const STEP_MS = 30_000;
const MINUTE_MS = 60_000;
/** Between two tabs that a person opens, and two that a browser restores. */
const OPENED_GAP_MS = [5_000, 25_000] as const;
const RESTORED_GAP_MS = [50, 1_500] as const;

/** A tally for each scene of the day, in its order. */
export async function liveThrough(contestant: Contestant, seed: number): Promise<readonly Tally[]> {
  const world = await createWorld({ seed, tabs: 0, policy: { tuleap: { lifeMs: LIFE_MS } } });
  const witness = standAtServer(world);
  const seat = contestant.seat(world, witness.api);
  witness.askAboutProbes(seat.isProbe);
  const chance = createChance(seed + 1);
  const person = employPerson({ world, seat, chance, stepMs: STEP_MS, ...witness });
  const cast = { world, seat, person, chance };

  await seat.openTab();
  await seat.signIn(0);
  await world.pass(chance.between(...OPENED_GAP_MS));
  await seat.openTab();
  if (seat.sessionOf(1) !== seat.sessionOf(0)) await seat.signIn(1);
  const tallies: Tally[] = [];
  for (const scene of day) {
    tallies.push(witness.begin());
    await play(cast, scene);
  }
  return tallies;
}

async function play(cast: Cast, scene: Scene): Promise<void> {
  const { world, seat, person, chance } = cast;
  const endMs = world.time.nowMs + scene.minutes * MINUTE_MS;
  const browser = { isDead: false };
  begin(cast, scene, () => {
    seat.kill();
    person.forgetTabs();
    browser.isDead = true;
  });
  while (world.time.nowMs < endMs) {
    if (browser.isDead) {
      browser.isDead = false;
      await seat.openTab();
      await world.pass(chance.between(...RESTORED_GAP_MS));
      await seat.openTab();
    }
    person.work();
    await world.pass(STEP_MS);
  }
  seat.show(1, true);
  person.inSight = [0, 1];
}

function begin(cast: Cast, { firstRefresh, weather, underWay, atStart, awayMin = 0 }: Scene, die: () => void): void {
  const { world, seat, person } = cast;
  const server = world.network.server('tuleap');
  const after = (min: number, run: () => void): unknown => world.time.at(world.time.nowMs + min * MINUTE_MS, run);
  const closeLid = (): void => {
    world.computer.sleep();
    after(awayMin, () => {
      world.computer.wake();
      seat.poke();
    });
  };
  if (firstRefresh) server.troubles.push(firstRefresh);
  if (weather) {
    server.weather = weather.trouble;
    after(weather.minutes, () => (server.weather = null));
  }
  if (underWay) onceUnderWay(world, underWay === 'lid-closes' ? closeLid : die);
  switch (atStart) {
    case 'browser-restarts':
      return die();
    case 'lid-closes':
      return closeLid();
    case 'line-drops':
      setLine(cast, false);
      after(awayMin, () => setLine(cast, true));
      return;
    case 'second-tab-hides':
      seat.show(1, false);
      person.inSight = [0];
      return;
    case undefined:
      return;
    default:
      atStart satisfies never;
  }
}

function setLine({ world, seat }: Cast, online: boolean): void {
  world.browser.online = online;
  seat.poke();
}

/** As soon as the next refresh has left. */
function onceUnderWay({ time, network: { ledger } }: World, run: () => void): void {
  const before = ledger.length;
  let isDone = false;
  time.onRest(() => {
    if (isDone || ledger.length === before) return;
    isDone = true;
    run();
  });
}
