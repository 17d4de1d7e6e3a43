/**
 * The built gateway as a process of its own, with the arguments of `npm start`. It ends when whoever started it lets go of
 * its standard input, in whatever way, so that a test that was killed leaves nothing running. KEYWARD_FAST_CLOCK has the
 * JSON of a faster clock.
 */
import { main } from '../dist/server/main.js';
import { runFast } from './fast-clock.mjs';

const clock = process.env.KEYWARD_FAST_CLOCK;
if (clock) runFast(JSON.parse(clock));
process.stdin.on('end', () => process.exit(0)).resume();
await main(process.argv.slice(2));
