/** Somebody comes back to the console. */
import { expect } from 'vitest';
import { scene } from './property.ts';
import { firstTab, MINUTE_MS, refreshesOf, SECOND_MS } from './scenes.ts';

scene(
  'F14: somebody comes back to a session that was left to lapse; it is refreshed within two seconds',
  async (world) => {
    const id = world.openSession('ocp');
    // Long after a token was over, and between two of the looks that come once a minute.
    await world.pass(22 * MINUTE_MS + 7 * SECOND_MS);
    const before = refreshesOf(world).length;
    expect(world.moment(id)).toMatchObject({ status: 'waiting', hold: 'left-to-lapse' });
    firstTab(world).touch();
    await world.pass(2 * SECOND_MS);
    expect(refreshesOf(world)).toHaveLength(before + 1);
    expect(world.moment(id).status).toBe('ready');
    // A hand that stays on the mouse asks for nothing more.
    for (let at = 0; at < 20; at += 1) {
      firstTab(world).touch();
      await world.pass(100);
    }
    expect(refreshesOf(world)).toHaveLength(before + 1);
  },
  { policy: { ocp: { lifeMs: 5 * MINUTE_MS, idleMs: 60 * MINUTE_MS } } },
);
