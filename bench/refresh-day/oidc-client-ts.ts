/**
 * oidc-client-ts with refresh tokens, as its documentation has it (docs/protocols/refresh-token-grant.md):
 * `automaticSilentRenew`, and `userStore` in a storage that the tabs share; or, as it comes, each tab with a session of
 * its own. The application asks `getUser()` before a call, and `signinSilent()` where that user is expired or refused.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import type * as oidc from 'oidc-client-ts';
import type { World } from '../../test/simulation/world.ts';
import type { Api, Contestant, Seat, Use } from './contestant.ts';
import { openPage, type Page } from './page.ts';
import { createProfile, createStorage } from './profile.ts';

type Library = typeof oidc;

interface Tab {
  readonly page: Page;
  readonly library: Library;
  readonly manager: oidc.UserManager;
}

const { resolve } = createRequire(import.meta.url);
const bundle = new URL('../browser/oidc-client-ts.min.js', `file://${resolve('oidc-client-ts')}`);
const script = new Script(readFileSync(bundle, 'utf8'), { filename: 'oidc-client-ts.js' });

export const oidcClient: Contestant = { name: 'oidc-client-ts', seat: (world, api) => seatOf(world, api, true) };
export const oidcClientPerTab: Contestant = {
  name: 'oidc-client-ts, a session per tab',
  seat: (world, api) => seatOf(world, api, false),
};

function seatOf(world: World, api: Api, tabsShare: boolean): Seat {
  const profile = createProfile(world);
  // Each tab's sessionStorage outlives a restart of the browser, as it does where tabs are restored.
  const stores = tabsShare ? [profile.localStorage, profile.localStorage] : [createStorage(), createStorage()];
  const { tokens, wire } = world.network.server('tuleap');
  const authority = wire.connection.baseUrl;
  const tabs: Tab[] = [];

  function open(at: number): void {
    const page = openPage(world, profile, script);
    const library = page.context['oidc'] as Library; // the global that the bundle declares
    const { UserManager, WebStorageStateStore } = library;
    const manager = new UserManager({
      authority,
      metadata: { issuer: authority, token_endpoint: `${authority}/oauth2/token` },
      client_id: 'app',
      redirect_uri: 'https://app.example/callback',
      scope: 'openid offline_access',
      automaticSilentRenew: true,
      userStore: new WebStorageStateStore({ store: stores[at] ?? profile.localStorage }),
    });
    tabs[at] = { page, library, manager };
  }

  async function use({ library, manager }: Tab): Promise<Use> {
    const user = await manager.getUser();
    if (!user) return 'sign-in-needed';
    const first = user.expired ? 'refused' : api(user.access_token);
    if (first !== 'refused') return first === 'good' ? 'served' : 'unserved';
    try {
      const renewed = await manager.signinSilent();
      return renewed && api(renewed.access_token) === 'good' ? 'served' : 'unserved';
    } catch (error) {
      return error instanceof library.ErrorResponse && error.error === 'invalid_grant' ? 'sign-in-needed' : 'unserved';
    }
  }

  return {
    async openTab() {
      open(tabs.length);
      await world.pass(20);
    },
    sessionOf: (at) => (tabsShare ? 0 : at),
    async signIn(at) {
      const tab = tabs[at];
      const pair = tokens.open('alice');
      if (!tab || pair === 'limit') throw new Error('Nobody can sign in');
      const nowS = Math.floor(world.computer.clock.wallMs() / 1_000);
      const user = new tab.library.User({
        access_token: pair.accessToken,
        refresh_token: pair.refreshToken,
        token_type: 'Bearer',
        scope: 'openid offline_access',
        expires_at: nowS + pair.lifeMs / 1_000,
        profile: { sub: 'alice', iss: authority, aud: 'app', iat: nowS, exp: nowS + pair.lifeMs / 1_000 },
      });
      await tab.manager.storeUser(user);
      // Signing in goes by way of the vendor's page, so that the application starts anew in this tab.
      tab.page.errand.end();
      open(at);
    },
    use: async (at) => {
      const tab = tabs[at];
      return tab ? await use(tab) : 'unserved';
    },
    kill() {
      for (const { page } of tabs.splice(0)) page.errand.end();
    },
    show(at, visible) {
      const tab = tabs[at];
      if (tab) tab.page.visible = visible;
    },
    poke: () => undefined,
    isProbe: () => false,
  };
}
