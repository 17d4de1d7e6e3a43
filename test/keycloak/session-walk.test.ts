import { afterAll, expect, it } from 'vitest';
import { startConsoleAt } from '../contract/ocp/console-at.ts';
import { walk } from '../contract/ocp/session-walk.ts';
import { keycloakTarget } from './set-up.ts';

// Set by scripts/keycloak.mjs, which has started this server and set it up.
const { KEYWARD_KEYCLOAK_URL: baseUrl = '', KEYWARD_KEYCLOAK_VERSION: version = '' } = process.env;
const target = keycloakTarget({ version, baseUrl });

afterAll(() => target.restore());

/** The newer one is walked in full. The older counts alike as far as was seen, and half of the way tells whether it still does. */
const STEPS = version.startsWith('26.5.') ? 150 : 300;

it(`in a walk of ${STEPS} steps the page shows what the admin API says`, { timeout: 600_000 }, async () => {
  // Short enough that sessions also end by themselves, wherever the walk stands.
  await target.configure({ idleSeconds: 12 });
  const console_ = await startConsoleAt(target);
  try {
    const walked = await walk(console_, target, { steps: STEPS, seed: 20261121, time: 'real' });
    console.log(`walked: ${JSON.stringify(walked)}`);
    expect(walked.compared).toBe(STEPS);
    // The slower the machine, the more people find all their sessions lapsed.
    expect(walked.onOwnPage).toBeGreaterThan(STEPS / 4);
    for (const count of Object.values(walked.acts)) expect(count).toBeGreaterThan(0);
  } finally {
    await console_.close();
  }
});
