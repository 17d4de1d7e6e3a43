import type { Vendors } from '../gateway/connections.ts';

/** A vendor of the tests' own, with one operation for each thing that a table can say. */
export const toyVendors = {
  toy: {
    operations: {
      look: { method: 'GET', path: '/plain', effect: 'read', label: 'look', params: {} },
      find: {
        method: 'GET',
        path: '/{realm}/things/{id}',
        effect: 'read',
        label: 'find',
        params: {
          realm: { in: 'path', from: 'setting' },
          id: { in: 'path', from: 'caller' },
          page: { in: 'query', from: 'caller', optional: true },
        },
        replyHeaders: ['x-toy'],
      },
      withToken: {
        method: 'GET',
        path: '/plain',
        effect: 'read',
        label: 'look with a token',
        params: { token: { in: 'header', from: 'caller', as: 'Authorization', prefix: 'Bearer ', secret: true } },
      },
      rename: {
        method: 'PUT',
        path: '/things/{id}',
        effect: 'change',
        label: 'rename',
        params: { id: { in: 'path', from: 'caller' }, name: { in: 'json', from: 'caller' } },
      },
      create: {
        method: 'POST',
        path: '/things',
        effect: 'create',
        label: 'create',
        params: { name: { in: 'json', from: 'caller' }, kind: { in: 'json', from: 'fixed', value: 'toy' } },
      },
      mint: {
        method: 'GET',
        path: '/login',
        effect: 'mint',
        label: 'sign in',
        params: {
          apikey: { in: 'query', from: 'operator-secret', setting: 'apiKey', secret: true },
          user: { in: 'basic-user', from: 'caller', secret: true },
          password: { in: 'basic-password', from: 'caller', optional: true, secret: true },
        },
      },
      slot: {
        method: 'POST',
        path: '/session',
        effect: 'slot',
        label: 'sign in',
        params: { password: { in: 'form', from: 'caller', secret: true } },
      },
      spend: {
        method: 'POST',
        path: '/token',
        effect: 'spend',
        label: 'refresh',
        params: {
          grant_type: { in: 'form', from: 'fixed', value: 'refresh_token' },
          refresh_token: { in: 'form', from: 'caller', secret: true, lengthMax: 100 },
        },
      },
      exchange: {
        method: 'POST',
        path: '/token',
        effect: 'spend',
        label: 'sign in',
        params: { code: { in: 'form', from: 'parked-code', secret: true } },
      },
      end: {
        method: 'POST',
        path: '/logout',
        effect: 'end',
        label: 'log out',
        params: { refresh_token: { in: 'form', from: 'caller', secret: true } },
      },
      passwordGrant: {
        method: 'POST',
        path: '/grants/password',
        effect: 'slot',
        label: 'sign in',
        params: { password: { in: 'form', from: 'caller', secret: true } },
        redirectCarriesCode: true,
      },
    },
    settings: {
      baseUrlHint: 'The server.',
      fields: [
        { key: 'realm', label: 'Realm', hint: 'A part of the path.', kind: 'text', default: 'master' },
        { key: 'apiKey', label: 'Application key', hint: 'From the vendor.', kind: 'text', secret: true },
      ],
    },
  },
} as const satisfies Vendors;
