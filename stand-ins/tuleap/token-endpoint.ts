/** `POST /oauth2/token`: the two grants that there are. */
import { writeIdToken } from './id-token.ts';
import { authenticateClient, oauthError, oauthReply } from './oauth-client.ts';
import type { OAuthError } from './oauth-client.ts';
import { issueTokens, scopes as knownScopes, spendCode, spendRefreshToken } from './oauth-store.ts';
import type { OAuthApp } from './oauth-store.ts';
import { answersChallenge } from './pkce.ts';
import type { World } from './world.ts';

export function tokenEndpoint(world: World, form: URLSearchParams, headers: Headers, issuer: string): Response {
  const app = authenticateClient(world, headers);
  const answered = app ? grantTokens(world, app, form, issuer) : 'invalid_client';
  return typeof answered === 'string' ? oauthError(answered, 'Token') : oauthReply(answered);
}

function grantTokens(world: World, app: OAuthApp, form: URLSearchParams, issuer: string): object | OAuthError {
  switch (form.get('grant_type')) {
    case null:
      return 'invalid_request';
    case 'authorization_code':
      return fromCode(world, app, form, issuer);
    case 'refresh_token':
      return fromRefreshToken(world, app, form);
    default:
      // Not `unsupported_grant_type`.
      return 'invalid_grant';
  }
}

/** The code is used up by the first check; what fails after it burns the code. */
function fromCode(world: World, app: OAuthApp, form: URLSearchParams, issuer: string): object | OAuthError {
  const code = form.get('code');
  if (code === null) return 'invalid_request';
  const grant = spendCode(world, code);
  if (grant?.appId !== app.id) return 'invalid_grant';
  if (grant.challenge !== null && !answersChallenge(form.get('code_verifier'), grant.challenge)) return 'invalid_grant';
  const redirectUri = form.get('redirect_uri');
  if (redirectUri === null) return 'invalid_request';
  if (redirectUri !== app.redirectUri) return 'invalid_grant';
  return {
    ...tokenFields(world, grant.id, grant.scopes),
    ...(grant.scopes.includes('openid') ? { id_token: writeIdToken(world, grant, issuer) } : {}),
  };
}

/** Fewer scopes are fewer for good; the token is spent before they are looked at. */
function fromRefreshToken(world: World, app: OAuthApp, form: URLSearchParams): object | OAuthError {
  const refreshToken = form.get('refresh_token');
  if (refreshToken === null) return 'invalid_request';
  const spent = spendRefreshToken(world, app.id, refreshToken);
  if (!spent) return 'invalid_grant';
  const asked = form.get('scope');
  const scopes = asked === null ? spent.scopes : [...new Set(asked.split(' '))];
  if (scopes.some((scope) => !knownScopes.includes(scope) || !spent.scopes.includes(scope))) return 'invalid_scope';
  return tokenFields(world, spent.grant.id, scopes);
}

function tokenFields(world: World, grantId: number, scopes: readonly string[]): object {
  const { accessToken, refreshToken } = issueTokens(world, grantId, scopes);
  return {
    token_type: 'Bearer',
    access_token: accessToken,
    expires_in: world.settings.accessTokenSeconds,
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
  };
}
