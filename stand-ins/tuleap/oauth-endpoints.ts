/** Revocation, userinfo and discovery. */
import { authenticateClient, oauthError } from './oauth-client.ts';
import { checkAccessToken, endGrant, grantBehind, scopes } from './oauth-store.ts';
import type { BearerCheck } from './oauth-store.ts';
import { localeOf, mayEnter } from './people.ts';
import type { World } from './world.ts';

/** RFC 7009. 200 whatever the token was; either token of a grant ends the whole of it. The consent stays. */
export function revoke(world: World, form: URLSearchParams, headers: Headers): Response {
  const app = authenticateClient(world, headers);
  if (!app) return oauthError('invalid_client', 'Token Revocation');
  const token = form.get('token');
  if (token === null) return oauthError('invalid_request', 'Token Revocation');
  const grant = grantBehind(world, app.id, token);
  if (grant) endGrant(world, grant.id);
  return new Response(null, { status: 200 });
}

const realm = 'Bearer realm="Tuleap OAuth2 Protected Resource" ';

/** The one place that tells an expired token from a malformed one: in a header, over an empty body. */
const faults: Readonly<Record<(BearerCheck & { ok: false })['fault'], readonly [number, string]>> = {
  malformed: [401, 'error="invalid_token" error_description="Access token is malformed"'],
  expired: [401, 'error="invalid_token" error_description="Access token has expired"'],
  invalid: [401, 'error="invalid_token"'],
  'insufficient-scope': [403, 'error="insufficient_scope" scope="openid"'],
};

const refused = (status: number, reason: string): Response =>
  new Response(null, { status, headers: { 'www-authenticate': `${realm}${reason}`, 'cache-control': 'no-store' } });

export function userinfo(world: World, headers: Headers, issuer: string): Response {
  const [, text] = /^Bearer\s([a-zA-Z0-9\-._~+/=]+)$/.exec(headers.get('authorization') ?? '') ?? [];
  if (text === undefined) return refused(401, '');
  const checked = checkAccessToken(world, text, 'openid');
  if (!checked.ok) return refused(...faults[checked.fault]);
  const person = world.people.get(checked.userId);
  if (!person || !mayEnter(person)) {
    return refused(401, 'error="invalid_token" error_description="Cannot authenticate user"');
  }
  const { id, email, realName, username } = person;
  const profile = {
    name: realName,
    preferred_username: username,
    profile: `${issuer}/users/${encodeURIComponent(username)}`,
    picture: `${issuer}/users/${encodeURIComponent(username)}/avatar.png`,
    zoneinfo: 'Europe/Paris',
    locale: localeOf(world.settings.language),
  };
  return json({
    sub: String(id),
    ...(checked.scopes.includes('email') ? { email, email_verified: true } : {}),
    ...(checked.scopes.includes('profile') ? profile : {}),
  });
}

/** Says nothing of refresh tokens, revocation or PKCE, although all three are there. */
export const discovery = (issuer: string): Response =>
  json({
    issuer,
    authorization_endpoint: `${issuer}/oauth2/authorize`,
    token_endpoint: `${issuer}/oauth2/token`,
    userinfo_endpoint: `${issuer}/oauth2/userinfo`,
    jwks_uri: `${issuer}/oauth2/jwks`,
    scopes_supported: scopes,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    ui_locales_supported: ['en-US', 'fr-FR'],
  });

export const json = (body: object): Response =>
  new Response(JSON.stringify(body), {
    headers: { 'content-type': 'application/json;charset=UTF-8', 'cache-control': 'no-store' },
  });
