/**
 * Takes each protection away in turn and runs the tests that must then fail: `npm run mutants -- [part of a name…]`. Fails
 * where a mutant survives one of its tests, or where its text no longer stands exactly once in the source.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'vite';
import { root, tool } from './tools.mjs';

const AT_ONCE = 2;

process.chdir(root);
const wanted = process.argv.slice(2);
const startedAtMs = Date.now();
const reports = mkdtempSync(join(tmpdir(), 'keyward-mutants-'));
const table = await readTable();
const queue = table
  .map((mutant, place) => ({ ...mutant, place }))
  .filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
const count = queue.length;
const faults = [];

await Promise.all(Array.from({ length: AT_ONCE }, work));
rmSync(reports, { recursive: true, force: true });
for (const fault of faults) console.error(`FAILED  ${fault}`);
const seconds = Math.round((Date.now() - startedAtMs) / 1000);
console.log(`${count} mutants, ${faults.length} faults (${seconds} s)`);
process.exitCode = faults.length === 0 && count > 0 ? 0 : 1;

/** @returns {Promise<readonly import('../test/mutants/mutant.ts').Mutant[]>} */
async function readTable() {
  const quiet = { middlewareMode: true, ws: false, watch: null };
  const server = await createServer({ configFile: false, server: quiet, logLevel: 'error' });
  const { mutants } = await server.ssrLoadModule('/test/mutants/mutants.ts');
  await server.close();
  return mutants;
}

async function work() {
  for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
    const found = strayEdits(mutant);
    if (found.length === 0) found.push(...survivals(mutant, await testsOf(mutant)));
    faults.push(...found);
    console.log(`${found.length === 0 ? 'killed' : 'ALIVE '}  ${mutant.name}: ${mutant.kills.join(', ')}`);
  }
}

/** Pieces that do not stand exactly once in their file. */
function strayEdits({ name, file, edits }) {
  const text = readFileSync(join(root, file), 'utf8');
  return edits.flatMap(([stands]) => {
    const times = text.split(stands).length - 1;
    return times === 1 ? [] : [`${name}: its text stands ${times} times in ${file}`];
  });
}

/** @returns {Promise<{ title: string, status: string }[]>} What became of the tests that this mutant must fail. */
function testsOf({ place }) {
  const report = join(reports, `${place}.json`);
  const args = ['run', '--config', 'test/mutants/vitest.config.ts', '--reporter=json', `--outputFile=${report}`];
  return new Promise((resolve) => {
    const env = { ...process.env, KEYWARD_MUTANT: String(place) };
    const child = spawn(process.execPath, [tool('vitest'), ...args], { cwd: root, stdio: 'ignore', env });
    child.once('exit', () => {
      try {
        resolve(JSON.parse(readFileSync(report, 'utf8')).testResults.flatMap((file) => file.assertionResults));
      } catch {
        resolve([]);
      }
    });
  });
}

/** The numbers of which no test went red. */
function survivals({ name, kills }, tests) {
  return kills
    .filter((kill) => !tests.some(({ title, status }) => title.startsWith(kill) && status === 'failed'))
    .map((kill) => `${name}: ${kill} does not go red`);
}
