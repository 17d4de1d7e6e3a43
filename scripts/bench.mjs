/**
 * Runs the benchmarks of bench/, one after the other so that none disturbs another: `npm run bench -- [--quick] [name…]`.
 * A name picks the files that contain it. Each benchmark prints its own table, and ends with another code than 0 where a
 * promise does not hold; `--quick` tells it to take fewer samples, and leaves out what takes long even so unless it is named.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { node, root } from './tools.mjs';

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const files = readdirSync(join(root, 'bench'))
  .filter((file) => file.endsWith('.mjs'))
  .filter((file) => names.length === 0 || names.some((name) => file.includes(name)))
  .sort();

if (files.length === 0) {
  console.error('There is no benchmark of this name in bench/.');
  process.exitCode = 1;
}
/** It starts a real Keycloak. */
const neverQuick = ['keycloak-consoles.bench.mjs'];
const inHaste = options.includes('--quick') && names.length === 0;

for (const file of files) {
  if (inHaste && neverQuick.includes(file)) {
    console.log(`\nSKIPPED: ${file} was NOT run, because it takes long even with --quick: name it to have it.`);
    continue;
  }
  console.log(`\n── ${file} ${'─'.repeat(Math.max(0, 90 - file.length))}`);
  const startedAtMs = Date.now();
  const held = await node([join('bench', file), ...options]);
  console.log(`(${((Date.now() - startedAtMs) / 1000).toFixed(1)} s)`);
  if (!held) {
    console.error(`FAILED: ${file}`);
    process.exitCode = 1;
  }
}
