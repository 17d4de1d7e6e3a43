/** The console's own services, as `main.tsx` builds them, behind the product's own gateway. */
import { refreshSession } from '../../src/refresh/refresh-session.ts';
import type { Contestant } from './contestant.ts';

export const keyward: Contestant = {
  name: 'Keyward',
  seat(world, api) {
    let session = '';
    const record = () => world.record(session);
    const call = () => api(record().tokens?.accessToken ?? '');
    return {
      async openTab() {
        await world.openTab();
      },
      sessionOf: () => 0,
      signIn() {
        session = world.openSession('tuleap');
        return Promise.resolve();
      },
      async use(at) {
        const tab = world.tabs[at];
        if (!tab) return 'unserved';
        tab.touch();
        const first = call();
        if (first === 'good') return 'served';
        if (first === 'failed') return 'unserved';
        if (record().signInNeeded) return 'sign-in-needed';
        // As `callAs` does after a 401.
        await refreshSession(tab.services.hands, session, 'person');
        return call() === 'good' ? 'served' : 'unserved';
      },
      kill: () => world.tabs.forEach((tab) => tab.kill()),
      show(at, visible) {
        const tab = world.tabs[at];
        if (!tab) return;
        tab.visible = visible;
        tab.throttled = !visible;
        tab.poke();
      },
      poke: () => world.tabs.forEach((tab) => tab.poke()),
      isProbe: () => record().intent?.probe === true,
    };
  },
};
