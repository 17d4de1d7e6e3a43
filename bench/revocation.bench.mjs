/**
 * How long fifty things at three vendors take to be ended and proven dead, beside the ideal schedule of the same number of
 * calls under the same limits: `node bench/revocation.bench.mjs [--quick]`. Every server answers after 50 ms; the calls are
 * those of the console's own services, through its gateway, each side in a thread of its own. The ideal schedule is computed
 * from how long a call straight to a server takes in the same run; beside it stands the schedule carried out with calls that
 * change nothing.
 *
 * Ends with 1 above 1.2 times the computed one.
 */
import { runnerImport } from 'vite';

await runnerImport('./bench/revocation/main.ts');
