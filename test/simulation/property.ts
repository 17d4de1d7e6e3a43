/** Runs a property of the simulated world many times, and says how to have the same runs again. */
import fc from 'fast-check';
import { test, vi } from 'vitest';
import type { Act } from './acts.ts';
import { judge, type Judge } from './judge.ts';
import { runs, RUNS_TIMEOUT_MS } from './runs.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

console.info(`Simulated worlds: ${runs.numRuns} of each, KEYWARD_SEED=${runs.seed}`);

export interface Run {
  readonly world: World;
  readonly judge: Judge;
  readonly acts: readonly Act[];
  /** What the console wrote to the browser's console: names of faults, never a value. */
  readonly faults: readonly string[];
}

export interface Scene extends Omit<WorldOptions, 'seed' | 'tabs'> {
  readonly acts: fc.Arbitrary<Act>;
  readonly lengthMax?: number;
  readonly tabs?: fc.Arbitrary<number>;
  /** Opens sessions and whatever else is there at the start. */
  readonly prepare: (world: World) => void | Promise<void>;
}

/** A property test over worlds: each run has its own seed, number of tabs and order of acts. */
export function invariant(name: string, scene: Scene, holds: (run: Run) => void | Promise<void>): void {
  const { acts, lengthMax = 14, tabs = fc.integer({ min: 1, max: 3 }), prepare, ...options } = scene;
  test(name, { timeout: RUNS_TIMEOUT_MS }, async () => {
    const run = fc.record({ seed: fc.nat(2 ** 31), tabs, acts: fc.array(acts, { maxLength: lengthMax, size: 'max' }) });
    await fc.assert(
      fc.asyncProperty(run, async ({ seed, tabs: count, acts: list }) => {
        const faults: string[] = [];
        const silence = vi.spyOn(console, 'error').mockImplementation((...said) => void faults.push(said.join(' ')));
        try {
          const world = await createWorld({ ...options, seed, tabs: count });
          const watching = judge(world);
          await prepare(world);
          await holds({ world, judge: watching, acts: list, faults });
        } finally {
          silence.mockRestore();
        }
      }),
      runs,
    );
  });
}

/** A test of one world and one order of events. */
export const scene = (name: string, run: (world: World) => Promise<void>, options: WorldOptions = {}): void =>
  test(name, async () => {
    const silence = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    try {
      await run(await createWorld(options));
    } finally {
      silence.mockRestore();
    }
  });
