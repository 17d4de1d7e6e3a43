/** Who may do what in the admin API, section 4.1. */
import { bearer } from './access.ts';
import type { AdminRole } from './admin-roles.ts';
import { checkRealm } from './token-endpoint.ts';
import { bearerOf, checkOrigin, plainError } from './visit.ts';
import type { Visit } from './visit.ts';

/** Throws 401 without a good token, 403 where none of the roles is there. */
export function needRole(visit: Visit, ...anyOf: readonly AdminRole[]): void {
  const roles = rolesOf(visit);
  if (!roles.includes('admin') && !anyOf.some((role) => roles.includes(role))) {
    throw plainError(403, 'HTTP 403 Forbidden');
  }
}

/** Read from the token, as it was when it was made, and only where the client's scope carries roles. */
function rolesOf(visit: Visit): readonly string[] {
  const { realm } = visit;
  const adminClient = realm.name === 'master' ? 'master-realm' : 'realm-management';
  const claims = visitorsClaims(visit);
  const ofClient = (claims.resource_access ?? {})[adminClient]?.roles ?? [];
  const isAdmin = claims.realm_access?.roles?.includes('admin') ?? false;
  return isAdmin ? [...ofClient, 'admin'] : ofClient;
}

interface RoleClaims {
  readonly azp?: string;
  readonly realm_access?: { readonly roles?: readonly string[] };
  readonly resource_access?: Readonly<Record<string, { readonly roles?: readonly string[] }>>;
}

function visitorsClaims(visit: Visit): RoleClaims {
  checkRealm(visit);
  visit.allow = null;
  const token = bearerOf(visit);
  const who = token === null ? null : bearer(visit, token);
  if (!who) throw plainError(401, 'HTTP 401 Unauthorized');
  const client = visit.realm.clients.get(who.claims.azp);
  if (client) {
    visit.allow = client;
    checkOrigin(visit, client);
  }
  return who.claims;
}
