/**
 * Everything that must hold, from a fresh clone after `npm install`: `npm test`. Each step runs whatever became of the
 * one before, so that one run shows all there is to mend. Ends with a sum over the tests, and with 0 only where nothing
 * failed.
 */
import { ensureChromium } from './chromium.mjs';
import { clearReports, countResults, node, root, stopChildren, tool, vitestReporters } from './tools.mjs';

process.chdir(root);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stopChildren();
    process.exit(1);
  });
}

/** @type {readonly { name: string, run: () => Promise<boolean>, counts?: boolean }[]} */
const steps = [
  { name: 'Types of the page', run: () => node([tool('typescript', 'tsc'), '-p', 'tsconfig.app.json']) },
  { name: 'Types of everything else', run: () => node([tool('typescript', 'tsc'), '-p', 'tsconfig.node.json']) },
  { name: 'Lint: order of imports, vendors’ names, style', run: () => node([tool('eslint'), '.', '--max-warnings=0']) },
  { name: 'Lint: cycles, and what nothing uses', run: () => node([tool('knip')]) },
  { name: 'Lint: format', run: () => node([tool('prettier'), '--check', '--log-level=warn', '.']) },
  { name: 'Build', run: () => node(['scripts/build.mjs']) },
  {
    name: 'Unit, component and contract tests',
    run: () => node([tool('vitest'), 'run', ...vitestReporters('unit')]),
    counts: true,
  },
  { name: 'Browser tests', run: runBrowserTests, counts: true },
  { name: 'Contract tests against a real Keycloak', run: () => node(['scripts/keycloak.mjs']), counts: true },
];

clearReports();
/** @type {{ name: string, held: boolean, seconds: number }[]} */
const results = [];
/** Steps that failed without a failed test to show for it: a check, or a runner that broke down. */
let failedSteps = 0;
for (const { name, run, counts } of steps) {
  console.log(`\n━━ ${name} ${'━'.repeat(Math.max(0, 90 - name.length))}`);
  const startedAtMs = Date.now();
  const failedBefore = countResults().failed;
  const held = await run();
  results.push({ name, held, seconds: Math.round((Date.now() - startedAtMs) / 1000) });
  if (!held && !(counts && countResults().failed > failedBefore)) failedSteps += 1;
}

console.log(`\n━━ Result ${'━'.repeat(84)}`);
for (const { name, held, seconds } of results) console.log(`${held ? 'ok    ' : 'FAILED'}  ${name} (${seconds} s)`);
const { passed, failed, skipped } = countResults();
console.log(`\n${passed} passed, ${failed + failedSteps} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = results.every(({ held }) => held) ? 0 : 1;

async function runBrowserTests() {
  try {
    console.log(`With ${await ensureChromium()}`);
  } catch (error) {
    console.error(error.message);
    return false;
  }
  return node([tool('@playwright/test', 'playwright'), 'test']);
}
