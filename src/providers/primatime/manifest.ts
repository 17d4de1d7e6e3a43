import type { Manifest } from '../contract.ts';

export const manifest = {
  id: 'primatime',
  name: 'PrimaTime',
  route: '/primatime',
  summary: 'PrimaTime: tokens of an hour, refreshed once each',
  logOut: { 'secret-key': 'impossible', password: 'impossible' },
} as const satisfies Manifest;
