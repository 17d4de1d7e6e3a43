import type { Call, Naming } from '../serve.ts';

const byGrant: Readonly<Record<string, string>> = { password: 'sign-in', refresh_token: 'refresh' };

/** Method and path below the prefix, to the name in the ledger. */
const names: readonly (readonly [string, RegExp, string])[] = [
  ['', /^\/realms\/[^/]+\/protocol\/openid-connect\/token$/, 'token'],
  ['', /\/openid-connect\/logout$/, 'log-out'],
  ['', /\/openid-connect\/revoke$/, 'revoke'],
  ['', /\/openid-connect\/token\/introspect$/, 'introspect'],
  ['', /\/openid-connect\/userinfo$/, 'userinfo'],
  ['', /\/openid-connect\/certs$/, 'certs'],
  ['', /\/\.well-known\/openid-configuration$/, 'discovery'],
  ['GET', /^\/realms\/[^/]+\/account\/(v1alpha1\/)?sessions$/, 'account-sessions'],
  ['GET', /^\/realms\/[^/]+\/account\/(v1alpha1\/)?sessions\/devices$/, 'account-devices'],
  ['DELETE', /^\/realms\/[^/]+\/account\/(v1alpha1\/)?sessions$/, 'account-end-others'],
  ['DELETE', /^\/realms\/[^/]+\/account\/(v1alpha1\/)?sessions\/[^/]+$/, 'account-end-session'],
  ['', /^\/realms\/[^/]+\/account(\/|$)/, 'account'],
  ['GET', /^\/admin\/realms\/[^/]+\/users$/, 'admin-users'],
  ['GET', /^\/admin\/realms\/[^/]+\/users\/[^/]+\/sessions$/, 'admin-sessions'],
  ['DELETE', /^\/admin\/realms\/[^/]+\/sessions\/[^/]+$/, 'admin-end-session'],
  ['POST', /^\/admin\/realms\/[^/]+\/users\/[^/]+\/logout$/, 'admin-end-all'],
  ['GET', /^\/admin\/realms\/[^/]+\/attack-detection\//, 'admin-lock-state'],
  ['DELETE', /^\/admin\/realms\/[^/]+\/attack-detection\//, 'admin-unlock'],
  ['', /^\/admin\//, 'admin'],
];

export function nameCall({ method, url, form }: Call, prefix: string): Naming {
  if (method === 'OPTIONS') return { operation: 'preflight' };
  if (!url.pathname.startsWith(`${prefix}/`)) return { operation: 'outside-prefix' };
  const path = url.pathname.slice(prefix.length);
  const name =
    names.find(([only, pattern]) => (only === '' || only === method) && pattern.test(path))?.[2] ?? 'unknown';
  if (name !== 'token') return { operation: name };
  const grant = form.get('grant_type') ?? '';
  const operation = Object.hasOwn(byGrant, grant) ? (byGrant[grant] ?? 'token') : 'token';
  return operation === 'refresh' ? { operation, spends: form.get('refresh_token') } : { operation };
}
