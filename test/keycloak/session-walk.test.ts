import { afterAll, expect, it } from 'vitest';
import { startConsoleAt } from '../contract/ocp/console-at.ts';
import { walk } from '../contract/ocp/session-walk.ts';
import { keycloakTarget } from './set-up.ts';

// Set by scripts/keycloak.mjs, which has started this server and set it up.
const { KEYWARD_KEYCLOAK_URL: baseUrl = '', KEYWARD_KEYCLOAK_VERSION: version = '' } = process.env;
const target = keycloakTarget({ version, baseUrl });

afterAll(() => target.restore());

it('in a walk of 300 steps the page shows what the admin API says', { timeout: 600_000 }, async () => {
  // Short enough that sessions also end by themselves, wherever the walk stands.
  await target.configure({ idleSeconds: 12 });
  const console_ = await startConsoleAt(target);
  try {
    const walked = await walk(console_, target, { steps: 300, seed: 20261121, time: 'real' });
    console.log(`walked: ${JSON.stringify(walked)}`);
    expect(walked.compared).toBe(300);
    // The slower the machine, the more people find all their sessions lapsed.
    expect(walked.onOwnPage).toBeGreaterThan(75);
    for (const count of Object.values(walked.acts)) expect(count).toBeGreaterThan(0);
  } finally {
    await console_.close();
  }
});
