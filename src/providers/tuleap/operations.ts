import type { Operations } from '../../http/operation.ts';

/**
 * Tuleap. Facts and sources: docs/vendors/tuleap.md.
 *
 * Of several credentials in one call the server takes the first it finds, a session cookie before all others; so a call
 * carries one, and the gateway never a cookie. An access key is taken from its header only, never from an address.
 */

const accessKey = { in: 'header', from: 'caller', as: 'X-Auth-AccessKey', secret: true, lengthMax: 512 } as const;

/** Without the user’s id beside it, the server takes the token for no credential at all. */
const token = { in: 'header', from: 'caller', as: 'X-Auth-Token', secret: true, lengthMax: 512 } as const;
const userId = { in: 'header', from: 'caller', as: 'X-Auth-UserId', lengthMax: 32 } as const;

/** Whichever of them the session has: the routes for keys and accounts take either, and no token of OAuth2. */
const anyCredential = {
  accessKey: { ...accessKey, optional: true },
  token: { ...token, optional: true },
  userId: { ...userId, optional: true },
} as const;
const numbered = { in: 'path', from: 'caller', lengthMax: 18 } as const;

/** Clients are always confidential, and this is the only way in which they may identify themselves. */
const client = { in: 'basic-user', from: 'setting', setting: 'clientId' } as const;
const clientSecret = { in: 'basic-password', from: 'operator-secret', secret: true } as const;

export const operations = {
  version: {
    method: 'GET',
    path: '/api/version',
    effect: 'read',
    label: 'check the server',
    params: {},
  },
  ownKey: {
    method: 'GET',
    path: '/api/access_keys/self',
    effect: 'read',
    label: 'read the access key',
    params: { accessKey },
  },
  self: {
    method: 'GET',
    path: '/api/users/self',
    effect: 'read',
    label: 'read own user',
    params: anyCredential,
  },
  checkPassword: {
    method: 'GET',
    path: '/api/users/self',
    effect: 'read',
    label: 'check a password',
    params: {
      user: { in: 'basic-user', from: 'caller', lengthMax: 1_024 },
      password: { in: 'basic-password', from: 'caller', secret: true, lengthMax: 1_024 },
    },
  },
  createToken: {
    method: 'POST',
    path: '/api/tokens',
    effect: 'mint',
    label: 'sign in',
    params: {
      username: { in: 'json', from: 'caller', lengthMax: 1_024 },
      password: { in: 'json', from: 'caller', secret: true, lengthMax: 1_024 },
    },
  },
  deleteToken: {
    method: 'DELETE',
    path: '/api/tokens/{tokenToEnd}',
    effect: 'end',
    label: 'log out',
    params: { tokenToEnd: { in: 'path', from: 'caller', secret: true, lengthMax: 512 }, token, userId },
  },
  deleteAllTokens: {
    method: 'DELETE',
    path: '/api/tokens',
    effect: 'end',
    label: 'end all tokens',
    params: anyCredential,
  },
  listKeys: {
    method: 'GET',
    path: '/api/users/{owner}/access_keys',
    effect: 'read',
    label: 'list access keys',
    params: {
      ...anyCredential,
      owner: numbered,
      limit: { in: 'query', from: 'caller', lengthMax: 32 },
      offset: { in: 'query', from: 'caller', lengthMax: 32 },
    },
  },
  readKey: {
    method: 'GET',
    path: '/api/access_keys/{number}',
    effect: 'read',
    label: 'read an access key',
    params: { ...anyCredential, number: numbered },
  },
  createKey: {
    method: 'POST',
    path: '/api/access_keys',
    effect: 'create',
    label: 'create an access key',
    params: {
      ...anyCredential,
      description: { in: 'json', from: 'caller', lengthMax: 1_024 },
      expiration_date: { in: 'json', from: 'caller', lengthMax: 64, optional: true },
      scopes: { in: 'json', from: 'caller', lengthMax: 1_024 },
    },
  },
  deleteKey: {
    method: 'DELETE',
    path: '/api/access_keys/{number}',
    effect: 'end',
    label: 'delete an access key',
    params: { ...anyCredential, number: numbered },
  },
  readUser: {
    method: 'GET',
    path: '/api/users/{user}',
    effect: 'read',
    label: 'read an account',
    params: { ...anyCredential, user: numbered },
  },
  findUsers: {
    method: 'GET',
    path: '/api/users',
    effect: 'read',
    label: 'find an account',
    params: { ...anyCredential, query: { in: 'query', from: 'caller', lengthMax: 1_024 } },
  },
  /** The status and nothing else of an account: the route would change its name and address as well. */
  changeStatus: {
    method: 'PATCH',
    path: '/api/users/{user}',
    effect: 'change',
    label: 'change the status of an account',
    params: {
      ...anyCredential,
      user: numbered,
      status: { in: 'json', from: 'caller', within: 'values', oneOf: ['A', 'R', 'S'] },
    },
  },
  exchangeCode: {
    method: 'POST',
    path: '/oauth2/token',
    effect: 'spend',
    label: 'sign in',
    params: {
      client,
      clientSecret,
      grant_type: { in: 'form', from: 'fixed', value: 'authorization_code' },
      redirect_uri: { in: 'form', from: 'caller', lengthMax: 1_024 },
      code_verifier: { in: 'form', from: 'caller', secret: true, lengthMax: 128 },
      code: { in: 'form', from: 'parked-code', secret: true },
    },
  },
  refresh: {
    method: 'POST',
    path: '/oauth2/token',
    effect: 'spend',
    label: 'refresh',
    params: {
      client,
      clientSecret,
      grant_type: { in: 'form', from: 'fixed', value: 'refresh_token' },
      refresh_token: { in: 'form', from: 'caller', secret: true },
    },
  },
  revoke: {
    method: 'POST',
    path: '/oauth2/token/revoke',
    effect: 'end',
    label: 'log out',
    params: { client, clientSecret, token: { in: 'form', from: 'caller', secret: true } },
  },
  userinfo: {
    method: 'GET',
    path: '/oauth2/userinfo',
    effect: 'read',
    label: 'read own user',
    params: {
      bearer: { in: 'header', from: 'caller', as: 'Authorization', prefix: 'Bearer ', secret: true },
    },
  },
} as const satisfies Operations;
