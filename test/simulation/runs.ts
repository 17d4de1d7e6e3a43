/** How many worlds each property is tried in, and which. */
const read = (name: string): number | undefined => {
  const text = process.env[name];
  return text === undefined ? undefined : Number(text);
};

/** Of each property: `npm run soak` asks for more. */
const RUNS = read('KEYWARD_RUNS') ?? 1_000;
/** The same worlds each time, so that a red test is a changed program; the soak looks at others. */
const SEED = read('KEYWARD_SEED') ?? 20_260_105;
/** A mutant has to die, not to die nicely. */
const endOnFailure = process.env['KEYWARD_SHRINK'] === 'no';

export const runs = { numRuns: RUNS, seed: SEED, endOnFailure } as const;

/** Generous: processors are shared with whatever else runs, and what hangs is found all the same. */
export const RUNS_TIMEOUT_MS = 300_000 + RUNS * 300;
