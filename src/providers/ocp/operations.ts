import type { Operations } from '../../http/operation.ts';

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
    params: {
      realm: { in: 'path', from: 'setting' },
      token: {
        in: 'header',
        from: 'caller',
        as: 'Authorization',
        prefix: 'Bearer ',
        secret: true,
        lengthMax: 32_768,
      },
    },
  },
} as const satisfies Operations;
