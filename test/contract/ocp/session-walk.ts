/**
 * Several people sign in, refresh, log out, are ended from elsewhere and lapse, in random order, and after every step the
 * console counts. What its pages show of that person must be what the admin API says: the list and the number, to the
 * person as long as a session is left to ask with, and to support at every step.
 */
import { createOnlooker } from './onlooker.ts';
import { createWalker, type Act, type ConsoleParts, type Walker } from './session-walker.ts';
import type { Target } from './target.ts';

export interface Walking {
  /** Of all people together. */
  readonly steps: number;
  readonly seed: number;
  /**
   * `moved`: the server's clock is moved on, for everybody, and people take turns. `real`: a session that is to lapse is
   * waited for, and each person goes on without the others.
   */
  readonly time: 'moved' | 'real';
}

export interface Walked {
  /** Comparisons of the server's list and number with those of support's page, at each step of each person whom it met. */
  readonly compared: number;
  /** Of these, how often the person's own page showed the same: no session of theirs can ask after the last one ended. */
  readonly onOwnPage: number;
  readonly acts: Readonly<Record<Act, number>>;
}

const PEOPLE = 5;

/** Mulberry32: a seed names the walk. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export async function walk(at: ConsoleParts, target: Target, walking: Walking): Promise<Walked> {
  const { steps, seed, time } = walking;
  const acts = {
    'sign-in': 0,
    'sign-in-elsewhere': 0,
    refresh: 0,
    'log-out': 0,
    'log-out-in-vain': 0,
    end: 0,
    expire: 0,
  };
  let compared = 0;
  let onOwnPage = 0;
  const onlooker = await createOnlooker(at, target, time);
  const walkers: Walker[] = [];
  while (walkers.length < PEOPLE) {
    const chance = random(seed * PEOPLE + walkers.length);
    walkers.push(await createWalker(at, target, onlooker, { chance, time }));
  }

  async function compare(walker: Walker, when: string): Promise<void> {
    if ((await walker.compare(when)) === 'both') onOwnPage += 1;
    compared += 1;
  }
  async function step(walker: Walker, turn: number): Promise<void> {
    const act = await walker.act();
    acts[act] += 1;
    const met = act === 'expire' && time === 'moved' ? walkers : [walker];
    for (const one of met) await compare(one, `turn ${String(turn)} of seed ${String(seed)}: ${act}`);
  }

  const turns = Array.from({ length: steps / PEOPLE }, (_, turn) => turn);
  if (time === 'real') {
    const alone = async (walker: Walker): Promise<void> => {
      for (const turn of turns) await step(walker, turn);
    };
    await Promise.all(walkers.map(alone));
  } else {
    for (const turn of turns) for (const walker of walkers) await step(walker, turn);
  }
  return { compared, onOwnPage, acts };
}
