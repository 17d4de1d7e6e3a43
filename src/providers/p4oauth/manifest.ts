import type { Manifest } from '../contract.ts';

export const manifest = {
  id: 'p4oauth',
  name: 'P4OAuth',
  route: '/p4oauth',
  summary: 'P4OAuth: one access token for Perforce applications, and a ticket for each of their hosts',
  logOut: { 'authorization-code': 'impossible', password: 'impossible' },
} as const satisfies Manifest;
