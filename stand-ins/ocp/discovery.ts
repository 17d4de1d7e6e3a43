import { notAcceptablePage } from './pages.ts';
import { checkHttps } from './token-endpoint.ts';
import { Refusal } from './visit.ts';
import type { Reply, Visit } from './visit.ts';
import type { World } from './world.ts';

/** Open to every origin: the probe for reachability, realm and issuer. */
export function discovery(visit: Visit): Reply {
  checkHttps(visit);
  // It is JSON alone, for whoever names a page too.
  if (wantsPage(visit.headers.get('accept'))) return { status: 406, body: notAcceptablePage };
  const { issuer } = visit;
  const endpoint = (name: string) => `${issuer}/protocol/openid-connect/${name}`;
  return {
    status: 200,
    headers: { 'cache-control': 'no-cache, must-revalidate, no-transform, no-store' },
    body: {
      issuer,
      authorization_endpoint: endpoint('auth'),
      token_endpoint: endpoint('token'),
      introspection_endpoint: endpoint('token/introspect'),
      userinfo_endpoint: endpoint('userinfo'),
      end_session_endpoint: endpoint('logout'),
      revocation_endpoint: endpoint('revoke'),
      jwks_uri: endpoint('certs'),
      grant_types_supported: ['authorization_code', 'refresh_token', 'password', 'client_credentials'],
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access', 'roles', 'web-origins'],
      code_challenge_methods_supported: ['plain', 'S256'],
    },
  };
}

export function certs(visit: Visit): Reply {
  checkHttps(visit);
  const { verifying, kid } = visit.realm.keys;
  return { status: 200, body: { keys: [{ ...verifying.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] } };
}

/** A realm that does not exist; two versions have an odd answer of their own to somebody who wants HTML. */
export function unknownRealm(world: World, accept: string | null, isDiscovery: boolean): Refusal {
  const { status, empty } = world.traits().htmlForUnknownRealm;
  if (isDiscovery && wantsPage(accept)) {
    return new Refusal(empty ? { status } : { status, body: notAcceptablePage });
  }
  return new Refusal({ status: 404, body: { error: 'Realm does not exist' } });
}

const wantsPage = (accept: string | null): boolean =>
  accept?.includes('text/html') === true && !accept.includes('json');
