/** Somebody who works with the application all day, and signs in again where it asks for that. */
import type { Chance } from '../../test/simulation/chance.ts';
import type { World } from '../../test/simulation/world.ts';
import type { Seat } from './contestant.ts';
import { emptyTally, type Tally } from './witness.ts';

export interface Person {
  /** The tabs that are looked at. */
  inSight: readonly number[];
  /** One step of work: a call in each tab in sight, at some moment of it. */
  work(): void;
  /** The tabs are new ones: nobody waits for an answer of the old ones. */
  forgetTabs(): void;
}

interface Workplace {
  readonly world: World;
  readonly seat: Seat;
  readonly chance: Chance;
  readonly stepMs: number;
  tally(): Tally;
  /** Nobody's call is served now, whatever token it carries. */
  isVendorDown(): boolean;
}

/** Until somebody has seen it, found the password and is through. */
const SIGN_IN_TAKES_STEPS = 4;

export function employPerson({ world, seat, chance, stepMs, tally, isVendorDown }: Workplace): Person {
  let waiting = new Set<number>();
  /** By session: in how many steps somebody is signed in again, and in which tab. */
  const signingIn = new Map<number, { readonly tab: number; steps: number }>();

  const isThere = (): boolean => world.computer.awake && world.browser.online;

  function use(tab: number): void {
    if (!isThere()) return;
    const mine = isVendorDown() ? emptyTally() : tally();
    const here = waiting;
    mine.calls += 1;
    // The call before still waits for its token.
    if (here.has(tab) || signingIn.has(seat.sessionOf(tab))) return void (mine.unserved += 1);
    here.add(tab);
    void seat.use(tab).then((outcome) => {
      here.delete(tab);
      if (outcome !== 'served') mine.unserved += 1;
      const session = seat.sessionOf(tab);
      if (outcome !== 'sign-in-needed' || signingIn.has(session) || here !== waiting) return;
      mine.lost += 1;
      signingIn.set(session, { tab, steps: SIGN_IN_TAKES_STEPS });
    });
  }

  const person: Person = {
    inSight: [0, 1],
    forgetTabs: () => void (waiting = new Set()),
    work() {
      if (!isThere()) return;
      for (const tab of person.inSight) world.time.at(world.time.nowMs + chance.between(0, stepMs - 1), () => use(tab));
      for (const [session, attempt] of signingIn) {
        attempt.steps -= 1;
        if (attempt.steps !== 0) continue;
        world.time.at(world.time.nowMs + chance.between(0, stepMs - 1), () => {
          person.forgetTabs();
          void seat.signIn(attempt.tab);
          signingIn.delete(session);
        });
      }
    },
  };
  return person;
}
