import type { Operations } from '../../http/operation.ts';

/**
 * Perforce ALM's REST API. Facts and sources: docs/vendors/alm.md.
 *
 * The vendor's table of endpoints has nothing for keys, users or sessions, and nothing that ends a token.
 */

/** The path has one name up to 2025 and another from 2026.1 on; which one answers is found out at sign-in. */
const segment = { in: 'path', from: 'caller', oneOf: ['perforce-alm', 'helix-alm'] } as const;

/** Id, uuid or name. The uuid is the one that never changes. */
const project = { in: 'path', from: 'caller', lengthMax: 512 } as const;

const byKey = {
  segment,
  // Raw, not in base64.
  apiKey: { in: 'header', from: 'caller', as: 'Authorization', prefix: 'ApiKey ', secret: true, lengthMax: 2_048 },
} as const;

const byPassword = {
  segment,
  user: { in: 'basic-user', from: 'caller', lengthMax: 1_024 },
  // May be empty: there are accounts without one.
  password: { in: 'basic-password', from: 'caller', optional: true, secret: true, lengthMax: 1_024 },
} as const;

export const operations = {
  projectsByKey: {
    method: 'GET',
    path: '/{segment}/api/v0/projects',
    effect: 'read',
    label: 'list projects',
    params: byKey,
  },
  projectsByPassword: {
    method: 'GET',
    path: '/{segment}/api/v0/projects',
    effect: 'read',
    label: 'list projects',
    params: byPassword,
  },
  tokenByKey: {
    method: 'GET',
    path: '/{segment}/api/v0/{project}/token',
    effect: 'mint',
    label: 'mint a token',
    params: { ...byKey, project },
  },
  tokenByPassword: {
    method: 'GET',
    path: '/{segment}/api/v0/{project}/token',
    effect: 'mint',
    label: 'mint a token',
    params: { ...byPassword, project },
  },
  issues: {
    method: 'GET',
    path: '/{segment}/api/v0/{project}/issues',
    effect: 'read',
    label: 'read one issue',
    params: {
      segment,
      project,
      per_page: { in: 'query', from: 'fixed', value: '1' },
      token: { in: 'header', from: 'caller', as: 'Authorization', prefix: 'Bearer ', secret: true, lengthMax: 32_768 },
    },
  },
  versions: {
    method: 'GET',
    path: '/{segment}/api/v0/versions',
    effect: 'read',
    label: 'try the other path name',
    params: { segment },
  },
  reachability: {
    method: 'GET',
    path: '/{segment}/api/v0/versions',
    effect: 'read',
    label: 'check the server',
    params: { segment: { in: 'path', from: 'setting' } },
  },
} as const satisfies Operations;
