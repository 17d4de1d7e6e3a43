import type { Manifest } from '../../src/providers/contract.ts';

export const manifest = {
  id: 'sixth',
  name: 'Sixth',
  route: '/sixth',
  summary: 'A vendor of the tests, with the least that a vendor can have',
  logOut: { password: 'impossible' },
} as const satisfies Manifest;
