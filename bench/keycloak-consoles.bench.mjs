/**
 * OCP's page of this console beside Keycloak's own two consoles, at one real Keycloak in production mode on this machine:
 * `node bench/keycloak-consoles.bench.mjs [--quick]`. Each visit is by a browser that has fetched nothing yet, from opening
 * the page to visible rows, signing in included, scripted alike and in turn.
 *
 * Ends with 1 where Keyward takes more than 0.25 of the bytes, or 0.5 of the requests or of the time from the sign-in to
 * the rows. The built console is measured; build it first. Needs Java, and Maven for the first time.
 */
import { runnerImport } from 'vite';
import { findChromium } from '../scripts/chromium.mjs';
import { whatKeycloakMisses } from '../scripts/keycloak-needs.mjs';

const { module: bench } = await runnerImport('./bench/keycloak-consoles/main.ts');
const executablePath = await findChromium();
const missing = [...whatKeycloakMisses([bench.version]), ...(executablePath ? [] : ['Chromium'])];
if (missing.length === 0) await bench.compare(executablePath);
else
  console.error(`SKIPPED: OCP's page was NOT compared with Keycloak's consoles: that needs ${missing.join(' and ')}.`);
