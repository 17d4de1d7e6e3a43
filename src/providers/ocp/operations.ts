import type { Operations, Param } from '../../http/operation.ts';

const realm = { in: 'path', from: 'setting' } as const satisfies Param;
const token = {
  in: 'header',
  from: 'caller',
  as: 'Authorization',
  prefix: 'Bearer ',
  secret: true,
  lengthMax: 32_768,
} as const satisfies Param;
/** What the server calls a user or a session: opaque. */
const name = { in: 'path', from: 'caller', lengthMax: 255 } as const satisfies Param;
const searched = { in: 'query', from: 'caller', optional: true, lengthMax: 255 } as const satisfies Param;

/**
 * OCP's IAM is a Keycloak. Facts and sources: docs/vendors/ocp.md.
 *
 * No call to the token or log out endpoint carries an `Authorization` header: older servers answer it with a 401 and a
 * password dialog. An empty `refresh_token` must never be sent to the log out endpoint either: it then is a browser page.
 */
export const operations = {
  signIn: {
    method: 'POST',
    path: '/realms/{realm}/protocol/openid-connect/token',
    effect: 'slot',
    label: 'sign in',
    params: {
      realm: { in: 'path', from: 'setting' },
      client_id: { in: 'form', from: 'setting', setting: 'clientId' },
      grant_type: { in: 'form', from: 'fixed', value: 'password' },
      scope: { in: 'form', from: 'setting', optional: true },
      username: { in: 'form', from: 'caller', lengthMax: 4_000 },
      password: { in: 'form', from: 'caller', secret: true, lengthMax: 4_000 },
      otp: { in: 'form', from: 'caller', optional: true, secret: true, lengthMax: 64 },
    },
  },
  refresh: {
    method: 'POST',
    path: '/realms/{realm}/protocol/openid-connect/token',
    effect: 'spend',
    label: 'refresh',
    params: {
      realm: { in: 'path', from: 'setting' },
      client_id: { in: 'form', from: 'setting', setting: 'clientId' },
      grant_type: { in: 'form', from: 'fixed', value: 'refresh_token' },
      refresh_token: { in: 'form', from: 'caller', secret: true, lengthMax: 32_768 },
    },
  },
  logOut: {
    method: 'POST',
    path: '/realms/{realm}/protocol/openid-connect/logout',
    effect: 'end',
    label: 'log out',
    params: {
      realm: { in: 'path', from: 'setting' },
      client_id: { in: 'form', from: 'setting', setting: 'clientId' },
      refresh_token: { in: 'form', from: 'caller', secret: true, lengthMax: 32_768 },
    },
  },
  discovery: {
    method: 'GET',
    path: '/realms/{realm}/.well-known/openid-configuration',
    effect: 'read',
    label: 'check the server',
    params: {
      realm: { in: 'path', from: 'setting' },
    },
  },
  accountSessions: {
    method: 'GET',
    path: '/realms/{realm}/account/sessions',
    effect: 'read',
    label: 'list own sessions',
    params: { realm, token },
  },
  endOwnSession: {
    method: 'DELETE',
    path: '/realms/{realm}/account/sessions/{session}',
    effect: 'end',
    label: 'end own session',
    params: { realm, token, session: name },
  },
  findUsers: {
    method: 'GET',
    path: '/admin/realms/{realm}/users',
    effect: 'read',
    label: 'find people',
    params: {
      realm,
      token,
      username: searched,
      email: searched,
      search: searched,
      exact: { in: 'query', from: 'caller', optional: true, oneOf: ['true'] },
      briefRepresentation: { in: 'query', from: 'fixed', value: 'true' },
      first: { in: 'query', from: 'caller', optional: true },
      max: { in: 'query', from: 'caller' },
    },
  },
  readUser: {
    method: 'GET',
    path: '/admin/realms/{realm}/users/{user}',
    effect: 'read',
    label: 'find a person by id',
    params: { realm, token, user: name },
  },
  userSessions: {
    method: 'GET',
    path: '/admin/realms/{realm}/users/{user}/sessions',
    effect: 'read',
    label: 'list a person’s sessions',
    params: { realm, token, user: name },
  },
  endSession: {
    method: 'DELETE',
    path: '/admin/realms/{realm}/sessions/{session}',
    effect: 'end',
    label: 'end a session',
    params: { realm, token, session: name },
  },
  endAllSessions: {
    method: 'POST',
    path: '/admin/realms/{realm}/users/{user}/logout',
    effect: 'end',
    label: 'end all sessions of a person',
    params: { realm, token, user: name },
  },
  lockState: {
    method: 'GET',
    path: '/admin/realms/{realm}/attack-detection/brute-force/users/{user}',
    effect: 'read',
    label: 'read a person’s lock',
    params: { realm, token, user: name },
  },
  unlock: {
    method: 'DELETE',
    path: '/admin/realms/{realm}/attack-detection/brute-force/users/{user}',
    effect: 'change',
    label: 'unlock a person',
    params: { realm, token, user: name },
  },
} as const satisfies Operations;
