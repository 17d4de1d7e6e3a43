import type { Call, Naming } from '../serve.ts';
import { findResource } from './api-routes.ts';

const web: Readonly<Record<string, string>> = {
  'GET /account/login.php': 'login-page',
  'POST /account/login.php': 'log-in',
  'GET /oauth2/authorize': 'authorize',
  'POST /oauth2/authorize': 'authorize',
  'POST /oauth2/authorize-process-consent': 'consent',
  'POST /oauth2/token': 'token',
  'POST /oauth2/token/revoke': 'revoke',
  'GET /oauth2/userinfo': 'userinfo',
  'POST /oauth2/userinfo': 'userinfo',
  'GET /oauth2/jwks': 'jwks',
  'GET /.well-known/openid-configuration': 'discovery',
};

const byGrant: Readonly<Record<string, string>> = { authorization_code: 'exchange-code', refresh_token: 'refresh' };

/** A call's name in the ledger. */
export function nameCall({ method, url, form }: Call): Naming {
  if (method === 'OPTIONS') return { operation: 'preflight' };
  if (url.pathname.startsWith('/api/')) {
    const route = findResource(url.pathname)?.resource.routes.find((candidate) => candidate.method === method);
    return { operation: route?.name ?? 'unknown' };
  }
  const operation = web[`${method} ${url.pathname}`] ?? 'unknown';
  if (operation !== 'token') return { operation };
  const grant = form.get('grant_type') ?? '';
  const named = Object.hasOwn(byGrant, grant) ? (byGrant[grant] ?? operation) : operation;
  return named === 'refresh' ? { operation: named, spends: form.get('refresh_token') } : { operation: named };
}
