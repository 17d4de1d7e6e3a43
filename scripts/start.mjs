/**
 * `npm start -- [--config FILE] [--port N] [--no-stand-ins]`: builds what is stale and starts the gateway in this process.
 * Only built-in modules are imported before Node's version and the packages are known to be there.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OLDEST = [20, 19];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
  give(`Keyward needs Node ${OLDEST.join('.')} or newer; this is ${process.versions.node}.`);
}
// A path on the command line is meant from where it was typed.
const typedIn = process.cwd();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
if (!existsSync('node_modules/hono')) give('The packages are not installed. Run "npm install" first.');

const { isFresh, partNames } = await import('./freshness.mjs');
const stale = partNames.filter((part) => !isFresh(part));
if (stale.length > 0) {
  if (!existsSync('node_modules/vite')) {
    give('The program has to be built, and the build tool is not installed. Run "npm install" without --omit=dev.');
  }
  console.log(
    `Building ${stale.length === 2 ? 'the page and the gateway' : stale[0] === 'client' ? 'the page' : 'the gateway'} …`,
  );
  const { build } = await import('./build.mjs');
  for (const part of stale) await build(part);
}

process.chdir(typedIn);
const { main } = await import(new URL('../dist/server/main.js', import.meta.url).href);
await main(process.argv.slice(2));

/** @param {string} sentence */
function give(sentence) {
  console.error(sentence);
  process.exit(1);
}
