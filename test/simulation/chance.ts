/** Chance that can be had again: the same seed gives the same run (mulberry32). */
export interface Chance {
  /** At least 0, below 1. */
  share(): number;
  /** A number from `least` to `most`, both included where they are whole. */
  between(least: number, most: number): number;
  happens(probability: number): boolean;
  pick<Value>(from: readonly Value[]): Value;
  bytes(length: number): Uint8Array;
  /** A word that occurs nowhere by accident: every eight characters of it are a canary. */
  secret(): string;
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const share = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number): number => least + Math.floor(share() * (most - least + 1));
  return {
    share,
    between,
    pick(from) {
      const picked = from[between(0, from.length - 1)];
      if (picked === undefined) throw new Error('There is nothing to pick from');
      return picked;
    },
    happens: (probability) => share() < probability,
    bytes: (length) => Uint8Array.from({ length }, () => between(0, 255)),
    secret: () => Array.from({ length: 24 }, () => LETTERS[between(0, LETTERS.length - 1)]).join(''),
  };
}
