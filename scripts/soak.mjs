/**
 * What CI tries a little, many times over: `npm run soak -- [runs of each invariant, 100,000 where left out]`, then 20
 * kills at each point. The seed is printed by each file of invariants, and KEYWARD_SEED repeats it. KEYWARD_SOAK=kills
 * leaves the invariants out, KEYWARD_SOAK=invariants the kills. The kills need a build.
 */
import { node, root, tool } from './tools.mjs';

const killsOfEach = '20';

process.chdir(root);
const runs = Number(process.argv[2] ?? 100_000);
if (!Number.isInteger(runs) || runs < 1) throw new Error('How many runs? A whole number.');
const files = ['test/simulation/invariants', 'src/vault/vault.test.ts'];
const only = process.env.KEYWARD_SOAK;
const invariantsHeld =
  only === 'kills' ||
  (await node([tool('vitest'), 'run', ...files, '-t', 'I[0-9]{2} [A-Z]', '--reporter=verbose'], {
    KEYWARD_RUNS: String(runs),
    KEYWARD_SEED: process.env.KEYWARD_SEED ?? String(Date.now() % 2 ** 31),
  }));
const killsHeld =
  only === 'invariants' ||
  (await node([tool('@playwright/test', 'playwright'), 'test', '--project=kills', '--workers=3'], {
    KEYWARD_KILLS: killsOfEach,
    KEYWARD_REPORT: 'kills',
  }));
process.exitCode = invariantsHeld && killsHeld ? 0 : 1;
