/** JSON web tokens as the server makes them: RS256 for access and id tokens, its own HMAC for refresh tokens. */
import { createHmac, randomUUID, sign, timingSafeEqual, verify } from 'node:crypto';
import type { Client, ClientSession, Realm, User, UserSession } from './realm.ts';
import { withComposites } from './admin-roles.ts';
import { lastRefreshOf } from './sessions.ts';
import type { World } from './world.ts';

/** What the server reads back; what it writes may hold more. */
export interface Claims {
  readonly iss: string;
  readonly jti: string;
  readonly iat: number;
  /** Left out where the token has no end. */
  readonly exp?: number;
  readonly typ: 'Bearer' | 'ID' | 'Refresh' | 'Offline';
  readonly azp: string;
  readonly aud?: string;
  readonly sub: string;
  readonly sid: string;
  readonly scope: string;
}

interface Grant {
  readonly user: User;
  readonly client: Client;
  readonly session: UserSession;
  readonly clientSession: ClientSession;
  readonly scope: readonly string[];
  /** Of the sign-in, where a refresh asked for less: the next one may ask for all of it. */
  readonly granted?: readonly string[];
  readonly issuer: string;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signAccess(realm: Realm, claims: Claims): string {
  const body = `${encode({ alg: 'RS256', typ: 'JWT', kid: realm.keys.kid })}.${encode(claims)}`;
  return `${body}.${sign('sha256', Buffer.from(body), realm.keys.signing).toString('base64url')}`;
}

function signInternal(world: World, realm: Realm, claims: Claims): string {
  const hash = world.traits().refreshTokenHash;
  const body = `${encode({ alg: hash === 'sha512' ? 'HS512' : 'HS256', typ: 'JWT', kid: realm.keys.kid })}.${encode(claims)}`;
  return `${body}.${createHmac(hash, realm.keys.internal).update(body).digest('base64url')}`;
}

function read(token: string, isGenuine: (alg: unknown, body: string, signature: Buffer) => boolean): Claims | null {
  const [head = '', payload = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0) return null;
  try {
    const { alg } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { alg: unknown };
    if (!isGenuine(alg, `${head}.${payload}`, Buffer.from(signature, 'base64url'))) return null;
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims; // the signature says that we wrote it
  } catch {
    return null;
  }
}

export const readAccess = (realm: Realm, token: string): Claims | null =>
  read(
    token,
    (alg, body, signature) => alg === 'RS256' && verify('sha256', Buffer.from(body), realm.keys.verifying, signature),
  );

export const readRefresh = (realm: Realm, token: string): Claims | null =>
  read(token, (alg, body, signature) => {
    if (alg !== 'HS256' && alg !== 'HS512') return false;
    const expected = createHmac(alg === 'HS512' ? 'sha512' : 'sha256', realm.keys.internal)
      .update(body)
      .digest();
    return expected.length === signature.length && timingSafeEqual(expected, signature);
  });

/** The answer of the token endpoint, section 1.2. */
export function answerWithTokens(world: World, realm: Realm, grant: Grant): Record<string, unknown> {
  const { client, session, clientSession, scope, granted = scope } = grant;
  const now = world.clock.nowSeconds();
  const { settings } = realm;
  const sessionEnd = session.offline ? Infinity : session.started + settings.ssoMaxSeconds;
  const clientEnd = settings.clientMaxSeconds > 0 ? clientSession.started + settings.clientMaxSeconds : Infinity;
  const accessEnd = Math.min(now + settings.accessTokenSeconds, sessionEnd, clientEnd);
  const common = commonClaims(world, realm, grant, now);
  const renewing = { ...common, scope: scopeOf(realm, client, granted), now, sessionEnd };
  const refresh = client.usesRefreshTokens ? refreshToken(world, realm, grant, renewing) : null;
  return {
    access_token: signAccess(realm, { ...common, ...accessClaims(realm, grant), exp: accessEnd, typ: 'Bearer' }),
    expires_in: accessEnd - now,
    refresh_expires_in: refresh?.expiresIn ?? 0,
    ...(refresh ? { refresh_token: refresh.token } : {}),
    token_type: world.traits().tokenType,
    ...(granted.includes('openid')
      ? {
          id_token: signAccess(realm, {
            ...common,
            jti: randomUUID(),
            aud: client.clientId,
            exp: accessEnd,
            typ: 'ID',
          }),
        }
      : {}),
    'not-before-policy': notBeforeOf(realm, client, grant.user),
    session_state: session.id,
    scope: common.scope,
  };
}

export const notBeforeOf = (realm: Realm, client: Client, user: User): number =>
  Math.max(realm.settings.notBefore, client.notBefore, user.notBefore);

function commonClaims(world: World, realm: Realm, grant: Grant, now: number) {
  return {
    iss: grant.issuer,
    jti: randomUUID(),
    iat: now,
    sub: grant.user.id,
    azp: grant.client.clientId,
    sid: grant.session.id,
    ...(world.traits().sessionStateClaim ? { session_state: grant.session.id } : {}),
    scope: scopeOf(realm, grant.client, grant.scope),
  };
}

function scopeOf(realm: Realm, client: Client, asked: readonly string[]): string {
  const words = [...new Set([...(client.defaultScopes ? ['email', 'profile'] : []), ...asked])];
  // The real server's order varies from answer to answer too.
  if (realm.sessions.size % 2 === 0) words.reverse();
  return words.join(' ');
}

function accessClaims(realm: Realm, { user, client }: Grant): Record<string, unknown> {
  const profile = {
    acr: '1',
    preferred_username: user.username,
    name: `${user.firstName} ${user.lastName}`.trim(),
    given_name: user.firstName,
    family_name: user.lastName,
    email: user.email,
    email_verified: true,
  };
  if (!client.defaultScopes) return { acr: '1' };
  const isAdmin = user.adminRoles.includes('admin');
  const adminClient = realm.name === 'master' ? 'master-realm' : 'realm-management';
  return {
    ...profile,
    ...(user.accountRoles.length > 0 ? { aud: 'account' } : {}),
    'allowed-origins': client.webOrigins.filter((origin) => origin !== '+'),
    realm_access: {
      roles: [`default-roles-${realm.name}`, 'offline_access', 'uma_authorization', ...(isAdmin ? ['admin'] : [])],
    },
    resource_access: {
      ...(user.accountRoles.length > 0 ? { account: { roles: user.accountRoles } } : {}),
      ...(user.adminRoles.length > 0 && !isAdmin ? { [adminClient]: { roles: withComposites(user.adminRoles) } } : {}),
    },
  };
}

function refreshToken(
  world: World,
  realm: Realm,
  { session, clientSession, issuer }: Grant,
  claims: Omit<Claims, 'typ' | 'exp'> & { now: number; sessionEnd: number },
): { token: string; expiresIn: number } {
  const { now, sessionEnd, ...common } = claims;
  const { clientIdleSeconds, clientMaxSeconds, ssoIdleSeconds } = realm.settings;
  const ends = [lastRefreshOf(session) + ssoIdleSeconds, sessionEnd];
  if (clientIdleSeconds > 0) ends.push(now + clientIdleSeconds);
  if (clientMaxSeconds > 0) ends.push(clientSession.started + clientMaxSeconds);
  const exp = session.offline ? null : Math.min(...ends);
  const jti = randomUUID();
  clientSession.refreshTokens.set(jti, { order: clientSession.refreshTokens.size, uses: 0 });
  const own = { ...common, jti, aud: issuer, ...(exp === null ? {} : { exp }) };
  return {
    token: signInternal(world, realm, { ...own, typ: session.offline ? 'Offline' : 'Refresh' }),
    expiresIn: exp === null ? 0 : exp - now,
  };
}
