import { authenticateClient } from './client-auth.ts';
import { signInItself } from './client-credentials-grant.ts';
import { signIn } from './password-grant.ts';
import type { Client } from './realm.ts';
import { refresh } from './refresh-grant.ts';
import { checkOrigin, oauthError } from './visit.ts';
import type { Reply, Visit } from './visit.ts';

const grants: Readonly<Record<string, (visit: Visit, client: Client) => Record<string, unknown>>> = {
  password: signIn,
  refresh_token: refresh,
  client_credentials: signInItself,
};

/** These are read before fields are measured, so their length is nobody's business. */
const unmeasured: readonly string[] = ['username', 'password', 'otp', 'totp'];

/** Section 1. The order of the checks is the server's. */
export function tokenEndpoint(visit: Visit): Reply {
  checkRealm(visit);
  const { form } = visit;
  const grantType = form.get('grant_type');
  if (!grantType) throw oauthError(400, 'invalid_request', 'Missing form parameter: grant_type');
  if (!Object.hasOwn(grants, grantType)) throw oauthError(400, 'unsupported_grant_type', 'Unsupported grant_type');

  const client = authenticateClient(visit);
  checkOrigin(visit, client);
  checkFields(visit);
  return { status: 200, body: grants[grantType]?.(withoutLongFields(visit), client) };
}

/** Newer servers pass over what is too long, as if it had not been sent. */
function withoutLongFields(visit: Visit): Visit {
  const max = visit.world.traits().formFieldMax ?? Infinity;
  const kept = [...visit.form].filter(([name, value]) => unmeasured.includes(name) || value.length <= max);
  return { ...visit, form: new URLSearchParams(kept) };
}

/** HTTPS and the realm's own switch. */
export function checkRealm(visit: Visit): void {
  checkHttps(visit);
  if (!visit.realm.settings.enabled) throw oauthError(403, 'access_denied', 'Realm not enabled');
}

/** All that log out, discovery and the keys ask of the realm. */
export function checkHttps(visit: Visit): void {
  const { settings } = visit.realm;
  visit.allow = 'any';
  const isPrivate = /^(::ffff:)?(127|10|192\.168)\.|^::1$/.test(visit.address);
  if (settings.sslRequired === 'all' || (settings.sslRequired === 'external' && !isPrivate)) {
    throw oauthError(403, 'invalid_request', 'HTTPS required');
  }
}

export function checkFields({ form }: Visit): void {
  const names = [...form.keys()];
  if (new Set(names).size < names.length) throw oauthError(400, 'invalid_request', 'duplicated parameter');
}
