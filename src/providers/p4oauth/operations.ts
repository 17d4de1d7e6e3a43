import type { Operations } from '../../http/operation.ts';

/**
 * P4OAuth. Facts and sources: docs/vendors/p4oauth.md.
 *
 * The vendor's `client_id` is the user's login; the application is known by its redirect URI.
 */

/** The list of these names is lost from every text of the vendor: what RFC 6749 section 4.1.3 says. A site may differ. */
const namesAtTheTokenCall = {
  grantType: 'grant_type',
  code: 'code',
  redirectUri: 'redirect_uri',
  login: 'client_id',
} as const;

const login = { from: 'caller', lengthMax: 1_024 } as const;
const redirectUri = { from: 'caller', lengthMax: 1_024 } as const;

export const operations = {
  passwordGrant: {
    method: 'POST',
    path: '/grants/password',
    effect: 'mint',
    label: 'send login and password',
    params: {
      response_type: { in: 'form', from: 'fixed', value: 'password' },
      login: { ...login, in: 'form', as: 'client_id' },
      password: { in: 'form', from: 'caller', secret: true, lengthMax: 1_024 },
      redirectUri: { ...redirectUri, in: 'form', as: 'redirect_uri' },
      // Whoever knows it may ask for the code.
      state: { in: 'form', from: 'caller', secret: true, lengthMax: 128 },
    },
    redirectCarriesCode: true,
  },
  exchangeCode: {
    method: 'POST',
    path: '/grants/token',
    effect: 'spend',
    label: 'sign in',
    params: {
      // Sent only where the connection asks for client authentication.
      client: { in: 'basic-user', from: 'caller', optional: true, lengthMax: 1_024 },
      clientSecret: { in: 'basic-password', from: 'operator-secret', optional: true, secret: true },
      grantType: { in: 'form', from: 'fixed', value: 'authorization_code', as: namesAtTheTokenCall.grantType },
      redirectUri: { ...redirectUri, in: 'form', as: namesAtTheTokenCall.redirectUri },
      login: { ...login, in: 'form', as: namesAtTheTokenCall.login },
      code: { in: 'form', from: 'parked-code', secret: true, as: namesAtTheTokenCall.code },
    },
  },
  p4token: {
    method: 'GET',
    path: '/p4token',
    effect: 'read',
    label: 'fetch a ticket',
    params: {
      redirectUri: { ...redirectUri, in: 'query', as: 'redirect_uri' },
      login: { ...login, in: 'query', as: 'client_id' },
      token: { in: 'header', from: 'caller', as: 'Authorization', prefix: 'Bearer ', secret: true },
    },
  },
  /** Without a token on purpose: a P4OAuth refuses that in its own way. */
  reachability: {
    method: 'GET',
    path: '/p4token',
    effect: 'read',
    label: 'check the server',
    params: {},
  },
} as const satisfies Operations;
