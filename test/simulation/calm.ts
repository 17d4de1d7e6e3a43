/** Everything is well again, and somebody is there: what then does not recover by itself never will. */
import type { World } from './world.ts';

export async function calmDown(world: World, ms: number): Promise<void> {
  world.sessions.fault = 'none';
  world.credentials.fault = 'none';
  world.locks.trouble = 'none';
  world.gateway.start();
  world.browser.online = true;
  for (const server of world.network.servers) {
    server.troubles.length = 0;
    server.weather = null;
  }
  if (world.tabs.length === 0) await world.openTab();
  for (const tab of world.tabs) {
    tab.visible = true;
    tab.throttled = false;
    tab.errand.thaw();
    tab.touch();
    tab.poke();
  }
  await world.pass(ms);
}

/** Nobody looks at them: a hidden page asks its gateway less often, so that a long time costs a world less. */
export function hideAll(world: World): void {
  for (const tab of world.tabs) {
    tab.visible = false;
    tab.poke();
  }
}
