/**
 * The refresh behaviour of this console beside oidc-client-ts and @azure/msal-browser, each with its real code, on the
 * same simulated days: `node bench/refresh-day.bench.mjs [--quick]`. One server for all, whose refresh tokens work once
 * and whose families end when one is presented again.
 *
 * Ends with 1 where Keyward presents a spent token without need, or loses a session that could be kept.
 */
import { runnerImport } from 'vite';

await runnerImport('./bench/refresh-day/main.ts');
