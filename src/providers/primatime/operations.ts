import type { Operations } from '../../http/operation.ts';

/**
 * PrimaTime. Facts and sources: docs/vendors/primatime.md.
 *
 * The vendor wants its secrets in the query string; they are only ever there between gateway and vendor.
 */
const token = { in: 'query', from: 'caller', secret: true, lengthMax: 1_024 } as const;

/** A page of a list, without the objects that each entry refers to: the user among them holds secrets. */
const page = {
  token,
  expand: { in: 'query', from: 'fixed', as: 'no_expand', value: 'true' },
  top: { in: 'query', from: 'caller', as: '$top' },
  skip: { in: 'query', from: 'caller', as: '$skip' },
} as const;

/** An id as the server makes them, and as the console may choose one. */
const id = { in: 'path', from: 'caller', lengthMax: 64 } as const;

/** Without it the answer to a change is empty. */
const answerWithObject = { in: 'query', from: 'fixed', as: 'response_object', value: 'true' } as const;

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
    params: { token },
  },
  keys: {
    method: 'GET',
    path: '/users/@self/secretkeys',
    effect: 'read',
    label: 'list secret keys',
    params: page,
  },
  deletedKeys: {
    method: 'GET',
    path: '/users/@self/secretkeys/@deleted',
    effect: 'read',
    label: 'list the trash',
    params: page,
  },
  createKey: {
    method: 'POST',
    path: '/users/@self/secretkeys',
    effect: 'create',
    label: 'create a secret key',
    params: {
      token,
      answerWithObject,
      id: { in: 'json', from: 'caller', lengthMax: 64 },
      name: { in: 'json', from: 'caller', lengthMax: 1_024 },
    },
  },
  renameKey: {
    method: 'PUT',
    path: '/users/@self/secretkeys/{id}',
    effect: 'change',
    label: 'rename a secret key',
    params: {
      token,
      answerWithObject,
      id,
      name: { in: 'json', from: 'caller', lengthMax: 1_024 },
      version: { in: 'json', from: 'caller' },
    },
  },
  /** Without `hard` it would only go into the trash. */
  deleteKey: {
    method: 'DELETE',
    path: '/users/@self/secretkeys/{id}',
    effect: 'end',
    label: 'delete a secret key',
    params: { token, id, hard: { in: 'query', from: 'fixed', value: 'true' } },
  },
  /** A GET that changes something. */
  restoreKey: {
    method: 'GET',
    path: '/trash/{trash}/$restore',
    effect: 'change',
    label: 'restore a secret key',
    params: { token, answerWithObject, trash: id },
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
