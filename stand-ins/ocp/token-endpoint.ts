import { authenticateClient } from './client-auth.ts';
import { signIn } from './password-grant.ts';
import type { Client } from './realm.ts';
import { refresh } from './refresh-grant.ts';
import { checkOrigin, oauthError } from './visit.ts';
import type { Reply, Visit } from './visit.ts';

const grants: Readonly<Record<string, (visit: Visit, client: Client) => Record<string, unknown>>> = {
  password: signIn,
  refresh_token: refresh,
};

/** Of a text field; token fields have a limit of their own, which no token here reaches. */
const tokenFields = ['refresh_token', 'token'];

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
  return { status: 200, body: grants[grantType]?.(visit, client) };
}

/** HTTPS and the realm's own switch: what every endpoint of a realm asks first. */
export function checkRealm(visit: Visit): void {
  const { settings } = visit.realm;
  visit.allow = 'any';
  const isPrivate = /^(::ffff:)?(127|10|192\.168)\.|^::1$/.test(visit.address);
  if (settings.sslRequired === 'all' || (settings.sslRequired === 'external' && !isPrivate)) {
    throw oauthError(403, 'invalid_request', 'HTTPS required');
  }
  if (!settings.enabled) throw oauthError(403, 'access_denied', 'Realm not enabled');
}

export function checkFields({ form, world }: Visit): void {
  const names = [...form.keys()];
  if (new Set(names).size < names.length) throw oauthError(400, 'invalid_request', 'duplicated parameter');
  const max = world.traits().formFieldMax;
  if (max === null) return;
  for (const [name, value] of form) {
    if (!tokenFields.includes(name) && value.length > max) throw oauthError(400, 'invalid_request');
  }
}
