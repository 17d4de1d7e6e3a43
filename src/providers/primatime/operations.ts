import type { Operations } from '../../http/operation.ts';

/**
 * PrimaTime. Facts and sources: docs/vendors/primatime.md.
 *
 * The vendor wants its secrets in the query string; they are only ever there between gateway and vendor.
 */
export const operations = {
  signIn: {
    method: 'GET',
    path: '/auth/login',
    effect: 'mint',
    label: 'sign in',
    params: {
      apikey: { in: 'query', from: 'operator-secret', setting: 'apiKey', secret: true },
      // An e-mail, or a secret key: then it is the secret itself and the password is empty.
      user: { in: 'basic-user', from: 'caller', secret: true, lengthMax: 1_024 },
      password: { in: 'basic-password', from: 'caller', optional: true, secret: true, lengthMax: 1_024 },
    },
  },
  refresh: {
    method: 'GET',
    path: '/auth/refreshtoken',
    effect: 'spend',
    label: 'refresh',
    params: {
      apikey: { in: 'query', from: 'operator-secret', setting: 'apiKey', secret: true },
      refresh_token: { in: 'query', from: 'caller', secret: true, lengthMax: 1_024 },
    },
  },
  self: {
    method: 'GET',
    path: '/users/@self',
    effect: 'read',
    label: 'read own user',
    params: {
      token: { in: 'query', from: 'caller', secret: true, lengthMax: 1_024 },
    },
  },
  /** Without a token on purpose: a server that is set up as the connection says answers PE01-1002. */
  reachability: {
    method: 'GET',
    path: '/users/@self',
    effect: 'read',
    label: 'check the server',
    params: {},
  },
} as const satisfies Operations;
