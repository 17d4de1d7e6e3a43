import type { Manifest } from '../contract.ts';

export const manifest = {
  id: 'alm',
  name: 'Perforce ALM',
  route: '/alm',
  summary: 'Perforce ALM: a token for each project, minted again with a kept API key',
  logOut: { 'api-key': 'impossible', password: 'impossible' },
} as const satisfies Manifest;
