/**
 * Judges OCP's contract by real Keycloaks: `npm run test:keycloak`. For each version: fetch it with Maven where it is not
 * in the cache, start it on loopback, set it up, run the tests of test/keycloak and e2e/keycloak, stop it.
 *
 * KEYWARD_KEYCLOAK=<version> judges another version instead of the two that differ most.
 */
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { findChromium } from './chromium.mjs';
import { isFresh, partNames } from './freshness.mjs';
import { whatKeycloakMisses } from './keycloak-needs.mjs';
import { node, nodeAside, root, stopChildren, tool, vitestReporters } from './tools.mjs';

/** Before 26.6 a wrong password is a 401 and a foreign origin is served; from 26.6.3 on neither. */
const versions = process.env.KEYWARD_KEYCLOAK ? [process.env.KEYWARD_KEYCLOAK] : ['26.5.5', '26.7.4'];

process.chdir(root);
const missing = whatKeycloakMisses(versions);
if (missing.length > 0) {
  console.log(`SKIPPED: the tests against a real Keycloak need ${missing.join(' and ')}. Nothing was judged by them.`);
} else {
  const { fetchDistribution, startKeycloak, setUpKeycloak } = await load();
  for (const version of versions) fetchDistribution(version);
  const browser = await readyForBrowser();
  // Most of the time it is waited for lives to end, so one server has room beside the other.
  const held = await Promise.all(versions.map((version) => judgedBy(version, startKeycloak, setUpKeycloak, browser)));
  if (!held.every(Boolean)) process.exitCode = 1;
}

/**
 * @param {string} version
 * @param {'ready' | 'none' | 'not built'} browser
 * @returns {Promise<boolean>}
 */
async function judgedBy(version, startKeycloak, setUpKeycloak, browser) {
  const startedAtMs = Date.now();
  console.log(`\nKeycloak ${version}: starting`);
  const server = await startKeycloak(version);
  const stopOnSignal = (signal) => {
    stopChildren();
    void server.stop().then(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  };
  process.on('SIGINT', stopOnSignal).on('SIGTERM', stopOnSignal);
  try {
    await setUpKeycloak(server);
    console.log(`Keycloak ${version}: ready at ${server.baseUrl} after ${seconds(startedAtMs)} s`);
    const env = { KEYWARD_KEYCLOAK_URL: server.baseUrl, KEYWARD_KEYCLOAK_VERSION: version };
    const contract = [tool('vitest'), 'run', '--config', 'test/keycloak/vitest.config.ts'];
    const contractHeld = await told([...contract, ...vitestReporters(`keycloak-${version}`)], env);
    if (browser !== 'ready') return browser === 'none' && contractHeld;
    // One after the other: they change the realm, as the contract's rows do.
    const run = [tool('@playwright/test', 'playwright'), 'test', 'e2e/keycloak', '--workers=1'];
    return (await told(run, { ...env, KEYWARD_REPORT: `keycloak-browser-${version}` })) && contractHeld;
  } finally {
    await server.stop();
    process.off('SIGINT', stopOnSignal).off('SIGTERM', stopOnSignal);
    console.log(`Keycloak ${version}: stopped after ${seconds(startedAtMs)} s`);
  }
}

/** Runs it and says in one piece what it said: the lines of two servers would mix. */
async function told(args, env) {
  const { held, said } = await nodeAside(args, env);
  console.log(said);
  return held;
}

/** Whether the built console can be run in a browser, through the gateway to these servers. */
async function readyForBrowser() {
  if (!(await findChromium())) {
    console.log('SKIPPED: the browser runs against Keycloak need Chromium; npm test installs one.');
    return 'none';
  }
  return partNames.every(isFresh) || (await node(['scripts/build.mjs'])) ? 'ready' : 'not built';
}

function seconds(sinceMs) {
  return Math.round((Date.now() - sinceMs) / 1000);
}

/** The tests' own TypeScript, which node cannot read by itself. */
async function load() {
  const quiet = { root, configFile: false, logLevel: 'warn' };
  const parts = ['distribution', 'server', 'set-up'].map((part) =>
    runnerImport(join(root, `test/keycloak/${part}.ts`), quiet),
  );
  return Object.assign({}, ...(await Promise.all(parts)).map(({ module }) => module));
}
