/**
 * The invariants over many more simulated worlds than CI takes: `npm run soak -- [runs of each, 100,000 where left out]`.
 * The seed is printed by each file; KEYWARD_SEED repeats it.
 */
import { node, root, tool } from './tools.mjs';

process.chdir(root);
const runs = Number(process.argv[2] ?? 100_000);
if (!Number.isInteger(runs) || runs < 1) throw new Error('How many runs? A whole number.');
const held = await node([tool('vitest'), 'run', 'test/simulation/invariants'], {
  KEYWARD_RUNS: String(runs),
  KEYWARD_SEED: process.env.KEYWARD_SEED ?? String(Date.now() % 2 ** 31),
});
process.exitCode = held ? 0 : 1;
