/**
 * Everything that must hold, from a fresh clone after `npm install`: `npm test`. Each step runs whatever became of the
 * one before, so that one run shows all there is to mend. Ends with a sum over the tests, and with 0 only where nothing
 * failed.
 */
import { ensureChromium } from './chromium.mjs';
import {
  clearReports,
  countResults,
  listTrouble,
  node,
  nodeAside,
  nodeYielding,
  root,
  stopChildren,
  tool,
  vitestReporters,
} from './tools.mjs';

process.chdir(root);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stopChildren();
    process.exit(1);
  });
}

/**
 * `report`: the names of the step's reports begin so.
 *
 * @type {readonly { name: string, run: () => Promise<boolean>, report?: string }[]}
 */
const steps = [
  { name: 'Types of the page', run: () => node([tool('typescript', 'tsc'), '-p', 'tsconfig.app.json']) },
  { name: 'Types of everything else', run: () => node([tool('typescript', 'tsc'), '-p', 'tsconfig.node.json']) },
  { name: 'Lint: cycles, and what nothing uses', run: () => node([tool('knip')]) },
  { name: 'Lint: format', run: () => node([tool('prettier'), '--check', '--log-level=warn', '.']) },
  { name: 'Build', run: () => node(['scripts/build.mjs']) },
  { name: 'Unit, component and contract tests', run: runUnits, report: 'unit' },
  { name: 'Lint: order of imports, vendors’ names, style', run: () => whenEnded(linted) },
  { name: 'Protections taken away, each of which a test must miss', run: () => nodeYielding(['scripts/mutants.mjs']) },
  { name: 'Contract tests against a real Keycloak', run: () => whenEnded(ofKeycloak), report: 'keycloak' },
  { name: 'Browser tests', run: runBrowserTests, report: 'browser' },
  { name: 'Kills of a tab, the browser and the gateway', run: runKills, report: 'kills' },
  { name: 'A browser that nobody drives', run: () => whenEnded(undriven), report: 'undriven' },
];

/** It waits for a third of its time, and fetches what it judges by. */
let ofKeycloak = Promise.resolve({ held: false, said: '' });

/** What a browser lets a hidden tab do takes minutes to see, and no processor: it runs beside the other browser tests. */
let undriven = Promise.resolve({ held: false, said: 'There is no browser.' });

clearReports();
/** It uses one processor for longer than the steps before it take together; a larger nursery saves a tenth of that. */
const linted = nodeAside(['--max-semi-space-size=32', tool('eslint'), '.', '--max-warnings=0']);

/** @type {{ name: string, held: boolean, seconds: number }[]} */
const results = [];
/** Steps that failed without a failed test to show for it: a check, or a runner that broke down. */
let failedSteps = 0;
for (const { name, run, report } of steps) {
  console.log(`\n━━ ${name} ${'━'.repeat(Math.max(0, 90 - name.length))}`);
  const startedAtMs = Date.now();
  const held = await run();
  results.push({ name, held, seconds: Math.round((Date.now() - startedAtMs) / 1000) });
  if (!held && !(report && countResults(report).failed > 0)) failedSteps += 1;
}

console.log(`\n━━ Result ${'━'.repeat(84)}`);
for (const { name, held, seconds } of results) console.log(`${held ? 'ok    ' : 'FAILED'}  ${name} (${seconds} s)`);
for (const line of listTrouble()) console.log(line);
const { passed, failed, skipped } = countResults();
console.log(`\n${passed} passed, ${failed + failedSteps} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = results.every(({ held }) => held) ? 0 : 1;

async function runUnits() {
  // Where there is none, the step of the browser tests says so.
  await ensureChromium().catch(() => undefined);
  ofKeycloak = nodeAside(['scripts/keycloak.mjs']);
  return nodeYielding([tool('vitest'), 'run', ...vitestReporters('unit')]);
}

async function runBrowserTests() {
  try {
    console.log(`With ${await ensureChromium()}`);
  } catch (error) {
    console.error(error.message);
    return false;
  }
  undriven = nodeAside(ofProjects('undriven'), { KEYWARD_REPORT: 'undriven' });
  return node(ofProjects('console', 'window'), { KEYWARD_REPORT: 'browser' });
}

/** There is room for one more at a time than there are processors: they wait most of the time. */
function runKills() {
  return node([...ofProjects('kills'), '--workers=3'], { KEYWARD_REPORT: 'kills' });
}

/** What ran beside other steps. */
async function whenEnded(aside) {
  const { held, said } = await aside;
  console.log(said);
  return held;
}

/** Those of `playwright.config.ts`. */
function ofProjects(...names) {
  return [tool('@playwright/test', 'playwright'), 'test', ...names.map((name) => `--project=${name}`)];
}
