/**
 * Runs the benchmarks of bench/, one after the other so that none disturbs another: `npm run bench -- [--quick] [name…]`.
 * A name picks the files that contain it. Each benchmark prints its own table, and ends with another code than 0 where a
 * promise does not hold; `--quick` tells it to take fewer samples.
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
for (const file of files) {
  console.log(`\n── ${file} ${'─'.repeat(Math.max(0, 90 - file.length))}`);
  const startedAtMs = Date.now();
  const held = await node([join('bench', file), ...options]);
  console.log(`(${((Date.now() - startedAtMs) / 1000).toFixed(1)} s)`);
  if (!held) {
    console.error(`FAILED: ${file}`);
    process.exitCode = 1;
  }
}
