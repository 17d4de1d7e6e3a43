/**
 * How long fifty things at three vendors take to be ended and proven dead, beside the ideal schedule of the same number of
 * calls under the same limits: `node bench/revocation.bench.mjs [--quick]`. Every server answers after 50 ms; the calls are
 * those of the console's own services, through its gateway. The ideal schedule is computed, and carried out with calls that
 * change nothing: both sides in turn in the same run, so that both meet the same machine.
 *
 * Ends with 1 above 1.2 times.
 */
import { runnerImport } from 'vite';

await runnerImport('./bench/revocation/main.ts');
