/**
 * @azure/msal-browser against a server of RFC 6749, as its documentation has it (acquire-token.md, token-lifetimes.md,
 * caching.md, and `ProtocolMode.OIDC` for servers that are not Microsoft's): `acquireTokenSilent` before each call and on
 * a timer, the cache in localStorage. Its renewal offset of 300 s would renew a token of 300 s on every call, so the
 * application sets it to 60 s. No hidden frame: that would need a session cookie of the vendor's own pages.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import type * as msal from '@azure/msal-browser';
import type { World } from '../../test/simulation/world.ts';
import type { Api, Contestant, Seat, Use } from './contestant.ts';
import { openPage, type Page } from './page.ts';
import { createProfile } from './profile.ts';

type Library = typeof msal;

interface Tab {
  readonly page: Page;
  readonly library: Library;
  readonly client: msal.IPublicClientApplication;
}

const { resolve } = createRequire(import.meta.url);
const bundle = new URL('./msal-browser.min.js', `file://${resolve('@azure/msal-browser')}`);
const script = new Script(readFileSync(bundle, 'utf8'), { filename: 'msal-browser.js' });
const SCOPES = ['openid', 'offline_access', 'console'];
const ASK_EVERY_MS = 60_000;

export const msalBrowser: Contestant = { name: 'msal-browser', seat: seatOf(60) };
export const msalBrowserAsItComes: Contestant = { name: 'msal-browser with its own offset', seat: seatOf(300) };

function seatOf(tokenRenewalOffsetSeconds: number) {
  return (world: World, api: Api): Seat => {
    const profile = createProfile(world);
    const { tokens, wire } = world.network.server('tuleap');
    const tabs: Tab[] = [];

    const ownIdentity = (): string => identityToken(wire.connection.baseUrl, world.computer.clock.wallMs());
    // It files what it gets under the identity token's subject, and expects one with every answer.
    const complete = (body: string): string =>
      JSON.stringify({ ...(JSON.parse(body) as object), id_token: ownIdentity() }); // an answer of the token endpoint

    async function open(): Promise<Tab> {
      const page = openPage(world, profile, script, complete);
      const library = page.context['msal'] as Library; // the global that the bundle declares
      const client = await library.createStandardPublicClientApplication(
        configuration(library, wire.connection.baseUrl, tokenRenewalOffsetSeconds),
      );
      const tab = { page, library, client };
      const { setInterval } = page.context as typeof globalThis; // the page's own timers
      setInterval(() => void acquire(tab).catch(() => undefined), ASK_EVERY_MS);
      return tab;
    }

    async function use(tab: Tab): Promise<Use> {
      try {
        const kept = await acquire(tab);
        const first = api(kept);
        if (first !== 'refused') return first === 'good' ? 'served' : 'unserved';
        return api(await acquire(tab, { forceRefresh: true })) === 'good' ? 'served' : 'unserved';
      } catch (error) {
        const { AuthError, InteractionRequiredAuthError } = tab.library;
        const refused = error instanceof AuthError && ['invalid_grant', 'no_account_error'].includes(error.errorCode);
        return refused || error instanceof InteractionRequiredAuthError ? 'sign-in-needed' : 'unserved';
      }
    }

    return {
      async openTab() {
        tabs.push(await open());
        await world.pass(20);
      },
      sessionOf: () => 0,
      async signIn(at) {
        const tab = tabs[at];
        const pair = tokens.open('alice');
        if (!tab || pair === 'limit') throw new Error('Nobody can sign in');
        const config = configuration(tab.library, wire.connection.baseUrl, tokenRenewalOffsetSeconds);
        const answer = {
          access_token: pair.accessToken,
          refresh_token: pair.refreshToken,
          expires_in: pair.lifeMs / 1_000,
          scope: SCOPES.join(' '),
          id_token: ownIdentity(),
        };
        await tab.library.loadExternalTokens(config, { scopes: SCOPES }, answer, {});
        // Signing in goes by way of the vendor's page, so that the application starts anew in this tab.
        tab.page.errand.end();
        tabs[at] = await open();
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
  };
}

const configuration = (library: Library, authority: string, tokenRenewalOffsetSeconds: number): msal.Configuration => ({
  auth: {
    clientId: 'app',
    authority,
    knownAuthorities: [new URL(authority).host],
    redirectUri: 'https://app.example/',
    authorityMetadata: JSON.stringify({
      issuer: authority,
      authorization_endpoint: `${authority}/oauth2/authorize`,
      token_endpoint: `${authority}/oauth2/token`,
      jwks_uri: `${authority}/oauth2/keys`,
    }),
  },
  cache: { cacheLocation: library.BrowserCacheLocation.LocalStorage },
  system: { protocolMode: library.ProtocolMode.OIDC, tokenRenewalOffsetSeconds },
});

async function acquire({ library, client }: Tab, more: Partial<msal.SilentRequest> = {}): Promise<string> {
  const [account] = client.getAllAccounts();
  const { AccessTokenAndRefreshToken } = library.CacheLookupPolicy;
  const request = { scopes: SCOPES, cacheLookupPolicy: AccessTokenAndRefreshToken, ...more };
  return (await client.acquireTokenSilent({ ...request, ...(account && { account }) })).accessToken;
}

/** Unsigned: nobody here checks a signature, and the library wants to know whose tokens these are. */
function identityToken(issuer: string, nowMs: number): string {
  const nowS = Math.floor(nowMs / 1_000);
  const claims = { iss: issuer, aud: 'app', sub: 'alice', preferred_username: 'alice', iat: nowS, exp: nowS + 86_400 };
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.not-a-real-signature`;
}
