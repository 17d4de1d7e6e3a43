/** What the scripts share: running the project's tools, and counting what they counted. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../', import.meta.url));

/** Where test runners leave their JSON reports, for the sum at the end of `npm test`. */
const reports = join(root, '.cache', 'reports');

/**
 * The script behind a package's command, to be run with this very node: no shell, no npm, the same on every system.
 *
 * @param {string} name Of the package.
 * @param {string} command Of the package's commands.
 */
export function tool(name, command = name) {
  const manifest = join(root, 'node_modules', name, 'package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[command]);
}

/** Children that are running: whoever stops us stops them first. */
const children = new Set();

/**
 * Runs a script with node, its output going where ours goes.
 *
 * @param {string[]} args
 * @param {Record<string, string>} [env] Added to our own.
 * @param {number} [priority] As `setPriority` of node:os takes it; our own where left out.
 * @returns {Promise<boolean>} Whether it ended with 0.
 */
export function node(args, env = {}, priority = undefined) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
    if (priority !== undefined) setPriority(child.pid, priority);
    children.add(child);
    child.once('exit', (code) => {
      children.delete(child);
      resolve(code === 0);
    });
  });
}

/**
 * The same for what may take longer while something beside it must keep time.
 *
 * @param {string[]} args
 * @returns {Promise<boolean>} Whether it ended with 0.
 */
export const nodeYielding = (args) => node(args, {}, constants.priority.PRIORITY_BELOW_NORMAL);

/**
 * The same beside something else that runs: what it says comes with its end.
 *
 * @param {string[]} args
 * @param {Record<string, string>} [env] Added to our own.
 * @returns {Promise<{ held: boolean, said: string }>}
 */
export function nodeAside(args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'pipe', env: { ...process.env, ...env } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    children.add(child);
    child.once('exit', (code) => {
      children.delete(child);
      resolve({ held: code === 0, said });
    });
  });
}

/** Asks every running child to stop. */
export function stopChildren() {
  for (const child of children) child.kill('SIGTERM');
}

/** Whether a program is there and answers. */
export const answers = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** @param {string} name */
export const reportFile = (name) => join(reports, `${name}.json`);

export const clearReports = () => rmSync(reports, { recursive: true, force: true });

/** Arguments that make vitest report to the terminal and to a file. */
export const vitestReporters = (name) => [
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reportFile(name)}`,
];

/**
 * @param {string} [begin] Of the names of the reports that count; all where left out.
 * @returns {{ passed: number, failed: number, skipped: number }} Summed over the reports since the last `clearReports`.
 */
export function countResults(begin = '') {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { report } of readReports(begin)) {
    const counts = countsIn(report);
    for (const key of Object.keys(sum)) sum[key] += counts[key];
  }
  return sum;
}

/** What failed, and what passed at its second try only, a line each. */
export function listTrouble() {
  return readReports('').flatMap(({ name, report }) => troubleIn(report).map((line) => `${name}: ${line}`));
}

function readReports(begin) {
  const files = existsSync(reports) ? readdirSync(reports) : [];
  return files
    .filter((file) => file.startsWith(begin))
    .map((file) => ({
      name: file.replace(/\.json$/, ''),
      report: JSON.parse(readFileSync(join(reports, file), 'utf8')),
    }));
}

/**
 * Reads either runner's report. A file of vitest's that could not be loaded has no tests of its own, and counts as one
 * failure; so does an error of Playwright's outside any test.
 *
 * @param {any} report
 */
export function countsIn(report) {
  if (report.stats) {
    const { expected, flaky, unexpected, skipped } = report.stats;
    return { passed: expected + flaky, failed: unexpected + report.errors.length, skipped };
  }
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * The titles of what a report of either runner's tells as failed or flaky.
 *
 * @param {any} report
 * @returns {string[]}
 */
export function troubleIn(report) {
  if (report.stats) return (report.suites ?? []).flatMap(troubleOfSuite);
  return report.testResults.flatMap((file) => {
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0 && file.status === 'failed') return [`failed: ${file.name} could not be loaded`];
    return failed.map(({ fullName }) => `failed: ${fullName}`);
  });
}

function troubleOfSuite({ specs = [], suites = [] }) {
  const own = specs.flatMap(({ file, line, title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ status }) => `${status === 'flaky' ? 'flaky' : 'failed'}: ${file}:${line} ${title}`),
  );
  return [...own, ...suites.flatMap(troubleOfSuite)];
}
