/** Entries of an operator's file, and what the check of it needs, with vendors that have a setting of each kind. */
import { toyVendors } from './toy-vendor.ts';

const regional = {
  operations: {},
  settings: {
    defaultBaseUrl: 'https://{tenant}.api{region}.toy.example/v1',
    baseUrlHint: 'Leave it out.',
    fields: [
      { key: 'tenant', label: 'Tenant', hint: 'The first part of the host.', kind: 'text', required: true },
      {
        key: 'region',
        label: 'Region',
        hint: 'Where.',
        kind: 'choice',
        default: 'any',
        choices: [
          { value: 'any', label: 'Any', inBaseUrl: '' },
          { value: 'eu', label: 'Europe', inBaseUrl: '.eu' },
        ],
      },
      { key: 'limit', label: 'Limit', hint: 'How many.', kind: 'count-or-none', default: '5' },
      { key: 'key', label: 'Key', hint: 'From the vendor.', kind: 'text', required: true, secret: true },
      {
        key: 'scope',
        label: 'Scope',
        hint: 'Words.',
        kind: 'text',
        pattern: { matches: /^[a-z ]+$/, otherwise: 'A scope is small letters.' },
      },
    ],
  },
} as const;

export const proving = (byDefault: 'none' | 'basic') =>
  ({
    operations: {},
    settings: {
      baseUrlHint: 'The server.',
      fields: [
        {
          key: 'proof',
          label: 'Proof',
          hint: 'How.',
          kind: 'choice',
          default: byDefault,
          choices: [
            { value: 'none', label: 'None' },
            { value: 'basic', label: 'Basic' },
          ],
        },
        { ...secretOfProof, requiredWhen: { key: 'proof', is: 'basic' } },
      ],
    },
  }) as const;
const secretOfProof = { key: 'word', label: 'Word', hint: 'For Basic.', kind: 'text', secret: true } as const;

export const around = {
  vendors: { ...toyVendors, regional },
  env: { TOY_KEY: 'canary-key', BLANK: '', SPACED: 'canary ' },
  readFile: (path: string): string => {
    throw Object.assign(new Error(path), { code: 'ENOENT' });
  },
};
export const regionalEntry = {
  id: 'r',
  provider: 'regional',
  name: 'R',
  settings: { tenant: 'acme', key: { env: 'TOY_KEY' } },
};
export const toyEntry = { id: 't', provider: 'toy', name: 'T', baseUrl: 'https://toy.example' };
