/** Apps, and what they were granted. A grant is a row that its code, its access tokens and its refresh tokens hang on. */
import {
  findBySplitToken,
  hashVerifier,
  newVerifier,
  prefixes,
  readSplitToken,
  writeSplitToken,
} from './split-token.ts';
import type { World } from './world.ts';

export interface OAuthApp {
  readonly id: number;
  readonly name: string;
  readonly projectId: number;
  /** One endpoint an app. */
  redirectUri: string;
  /** As it was shown once. */
  secret: string;
  /** "Force usage of PKCE". */
  forcePkce: boolean;
  /** Off: the project is not active, and every token of the app is invalid. */
  active: boolean;
}

export interface Grant {
  readonly id: number;
  readonly appId: number;
  readonly userId: number;
  readonly scopes: readonly string[];
  /** Of the code. */
  readonly hash: string;
  readonly codeEndsAt: number;
  codeUsed: boolean;
  readonly challenge: string | null;
  readonly nonce: string | null;
  readonly signedInAt: number;
}

export interface IssuedToken {
  readonly id: number;
  readonly grantId: number;
  readonly scopes: readonly string[];
  readonly hash: string;
  readonly endsAt: number;
  used: boolean;
}

export const scopes: readonly string[] = [
  ...['openid', 'profile', 'email', 'offline_access', 'read:project', 'read:user_membership', 'read:tracker'],
  'read:mediawiki_standalone',
];

/** Seconds. */
export const lives = { code: 60, refreshToken: 21_600, idToken: 120 } as const;

export const clientIdOf = ({ id }: Pick<OAuthApp, 'id'>): string => `tlp-client-id-${id}`;

export const findApp = ({ apps }: World, clientId: string): OAuthApp | null =>
  [...apps.values()].find((app) => app.active && clientIdOf(app) === clientId) ?? null;

/** What a project administrator may register: https, or http on localhost by that name; never with a fragment. */
export const isRegistrable = (redirectUri: string): boolean =>
  /^https:\/\/[^#]+$/.test(redirectUri) || /^http:\/\/localhost(:\d+)?(\/[^#]*)?$/.test(redirectUri);

export type NewGrant = Pick<Grant, 'appId' | 'userId' | 'scopes' | 'challenge' | 'nonce' | 'signedInAt'>;

/** Gives the code. */
export function openGrant(world: World, fields: NewGrant): string {
  const verifier = newVerifier();
  const id = world.nextId('grant');
  const codeEndsAt = world.clock.nowSeconds() + lives.code;
  world.grants.set(id, { ...fields, id, hash: hashVerifier(verifier), codeEndsAt, codeUsed: false });
  return writeSplitToken(prefixes.authorizationCode, { id, verifier });
}

/** Every access and refresh token of the authorization dies. */
export function endGrant({ grants, accessTokens, refreshTokens }: World, grantId: number): void {
  grants.delete(grantId);
  for (const store of [accessTokens, refreshTokens]) {
    for (const token of store.values()) if (token.grantId === grantId) store.delete(token.id);
  }
}

/** Marks the code as used whatever is checked next: a code that fails a later check is burnt. Reuse ends the grant. */
export function spendCode(world: World, text: string): Grant | null {
  const token = readSplitToken(prefixes.authorizationCode, text);
  const grant = token && findBySplitToken(world.grants, token);
  if (!grant) return null;
  if (grant.codeUsed) {
    endGrant(world, grant.id);
    return null;
  }
  if (grant.codeEndsAt <= world.clock.nowSeconds()) return null;
  grant.codeUsed = true;
  return grant;
}

export interface SpentRefreshToken {
  readonly grant: Grant;
  readonly scopes: readonly string[];
}

/** Single use. A second use is taken for theft and ends the grant. */
export function spendRefreshToken(world: World, appId: number, text: string): SpentRefreshToken | null {
  const token = readSplitToken(prefixes.refreshToken, text);
  const found = token && findBySplitToken(world.refreshTokens, token);
  const grant = found && world.grants.get(found.grantId);
  if (!grant) return null;
  if (found.used) {
    endGrant(world, grant.id);
    return null;
  }
  if (found.endsAt <= world.clock.nowSeconds()) return null;
  found.used = true;
  return grant.appId === appId ? { grant, scopes: found.scopes } : null;
}

export interface IssuedPair {
  readonly accessToken: string;
  /** Null without `offline_access`. */
  readonly refreshToken: string | null;
}

export function issueTokens(world: World, grantId: number, granted: readonly string[]): IssuedPair {
  const issue = (prefix: 'accessToken' | 'refreshToken'): string => {
    const verifier = newVerifier();
    const id = world.nextId(prefix);
    const store = prefix === 'accessToken' ? world.accessTokens : world.refreshTokens;
    const lifeSeconds = prefix === 'accessToken' ? world.settings.accessTokenSeconds : lives.refreshToken;
    const endsAt = world.clock.nowSeconds() + lifeSeconds;
    store.set(id, { id, grantId, scopes: granted, hash: hashVerifier(verifier), endsAt, used: false });
    return writeSplitToken(prefixes[prefix], { id, verifier });
  };
  const accessToken = issue('accessToken');
  return { accessToken, refreshToken: granted.includes('offline_access') ? issue('refreshToken') : null };
}

export type BearerCheck =
  | { readonly ok: true; readonly userId: number; readonly scopes: readonly string[] }
  | { readonly ok: false; readonly fault: 'malformed' | 'invalid' | 'expired' | 'insufficient-scope' };

/** `scope` is what the route asks for; null where it takes no such token. */
export function checkAccessToken(world: World, text: string, scope: string | null): BearerCheck {
  const token = readSplitToken(prefixes.accessToken, text);
  if (!token) return { ok: false, fault: 'malformed' };
  const found = findBySplitToken(world.accessTokens, token);
  const grant = found && world.grants.get(found.grantId);
  const app = grant && world.apps.get(grant.appId);
  if (!found || !grant || !app?.active || !world.people.has(grant.userId)) return { ok: false, fault: 'invalid' };
  if (found.endsAt <= world.clock.nowSeconds()) return { ok: false, fault: 'expired' };
  if (scope === null || !found.scopes.includes(scope)) return { ok: false, fault: 'insufficient-scope' };
  return { ok: true, userId: grant.userId, scopes: found.scopes };
}

/** The grant behind an access or a refresh token of this app, dead or alive. */
export function grantBehind(world: World, appId: number, text: string): Grant | null {
  const stores = [
    [prefixes.refreshToken, world.refreshTokens],
    [prefixes.accessToken, world.accessTokens],
  ] as const;
  for (const [prefix, store] of stores) {
    const token = readSplitToken(prefix, text);
    const found = token && findBySplitToken(store, token);
    const grant = found && world.grants.get(found.grantId);
    if (grant?.appId === appId) return grant;
  }
  return null;
}
