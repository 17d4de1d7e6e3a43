import type { Operations } from '../../src/http/operation.ts';

export const operations = {
  signIn: {
    method: 'POST',
    path: '/login',
    effect: 'mint',
    label: 'sign in',
    params: {
      user: { in: 'json', from: 'caller' },
      password: { in: 'json', from: 'caller', secret: true },
    },
  },
  me: {
    method: 'GET',
    path: '/me',
    effect: 'read',
    label: 'look who it is',
    params: { token: { in: 'header', from: 'caller', as: 'Authorization', prefix: 'Bearer ', secret: true } },
  },
  hello: { method: 'GET', path: '/hello', effect: 'read', label: 'look whether it is there', params: {} },
} as const satisfies Operations;
